"""Two processes on one database: whatever the database says of it, somebody was faster, or it was our mistake."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mentoring.core.outcome import Outcome
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.matching.match import MatchState
from mentoring.matching.offers import answer_offer
from storage import Conflict, Storage, retry_on_conflict
from storage.conflicts import TRIES, DatabaseBusy
from tests.mentoring.factories import ADA, BEN, OWNER, STARTED, mentee, mentor, offered, round_of
from tests.one_programme import owners_in, programme_and_cohort, replace_owners
from tests.storage.rows import WORKSPACE, application, bare, grounded, insert_programme
from tests.storage.test_concurrency import PATIENCE, at_once


def test_it_is_tried_as_often_as_it_helps_and_no_more() -> None:
    tries: list[int] = []

    def beaten(times: int) -> str:
        tries.append(1)
        if len(tries) <= times:
            raise Conflict
        return "kept"

    assert retry_on_conflict(lambda: beaten(TRIES - 1)) == "kept"
    tries.clear()
    with pytest.raises(Conflict):
        retry_on_conflict(lambda: beaten(TRIES))
    assert len(tries) == TRIES


def test_who_has_waited_already_is_not_made_to_wait_again() -> None:
    tries: list[int] = []

    def locked() -> None:
        tries.append(1)
        raise DatabaseBusy

    with pytest.raises(DatabaseBusy):
        retry_on_conflict(locked)
    assert len(tries) == 1


def test_of_two_processes_that_are_first_in_a_workspace_both_come_through(
    address: str, opened: Callable[[str], Storage]
) -> None:
    storages = [opened(address), opened(address)]

    def begin(storage: Storage, person: str) -> None:
        with storage.begin(WORKSPACE) as tx:
            tx.people.request_profiles([person], STARTED)

    at_once(
        *[lambda s=s, p=p: retry_on_conflict(lambda: begin(s, p)) for s, p in zip(storages, (ADA, BEN), strict=True)]
    )
    with storages[0].read(WORKSPACE) as tx:
        assert set(tx.people.requested()) == {ADA, BEN}


def test_two_who_accept_in_two_processes_at_once_are_introduced_once(
    address: str, opened: Callable[[str], Storage]
) -> None:
    storages = [opened(address), opened(address)]
    round_ = round_of(mentee(ADA), mentor(BEN), owners=(OWNER,))
    with storages[0].begin(WORKSPACE) as tx:
        owner = RoleGiven(round_.programme.id, ProgrammeRole.OWNER, OWNER)
        tx.save(Outcome((round_.programme, round_.cohort, owner, mentee(ADA), mentor(BEN), offered(version=1))))

    def accept(storage: Storage, who: str) -> None:
        with storage.begin(WORKSPACE) as tx:
            ground = programme_and_cohort(tx)
            assert ground
            current = tx.rounds.get(*ground)
            (match,) = current.matches.values()
            tx.save(answer_offer(current, match, by=who, accepts=True, now=STARTED, new_id=tx.new_id()))

    at_once(
        *[lambda s=s, w=w: retry_on_conflict(lambda: accept(s, w)) for s, w in zip(storages, (ADA, BEN), strict=True)]
    )
    with storages[0].read(WORKSPACE) as tx:
        (partnership,) = tx.partnerships.all()
        assert partnership.people == (ADA, BEN)
        (match,) = tx.matches.of_cohort(round_.cohort.id)
        assert (match.state, set(match.accepted_by)) == (MatchState.ACCEPTED, {ADA, BEN})
        assert tx.outbox.contains(f"introduced:{partnership.id}")


def test_a_value_that_a_column_refuses_is_our_mistake_and_no_conflict(storage: Storage) -> None:
    with grounded(storage):
        pass
    with pytest.raises(DBAPIError), storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((application("a2", months=None),)))


def test_a_sqlite_file_that_somebody_holds_is_busy(
    address: str, opened: Callable[[str], Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not address.startswith("sqlite"):
        pytest.skip("PostgreSQL has no lock on all of a database")
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 1)
    storage = opened(address)
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy), storage.begin(WORKSPACE):
            pytest.fail("somebody else has it")
        other.execute("ROLLBACK")
    with storage.begin(WORKSPACE):
        pass


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
def test_whatever_isolation_the_server_prefers_nobodys_change_is_lost(
    address: str, opened: Callable[[str], Storage], isolation: str
) -> None:
    if address.startswith("sqlite"):
        pytest.skip("SQLite has one isolation")
    with bare(address) as engine, engine.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_isolation = '{isolation}'"))
        connection.commit()
    storages = [opened(address) for _ in range(3)]
    with storages[0].begin(WORKSPACE) as tx:
        insert_programme(tx)

    def ask(storage: Storage, number: int) -> None:
        for each in range(3):
            with storage.begin(WORKSPACE) as tx:
                replace_owners(tx, [*owners_in(tx), f"U{number}{each}"])

    at_once(*[lambda s=s, n=n: ask(s, n) for n, s in enumerate(storages)])
    with storages[0].read(WORKSPACE) as tx:
        assert len(owners_in(tx)) == 1 + 9


def test_a_deadlock_of_postgresql_is_a_conflict_for_one_of_the_two(
    address: str, opened: Callable[[str], Storage]
) -> None:
    if address.startswith("sqlite"):
        pytest.skip("SQLite has one writer")
    storage, elsewhere = opened(address), "T0THERE"
    for workspace in (WORKSPACE, elsewhere):
        with storage.begin(workspace):
            pass
    both_hold_one = Barrier(2, timeout=PATIENCE)

    def cross(mine: str, theirs: str) -> str:
        try:
            with storage.begin(mine) as tx:
                both_hold_one.wait()
                tx.roles._connection.execute(
                    text("SELECT 1 FROM workspaces WHERE workspace = :other FOR UPDATE"), {"other": theirs}
                )
        except Conflict:
            return "conflict"
        return "kept"

    with ThreadPoolExecutor(2) as threads:
        ends = list(threads.map(cross, (WORKSPACE, elsewhere), (elsewhere, WORKSPACE)))
    assert sorted(ends) == ["conflict", "kept"]
