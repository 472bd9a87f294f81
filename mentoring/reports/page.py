"""The page of a progress report, from what was logged and what the two wrote. It holds no notes and no answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mentoring.applications.application import Role
from mentoring.goals.goal import GoalRecord, GoalState
from mentoring.items.item import ActionItem, ItemState
from mentoring.meetings.log import Meeting
from mentoring.partnerships.timing import MeetingRhythm


class ReportWish(StrEnum):
    """What would help the two. Stored: renaming a value needs a migration."""

    MORE_TIME = "more-time"
    ANOTHER_TOPIC = "another-topic"
    A_CONTACT = "a-contact"
    NOTHING = "nothing"


@dataclass(frozen=True)
class ReportWords:
    """What the two wrote into a report. `learnt` is each one's own, by role; the rest is written by both.

    `lines` are by the id of a goal. `shows_titles` has who would like the page to name the action items: it does once
    both do. `version` counts the changes of what both write. `page` is what the report said
    when both had finished it, None before.
    """

    report_id: str
    partnership_id: str
    learnt: Mapping[Role, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    next_steps: tuple[str, ...] = ()
    wishes: tuple[ReportWish, ...] = ()
    leaves_out_resting: bool = False
    shows_titles: frozenset[Role] = frozenset()
    version: int = 0
    page: "ReportPage | None" = None


@dataclass(frozen=True)
class ReportedGoal:
    """A goal on the page: its words, its state, and the line about it, "" for none."""

    goal_id: str
    words: str
    state: GoalState
    line: str = ""


@dataclass(frozen=True)
class ReportedItem:
    """An action item on the page that both wish to name."""

    words: str
    is_done: bool


@dataclass(frozen=True)
class ReportPage:
    """What a report says, with days in the reader's calendar. `minutes` are those of all meetings, and `agreed` is how
    many meetings the agreement asks for, 0 without one. Of the action items that were agreed in that time, `items` in
    all, so many are done. `named_items` are these, in the order in which they were agreed, if both wish to show them.
    """

    starts_on: date
    until: date
    met: int
    minutes: int
    agreed: int = 0
    reached: tuple[ReportedGoal, ...] = ()
    moving: tuple[ReportedGoal, ...] = ()
    resting: tuple[ReportedGoal, ...] = ()
    learnt: Mapping[Role, str] = field(default_factory=dict)
    next_steps: tuple[str, ...] = ()
    wishes: tuple[ReportWish, ...] = ()
    items: int = 0
    items_done: int = 0
    named_items: tuple[ReportedItem, ...] = ()


_KEPT = (ItemState.OPEN, ItemState.DONE)


def build_page(
    starts_on: date,
    until: date,
    words: ReportWords,
    *,
    meetings: Iterable[Meeting],
    items: Iterable[ActionItem],
    goals: Sequence[GoalRecord],
    rhythm: MeetingRhythm | None,
) -> ReportPage:
    """The page of the days from `starts_on` to `until`, both included. `goals` are those that both may read."""
    held = [each for each in meetings if starts_on <= each.met_on <= until]
    agreed = [each for each in items if starts_on <= each.added_at.date() <= until and each.state in _KEPT]
    named = sorted(agreed, key=lambda each: (each.added_at, each.id)) if words.shows_titles == set(Role) else ()
    days = (until - starts_on).days + 1
    return ReportPage(
        starts_on=starts_on,
        until=until,
        met=len(held),
        minutes=sum(each.minutes for each in held),
        agreed=days // rhythm.distance.days if rhythm else 0,
        reached=_goals(reached_goals(goals, starts_on), words),
        moving=_goals([record for record in goals if record.goal.is_open], words),
        resting=() if words.leaves_out_resting else _goals(resting_goals(goals, starts_on), words),
        learnt={role: words.learnt[role] for role in Role if words.learnt.get(role)},
        next_steps=words.next_steps,
        wishes=words.wishes,
        items=len(agreed),
        items_done=sum(each.state is ItemState.DONE for each in agreed),
        named_items=tuple(ReportedItem(each.words, each.state is ItemState.DONE) for each in named),
    )


def reached_goals(goals: Sequence[GoalRecord], since: date) -> list[GoalRecord]:
    """The goals that were reached since that day."""
    return [each for each in goals if each.goal.state is GoalState.REACHED and _stands_since(each) >= since]


def resting_goals(goals: Sequence[GoalRecord], since: date) -> list[GoalRecord]:
    """The goals that were put to rest or let go since that day."""
    states = (GoalState.RESTING, GoalState.LET_GO)
    return [each for each in goals if each.goal.state in states and _stands_since(each) >= since]


def goals_in_report(goals: Sequence[GoalRecord], since: date) -> list[GoalRecord]:
    """The goals that the two can write a line about, as they follow each other on the page."""
    moving = [each for each in goals if each.goal.is_open]
    return [*reached_goals(goals, since), *moving, *resting_goals(goals, since)]


def line_of(record: GoalRecord, words: ReportWords) -> str:
    """What the two wrote about a goal, or else what its person last said has happened."""
    if record.goal.id in words.lines:
        return words.lines[record.goal.id]
    return next((each.happened for each in record.changes if each.happened), "")


def _stands_since(record: GoalRecord) -> date:
    """The day on which the goal came into its state."""
    state, day = record.goal.state, record.goal.added_on
    for change in record.changes:  # the newest first
        if change.state is not state:
            break
        day = change.on
    return day


def _goals(records: Iterable[GoalRecord], words: ReportWords) -> tuple[ReportedGoal, ...]:
    return tuple(ReportedGoal(each.goal.id, each.goal.words, each.goal.state, line_of(each, words)) for each in records)
