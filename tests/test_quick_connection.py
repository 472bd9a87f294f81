"""The quick way leads to the same as SQLAlchemy's own."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, bindparam, exc, func, insert, select, update

from storage.engine import begin_impatiently, reading, writing
from storage.tables import MatchRow, OutboxRow, PersonRow, WorkspaceRow
from tests.engines import open_quickly
from tests.migrated import migrated
from tests.quick_connection import QuickConnection, quicken
from tests.simulation import year as years
from tests.simulation.year import live

_NAMED = select(PersonRow).where(PersonRow.id.in_(bindparam("ids", expanding=True))).order_by(PersonRow.id)
_ADD = insert(PersonRow)
_RENAME = update(PersonRow).where(PersonRow.id == bindparam("who"))
_PERSON = {"workspace": "T1", "standing": "member", "display_name": "Ada", "sort_name": "ada", "time_zone": ""}


@pytest.fixture(params=[False, True], ids=["usual", "quick"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(migrated(), tmp_path / "quick.db")
    found = open_quickly(f"sqlite:///{tmp_path / 'quick.db'}")
    if request.param:
        quicken(found)
    with writing(found) as connection:
        connection.execute(insert(WorkspaceRow), {"workspace": "T1", "tombstone_key": "k"})
    yield found
    found.dispose()


def _add(engine: Engine, *ids: str) -> None:
    with writing(engine) as connection:
        for id_ in ids:
            connection.execute(_ADD, {**_PERSON, "id": id_})


def _found(engine: Engine, ids: list[str]) -> list[Any]:
    with reading(engine) as connection:
        return list(connection.execute(_NAMED, {"ids": ids}).all())


def test_lists_of_any_length_are_found_each_time(engine: Engine) -> None:
    _add(engine, "U1", "U2", "U3")
    for ids in (["U1"], ["U2"], [], ["U3", "U1"], ["U2", "U3"], [], ["U1"]):
        rows = _found(engine, ids)
        assert [row.id for row in rows] == sorted(ids)
        assert all(row.display_name == "Ada" and row.known_at is None for row in rows)


def test_other_columns_are_changed_by_the_same_statement(engine: Engine) -> None:
    _add(engine, "U1", "U2")
    with writing(engine) as connection:
        for who, new in (("U1", {"display_name": "Bo"}), ("U2", {"display_name": "Cy"}), ("U2", {"time_zone": "UTC"})):
            assert connection.execute(_RENAME, {"who": who, **new}).rowcount == 1
        assert connection.execute(_RENAME, {"who": "U9", "time_zone": "UTC"}).rowcount == 0
    assert [(row.display_name, row.time_zone) for row in _found(engine, ["U1", "U2"])] == [("Bo", ""), ("Cy", "UTC")]


def test_what_is_asked_seldom_is_answered_in_the_same_way(engine: Engine) -> None:
    _add(engine, "U1")
    for _ in range(2):
        with reading(engine) as connection:
            assert [dict(row)["id"] for row in connection.execute(_NAMED, {"ids": ["U1"]}).mappings()] == ["U1"]
            assert connection.execute(_NAMED, {"ids": []}).one_or_none() is None


def test_a_transaction_that_is_begun_otherwise_follows_others(engine: Engine) -> None:
    for person in ("U1", "U2"):
        _add(engine, person)
        with begin_impatiently(engine, reading=True) as connection:
            connection.execute(_ADD, {**_PERSON, "id": "U3"})
        with begin_impatiently(engine) as connection:
            connection.execute(_RENAME, {"who": person, "time_zone": "UTC"})
    assert [(row.id, row.time_zone) for row in _found(engine, ["U1", "U2", "U3"])] == [("U1", "UTC"), ("U2", "UTC")]


def test_threads_have_connections_of_their_own(engine: Engine) -> None:
    def read(person: str) -> list[str]:
        return [row.id for _ in range(20) for row in _found(engine, [person])]

    people = [f"U{n}" for n in range(8)]
    _add(engine, *people)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, people)) == [[person] * 20 for person in people]


def test_what_an_exception_leaves_is_rolled_back(engine: Engine) -> None:
    _add(engine, "U1")

    def interrupted() -> None:
        with writing(engine) as connection:
            connection.execute(_ADD, {**_PERSON, "id": "U2"})
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    with reading(engine) as connection:
        connection.execute(_ADD, {**_PERSON, "id": "U3"})
    assert [row.id for row in _found(engine, ["U1", "U2", "U3"])] == ["U1"]


def test_an_error_is_sqlalchemys(engine: Engine) -> None:
    _add(engine, "U1")
    for _ in range(2):
        with pytest.raises(exc.IntegrityError):
            _add(engine, "U1")


def test_empty_results_and_counts(engine: Engine) -> None:
    count = select(func.count()).select_from(OutboxRow).where(OutboxRow.workspace == bindparam("workspace"))
    none = select(MatchRow).where(MatchRow.workspace == bindparam("workspace"))
    for _ in range(2):
        with reading(engine) as connection:
            assert connection.execute(count, {"workspace": "T1"}).scalar() == 0
            assert connection.execute(none, {"workspace": "T1"}).first() is None
            assert not list(connection.execute(none, {"workspace": "T1"}).scalars())


@pytest.mark.long
def test_a_year_is_the_same_both_ways() -> None:
    def lived(*, quick: bool) -> years.Year:
        with patch.object(years, "_QUICK", (quick,)):
            return live(3)

    assert lived(quick=True) == lived(quick=False)
    assert any(QuickConnection.plans.values())
