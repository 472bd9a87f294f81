"""What the owners are promised, and closing a cohort and opening the next.

That applications have closed is told in `test_applications_closed`.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.applications.application import Application, Role
from mentoring.core.errors import CohortOver, NotForYou
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.working_hours import is_working_time, next_working_day
from mentoring.matching.match import Match, MatchState
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.programmes.cohorts import close_cohort, open_next, plan_owner_jobs, run_owner_job
from tests.mentoring.calendars import LONDONS, WEDNESDAYS, programmes
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    KOLKATA,
    LONDON,
    NEW_YORK,
    OWNER,
    SECOND,
    STARTED,
    after,
    changed,
    is_done,
    match,
    mentee,
    mentor,
    offered,
    partnership,
    round_of,
    told,
    withdrawn,
)
from tests.mentoring.values import COHORT, PROGRAMME, at, person

NOW = at("2027-03-03T10:00")
"""A Wednesday."""
BRITISH, FROM_SUNDAY = replace(PROGRAMME, country="GB"), replace(PROGRAMME, working_days=(0, 1, 2, 3, 6))
NEXT = Cohort("c2", "p1", date(2027, 9, 1), date(2027, 9, 29), date(2027, 10, 11), date(2028, 10, 11))


def judge(
    job: ScheduledJob, owner: Person, now: datetime, *, programme: Programme = PROGRAMME
) -> tuple[ScheduledJob, list[Notification]]:
    """What the week's promise comes to: itself, later, and what is said."""
    outcome = run_owner_job(job, owner, programme, COHORT, [OWNER], now)
    (following,) = outcome.changes
    assert isinstance(following, ScheduledJob)
    assert (following.key, following.person) == (job.key, owner.id)
    assert following.due > now
    return following, list(outcome.notifications)


def weekly(owner: Person, now: datetime = NOW) -> ScheduledJob:
    (found,) = [p for p in plan_owner_jobs(COHORT, owner.id, now) if p.kind is JobKind.WEEKLY]
    return found


def statuses(owner: Person, *found: str, programme: Programme = PROGRAMME) -> list[str]:
    """When an owner gets the status, the bot being at work only at these moments (UTC)."""
    promise, came = weekly(owner), []
    for moment in map(at, found):
        while promise.due <= moment:
            promise, notices = judge(promise, owner, moment, programme=programme)
            came += [f"{moment:%m-%dT%H:%M}" for _ in notices]
    return came


# Every Monday.


def test_a_new_owner_is_promised_the_next_monday_and_word_of_the_deadline() -> None:
    promises = plan_owner_jobs(COHORT, OWNER, NOW)
    assert [(one.kind, one.person, one.due) for one in promises] == [
        (JobKind.WEEKLY, OWNER, at("2027-03-07T10:00")),
        (JobKind.APPLICATIONS_CLOSED, OWNER, at("2026-12-21T10:00")),
    ], "when the day begins in the first of all time zones"
    assert weekly(person(OWNER), at("2027-03-08T10:00")).due == at("2027-03-14T10:00")


def test_on_a_sunday_the_first_status_is_not_decided_before_slack_can_have_told_on_whose_clock_it_is() -> None:
    promise = weekly(person(OWNER), at("2027-03-07T23:00"))
    assert promise.due == at("2027-03-07T23:30")
    _, notices = judge(promise, person(OWNER, time_zone="Australia/Sydney"), promise.due)
    assert [notice.kind for notice in notices] == [NotificationKind.WEEKLY_STATUS], "half past ten on Monday"


@pytest.mark.parametrize(
    ("zone", "moments"),
    [
        (LONDON, ["2027-03-08T09:00", "2027-03-15T09:00", "2027-03-22T09:00", "2027-03-29T08:00"]),
        (NEW_YORK, ["2027-03-08T14:00", "2027-03-15T13:00", "2027-03-22T13:00", "2027-03-29T13:00"]),
        (KOLKATA, ["2027-03-08T03:30", "2027-03-15T03:30", "2027-03-22T03:30", "2027-03-29T03:30"]),
        ("Pacific/Pago_Pago", ["2027-03-08T20:00", "2027-03-15T20:00", "2027-03-22T20:00", "2027-03-29T20:00"]),
        ("Pacific/Kiritimati", ["2027-03-07T19:00", "2027-03-14T19:00", "2027-03-21T19:00", "2027-03-28T19:00"]),
    ],
)
def test_the_status_comes_on_mondays_in_the_owners_own_morning(zone: str, moments: list[str]) -> None:
    owner, came = person(OWNER, time_zone=zone), list[str]()
    promise = weekly(owner)
    while len(came) < 4:
        now = promise.due
        promise, notices = judge(promise, owner, now)
        came += [f"{now:%Y-%m-%dT%H:%M}" for _ in notices]
    assert came == moments


@pytest.mark.parametrize(
    ("found", "came"),
    [
        (["2027-03-08T08:59"], []),
        (["2027-03-08T08:59", "2027-03-08T09:00"], ["03-08T09:00"]),
        (["2027-03-08T16:59", "2027-03-08T17:01"], ["03-08T16:59"]),
        (["2027-03-08T17:00", "2027-03-09T08:00", "2027-03-09T09:00"], ["03-09T09:00"]),
        (["2027-03-09T16:00", "2027-03-10T12:00"], ["03-09T16:00"]),
        (["2027-03-09T17:00", "2027-03-10T09:00", "2027-03-12T12:00"], []),
        (["2027-03-10T12:00", "2027-03-15T09:00"], ["03-15T09:00"]),
        (["2027-03-14T12:00", "2027-03-15T12:00"], ["03-15T12:00"]),
        (["2027-03-29T12:00"], ["03-29T12:00"]),
        (["2027-03-30T12:00", "2027-04-05T12:00"], ["03-30T12:00", "04-05T12:00"]),
    ],
)
def test_a_status_found_late_is_sent_until_tuesday_and_else_waits_for_monday(found: list[str], came: list[str]) -> None:
    assert statuses(person(OWNER), *found) == came


@pytest.mark.parametrize(
    ("programme", "found", "came"),
    [
        # Monday 3 May is a holiday in the United Kingdom: the status comes on Tuesday, or late on Wednesday.
        (BRITISH, ["2027-05-03T12:00", "2027-05-04T07:59", "2027-05-04T08:00"], ["05-04T08:00"]),
        (BRITISH, ["2027-05-05T12:00", "2027-05-10T08:00"], ["05-05T12:00", "05-10T08:00"]),
        (BRITISH, ["2027-05-06T12:00", "2027-05-10T08:00"], ["05-10T08:00"]),
        (BRITISH, ["2027-05-07T18:00", "2027-05-10T12:00"], ["05-10T12:00"]),
        # A closed week has none.
        (LONDONS, ["2027-12-20T12:00", "2027-12-29T12:00", "2028-01-07T12:00", "2028-01-10T09:00"], ["01-10T09:00"]),
        (WEDNESDAYS, ["2027-05-03T12:00", "2027-05-05T07:59", "2027-05-05T08:00"], ["05-05T08:00"]),
        (WEDNESDAYS, ["2027-05-06T12:00", "2027-05-12T08:00", "2027-05-12T12:00"], ["05-12T08:00"]),
        (FROM_SUNDAY, ["2027-05-02T12:00", "2027-05-03T08:00"], ["05-03T08:00"]),
    ],
)
def test_the_status_comes_on_the_first_working_day_of_the_week_or_on_the_day_after(
    programme: Programme, found: list[str], came: list[str]
) -> None:
    assert statuses(person(OWNER), *found, programme=programme) == came


@given(
    st.sampled_from(sorted(available_timezones())),
    st.lists(st.integers(1, 10 * 24 * 60), min_size=1, max_size=40),
    st.just(PROGRAMME) | programmes(NOW.date(), NOW.date() + timedelta(days=200)),
)
def test_the_status_comes_once_a_week_at_most_and_only_in_working_hours(
    zone: str, gaps: list[int], programme: Programme
) -> None:
    owner, now = person(OWNER, time_zone=zone), NOW
    promise, came = weekly(owner), list[tuple[int, int]]()
    for minutes in gaps:
        now += timedelta(minutes=minutes)
        while promise.due <= now:
            promise, notices = judge(promise, owner, now, programme=programme)
            for notice in notices:
                assert (notice.kind, notice.recipient) == (NotificationKind.WEEKLY_STATUS, OWNER)
                assert is_working_time(owner, programme, now)
                today = owner.today(now)
                first = next_working_day(today - timedelta(days=today.weekday()), programme)
                assert first <= today <= first + timedelta(days=1)
                assert notice.refs == {"day": str(first)}
                came.append(owner.today(now).isocalendar()[:2])
    assert len(came) == len(set(came))


def test_a_status_found_late_is_still_that_of_the_first_working_day() -> None:
    owner = person(OWNER)
    _, (found_in_time,) = judge(weekly(owner), owner, at("2027-03-08T09:00"))
    _, (found_late,) = judge(weekly(owner), owner, at("2027-03-09T09:00"))
    assert found_late == found_in_time, "else it could be postponed to Wednesday"


def test_each_week_has_a_key_of_its_own() -> None:
    owner = person(OWNER)
    promise, (first,) = judge(weekly(owner), owner, at("2027-03-08T09:00"))
    _, (second,) = judge(promise, owner, at("2027-03-15T09:00"))
    assert first.key != second.key
    assert (first.refs, second.refs) == ({"day": "2027-03-08"}, {"day": "2027-03-15"})


@pytest.mark.parametrize("kind", [JobKind.WEEKLY, JobKind.APPLICATIONS_CLOSED])
def test_who_is_no_owner_any_more_is_not_written_to(kind: JobKind) -> None:
    (promise,) = [p for p in plan_owner_jobs(COHORT, OWNER, NOW) if p.kind is kind]
    outcome = run_owner_job(promise, person(OWNER), PROGRAMME, COHORT, [SECOND], at("2027-03-08T09:00"))
    assert is_done(outcome, promise)
    assert isinstance(outcome.changes[0], JobDone)


# Closing the cohort.


def test_closing_ends_open_offers_and_proposals_and_leaves_partnerships_running() -> None:
    round_ = round_of(
        *(mentee(f"U{n}") for n in range(4)),
        matches=[offered("U0", BEN), match("U1", BEN), match("U2", BEN, MatchState.ACCEPTED)],
        partnerships=[partnership("U2", BEN)],
    )
    outcome = close_cohort(round_, round_.cohort.id, by=OWNER, now=NOW)
    assert {one.mentee: one.state for one in changed(outcome, Match)} == {
        "U0": MatchState.CLOSED,
        "U1": MatchState.OVERTAKEN,
    }
    assert changed(outcome, Partnership) == []
    assert changed(outcome, Cohort) == [replace(COHORT, closed_on=date(2027, 3, 3))]


def test_the_owners_and_everybody_still_in_the_pool_are_told_once() -> None:
    pool = (mentee(ADA), mentor(ADA), mentor(BEN, places=2), mentee(OWNER), mentee("U7", sent_on=date(2026, 12, 30)))
    elsewhere = (withdrawn(mentee(CHI)), mentor(DEE))
    round_ = round_of(*pool, *elsewhere, partnerships=[partnership("U9", BEN), partnership("U8", DEE)])
    outcome = close_cohort(replace(round_, owners=(OWNER, SECOND)), round_.cohort.id, by=SECOND, now=NOW)
    assert told(outcome) == [(NotificationKind.COHORT_CLOSED, who) for who in (OWNER, SECOND, ADA, BEN, "U7")]


def test_who_had_an_open_offer_hears_that_it_is_over_and_the_owners_hear_of_the_closing_alone() -> None:
    outcome = close_cohort(
        round_of(mentee(ADA), mentor(BEN), matches=[offered()]), round_of().cohort.id, by=OWNER, now=NOW
    )
    assert sorted(told(outcome)) == sorted(
        [
            (NotificationKind.OFFER_OVER, ADA),
            (NotificationKind.OFFER_OVER, BEN),
            (NotificationKind.COHORT_CLOSED, OWNER),
            (NotificationKind.COHORT_CLOSED, ADA),
            (NotificationKind.COHORT_CLOSED, BEN),
        ]
    )


@pytest.mark.parametrize("by", [ADA, SECOND, ""])
def test_only_an_owner_closes_it_and_opens_the_next(by: str) -> None:
    with pytest.raises(NotForYou):
        close_cohort(round_of(), round_of().cohort.id, by=by, now=NOW)
    with pytest.raises(NotForYou):
        open_next(round_of(), NEXT, by=by)


def test_it_is_closed_once() -> None:
    closed = after(round_of(), close_cohort(round_of(), round_of().cohort.id, by=OWNER, now=NOW))
    with pytest.raises(CohortOver):
        close_cohort(closed, closed.cohort.id, by=OWNER, now=NOW)


# Opening the next.


def test_the_next_cohort_takes_along_who_was_not_matched_and_they_keep_their_place_in_the_queue() -> None:
    long_ago = mentee(ADA, sent_at=at("2026-11-23T08:00"))
    late = mentee(CHI, sent_at=at("2026-12-30T08:00"), sent_on=date(2026, 12, 30))
    spare = mentor(BEN, places=2)
    stays = (withdrawn(mentee("U5")), mentee("U6"), mentor("U7"))
    running = [partnership("U6", "U7"), partnership("U8", BEN, id="s2")]
    closed = round_of(long_ago, late, spare, *stays, partnerships=running)
    outcome = open_next(replace(closed, cohort=replace(COHORT, closed_on=date(2027, 3, 3))), NEXT, by=OWNER)
    carried = changed(outcome, Application)
    assert [(one.person, one.cohort_id, one.version) for one in carried] == [
        (ADA, "c2", 2),
        (CHI, "c2", 2),
        (BEN, "c2", 2),
    ]
    newcomer = replace(mentee("U9", sent_at=STARTED), cohort_id="c2")
    opened = round_of(newcomer, *carried, cohort=NEXT, partnerships=running)
    assert [one.person for one in opened.pool(Role.MENTEE)] == [ADA, CHI, "U9"]
    assert opened.free_places(carried[2]) == 1


@pytest.mark.parametrize(
    ("state", "back", "comes_along"),
    [
        (PartnershipState.ACTIVE, (), False),
        (PartnershipState.ENDED, (), False),
        (PartnershipState.ENDED, (ADA,), True),
        (PartnershipState.CLOSED, (BEN,), False),
        (PartnershipState.CLOSED, (ADA, BEN), True),
    ],
)
def test_who_was_matched_comes_along_if_they_went_back_to_the_pool(
    state: PartnershipState, back: tuple[str, ...], comes_along: bool
) -> None:
    round_ = round_of(mentee(ADA), partnerships=[partnership(state=state, back=back)])
    carried = changed(open_next(round_, NEXT, by=OWNER), Application)
    assert [one.person for one in carried] == ([ADA] if comes_along else [])


def test_every_owner_is_promised_word_of_the_next_deadline() -> None:
    outcome = open_next(round_of(owners=(OWNER, SECOND)), NEXT, by=OWNER)
    assert changed(outcome, Cohort) == [NEXT]
    assert [(one.kind, one.person, one.due) for one in changed(outcome, ScheduledJob)] == [
        (JobKind.APPLICATIONS_CLOSED, who, at("2027-09-29T10:00")) for who in (OWNER, SECOND)
    ]
    assert outcome.notifications == ()


def test_the_same_two_may_be_matched_in_the_next_cohort_after_an_offer_that_lapsed() -> None:
    closed = round_of(mentee(ADA), mentor(BEN), matches=[match(state=MatchState.LAPSED)])
    carried = changed(open_next(closed, NEXT, by=OWNER), Application)
    opened = round_of(*carried, cohort=NEXT)
    assert opened.broken_rule(*carried) is None
    assert [len(opened.pool(role)) for role in Role] == [1, 1]
