"""A year in which each alarm asks before it tells: two people are reminded, and a week later the owners hear of it.

Day after day it is compared what the two have received with what the owners are told, at Home and on Mondays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mentoring.home.needs import Need, NeedKind
from messages import ids
from sandbox import Member
from services.home import load_needs
from tests.handlers.starting_points import applied, introduced
from tests.journeys.story import Story, button_values, messages_of
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

pytestmark = pytest.mark.long

OLGA, SAM, BOSS = "U0OLGA", "U0SAM", "U0BOSS"
NEVER, STOPS, MEETS, PAUSES = (("U0NA", "U0NB"), ("U0SA", "U0SB"), ("U0MA", "U0MB"), ("U0PA", "U0PB"))
PAIRS = (NEVER, STOPS, MEETS, PAUSES)
ZONES = {"U0NA": "Asia/Kolkata", "U0SB": "America/New_York"}
PEOPLE = tuple(
    Member(user, user.lower(), user[2:], time_zone=ZONES.get(user, "Europe/London"))
    for user in (OLGA, SAM, BOSS, *(each for pair in PAIRS for each in pair))
)
ALARMS = (NeedKind.FIRST_MEETING, NeedKind.QUIET, NeedKind.LONG_QUIET)
FIRST, LAST = date(2026, 11, 24), date(2027, 11, 22)
MEETINGS = {
    MEETS: [FIRST + timedelta(days=day) for day in range(5, 360, 24)],
    STOPS: [FIRST + timedelta(days=day) for day in (4, 18, 40)],
    PAUSES: [FIRST + timedelta(days=3)],
}


@dataclass
class Year:
    """By day, what each owner is told of pairs by then; and the days on which an owner pressed something."""

    town: LocalBot
    story: Story
    told: dict[str, dict[date, list[Need]]] = field(default_factory=lambda: {OLGA: {}, SAM: {}})
    pressed: dict[tuple[str, str], date] = field(default_factory=dict)

    def days(self, owner: str, pair: tuple[str, str], kind: NeedKind) -> list[date]:
        """The days on which the owner is told so of the two."""
        return [
            day for day, needs in self.told[owner].items() if any((n.people, n.kind) == (pair, kind) for n in needs)
        ]

    def reminded(self, user: str) -> list[date]:
        """The days on which this person was asked whether they have met, by the bot itself."""
        asked = [one for one in messages_of(self.town.slack, user) if button_values(one, ids.LOG_MEETING)]
        nudges = [one for one in asked if str(one["text"]).startswith(("Have you met", "When will you"))]
        return [datetime.fromtimestamp(float(one["ts"]), UTC).date() for one in nudges]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    folder: Path = tmp_path_factory.mktemp("alarms")
    with open_town(folder, people=PEOPLE, owners=(OLGA, SAM)) as town, town.slack.calendar.paused():
        town.slack.timeline = town.bot
        town.settle()
        lived = Year(town, Story(town))
        live(lived)
        yield lived


def live(year: Year) -> None:
    """Olga snoozes the two who never met, and Sam asks the two who have stopped."""
    town, story = year.town, year.story
    story.it_is(f"{FIRST} 10:00")
    applied(town, [mentee for mentee, _ in PAIRS], [mentor for _, mentor in PAIRS], months=12)
    for mentee, mentor in PAIRS:
        introduced(town, mentee, mentor)
    for number in range((LAST - FIRST).days):
        day = FIRST + timedelta(days=number + 1)
        story.it_is(f"{day} 19:00")
        for (mentee, mentor), days in MEETINGS.items():
            if day in days:
                story.logs(mentee, mentor, on=str(day))
        if day == FIRST + timedelta(days=20):
            pauses(year, PAUSES)
        for owner in (OLGA, SAM):
            with town.database() as tx:
                needs = load_needs(tx, *programme_and_cohort(tx), owner, town.slack.calendar.now())
            year.told[owner][day] = [need for need in needs if need.kind in ALARMS]
        presses(year, OLGA, NEVER, ids.SNOOZE_ALARM, day)
        presses(year, SAM, STOPS, ids.OVERSEE, day)


def presses(year: Year, owner: str, pair: tuple[str, str], action: str, day: date) -> None:
    """The owner settles the first alarm about the two, on the Monday on which they read of it."""
    if (owner, action) in year.pressed or day.weekday() or not year.told[owner][day]:
        return
    need = next((need for need in year.told[owner][day] if need.people == pair), None)
    if need is None:
        return
    value = need.about if action == ids.SNOOZE_ALARM else f"ask:{need.about}"
    year.story.clicks(owner, action, value)
    year.story.leaves(owner)
    year.pressed[owner, action] = day


def pauses(year: Year, pair: tuple[str, str]) -> None:
    """For the rest of the year that counts here."""
    partnership = year.story.partnership_of(*pair)
    person = year.town.person(pair[0])
    person.command("/mentor status")
    year.town.settle()
    year.story.opens(pair[0], lambda _: year.story._click(person, ids.OPEN_PAUSE, partnership), ids.PAUSE_FORM)
    year.story.sends(pair[0], {"back_on": str(FIRST + timedelta(days=100))})
    year.story.leaves(pair[0])


@pytest.mark.parametrize(
    ("pair", "kind"),
    [
        (NEVER, NeedKind.FIRST_MEETING),
        (NEVER, NeedKind.LONG_QUIET),
        (STOPS, NeedKind.QUIET),
        (STOPS, NeedKind.LONG_QUIET),
    ],
)
def test_both_were_reminded_a_week_before_any_owner_is_told(year: Year, pair: tuple[str, str], kind: NeedKind) -> None:
    first = min(day for owner in (OLGA, SAM) for day in year.days(owner, pair, kind))
    last_met = max((day for day in MEETINGS.get(pair, ()) if day < first), default=FIRST)
    for user in pair:
        asked = [day for day in year.reminded(user) if last_met < day <= first - timedelta(days=6)]
        assert asked, f"{user} was asked before the owners were told on {first}"


def test_every_kind_of_alarm_was_told_at_its_time(year: Year) -> None:
    days = {
        kind: (min(year.days(SAM, pair, kind)) - since).days
        for pair, kind, since in (
            (NEVER, NeedKind.FIRST_MEETING, FIRST),
            (STOPS, NeedKind.QUIET, MEETINGS[STOPS][-1]),
        )
    }
    assert days[NeedKind.FIRST_MEETING] in range(17, 22)
    assert days[NeedKind.QUIET] in range(35, 40)
    assert (min(year.days(OLGA, STOPS, NeedKind.LONG_QUIET)) - MEETINGS[STOPS][-1]).days in range(45, 60)


def test_a_snooze_of_one_press_keeps_it_from_that_owner_alone_for_two_weeks(year: Year) -> None:
    day = year.pressed[OLGA, ids.SNOOZE_ALARM]
    quiet = [day + timedelta(days=number) for number in range(1, 14)]
    assert not [need for each in quiet for need in year.told[OLGA][each] if need.people == NEVER]
    assert all(any(need.people == NEVER for need in year.told[SAM][each]) for each in quiet)
    assert [need for need in year.told[OLGA][day + timedelta(days=14)] if need.people == NEVER]


def test_once_an_owner_has_asked_the_two_no_owner_is_told_again_for_two_weeks(year: Year) -> None:
    day = year.pressed[SAM, ids.OVERSEE]
    for owner in (OLGA, SAM):
        for number in range(1, 14):
            assert not [n for n in year.told[owner][day + timedelta(days=number)] if n.people == STOPS]


def test_each_monday_message_names_a_pair_once_at_most(year: Year) -> None:
    for owner in (OLGA, SAM):
        for one in messages_of(year.town.slack, owner):
            pairs = button_values(one, ids.SNOOZE_ALARM)
            assert len(pairs) == len(set(pairs))


def test_those_who_meet_or_pause_are_no_alarm(year: Year) -> None:
    assert not [n for owner in (OLGA, SAM) for needs in year.told[owner].values() for n in needs if n.people == MEETS]
    paused = [FIRST + timedelta(days=number) for number in range(21, 100)]
    assert not [n for owner in (OLGA, SAM) for each in paused for n in year.told[owner][each] if n.people == PAUSES]
