"""What is asked of the database does not grow with what is none of the matter. Rows and statements are counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from mentoring.core.outcome import Outcome
from storage import Storage
from storage.tables import MatchRow, Table
from tests.mentoring.factories import match
from tests.storage.rows import ADA, BEN, WORKSPACE, application, grounded, notice


@contextmanager
def loaded(row: type[Table]) -> Iterator[list[str]]:
    """The ids of the rows of a table that the database gives meanwhile: each question is asked once more, beside."""
    ids: list[str] = []

    def note(connection: Any, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT") and f"FROM {row.__tablename__}" in statement:
            beside = connection.connection.cursor()
            beside.execute(statement, values)
            (place,) = (place for place, column in enumerate(beside.description) if column[0] == "id")
            ids.extend(found[place] for found in beside.fetchall())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ids
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def selects() -> Iterator[list[str]]:
    """The tables that are read meanwhile, once for each time."""
    tables: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        words = statement.split()
        if words[0] == "SELECT":
            tables.append(words[words.index("FROM") + 1])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield tables
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_one_persons_matches_are_found_without_loading_anybody_elses(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((match(ADA, BEN), match("U0CHI", ADA), *(match(f"U{i}", f"V{i}") for i in range(50)))))
    with loaded(MatchRow) as ids, storage.read(WORKSPACE) as tx:
        found = tx.matches.of(ADA, "c1")
    assert {one.id for one in found} == {f"{ADA}-{BEN}", f"U0CHI-{ADA}"} == set(ids)
    assert len(ids) == 2


def test_what_is_kept_for_the_first_time_is_not_asked_for_and_its_workspace_once(storage: Storage) -> None:
    with grounded(storage):
        pass
    with selects() as tables, storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((application(),), (notice(),)))
    assert "applications" not in tables
    assert tables.count("workspaces") == 1
