"""When each promise is kept, to the minute, and what is still worth saying when it is found late.

Two who are introduced on Monday 4 January 2027 have their tenth day on Thursday 14 January, their twenty-fourth on
Thursday 28 January, are nudged monthly from Thursday 25 February on, checked in on Monday 5 July since the day itself
is a Sunday, and at their end on Tuesday 4 January 2028.
"""

import pytest

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind
from mentoring.partnerships.judgement import PartnershipJobContext
from tests.mentoring.factories import ADA, KOLKATA, LONDON, NEW_YORK, changed, partnership
from tests.mentoring.scheduled_jobs import FIRST, MONTHLY, NEVER, SECOND, Met, come_to, promised, said
from tests.mentoring.values import PROGRAMME, at, person

# The first and the second meeting.


@pytest.mark.parametrize(
    ("found", "met", "when"),
    [
        ("", (), "2027-01-14T09:00"),
        ("2027-01-14T16:59", (), "2027-01-14T16:59"),
        ("2027-01-14T20:00", (), "2027-01-15T09:00"),
        ("2027-01-17T12:00", (), "2027-01-18T09:00"),
        ("2027-01-24T12:00", (), "2027-01-25T09:00"),
        ("2027-01-27T12:00", (), "2027-01-27T12:00"),
        ("2027-01-27T17:00", (), None),
        ("2027-01-28T09:00", (), None),
        ("2027-02-23T12:00", (), None),
        ("", ("2027-01-13",), None),
        ("2027-01-17T12:00", ("2027-01-15",), None),
    ],
)
def test_after_ten_days_without_a_meeting_each_is_asked_unless_the_second_question_is_due(
    found: str, met: Met, when: str | None
) -> None:
    assert said(FIRST, found=found, met=met) == ((when, NotificationKind.FIRST_MEETING_NUDGE) if when else NEVER)


@pytest.mark.parametrize(
    ("found", "met", "when"),
    [
        ("", (), "2027-01-28T09:00"),
        ("", ("2027-01-12",), "2027-01-28T09:00"),
        ("", ("2027-01-12", "2027-01-12"), None),
        ("2027-01-30T12:00", (), "2027-02-01T09:00"),
        ("2027-01-31T12:00", ("2027-01-12", "2027-01-29"), None),
        ("2027-02-07T12:00", (), "2027-02-08T09:00"),
        ("2027-02-24T12:00", (), "2027-02-24T12:00"),
        ("2027-02-25T09:00", (), None),
        ("2027-03-09T12:00", (), None),
    ],
)
def test_by_day_24_they_should_have_met_twice_and_from_the_first_monthly_nudge_on_that_one_covers_it(
    found: str, met: Met, when: str | None
) -> None:
    assert said(SECOND, found=found, met=met) == ((when, NotificationKind.SECOND_MEETING_NUDGE) if when else NEVER)


@pytest.mark.parametrize(("found", "monthly"), [("", "2027-02-25T09:00"), ("2027-02-11T12:00", "2027-03-11T09:00")])
def test_the_second_question_said_late_puts_the_first_monthly_nudge_off(found: str, monthly: str) -> None:
    one = partnership()
    _, outcome = come_to(promised(SECOND, one, person(ADA)), PartnershipJobContext(one, person(ADA), PROGRAMME), found)
    (moved,) = changed(outcome, ScheduledJob)
    assert moved == promised(MONTHLY, one, person(ADA)).rescheduled(at(monthly))


@pytest.mark.parametrize(
    ("zone", "introduced", "when"),
    [
        (LONDON, "2027-01-04T10:00", "2027-01-14T09:00"),
        (NEW_YORK, "2027-01-04T10:00", "2027-01-14T14:00"),
        (KOLKATA, "2027-01-04T10:00", "2027-01-14T03:30"),
        # Half past midnight on Tuesday in Kolkata, still Sunday in New York: days count on each person's calendar.
        (KOLKATA, "2027-01-04T19:00", "2027-01-15T03:30"),
        (NEW_YORK, "2027-01-04T02:00", "2027-01-13T14:00"),
        # The tenth day is a Saturday, a Sunday.
        (LONDON, "2027-01-06T10:00", "2027-01-18T09:00"),
        (LONDON, "2027-01-07T10:00", "2027-01-18T09:00"),
        # The clocks go forward, on 14 March in New York and on 28 March in London.
        (NEW_YORK, "2027-03-02T15:00", "2027-03-12T14:00"),
        (NEW_YORK, "2027-03-04T15:00", "2027-03-15T13:00"),
        (LONDON, "2027-03-04T15:00", "2027-03-15T09:00"),
        (LONDON, "2027-03-18T10:00", "2027-03-29T08:00"),
        (NEW_YORK, "2027-03-18T15:00", "2027-03-29T13:00"),
        (KOLKATA, "2027-03-18T10:00", "2027-03-29T03:30"),
        # And back, on 31 October in London and on 7 November in New York.
        (LONDON, "2027-10-19T10:00", "2027-10-29T08:00"),
        (LONDON, "2027-10-21T10:00", "2027-11-01T09:00"),
        (NEW_YORK, "2027-10-21T15:00", "2027-11-01T13:00"),
        (NEW_YORK, "2027-10-28T15:00", "2027-11-08T14:00"),
        (KOLKATA, "2027-10-21T10:00", "2027-11-01T03:30"),
        # The last days of months.
        (LONDON, "2027-01-21T10:00", "2027-02-01T09:00"),
        (LONDON, "2028-02-19T10:00", "2028-02-29T09:00"),
        (LONDON, "2028-02-21T10:00", "2028-03-02T09:00"),
        (LONDON, "2027-12-21T10:00", "2027-12-31T09:00"),
    ],
)
def test_day_ten_starts_at_nine_on_each_persons_own_clock(zone: str, introduced: str, when: str) -> None:
    assert said(FIRST, zone=zone, introduced=introduced) == (when, NotificationKind.FIRST_MEETING_NUDGE)


# Monthly.


@pytest.mark.parametrize(
    ("due", "met", "found", "when"),
    [
        ("", (), "", "2027-02-25T09:00"),
        ("", ("2027-01-28",), "", "2027-02-25T09:00"),
        ("", ("2027-01-29",), "", "2027-02-26T09:00"),
        ("", ("2027-01-12", "2027-02-10"), "", "2027-03-10T09:00"),
        ("", ("2027-02-13",), "", "2027-03-15T09:00"),
        # Found late.
        ("", (), "2027-02-28T12:00", "2027-03-01T09:00"),
        ("", (), "2027-03-07T20:00", "2027-03-08T09:00"),
        ("", (), "2027-04-06T12:00", "2027-04-06T12:00"),
        ("", ("2027-03-10",), "2027-04-06T12:00", "2027-04-07T08:00"),
        # Within a week of the check-in, asked on Monday 5 July, it waits until that week is over.
        ("2027-06-25T08:00", (), "", "2027-06-25T08:00"),
        ("2027-06-28T08:00", (), "", "2027-07-13T08:00"),
        ("2027-06-25T08:00", (), "2027-06-26T12:00", "2027-07-13T08:00"),
        ("2027-06-17T08:00", ("2027-06-01",), "", "2027-07-13T08:00"),
        ("2027-07-09T08:00", (), "", "2027-07-13T08:00"),
        ("2027-07-12T08:00", (), "", "2027-07-13T08:00"),
        ("2027-07-13T08:00", (), "", "2027-07-13T08:00"),
        # Within a week of the end on 4 January 2028 it is not worth saying any more.
        ("2027-12-24T09:00", (), "", "2027-12-24T09:00"),
        ("2027-12-27T09:00", (), "", "2027-12-27T09:00"),
        ("2027-12-28T09:00", (), "", None),
        ("2027-12-24T09:00", (), "2027-12-28T12:00", None),
        ("2027-12-29T09:00", ("2027-10-01",), "", None),
        ("2027-12-02T09:00", ("2027-12-01",), "", None),
        ("2027-12-02T09:00", (), "2028-01-20T09:00", None),
    ],
)
def test_a_monthly_nudge_comes_four_weeks_after_the_last_meeting_away_from_the_check_in_and_the_end(
    due: str, met: Met, found: str, when: str | None
) -> None:
    assert said(MONTHLY, due=due, met=met, found=found) == ((when, NotificationKind.MONTHLY_NUDGE) if when else NEVER)


@pytest.mark.parametrize(
    ("due", "when"),
    [
        ("2027-03-25T09:00", "2027-03-25T09:00"),
        ("2027-03-29T08:00", "2027-04-13T08:00"),
        ("2027-06-25T08:00", "2027-06-25T08:00"),
        ("2027-06-28T08:00", None),
    ],
)
def test_in_six_months_the_check_in_is_half_way_and_the_nudges_keep_away_from_it(due: str, when: str | None) -> None:
    assert said(MONTHLY, months=6, due=due) == ((when, NotificationKind.MONTHLY_NUDGE) if when else NEVER)


@pytest.mark.parametrize(
    ("found", "following"),
    [
        ("", "2027-03-25T09:00"),
        ("2027-03-02T15:00", "2027-03-30T08:00"),
        ("2027-02-27T12:00", "2027-03-29T08:00"),
    ],
)
def test_the_next_monthly_nudge_is_promised_four_weeks_after_the_one_that_was_said(found: str, following: str) -> None:
    one = partnership()
    promise = promised(MONTHLY, one, person(ADA))
    _, outcome = come_to(promise, PartnershipJobContext(one, person(ADA), PROGRAMME), found)
    (after,) = changed(outcome, ScheduledJob)
    assert (after.kind, after.person, after.due) == (MONTHLY, ADA, at(following))
    assert after.key != promise.key
    _, again = come_to(after, PartnershipJobContext(one, person(ADA), PROGRAMME))
    assert again.notifications[0].key != outcome.notifications[0].key


# The check-in.


@pytest.mark.parametrize(
    ("zone", "months", "found", "when"),
    [
        (LONDON, 12, "", "2027-07-05T08:00"),
        (NEW_YORK, 12, "", "2027-07-05T13:00"),
        (KOLKATA, 12, "", "2027-07-05T03:30"),
        (LONDON, 9, "", "2027-07-05T08:00"),
        (LONDON, 8, "", "2027-05-05T08:00"),
        (LONDON, 6, "", "2027-04-05T08:00"),
        (LONDON, 12, "2027-07-07T19:00", "2027-07-08T08:00"),
        (LONDON, 12, "2027-07-14T12:00", "2027-07-14T12:00"),
        (LONDON, 12, "2027-08-14T12:00", "2027-08-16T08:00"),
        (LONDON, 12, "2028-01-03T20:00", None),
        (LONDON, 12, "2028-01-04T09:00", None),
    ],
)
def test_each_is_asked_after_six_months_or_half_way_until_the_end(
    zone: str, months: int, found: str, when: str | None
) -> None:
    expected = (when, NotificationKind.CHECK_IN) if when else NEVER
    assert said(JobKind.CHECK_IN, zone=zone, months=months, found=found) == expected


def test_who_has_answered_is_not_asked() -> None:
    for kind in (JobKind.CHECK_IN, JobKind.SURVEY):
        assert said(kind, answered=True) == NEVER
