"""Two people are asked first; then an owner is told, until they meet, somebody asks them, or the owner snoozes it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from mentoring.core.errors import NotForYou
from mentoring.core.people import Leave
from mentoring.core.programmes import Rhythm
from mentoring.oversight.alarms import Alarm, AlarmKind, AlarmSnoozed, WatchedPartnerships, alarms_for, snooze
from mentoring.oversight.asking import OversightKind, OversightRequest
from mentoring.oversight.errors import OneOfTheTwo
from mentoring.partnerships.partnership import Partnership, RequestedPause
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, SECOND, partnership
from tests.mentoring.values import person

PAIR = partnership()
START = PAIR.started_on
OWNERS = (OWNER, SECOND)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def alarms(after: int, *, pair: Partnership = PAIR, reminded: int | None = None, **facts: Any) -> tuple[Alarm, ...]:
    """What the owner is told so many days after the introduction; `reminded` is the day of the last reminder."""
    today = START + timedelta(days=after)
    facts.setdefault("people", {ADA: person(ADA), BEN: person(BEN)})
    asked = {} if reminded is None else {PAIR.id: [noon(START + timedelta(days=reminded))]}
    watched = WatchedPartnerships((pair,), rhythm=Rhythm(), today=today, now=noon(today), reminded_at=asked, **facts)
    return alarms_for(watched, OWNER, OWNERS)


@pytest.mark.parametrize(
    ("after", "reminded", "kind"),
    [
        (9, None, None),
        (10, 10, None),
        (16, 10, None),
        (17, 10, AlarmKind.FIRST_MEETING),
        (30, None, None),
        (30, 24, None),
        (31, 24, AlarmKind.FIRST_MEETING),
        (45, 24, AlarmKind.LONG_QUIET),
    ],
)
def test_a_week_after_the_reminder_the_owner_is_told_that_they_have_not_met(
    after: int, reminded: int | None, kind: AlarmKind | None
) -> None:
    assert [each.kind for each in alarms(after, reminded=reminded)] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("days", "reminded", "kind"),
    [
        (20, 5, None),
        (21, None, None),
        (28, 28, None),
        (34, 28, None),
        (35, 28, AlarmKind.QUIET),
        (45, 28, AlarmKind.LONG_QUIET),
    ],
)
def test_after_a_meeting_it_counts_from_that_and_from_the_reminder_after_it(
    days: int, reminded: int | None, kind: AlarmKind | None
) -> None:
    met = START + timedelta(days=30)
    since = None if reminded is None else 30 + reminded
    found = alarms(30 + days, reminded=since, last_met={PAIR.id: met})
    assert [(each.kind, each.days) for each in found] == ([(kind, days)] if kind else [])


def test_the_first_reminder_counts_and_a_second_one_puts_nothing_off() -> None:
    today = START + timedelta(days=26)
    at = [noon(START + timedelta(days=day)) for day in (12, 26)]
    watched = WatchedPartnerships((PAIR,), {}, Rhythm(), today, noon(today), reminded_at={PAIR.id: at})
    (found,) = alarms_for(watched, OWNER, OWNERS)
    assert (found.days, found.reminded_on) == (26, START + timedelta(days=12))


def test_a_reminder_from_before_the_last_meeting_is_no_asking() -> None:
    assert alarms(70, reminded=24, last_met={PAIR.id: START + timedelta(days=30)}) == ()


def test_a_reminder_within_a_week_of_the_last_meeting_was_about_the_time_before_it() -> None:
    """They met on day 26, logged it later, and got the second reminder on day 28."""
    met = {PAIR.id: START + timedelta(days=26)}
    assert alarms(60, reminded=28, last_met=met) == ()
    assert alarms(60, reminded=33, last_met=met)


def test_a_short_partnership_is_told_of_earlier() -> None:
    short = replace(PAIR, months=0, weeks=6)
    assert [each.kind for each in alarms(14, pair=short, reminded=7)] == [AlarmKind.FIRST_MEETING]
    assert [each.kind for each in alarms(21, pair=short, reminded=14)] == [AlarmKind.LONG_QUIET]


FORTY = START + timedelta(days=40)
SAID = OversightRequest(PAIR.id, OversightKind.STANDING, 1, SECOND, noon(FORTY - timedelta(days=13)))


@pytest.mark.parametrize(
    ("pair", "facts"),
    [
        (replace(PAIR, pause=RequestedPause(ADA, noon(START), None)), {}),
        (PAIR, {"people": {ADA: replace(person(ADA), leave=Leave(noon(START), date(2028, 1, 1)))}}),
        (replace(PAIR, agreed_end=FORTY), {}),
        (PAIR, {"planned_until": {PAIR.id: noon(FORTY + timedelta(days=9))}}),
        (PAIR, {"planned_until": {PAIR.id: noon(FORTY - timedelta(days=6))}}),
        (PAIR, {"requests": (SAID,)}),
        (PAIR, {"snoozed_until": {PAIR.id: FORTY + timedelta(days=1)}}),
        (replace(PAIR, responsible=SECOND), {}),
        (replace(PAIR, mentor=OWNER), {}),
    ],
    ids=["paused", "on leave", "at its end", "planned", "planned lately", "asked", "snoozed", "handed over", "own"],
)
def test_the_owner_is_not_told(pair: Partnership, facts: dict[str, Any]) -> None:
    assert alarms(40, reminded=24), "without that they are"
    assert alarms(40, pair=pair, reminded=24, **facts) == ()


def test_they_are_told_again_once_that_is_over() -> None:
    over: dict[str, Any] = {
        "planned_until": {PAIR.id: noon(FORTY - timedelta(days=7))},
        "requests": (replace(SAID, at=noon(FORTY - timedelta(days=14))),),
        "snoozed_until": {PAIR.id: FORTY},
    }
    for name, fact in over.items():
        assert alarms(40, reminded=24, **{name: fact}), name


def test_the_most_urgent_comes_first_and_then_the_longest() -> None:
    today = START + timedelta(days=60)
    pairs = [replace(PAIR, id=id) for id in ("a", "b", "c")]
    met = {"a": today - timedelta(days=30), "b": today - timedelta(days=50), "c": today - timedelta(days=36)}
    reminded = {id: [noon(today - timedelta(days=7))] for id in met}
    watched = WatchedPartnerships(pairs, {}, Rhythm(), today, noon(today), met, reminded)
    assert [each.partnership.id for each in alarms_for(watched, OWNER, OWNERS)] == ["b", "c", "a"]


def test_snoozing_lasts_two_weeks_and_is_the_owners_own() -> None:
    outcome = snooze(PAIR, by=OWNER, owners=OWNERS, today=FORTY)
    assert outcome.changes == (AlarmSnoozed(PAIR.id, OWNER, FORTY + timedelta(days=14)),)
    assert outcome.notifications == ()
    with pytest.raises(NotForYou):
        snooze(PAIR, by=CHI, owners=OWNERS, today=FORTY)
    with pytest.raises(OneOfTheTwo):
        snooze(PAIR, by=ADA, owners=(ADA,), today=FORTY)
