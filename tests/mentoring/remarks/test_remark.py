"""Telling the programme something: who can, who is told, and that it is read once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.applications.application import Application
from mentoring.core.errors import InvalidForm, MentoringError, Missing, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.remarks.errors import NoSuchRemark, NotCollectedNow, NotTakingPart
from mentoring.remarks.remark import (
    MOST_WORDS,
    CountedRemark,
    Remark,
    RemarkForm,
    RemarkKind,
    RemarkWords,
    can_tell,
    mark_read,
    tell,
)
from tests.mentoring.factories import ADA, changed, mentee, partnership, told, withdrawn
from tests.mentoring.values import COHORT, NOON, person

OWEN, SUE = "U0OWEN", "U0SUE"
NAMED, COUNTED = RemarkForm("More rooms.", RemarkKind.NAMED), RemarkForm("More rooms.", RemarkKind.COUNTED)
REMARK = Remark("x1", COHORT.programme_id, ADA, NOON)
OVER = PartnershipState.CLOSED


def tells(form: RemarkForm, **facts: Any) -> Outcome:
    values: dict[str, Any] = {
        "by": person(ADA),
        "cohort": COHORT,
        "owners": (OWEN, SUE),
        "takes_part": True,
        "remark_id": "x1",
        "is_said": False,
        "now": NOON,
    }
    return tell(form, **values | facts)


def test_with_a_name_all_owners_are_told_and_the_words_are_apart() -> None:
    outcome = tells(NAMED)
    assert outcome.changes == (REMARK, RemarkWords("x1", "More rooms."))
    assert told(outcome) == [
        (NotificationKind.REMARK_SENT, ADA),
        (NotificationKind.REMARK_MADE, OWEN),
        (NotificationKind.REMARK_MADE, SUE),
    ]
    assert not any("More rooms" in str(each) for each in outcome.notifications)


def test_an_owner_who_takes_part_tells_the_others_and_the_only_one_keeps_it() -> None:
    assert (NotificationKind.REMARK_MADE, ADA) not in told(tells(NAMED, owners=(ADA, OWEN)))
    assert (NotificationKind.REMARK_MADE, ADA) in told(tells(NAMED, owners=(ADA,)))


def test_without_a_name_nobody_is_told() -> None:
    outcome = tells(COUNTED)
    assert outcome.changes == (CountedRemark("x1", COHORT.id, ADA, "More rooms.", NOON),)
    assert told(outcome) == [(NotificationKind.REMARK_SENT, ADA)]


def test_the_same_form_twice_tells_once() -> None:
    assert tells(NAMED, is_said=True) == NOTHING


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        (RemarkForm(), (Missing(FieldName.REMARK), Missing(FieldName.REMARK_KIND))),
        (replace(NAMED, words="x" * (MOST_WORDS + 1)), (TooLong(FieldName.REMARK, MOST_WORDS),)),
    ],
)
def test_what_is_wrong_is_said_at_its_field(form: RemarkForm, reasons: tuple[MentoringError, ...]) -> None:
    with pytest.raises(InvalidForm) as caught:
        tells(form)
    assert caught.value.reasons == reasons


@pytest.mark.parametrize(
    "cohort",
    [replace(COHORT, closed_on=NOON.date()), replace(COHORT, ends_on=NOON.date() - timedelta(days=1))],
    ids=["closed", "past"],
)
def test_once_the_round_is_over_a_remark_has_a_name(cohort: Any) -> None:
    with pytest.raises(InvalidForm) as caught:
        tells(COUNTED, cohort=cohort)
    assert caught.value.reasons == (NotCollectedNow(FieldName.REMARK_KIND),)
    assert changed(tells(NAMED, cohort=cohort), Remark) == [REMARK]


@pytest.mark.parametrize(
    ("applications", "partnerships", "can"),
    [
        ([], [], False),
        ([mentee(ADA)], [], True),
        ([withdrawn(mentee(ADA))], [], False),
        ([], [partnership(ADA)], True),
        ([], [partnership(ADA, cohort_id="c0")], True),
        ([], [partnership(ADA, state=OVER)], True),
        ([], [partnership(ADA, state=OVER, cohort_id="c0")], False),
    ],
)
def test_who_applied_or_has_a_partnership_that_runs_or_ended_in_this_round_can_tell(
    applications: list[Application], partnerships: list[Partnership], can: bool
) -> None:
    assert can_tell(COHORT, applications, partnerships) is can


def test_nobody_else_can() -> None:
    with pytest.raises(NotTakingPart):
        tells(NAMED, takes_part=False)


def test_the_author_hears_once_that_an_owner_has_read_it() -> None:
    outcome = mark_read(REMARK, by=OWEN, owners=(OWEN, SUE), now=NOON)
    read = replace(REMARK, read_by=OWEN, read_at=NOON, version=2)
    assert outcome.changes == (read,)
    assert told(outcome) == [(NotificationKind.REMARK_READ, ADA)]
    for owner in (OWEN, SUE):
        assert mark_read(read, by=owner, owners=(OWEN, SUE), now=NOON) == NOTHING


@pytest.mark.parametrize(("remark", "by"), [(None, OWEN), (REMARK, ADA), (REMARK, "U0BEN")])
def test_only_owners_say_so(remark: Remark | None, by: str) -> None:
    with pytest.raises(NoSuchRemark):
        mark_read(remark, by=by, owners=(OWEN, SUE), now=NOON)


def test_a_day_is_that_of_the_person() -> None:
    last = replace(COHORT, ends_on=date(2026, 11, 25))
    assert changed(tells(COUNTED, cohort=last), CountedRemark)
