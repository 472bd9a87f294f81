"""The survey at the agreed end, its reminders, the closing on day 21, and nothing after that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import Person
from mentoring.partnerships.jobs import plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import PartnershipJobContext
from mentoring.partnerships.partnership import Partnership, PartnershipState
from tests.mentoring.factories import ADA, BEN, KOLKATA, NEW_YORK, changed, is_done, partnership, told
from tests.mentoring.scheduled_jobs import FIRST, come_to, promised, said
from tests.mentoring.values import PROGRAMME, at, person


@pytest.mark.parametrize(
    ("found", "when", "reminders"),
    [
        ("", "2028-01-04T09:00", ["2028-01-11T09:00", "2028-01-18T09:00"]),
        ("2028-01-07T12:00", "2028-01-07T12:00", ["2028-01-11T09:00", "2028-01-18T09:00"]),
        ("2028-01-11T12:00", "2028-01-11T12:00", ["2028-01-18T09:00"]),
        ("2028-01-14T12:00", "2028-01-14T12:00", ["2028-01-18T09:00"]),
        ("2028-01-18T12:00", "2028-01-18T12:00", []),
        ("2028-01-25T09:59", "2028-01-25T09:59", []),
        ("2028-01-25T10:00", None, []),
        ("2028-02-13T12:00", None, []),
    ],
)
def test_the_survey_comes_at_the_end_and_its_reminders_follow_unless_it_came_late_itself(
    found: str, when: str | None, reminders: list[str]
) -> None:
    one = partnership()
    moment, outcome = come_to(
        promised(JobKind.SURVEY, one, person(ADA)), PartnershipJobContext(one, person(ADA), PROGRAMME), found
    )
    assert told(outcome) == ([(NotificationKind.SURVEY, ADA)] if when else [])
    assert when is None or moment == at(when)
    assert [(p.kind, p.due) for p in changed(outcome, ScheduledJob)] == [
        (JobKind.SURVEY_REMINDER, at(day)) for day in reminders
    ]


@pytest.mark.parametrize(
    ("introduced", "months", "when"),
    [
        ("2027-08-31T10:00", 6, "2028-02-29T09:00"),
        ("2026-08-31T10:00", 6, "2027-03-01T09:00"),
        ("2028-02-29T10:00", 12, "2029-02-28T09:00"),
        ("2027-01-31T10:00", 9, "2027-11-01T09:00"),
        ("2027-04-28T10:00", 11, "2028-03-28T08:00"),
    ],
)
def test_the_agreed_end_keeps_within_its_month(introduced: str, months: int, when: str) -> None:
    assert said(JobKind.SURVEY, introduced=introduced, months=months) == (when, NotificationKind.SURVEY)


def reminders(found: str, *, answered: bool = False) -> list[str]:
    """When the two reminders come, nobody having looked before `found`."""
    one, who = partnership(), person(ADA)
    _, asked = come_to(promised(JobKind.SURVEY, one, who), PartnershipJobContext(one, who, PROGRAMME))
    came = [
        come_to(p, PartnershipJobContext(one, who, PROGRAMME, (), answered), found)
        for p in changed(asked, ScheduledJob)
    ]
    assert all(told(outcome) in ([], [(NotificationKind.SURVEY_REMINDER, ADA)]) for _, outcome in came)
    keys = [notice.key for _, outcome in came for notice in outcome.notifications]
    assert len(keys) == len(set(keys))
    return [f"{moment:%m-%dT%H:%M}" for moment, outcome in came if outcome.notifications]


@pytest.mark.parametrize(
    ("found", "when"),
    [
        ("", ["01-11T09:00", "01-18T09:00"]),
        ("2028-01-11T18:00", ["01-12T09:00", "01-18T09:00"]),
        ("2028-01-14T12:00", ["01-14T12:00", "01-18T09:00"]),
        ("2028-01-18T12:00", ["01-18T12:00"]),
        ("2028-01-21T18:00", ["01-24T09:00"]),
        ("2028-01-25T10:00", []),
        ("2028-02-20T12:00", []),
    ],
)
def test_reminders_come_after_seven_and_fourteen_days_and_two_found_late_are_one(found: str, when: list[str]) -> None:
    assert reminders(found) == when
    assert reminders(found, answered=True) == []


@pytest.mark.parametrize("found", ["", "2028-01-28T22:00", "2028-03-05T03:00"])
def test_on_day_21_it_is_closed_with_thanks_to_both_answered_or_not(found: str) -> None:
    one = partnership()
    moment, outcome = come_to(
        promised(JobKind.CLOSE, one, person(ADA)), PartnershipJobContext(one, Person(""), PROGRAMME), found
    )
    assert moment == at(found or "2028-01-25T10:00")
    assert changed(outcome, Partnership) == [
        partnership(state=PartnershipState.CLOSED, over_at=moment, version=2),
    ]
    assert told(outcome) == [(NotificationKind.PARTNERSHIP_CLOSED, ADA), (NotificationKind.PARTNERSHIP_CLOSED, BEN)]


@pytest.mark.parametrize("state", [PartnershipState.ENDED, PartnershipState.CLOSED])
def test_once_it_is_over_nothing_of_what_was_promised_is_said(state: PartnershipState) -> None:
    one = partnership()
    promises = plan_partnership_jobs(one, [person(ADA), person(BEN)], PROGRAMME)
    _, asked = come_to(promised(JobKind.SURVEY, one, person(ADA)), PartnershipJobContext(one, person(ADA), PROGRAMME))
    assert {p.kind for p in (*promises, *changed(asked, ScheduledJob))} == set(JobKind) - {
        JobKind.ANNOUNCE,
        JobKind.CASE_UNANSWERED,
        JobKind.END_PROPOSAL,
        JobKind.APPROVALS_WANTED,
        JobKind.APPROVALS_REMINDER,
        JobKind.OFFER_REMINDER,
        JobKind.OFFER_RUNNING_OUT,
        JobKind.OFFER_LAPSE,
        JobKind.INTRODUCE,
        JobKind.APPLICATIONS_CLOSED,
        JobKind.WEEKLY,
        JobKind.INVITATIONS,
        JobKind.RETENTION,
        JobKind.SESSION,
        JobKind.SPONSOR_PAGE,
        JobKind.STILL_WAITING,
        JobKind.LEAVE_ENDS,
        JobKind.PAUSE_QUESTION,
        JobKind.PAUSE_ENDS,
        JobKind.PLAN_REVIEW,
        JobKind.AGREEMENT_REVIEW,
        JobKind.PLANNED_MEETING,
        JobKind.MEETING_AGENDA,
        JobKind.ITEMS_DUE,
        JobKind.COUNT_ANSWERS,
        JobKind.REMARKS,
    }
    for promise in (*promises, *changed(asked, ScheduledJob)):
        standing = PartnershipJobContext(replace(one, state=state), person(ADA), PROGRAMME)
        for now in (promise.due, promise.due + timedelta(hours=12)):
            assert is_done(run_partnership_job(promise, standing, now), promise)


def test_every_promise_of_a_partnership_has_a_key_of_its_own() -> None:
    promises = plan_partnership_jobs(partnership(), [person(ADA), person(BEN)], PROGRAMME)
    assert len({promise.key for promise in promises}) == len(promises) == 13
    assert all(dict(promise.refs) == {"partnership": "s1"} for promise in promises)


def test_who_has_moved_gets_it_in_the_hours_of_where_they_are_now() -> None:
    one = partnership()
    promise = promised(FIRST, one, person(ADA, time_zone=KOLKATA))
    moment, outcome = come_to(promise, PartnershipJobContext(one, person(ADA, time_zone=NEW_YORK), PROGRAMME))
    assert (moment, told(outcome)) == (at("2027-01-14T14:00"), [(NotificationKind.FIRST_MEETING_NUDGE, ADA)])
