"""The page of a progress report, as the two read it, and as the person does with whom both share it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.goals.goal import GoalState
from mentoring.partnerships.partnership import Partnership
from mentoring.reports.page import ReportedGoal, ReportPage, ReportWish
from messages.blocks import section, small_print, typed
from messages.goals.wording import STATES
from messages.programmes.cohorts import days
from messages.text import escape, length, mention, plural

WISHES: Final = {
    ReportWish.MORE_TIME: "More time",
    ReportWish.ANOTHER_TOPIC: "Another topic",
    ReportWish.A_CONTACT: "Meeting someone",
    ReportWish.NOTHING: "Nothing now",
}
NEXT_TITLE: Final = "What comes next"
WISHES_TITLE: Final = "What would help us"
MOST_OF_GOALS: Final = 7_500
"""Characters of all goals: Slack takes 13,000 in a message."""
MOST_OF_ITEMS: Final = 1_200
"""Characters of all action items that are named."""
Part = Callable[[ReportPage, Partnership], Iterator[Block]]


def page_blocks(page: ReportPage, partnership: Partnership) -> list[Block]:
    """The page, part by part. A part with nothing in it is left out. At most 41 blocks."""
    return [block for part in _PARTS for block in part(page, partnership)]


def _met(page: ReportPage, partnership: Partnership) -> Iterator[Block]:
    hours, minutes = divmod(page.minutes, 60)
    lasted = [plural(hours, "hour", "hours")] if hours else []
    lasted += [plural(minutes, "minute", "minutes")] if minutes else []
    agreed = f" Our agreement says {plural(page.agreed, 'meeting', 'meetings')}." if page.agreed else ""
    in_all = f", {' and '.join(lasted)} in all" if lasted else ""
    met = f"We met {plural(page.met, 'time', 'times')}{in_all}.{agreed}"
    yield section(f"*{days(page.starts_on, page.until)}*\n{met}")


def _goals(page: ReportPage, partnership: Partnership) -> Iterator[Block]:
    """A block for each goal, since each may be long, as far as they fit into a message."""
    room = MOST_OF_GOALS
    of = [(title, goal) for title, goals in _titled(page) for goal in goals]
    before = ""
    for index, (title, goal) in enumerate(of):
        words = _goal(goal)
        room -= length(words)
        if room < 0:
            yield small_print(f"And {plural(len(of) - index, 'more goal', 'more goals')}.")
            return
        yield section(words if title == before else f"*{title}*\n{words}")
        before = title


def _titled(page: ReportPage) -> Iterator[tuple[str, Sequence[ReportedGoal]]]:
    yield "Goals reached", page.reached
    yield "Goals on their way", page.moving
    yield "Goals that rest or were let go", page.resting


def _goal(goal: ReportedGoal) -> str:
    state = "" if goal.state is GoalState.REACHED else f" ({STATES[goal.state].lower()})"
    line = f"\n{escape(goal.line)}" if goal.line else ""
    return f"• _{escape(goal.words)}_{state}{line}"


def _items(page: ReportPage, partnership: Partnership) -> Iterator[Block]:
    if page.items:
        count = plural(page.items, "action item", "action items")
        words = [f"*What we said we’d do*\nWe’ve done {page.items_done} of {count}."]
        room = MOST_OF_ITEMS
        for number, item in enumerate(page.named_items):
            line = f"• {escape(item.words)} ({'done' if item.is_done else 'open'})"
            room -= length(line)
            if room < 0:
                words.append(f"And {len(page.named_items) - number} more.")
                break
            words.append(line)
        yield section("\n".join(words))


def _learnt(page: ReportPage, partnership: Partnership) -> Iterator[Block]:
    people = {Role.MENTEE: partnership.mentee, Role.MENTOR: partnership.mentor}
    for role, said in page.learnt.items():
        yield section(f"*What {mention(people[role])} learnt*")
        yield typed(said)


def _next(page: ReportPage, partnership: Partnership) -> Iterator[Block]:
    if page.next_steps:
        yield section("\n".join([f"*{NEXT_TITLE}*", *(f"• {escape(each)}" for each in page.next_steps)]))


def _wishes(page: ReportPage, partnership: Partnership) -> Iterator[Block]:
    if page.wishes:
        yield section("\n".join([f"*{WISHES_TITLE}*", *(f"• {WISHES[each]}" for each in page.wishes)]))


_PARTS: Final[tuple[Part, ...]] = (_met, _goals, _items, _learnt, _next, _wishes)
"""The parts in their order."""
