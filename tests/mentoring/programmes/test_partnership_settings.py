"""Lengths, rhythm, places and introductions: what owners may choose."""

from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.errors import MentoringError, Missing, NoLongerOffered, OutOfRange
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.lengths import LENGTHS, Length
from mentoring.core.outcome import Outcome
from mentoring.programmes.aims import ObjectivesForm
from mentoring.programmes.partnership_settings import (
    IntroductionsForm,
    PartnershipsForm,
    introductions_errors,
    partnerships_errors,
)
from mentoring.programmes.settings import SettingsForm, change_settings
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, SECOND, changed, mentee, mentor, partnership, round_of
from tests.mentoring.values import COHORT, PROGRAMME, at

USUAL = PartnershipsForm(LENGTHS, 2, 1, 12, 3, 12)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"lengths": ()}, Missing(FieldName.LENGTHS)),
        ({"lengths": (Length(weeks=5),)}, NoLongerOffered(FieldName.LENGTHS)),
        ({"first_month": 5}, OutOfRange(FieldName.FIRST_MONTH, 1, 4)),
        ({"monthly": 0}, OutOfRange(FieldName.MONTHLY, 1, 4)),
        ({"service_months": 121}, OutOfRange(FieldName.SERVICE, 0, 120)),
        ({"most_places": 6}, OutOfRange(FieldName.MOST_PLACES, 1, 5)),
        ({"pause_weeks": 53}, OutOfRange(FieldName.PAUSE_WEEKS, 1, 52)),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(wrong: dict[str, Any], reason: MentoringError) -> None:
    assert list(partnerships_errors(PROGRAMME, replace(USUAL, **wrong))) == [reason]


def test_values_that_stand_are_not_refused() -> None:
    own = replace(PROGRAMME, lengths=(Length(weeks=5),), most_places=9, service_months=240)
    assert list(partnerships_errors(own, PartnershipsForm(own.lengths, 2, 1, 240, 9, 12))) == []


@pytest.mark.parametrize(("approvals", "wrong"), [(0, True), (1, False), (2, False), (3, True)])
def test_one_or_two_owners_approve(approvals: int, wrong: bool) -> None:
    form = IntroductionsForm(approvals, ask_first=True, introduces_at_start=False)
    assert bool(list(introductions_errors(form))) is wrong


def test_a_mentor_who_offered_more_places_gets_no_more_partners_than_the_programme_allows() -> None:
    two = [partnership(ADA, BEN, id="s1"), partnership(CHI, BEN, id="s2")]
    ben = mentor(BEN, places=3)
    for most, free in ((3, 1), (2, 0), (1, 0)):
        round_ = round_of(
            mentee(ADA), mentee(CHI), ben, partnerships=two, programme=replace(PROGRAMME, most_places=most)
        )
        assert round_.free_places(ben) == free


def saved(form: SettingsForm, approvals: int = 2, *, is_guided: bool = False) -> Outcome:
    programme = replace(PROGRAMME, approvals=approvals)
    return change_settings(
        programme,
        COHORT,
        form,
        by=OWNER,
        owners=(OWNER, SECOND),
        seen_version=programme.version,
        today=at("2027-01-04T10:00").date(),
        is_guided=is_guided,
    )


def test_owners_are_reminded_of_what_needs_another_approval_when_two_are_needed() -> None:
    two = IntroductionsForm(2, ask_first=True, introduces_at_start=False)
    jobs = changed(saved(two, 1), ScheduledJob)
    assert [(job.kind, job.person) for job in jobs] == [(JobKind.APPROVALS_REMINDER, who) for who in (OWNER, SECOND)]
    assert changed(saved(replace(two, approvals=1), 2), ScheduledJob) == []


def test_the_guided_set_up_tells_its_owner_only_of_parts_that_may_concern_somebody() -> None:
    def told(form: SettingsForm) -> dict[str, bool]:
        return {each.recipient: "guided" in each.refs for each in saved(form, is_guided=True).notifications}

    assert told(ObjectivesForm(("More contact",), is_pilot=True)) == {SECOND: False}
    assert told(replace(USUAL, most_places=2)) == {OWNER: True, SECOND: False}
