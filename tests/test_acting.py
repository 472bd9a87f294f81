"""Confidential data is read as the person who asked: the values that stand for them are made where requests enter."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "scheduler", "services", "messages", "storage", "mentoring")

MADE_IN = {
    "ActingPerson": {"handlers/context.py", "storage/notifications/homes.py"},
    "ActingOperator": {"bot/match/round_view.py"},
    "Request": {"handlers/request_runner.py"},
    "PrivateReader": {"storage/transaction.py"},
    "OperatorReader": {"storage/transaction.py"},
}
"""Where each of them is made, and nowhere else."""


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Each call in the product, with its file."""
    return [
        (path.relative_to(ROOT).as_posix(), node)
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


@pytest.mark.parametrize("name", MADE_IN)
def test_who_acts_is_known_from_the_request_alone(name: str) -> None:
    assert {file for file, node in calls() if called(node) == name} == MADE_IN[name]


def test_private_data_is_read_with_the_acting_person_of_the_request() -> None:
    readers = [ast.unparse(node.args[0]) for _, node in calls() if called(node) == "private"]
    assert len(readers) > 5
    assert set(readers) == {"request.acting", "acting"}


def test_what_is_loaded_for_somebody_is_loaded_for_who_asked_or_for_who_opened_their_home() -> None:
    """`acting` is handed on, from a request, or from the Home of a person, which only they see."""
    handed = {
        (file, ast.unparse(word.value)) for file, node in calls() for word in node.keywords if word.arg == "acting"
    }
    assert {value for _, value in handed} == {"request.acting", "claim.acting", "acting", "None"}
    assert {file for file, value in handed if value == "claim.acting"} == {"scheduler/delivery/home_publisher.py"}


def test_a_request_is_never_made_into_somebody_elses() -> None:
    changed = [
        (file, ast.unparse(node))
        for file, node in calls()
        if called(node) == "replace" and any(word.arg in ("person", "id") for word in node.keywords)
        if "request" in ast.unparse(node.args[0]).lower() or "acting" in ast.unparse(node.args[0])
    ]
    assert changed == []


READ_FOR = {
    ("storage/private.py", "self._reader"): "who acts",
    ("handlers/closure.py", "request.person"): "who asks",
    ("handlers/own_data.py", "request.person"): "who asks",
    ("services/notifications.py", "reader.id"): "who gets the message",
    ("services/notifications.py", "reader"): "who gets the message: the helpers that get its id",
    ("services/notifications.py", "notification.recipient"): "who gets the message",
    ("services/items.py", "person"): "who gets the reminder: the person of the job",
}
"""For whom a repository reads what is for somebody alone, where there is no request that acts."""


def test_what_is_for_somebody_alone_is_read_for_who_asks_or_who_gets_the_message() -> None:
    """Messages read nothing that is stored: what is called so there is no repository."""
    found = {(file, ast.unparse(node.args[0])) for file, node in calls() if called(node) == "read_by"}
    assert {(file, reader) for file, reader in found if not file.startswith("messages/")} == set(READ_FOR)


@pytest.mark.parametrize("loads", ["to_count", "to_group"])
def test_all_answers_are_loaded_to_be_counted_and_for_nothing_else(loads: str) -> None:
    assert {file for file, node in calls() if called(node) == loads} == {"scheduler/jobs.py"}
