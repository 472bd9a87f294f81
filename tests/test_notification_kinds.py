"""Everything about a kind of notification stands in two entries: what the rules know of it, and how it reads."""

import ast
from collections.abc import Iterator

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.notifications.kinds import KIND_RULES
from messages.notifications import PRESENTATIONS
from tests.test_names import ROOMS, ROOT

REGISTRY = {
    ("mentoring/notifications/kinds.py", "KIND_RULES"),
    ("messages/notifications/__init__.py", "PRESENTATIONS"),
}


def test_both_tables_have_every_kind_in_the_order_of_the_kinds() -> None:
    assert list(KIND_RULES) == list(NotificationKind)
    assert list(PRESENTATIONS) == list(NotificationKind)


def test_there_is_no_other_table_of_kinds() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if not path.is_relative_to(ROOT / "bot/demo")
        for name in tables_of_kinds(path.read_text(encoding="utf-8"))
    }
    assert found == REGISTRY


@pytest.mark.parametrize(
    "table",
    [
        "FOUND = {NotificationKind.HELP: 1}",
        "FOUND: dict[NotificationKind, int] = {outcome.NotificationKind.HELP: 1}",
        "FOUND = frozenset({NotificationKind.HELP})",
        "FOUND = (NotificationKind.HELP, NotificationKind.SURVEY)",
        "FOUND = [NotificationKind.HELP]",
        "FOUND = {**OTHERS, NotificationKind.HELP: 1}",
        "FOUND = {NotificationKind('help'), *OTHERS}",
        "FOUND = OTHERS | {NotificationKind['HELP']: 1}",
        "class Table:\n    FOUND = {NotificationKind.HELP}",
    ],
)
def test_a_table_of_kinds_is_found(table: str) -> None:
    assert list(tables_of_kinds(table)) == ["FOUND"]


@pytest.mark.parametrize(
    "code",
    [
        "FOUND = NotificationKind.HELP",
        "FOUND = {kind: rules for kind, rules in KIND_RULES.items() if rules.is_live}",
        "FOUND = select(OutboxRow).where(OutboxRow.kind == NotificationKind.HELP)",
        "FOUND = {'kind': str}",
        "def rule():\n    return Notification(f'{NotificationKind.HELP}:1', NotificationKind.HELP, 'U')",
    ],
)
def test_what_names_a_kind_and_is_no_table_is_not_found(code: str) -> None:
    assert list(tables_of_kinds(code)) == []


def tables_of_kinds(source: str) -> Iterator[str]:
    """The names that a module or one of its classes gives to a literal whose keys or items are kinds."""
    module = ast.parse(source)
    bodies = [module.body, *(node.body for node in module.body if isinstance(node, ast.ClassDef))]
    for statement in (statement for body in bodies for statement in body):
        targets = _targets(statement)
        if targets and any(map(_is_of_kinds, ast.walk(statement))):
            yield from targets


def _targets(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Assign):
        return [ast.unparse(target) for target in statement.targets]
    return [ast.unparse(statement.target)] if isinstance(statement, ast.AnnAssign) else []


def _is_of_kinds(node: ast.AST) -> bool:
    items: list[ast.expr | None] = []
    if isinstance(node, ast.Dict):
        items = list(node.keys)
    elif isinstance(node, ast.Set | ast.List | ast.Tuple):
        items = list(node.elts)
    return any(item is not None and _is_a_kind(item) for item in items)


def _is_a_kind(item: ast.expr) -> bool:
    """`NotificationKind.X`, `NotificationKind["X"]` or `NotificationKind("x")`."""
    match item:
        case ast.Attribute(value=of) | ast.Subscript(value=of) | ast.Call(func=of):
            return ast.unparse(of).split(".")[-1] == "NotificationKind"
        case _:
            return False
