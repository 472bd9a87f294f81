"""Two people live a year together: they agree, plan, meet and look back. After their applications not one command is
typed: every step is a button in a message or at Home.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mentoring.programmes.settings import Part
from messages import ids
from sandbox import Member, Person
from tests.handlers.support import Json, rows
from tests.handlers.test_settings import sets
from tests.journeys.story import OpenedForm, Story, messages_of, option_of
from tests.load import MOST_FORMS, most_messages, most_within_a_year
from tests.local_bot import OFFER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town

pytestmark = pytest.mark.long

OLGA, ADA, BEN, BOSS = "U0OLGA", "U0ADA", "U0BEN", "U0BOSS"
PEOPLE = (
    Member(OLGA, "olga", "Olga Owner", time_zone="Europe/London"),
    Member(ADA, "ada", "Ada Adams", time_zone="Europe/London"),
    Member(BEN, "ben", "Ben Brook", time_zone="America/New_York"),
    Member(BOSS, "bo", "Bo Boss", time_zone="Europe/London"),
)
SECRET = "for-nobody-else"
MEETINGS = 12
MOVED, CANCELLED = 3, 5
"""Which of the meetings, counted from 0."""
PURPOSE = {"purpose": f"Lead a team. {SECRET}", "rhythm": "month", "ways": ["video"]}
GOALS = (
    {"goal": "I will lead a meeting", "term": "quarter", "proof": "The minutes say so", "until": "2027-03-31"},
    {"goal": "I will write a handover", "term": "year", "proof": "It is in the handbook", "until": "2027-10-29"},
    {"goal": "I will lead a team", "term": "later"},
)
OF_THEIR_OWN_ACCORD = (ids.GOAL_FORM, ids.PROGRESS_FORM, ids.ITEM_FORM, ids.REPORT_FORM)
REPORTS = (2, 5, 8, 11)
"""After which meetings they finish a progress report."""
ITEMS = 3
"""After so many meetings they agree on things to do until the next one."""
PROGRESS = {2: ((0, "half-way"),), 4: ((0, "reached"),), 6: ((1, "let-go"),)}
"""After which meeting she says what of which goal."""


@dataclass
class Year:
    """The year of the two, and the bot in it."""

    town: LocalBot
    story: Story

    def person(self, user: str) -> Person:
        return self.town.person(user)

    def presses(self, user: str, button: str) -> None:
        """At Home if the button is there, else in the newest message with it."""
        self.story.leaves(user)
        self.person(user).open_home()
        self.town.settle()
        self.presses_here(user, button)

    def presses_here(self, user: str, button: str) -> None:
        """In the open view, at Home, or in the newest message with it."""
        person = self.person(user)
        option = "" if person.view else option_of(person.home, button)
        done = person.choose(ids.MENU, option) if option else person.click(button)
        assert done.ok, f"{user} pressed {button} in vain"
        self.town.settle()

    def fills(self, user: str, form: str, says: Mapping[str, Any]) -> None:
        self.person(user).await_view(form)
        self.story.forms.append(OpenedForm(user, form, self.town.slack.calendar.now()))
        self.story.sends(user, says)

    def finds_a_time(self, user: str, partner: str) -> None:
        """Three presses: find, offer the first, and the other takes it."""
        self.presses(user, ids.FIND_TIME)
        self.presses_here(user, "Offer this time")
        self.presses(partner, "Take this time")

    def passes(self, until: datetime) -> None:
        self.story.it_is(f"{until:%Y-%m-%d %H:%M}")

    @property
    def planned_end(self) -> datetime:
        """When the newest planned meeting is over."""
        with self.town.database() as tx:
            (planned,) = tx.planned_meetings.open_of([each.id for each in tx.partnerships.of(ADA)])
        assert planned.span is not None
        return planned.span[1]

    @property
    def goals(self) -> list[Json]:
        """In the order in which they were written."""
        wanted = [goal["goal"] for goal in GOALS]
        return sorted(rows(self.town)["goals"], key=lambda row: wanted.index(row["words"]))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    folder: Path = tmp_path_factory.mktemp("two")
    with open_town(folder, people=PEOPLE, owners=[OLGA]) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        lived = Year(opened, Story(opened))
        live(lived)
        yield lived


def live(year: Year) -> None:
    they_are_introduced(year)
    they_agree(year)
    for number in range(MEETINGS):
        they_meet(year, number)
        ada_plans(year, number)
        they_agree_on_things_to_do(year, number)
        they_report(year, number)
    they_look_back(year)


def they_are_introduced(year: Year) -> None:
    story = year.story
    story.it_is("2026-11-24 10:00")
    sets(year.town, Part.EXTRAS, {"plans": ["yes"], "agreements": ["yes"], "reports": ["yes"]}, user=OLGA)
    story.asks(ADA, {**REQUEST, "months": "12"})
    story.volunteers(BEN, {**OFFER, "months": "12"})
    story.it_is("2027-01-04 15:00")
    story.proposes(OLGA)
    story.approves_all(OLGA)
    story.releases(OLGA)
    story.it_is("2027-01-05 15:00")
    story.accepts(ADA)
    story.accepts(BEN)


def they_agree(year: Year) -> None:
    """Ada drafts, Ben changes, Ada signs what he has written."""
    year.story.it_is("2027-01-06 15:00")
    year.presses(ADA, ids.OPEN_AGREEMENT)
    _writes(year, ADA, PURPOSE, {})
    year.presses(BEN, ids.OPEN_AGREEMENT)
    year.presses_here(BEN, ids.CHANGE_AGREEMENT)
    _writes(year, BEN, {"minutes": "90"}, {"off_limits": f"My old team. {SECRET}"})
    year.presses(ADA, ids.OPEN_AGREEMENT)
    year.presses_here(ADA, ids.SIGN_AGREEMENT)


def _writes(year: Year, user: str, meetings: Mapping[str, Any], expectations: Mapping[str, Any]) -> None:
    person = year.person(user)
    for says in (meetings, expectations):
        person.fill(says)
        assert not person.submit().errors
        year.town.settle()
    year.presses_here(user, ids.SIGN_DRAFT)


def they_meet(year: Year, number: int) -> None:
    """Every four weeks or so, at a time that is found for both. One is moved, and another cancelled."""
    year.passes(datetime(2027, 1, 7, 15, tzinfo=UTC) + number * timedelta(days=29))
    year.finds_a_time(ADA, BEN)
    if number == 0:
        year.presses(BEN, ids.OPEN_AGENDA)
        year.presses_here(BEN, ids.TICK_AGENDA_STEP)
    if number == MOVED:
        year.finds_a_time(BEN, ADA)
    if number == CANCELLED:
        year.presses(ADA, ids.CANCEL_PLANNED)
        year.finds_a_time(ADA, BEN)
    year.passes(year.planned_end + timedelta(hours=1))
    year.presses(ADA if number % 2 else BEN, ids.SAY_MET)


def ada_plans(year: Year, number: int) -> None:
    """After the first meeting she writes three goals and shares them; later she reaches one and lets another go."""
    if number == 0:
        year.presses(ADA, ids.OPEN_GOALS)
        year.presses_here(ADA, ids.WRITE_PLAN)
        year.fills(ADA, ids.STANDING_FORM, {"direction": f"Lead a team. {SECRET}", "skills": ["Career planning"]})
        for goal in GOALS:
            year.presses_here(ADA, ids.ADD_GOAL)
            year.fills(ADA, ids.GOAL_FORM, goal)
        year.presses_here(ADA, ids.SHARE_PLAN)
    for place, state in PROGRESS.get(number, ()):
        year.presses(ADA, ids.OPEN_GOALS)
        year.story.clicks(ADA, ids.OPEN_PROGRESS, year.goals[place]["id"])
        year.fills(ADA, ids.PROGRESS_FORM, {"state": state})


def they_agree_on_things_to_do(year: Year, number: int) -> None:
    """One for each of them and one for both, ticked at Home before the next meeting."""
    if number >= ITEMS:
        return
    year.presses(ADA, ids.OPEN_ITEMS)
    for who in (ADA, BEN, "both"):
        year.presses_here(ADA, ids.ADD_ITEM)
        due = year.town.slack.calendar.now() + timedelta(days=14)
        says = {"action": f"Read a chapter. {SECRET}", "action_who": who, "action_by": due.date().isoformat()}
        year.fills(ADA, ids.ITEM_FORM, says)
    for user in (ADA, BEN, ADA):
        year.presses(user, ids.TICK_ITEM)


def they_report(year: Year, number: int) -> None:
    """Ada writes what she has learnt, and both finish it."""
    if number in REPORTS:
        year.presses(ADA, ids.OPEN_REPORT)
        year.presses_here(ADA, ids.WRITE_LEARNT)
        year.fills(ADA, ids.REPORT_FORM, {"learnt": f"To listen. {SECRET}"})
        year.presses_here(ADA, ids.FINISH_REPORT)
        year.presses(BEN, ids.OPEN_REPORT)
        year.presses_here(BEN, ids.FINISH_REPORT)


def they_look_back(year: Year) -> None:
    year.passes(datetime(2028, 1, 6, 15, tzinfo=UTC))
    for user in (ADA, BEN):
        year.presses(user, ids.OPEN_SURVEY)
        year.fills(user, ids.SURVEY_FORM, {"rating": "5"})
    year.passes(datetime(2028, 2, 1, 12, tzinfo=UTC))


def test_the_agreement_is_signed_in_its_second_version(year: Year) -> None:
    versions = rows(year.town)["agreement_versions"]
    assert [(row["number"], row["written_by"], row["countersigned_by"]) for row in versions] == [
        (1, ADA, ""),
        (2, BEN, ADA),
    ]


def test_twelve_meetings_are_logged_and_each_was_found_by_a_proposal(year: Year) -> None:
    planned = rows(year.town)["planned_meetings"]
    assert Counter(row["state"] for row in planned) == {"held": MEETINGS, "cancelled": 1}
    assert len(rows(year.town)["meetings"]) == MEETINGS
    assert sorted(row["sequence"] for row in planned) == [0] * (MEETINGS - 1) + [1, 1]


def test_every_action_item_is_ticked(year: Year) -> None:
    assert Counter(row["state"] for row in rows(year.town)["action_items"]) == {"done": 3 * ITEMS}


def test_four_progress_reports_are_finished(year: Year) -> None:
    reports = rows(year.town)["reports"]
    assert [row["number"] for row in reports] == [1, 2, 3, 4]
    assert all(row["ended_on"] for row in reports)


def test_one_goal_is_reached_and_one_let_go(year: Year) -> None:
    assert [row["state"] for row in year.goals] == ["reached", "let-go", "not-begun"]


@pytest.mark.parametrize("user", [ADA, BEN])
def test_after_the_application_not_one_command_is_typed(year: Year, user: str) -> None:
    commands = [each.payload for each in year.town.slack.deliveries if each.kind == "command"]
    assert [each["text"] for each in commands if each["user_id"] == user] == ["request" if user == ADA else "volunteer"]


@pytest.mark.parametrize("user", [ADA, BEN])
def test_neither_gets_too_many_messages_or_forms(year: Year, user: str) -> None:
    moments = [datetime.fromtimestamp(float(message["ts"]), UTC) for message in messages_of(year.town.slack, user)]
    assert most_within_a_year(moments) <= most_messages(1, meetings_found=MEETINGS, reports=len(REPORTS))
    asked = [form.at for form in year.story.forms if form.user == user and form.callback_id not in OF_THEIR_OWN_ACCORD]
    assert most_within_a_year(asked) <= MOST_FORMS


def test_the_owner_reads_nothing_of_it(year: Year) -> None:
    owner = year.person(OLGA)
    owner.open_home()
    year.town.settle()
    assert SECRET not in str([messages_of(year.town.slack, OLGA), owner.home, owner.views])
