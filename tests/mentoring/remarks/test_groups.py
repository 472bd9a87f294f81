"""Remarks without names: whole groups of five people or more, formed once, in no order of time."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.core.programmes import Cohort
from mentoring.remarks.groups import RemarkGroup, RemarkGroupFormed, group_remarks
from mentoring.remarks.remark import CountedRemark
from tests.mentoring.values import COHORT, at

MONDAY = at("2027-02-01T00:00")
CLOSED = replace(COHORT, closed_on=MONDAY.date() - timedelta(days=3))


def order(group: str, text: str) -> str:
    return sha256(f"{group} {text}".encode()).hexdigest()


def said(*people: int, start: int = 0) -> list[CountedRemark]:
    """A remark of each, a minute after another."""
    return [
        CountedRemark(f"x{n}", COHORT.id, f"U{person}", f"Words {n}", MONDAY + timedelta(minutes=n))
        for n, person in enumerate(people, start)
    ]


def formed(remarks: list[CountedRemark], cohort: Cohort = COHORT, now: datetime = MONDAY) -> list[RemarkGroupFormed]:
    ids = count()
    outcome = group_remarks(remarks, {cohort.id: cohort}, now=now, new_id=lambda: f"g{next(ids)}", order=order)
    assert not outcome.notifications
    return [change for change in outcome.changes if isinstance(change, RemarkGroupFormed)]


def test_while_the_round_lasts_ten_people_are_a_group_once_five_others_are_left() -> None:
    assert formed(said(*range(14))) == []
    (first,) = formed(said(*range(15)))
    assert (first.group.people, first.members) == (10, tuple(f"x{n}" for n in range(10)))


def test_once_it_is_over_the_rest_is_a_group_if_there_are_five_people() -> None:
    assert formed(said(*range(4)), CLOSED) == []
    assert [each.group.people for each in formed(said(*range(5)), CLOSED)] == [5]
    assert [each.group.people for each in formed(said(*range(16)), CLOSED)] == [10, 6]


def test_a_round_whose_last_day_is_past_everywhere_is_over() -> None:
    last = replace(COHORT, ends_on=MONDAY.date() - timedelta(days=1))
    assert formed(said(*range(5)), last) == [], "it is still that day somewhere"
    assert len(formed(said(*range(5)), last, MONDAY + timedelta(hours=13))) == 1


def test_one_person_with_several_remarks_counts_as_one() -> None:
    assert formed(said(1, 1, 2, 2, 3, 3, 4, 4), CLOSED) == []
    (group,) = formed(said(1, 1, 2, 3, 4, 5), CLOSED)
    assert (group.group.people, len(group.group.words)) == (5, 6)


def test_remarks_of_several_rounds_are_never_in_one_group() -> None:
    another = replace(CLOSED, id="c2")
    remarks = said(1, 2, 3) + [replace(each, cohort_id="c2") for each in said(4, 5, 6, start=3)]
    outcome = group_remarks(remarks, {COHORT.id: CLOSED, "c2": another}, now=MONDAY, new_id=lambda: "g", order=order)
    assert outcome.changes == ()


def test_what_is_in_a_group_is_in_no_other() -> None:
    remarks = [replace(each, group_id="g0") for each in said(*range(5))]
    assert formed(remarks + said(5, 6, 7, 8, start=5), CLOSED) == []


def test_words_are_in_no_order_of_time() -> None:
    """Whoever wrote which words first, they are shown the same."""
    for people in permutations(range(5)):
        remarks = [replace(each, words=f"Words {each.person}") for each in said(*people)]
        (group,) = formed(remarks, CLOSED)
        assert group.group == RemarkGroup(
            "g0", COHORT.id, 5, tuple(sorted((f"Words U{n}" for n in range(5)), key=lambda text: order("g0", text)))
        )


weeks = st.lists(st.lists(st.integers(0, 30), max_size=12), min_size=1, max_size=8)


@settings(max_examples=60)
@given(weeks=weeks, erased=st.sets(st.integers(0, 30), max_size=4))
def test_every_group_has_five_people_and_depends_on_who_wrote_and_never_on_what(
    weeks: list[list[int]], erased: set[int]
) -> None:
    kept: list[CountedRemark] = []
    numbers, ids = count(), count()
    for week, people in enumerate(weeks):
        now = MONDAY + timedelta(weeks=week)
        kept += [
            CountedRemark(f"x{(n := next(numbers))}", COHORT.id, f"U{each}", f"W{n}", now + timedelta(minutes=n))
            for each in people
        ]
        if week == len(weeks) // 2:
            kept = [each for each in kept if each.person not in {f"U{gone}" for gone in erased}]
        cohort = CLOSED if week == len(weeks) - 1 else COHORT
        for remarks in (kept, [replace(each, words=f"Other {each.id}") for each in kept]):
            outcome = group_remarks(remarks, {COHORT.id: cohort}, now=now, new_id=lambda: f"g{next(ids)}", order=order)
            found = [change for change in outcome.changes if isinstance(change, RemarkGroupFormed)]
            if remarks is kept:
                shown = found
            assert [each.members for each in found] == [each.members for each in shown]
        author = {each.id: each.person for each in kept}
        for each in shown:
            assert each.group.people == len({author[member] for member in each.members}) >= 5
            kept = [replace(one, group_id=each.group.id) if one.id in each.members else one for one in kept]
        grouped = [member for each in shown for member in each.members]
        assert len(grouped) == len(set(grouped))
