"""Every kind of promise, found late by a day, a week and two months: the declared policy is what happens."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mentoring.core.jobs import LATENESS, Late, Promise, PromiseKind, Until
from mentoring.core.outcome import Kind, Outcome
from mentoring.matching.offers import fall_due_offer, promises_of_offer
from mentoring.partnerships.jobs import Standing, fall_due, promises_of
from mentoring.programmes.cohorts import fall_due_owner, owner_promises
from tests.mentoring.factories import ADA, OWNER, changed, offered, partnership
from tests.mentoring.values import COHORT, PROGRAMME, at, person

DECISION = Path(__file__).parents[3] / "docs/decisions/0013-promises-in-a-table.md"
DAY, WEEK, TWO_MONTHS = timedelta(days=1), timedelta(weeks=1), timedelta(days=61)

SAID = {
    PromiseKind.OFFER_REMINDER: Kind.OFFER_REMINDER,
    PromiseKind.OFFER_LAPSE: Kind.OFFER_OVER,
    PromiseKind.FIRST_MEETING: Kind.FIRST_MEETING_NUDGE,
    PromiseKind.SECOND_MEETING: Kind.SECOND_MEETING_NUDGE,
    PromiseKind.MONTHLY: Kind.MONTHLY_NUDGE,
    PromiseKind.CHECK_IN: Kind.CHECK_IN,
    PromiseKind.SURVEY: Kind.SURVEY,
    PromiseKind.SURVEY_REMINDER: Kind.SURVEY_REMINDER,
    PromiseKind.CLOSE: Kind.PARTNERSHIP_CLOSED,
    PromiseKind.APPLICATIONS_CLOSED: Kind.APPLICATIONS_CLOSED,
    PromiseKind.WEEKLY: Kind.WEEKLY_STATUS,
}


def promised(kind: PromiseKind) -> list[Promise]:
    """What is promised of this kind to one person; all were due before anybody looked."""
    one, who = partnership(), person(ADA)
    offers = promises_of_offer(offered(), [who], PROGRAMME)
    owners = owner_promises(COHORT, OWNER, at("2026-12-10T10:00"))
    new = promises_of(one, [who], PROGRAMME)
    (survey,) = (promise for promise in new if promise.kind is PromiseKind.SURVEY)
    asked = changed(fall_due(survey, Standing(one, who, PROGRAMME), survey.due), Promise)
    return [promise for promise in (*offers, *owners, *new, *asked) if promise.kind is kind]


def judge(promise: Promise, now: datetime) -> Outcome | None:
    """None where an offer lapses, which is the round's to decide."""
    if promise.kind in (PromiseKind.OFFER_REMINDER, PromiseKind.OFFER_LAPSE):
        return fall_due_offer(promise, offered(), person(ADA), PROGRAMME, now)
    if promise.kind in (PromiseKind.APPLICATIONS_CLOSED, PromiseKind.WEEKLY):
        return fall_due_owner(promise, person(OWNER), PROGRAMME, COHORT, [OWNER], now)
    return fall_due(promise, Standing(partnership(), person(ADA), PROGRAMME), now)


def said(kind: PromiseKind, late: timedelta) -> list[Kind]:
    """What comes within a day and a weekend of being found, the kind having been left alone since it first was due."""
    promises = promised(kind)
    found = promises[0].due + late
    until, heard = found + timedelta(days=3), list[Kind]()
    while due := [promise for promise in promises if promise.due <= until]:
        promise = min(due, key=lambda one: one.due)
        promises.remove(promise)
        outcome = judge(promise, max(promise.due, found))
        if outcome is None:
            heard.append(Kind.OFFER_OVER)
            continue
        heard += [notice.kind for notice in outcome.notices]
        promises += changed(outcome, Promise)
    return heard


# What is found on a Saturday is heard on Monday, and so is Monday's status.
@pytest.mark.parametrize(
    ("kind", "after_a_day", "after_a_week", "after_two_months"),
    [
        (PromiseKind.OFFER_REMINDER, Late.SEND, Late.DROP, Late.DROP),
        (PromiseKind.OFFER_LAPSE, Late.SEND, Late.SEND, Late.SEND),
        (PromiseKind.FIRST_MEETING, Late.SEND, Late.SEND, Late.DROP),
        (PromiseKind.SECOND_MEETING, Late.SEND, Late.SEND, Late.DROP),
        (PromiseKind.MONTHLY, Late.ONCE, Late.ONCE, Late.ONCE),
        (PromiseKind.CHECK_IN, Late.SEND, Late.SEND, Late.SEND),
        (PromiseKind.SURVEY, Late.SEND, Late.SEND, Late.DROP),
        (PromiseKind.SURVEY_REMINDER, Late.ONCE, Late.ONCE, Late.DROP),
        (PromiseKind.CLOSE, Late.SEND, Late.SEND, Late.SEND),
        (PromiseKind.APPLICATIONS_CLOSED, Late.SEND, Late.SEND, Late.DROP),
        (PromiseKind.WEEKLY, Late.ONCE, Late.ONCE, Late.ONCE),
    ],
)
def test_what_is_found_late_comes_as_its_policy_says(
    kind: PromiseKind, after_a_day: Late, after_a_week: Late, after_two_months: Late
) -> None:
    found = {DAY: after_a_day, WEEK: after_a_week, TWO_MONTHS: after_two_months}
    for late, becomes in found.items():
        heard = said(kind, late)
        assert set(heard) <= {SAID[kind]}
        each = 2 if kind is PromiseKind.CLOSE else 1  # its word goes to both
        assert len(heard) == (0 if becomes is Late.DROP else each)
        assert becomes is LATENESS[kind].found(over=not heard)


def test_a_status_found_from_the_second_day_on_waits_for_the_next_week() -> None:
    (monday,) = promised(PromiseKind.WEEKLY)
    outcome = judge(monday, monday.due + timedelta(days=3, hours=2))
    assert outcome is not None
    assert outcome.notices == ()
    (following,) = changed(outcome, Promise)
    assert following.due == monday.due + timedelta(days=7, hours=23)


def test_every_kind_of_promise_has_a_policy_and_every_moment_ends_one() -> None:
    assert set(LATENESS) == set(PromiseKind) == set(SAID)
    assert {policy.until for policy in LATENESS.values()} == set(Until)


def test_the_decision_has_the_same_table() -> None:
    rows = [line for line in DECISION.read_text().splitlines() if line.startswith("| `")]
    assert rows == [f"| `{kind}` | {one.late} | {one.until} | {one.why} |" for kind, one in LATENESS.items()]
