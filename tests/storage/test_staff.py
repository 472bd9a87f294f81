"""The organisation's own list: what is kept of it comes back, and many lines cost little."""

from dataclasses import replace
from datetime import date

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord, StaffRecords
from storage import Storage, Transaction
from tests.storage.rows import ADA, BEN, BOSS, ELSEWHERE, NOON, WORKSPACE

LINE = StaffRecord(ADA, "Archives", "B", BOSS, date(2020, 1, 7))
NOTHING_SAID = StaffRecord(BEN)


def keep(storage: Storage, *records: StaffRecord, workspace: str = WORKSPACE) -> None:
    with storage.begin(workspace) as tx:
        tx.save(Outcome((StaffRecords(records),)))


def test_many_lines_come_back_as_they_were(storage: Storage) -> None:
    keep(storage, LINE, NOTHING_SAID)
    with storage.read(WORKSPACE) as tx:
        assert tx.staff.of([ADA, BEN, BOSS]) == {ADA: LINE, BEN: NOTHING_SAID}
        assert tx.staff.get(ADA) == LINE


def test_lines_go_over_those_that_were_there(storage: Storage) -> None:
    keep(storage, LINE, NOTHING_SAID)
    moved = replace(LINE, department="Cataloguing", manager="", started_on=None)
    keep(storage, moved)
    with storage.read(WORKSPACE) as tx:
        assert tx.staff.of([ADA, BEN]) == {ADA: moved, BEN: NOTHING_SAID}


def test_what_was_read_before_in_the_transaction_is_seen_as_it_is_now(tx: Transaction) -> None:
    tx.save(Outcome((LINE,)))
    assert tx.staff.get(ADA) == LINE
    tx.save(Outcome((StaffRecords((replace(LINE, grade="A"),)),)))
    assert tx.staff.get(ADA) == replace(LINE, grade="A")


def test_no_lines_are_no_trouble(storage: Storage) -> None:
    keep(storage)
    with storage.read(WORKSPACE) as tx:
        assert tx.staff.of([]) == {}


def test_a_list_is_of_one_workspace(storage: Storage) -> None:
    keep(storage, LINE)
    keep(storage, replace(LINE, grade="A"), workspace=ELSEWHERE)
    with storage.read(WORKSPACE) as tx:
        assert tx.staff.of([ADA]) == {ADA: LINE}


def test_those_who_were_erased_are_found_among_many(storage: Storage) -> None:
    many = [f"U0{number:05}" for number in range(2500)]
    with storage.begin(WORKSPACE) as tx:
        for person in (many[3], many[2400], ADA):
            tx.erasure.erase(person, NOON)
        tx.erasure.clear_tombstone(ADA)
    with storage.read(WORKSPACE) as tx:
        assert tx.erasure.erased_among([*many, ADA]) == {many[3], many[2400]}
        assert tx.erasure.erased_among([]) == frozenset()
    with storage.read(ELSEWHERE) as tx:
        assert tx.erasure.erased_among(many) == frozenset()
