"""Lines of management: the records of everybody above somebody, as far up as the list goes."""

from dataclasses import replace
from datetime import date

from sqlalchemy import event
from sqlalchemy.engine import Engine

from mentoring.applications.application import Role
from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.matching.hard_rules import HardRule
from storage import Storage, Transaction
from tests.storage.rows import (
    ADA,
    BEN,
    COHORT,
    ELSEWHERE,
    NOON,
    PROGRAMME,
    WORKSPACE,
    application,
    confidence,
    grounded,
    insert_programme,
)

RECORD = StaffRecord(ADA, "Archives – below", "B", "U0ONE", date(2019, 3, 1))


def line(*people: str) -> tuple[StaffRecord, ...]:
    """Each of them stands right below the next."""
    return tuple(StaffRecord(one, manager=manager) for one, manager in zip(people, (*people[1:], ""), strict=True))


def test_what_the_list_says_comes_back_as_it_was_and_a_later_line_takes_its_place(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        assert tx.staff.get(ADA) is None
        tx.save(Outcome((RECORD, StaffRecord(BEN))))
    with storage.begin(WORKSPACE) as tx:
        assert (tx.staff.get(ADA), tx.staff.get(BEN)) == (RECORD, StaffRecord(BEN))
        tx.save(Outcome((replace(RECORD, grade="C", manager="", started_on=None),)))
        assert tx.staff.get(ADA) == replace(RECORD, grade="C", manager="", started_on=None)
    with storage.read(ELSEWHERE) as tx:
        assert tx.staff.get(ADA) is None


def test_everybody_above_comes_along_through_people_who_are_nobodys_applicants(tx: Transaction) -> None:
    tx.save(
        Outcome((*line(ADA, "U01", "U02", "U03"), StaffRecord(BEN, manager="U02"), StaffRecord("U09", manager=ADA)))
    )
    found = tx.staff.upwards([ADA, ""])
    assert set(found) == {ADA, "U01", "U02", "U03"}
    assert found["U01"] == StaffRecord("U01", manager="U02")
    assert set(tx.staff.upwards([ADA, BEN])) == {ADA, BEN, "U01", "U02", "U03"}
    assert tx.staff.upwards([]) == tx.staff.upwards([""]) == tx.staff.upwards(["U0NOBODY"]) == {}


def test_a_list_that_goes_round_in_circles_or_leads_to_nobody_comes_to_an_end(tx: Transaction) -> None:
    tx.save(Outcome((*line(ADA, "U01", "U02")[:2], StaffRecord("U02", manager=ADA), StaffRecord(BEN, manager=BEN))))
    assert set(tx.staff.upwards([ADA, BEN])) == {ADA, BEN, "U01", "U02"}
    tx.save(Outcome((StaffRecord("U02", manager="U0GONE"),)))
    assert set(tx.staff.upwards([ADA])) == {ADA, "U01", "U02"}


def test_going_up_takes_one_question_for_each_level_however_many_people_there_are(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        many = tuple(StaffRecord(f"U1{number}", manager=f"U2{number % 7}") for number in range(300))
        tx.save(Outcome((*many, *(StaffRecord(f"U2{number}", manager="U3") for number in range(7)), StaffRecord("U3"))))
    asked: list[str] = []

    def listen(*args: object) -> None:
        asked.append(str(args[2]))

    with storage.read(WORKSPACE) as tx:
        tx.staff.get(ADA)
        event.listen(Engine, "before_cursor_execute", listen)
        try:
            found = tx.staff.upwards([one.person for one in many])
        finally:
            event.remove(Engine, "before_cursor_execute", listen)
    assert (len(found), len(asked)) == (308, 3)


def test_a_round_is_loaded_with_the_line_above_whom_an_applicant_named(storage: Storage) -> None:
    ask, offer = application("a1"), application("a2", BEN, Role.MENTOR)
    with grounded(storage) as tx:
        tx.save(Outcome((ask, offer, confidence("a1", manager="U01"), confidence("a2", manager=""))))
        tx.save(Outcome((*line("U01", "U02", BEN), StaffRecord("U09", manager="U01"))))
    with storage.read(WORKSPACE) as tx:
        round_ = tx.rounds.get(PROGRAMME, COHORT)
    assert set(round_.staff) == {"U01", "U02", BEN}
    assert round_.broken_rule(ask, offer) is HardRule.CHAIN_OF_COMMAND


def test_whoever_stood_below_somebody_who_is_erased_stands_below_their_manager(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome(line(ADA, "U01", BEN)))
    tx.erasure.erase("U01", NOON)
    assert tx.staff.upwards([ADA]) == {ADA: StaffRecord(ADA, manager=BEN), BEN: StaffRecord(BEN)}
