"""The start-up plan: its steps with their dates, and a button to tick each."""

from collections.abc import Sequence
from datetime import date as Date
from typing import Any, Final

from slack_sdk.models.blocks import Block

from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.startup_plan import DatedStep, PlanStep, next_open
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import (
    COMMAND,
    OPEN_ANNOUNCEMENTS,
    OPEN_GUIDE,
    OPEN_OWNERS,
    OPEN_REVIEW,
    OPEN_SESSIONS,
    PLAN_VIEW,
    TICK_STEP,
    UNTICK_STEP,
)
from messages.programmes.cohorts import day, day_of, weekday
from messages.text import mention
from messages.voice import Voice

TITLE: Final = "Start-up plan"


def plan_view(plan: Sequence[DatedStep], programme: Programme, cohort: Cohort, today: Date) -> dict[str, Any]:
    """The plan for an owner; `today` is the reader's date. Its metadata is about the cohort."""
    done = sum(each.done is not None for each in plan)
    coming = next_open(plan)
    words = f"*{done} of {len(plan)} steps are done.* The dates follow those of the round. Only owners see this."
    blocks: list[Block] = [section(words)]
    said = _words(programme)
    for each in plan:
        title, advice = said[each.step]
        lines = [f"{'✓ ' if each.done else ''}*{title}*", advice]
        if each.done:
            by = f" by {mention(each.done.done_by)}" if each.done.done_by else ""
            lines.append(f"Done on {day_of(each.done.done_at)}{by}.")
            ticks = button("Not done", UNTICK_STEP, each.step, accessibility_label=f"Not done: {title}")
        else:
            lines.append(_due(each, today))
            style = "primary" if each is coming else None
            ticks = button("Done", TICK_STEP, each.step, style=style, accessibility_label=f"Done: {title}")
        blocks.append(section("\n".join(lines), ticks))
        if not each.done and (place := _PLACES.get(each.step)):
            blocks.append(actions(button(*place)))
    blocks.append(small_print(f"To see the plan again, type `{COMMAND} setup`."))
    meta = FormMetadata(form=PLAN_VIEW, about=cohort.id).dump()
    return modal(PLAN_VIEW, TITLE, blocks, private_metadata=meta)


_PLACES: Final = {
    PlanStep.SPONSOR: ("Name a sponsor", OPEN_OWNERS),
    PlanStep.SECOND_OWNER: ("Name an owner", OPEN_OWNERS),
    PlanStep.SETTINGS: ("Set up step by step", OPEN_GUIDE),
    PlanStep.ANNOUNCE: ("Communication plan", OPEN_ANNOUNCEMENTS),
    PlanStep.INFORMATION: ("Open sessions", OPEN_SESSIONS),
    PlanStep.MATCHES: ("Open matches", OPEN_REVIEW),
    PlanStep.ORIENTATION: ("Open sessions", OPEN_SESSIONS),
}
"""Where a step is done, as the label and the action of a button."""


def title_of(step: PlanStep, programme: Programme) -> str:
    """What the step is called, in mrkdwn."""
    return _words(programme)[step][0]


def _due(step: DatedStep, today: Date) -> str:
    if step.on < today:
        return f"The plan says {day(step.on)}."
    return "Today" if step.on == today else f"By {weekday(step.on)}"


def _words(programme: Programme) -> dict[PlanStep, tuple[str, str]]:
    voice = Voice(programme)
    return {
        PlanStep.SPONSOR: ("Win a sponsor", "Agree the purpose, and the time that people may spend on it."),
        PlanStep.SECOND_OWNER: ("Find a second owner", "Two people decide on matches better than one."),
        PlanStep.SETTINGS: ("Finish the settings", "Go through the steps, and read what people will read."),
        PlanStep.ANNOUNCE: (
            "Announce the programme",
            f"Say who can take part, by when, and that people type `{COMMAND}`.",
        ),
        PlanStep.INFORMATION: ("Hold an information session", "Explain what mentoring is here, and answer questions."),
        PlanStep.FIND_MENTORS: (
            f"Ask for more {voice.mentors}",
            "The status shows which topics are short. Ask people in person.",
        ),
        PlanStep.MATCHES: ("Decide the matches", "Send them before the round starts, so that people can answer."),
        PlanStep.ORIENTATION: (
            "Hold an orientation",
            f"Prepare {voice.mentors} and {voice.mentees}: goals, limits, and where to get help.",
        ),
        PlanStep.START: ("Start the round", "Welcome everyone, and say whom to ask."),
        PlanStep.REVIEW: (
            "Review half-way",
            "Look at the status and the check-ins together. Change what doesn’t work.",
        ),
        PlanStep.CLOSURE: (
            "Plan the closing",
            "Thank people where others see it, and ask them to answer the closing survey.",
        ),
        PlanStep.EVALUATION: (
            "Learn for the next round",
            "Read the closing surveys with your sponsor, and decide what to change.",
        ),
    }
