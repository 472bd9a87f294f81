"""The agenda of a first meeting as one of the two people sees it, and what Home and their list say about it (D4.7)."""

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextObject, StaticSelectElement

from mentoring.agenda.agenda import MOST_ADDED, Agenda, AgendaStep, AgendaStepId, AgendaStepState
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from messages.agenda.words import MINUTES, QUESTIONS, AgendaNames, as_lines, title_of
from messages.agreements.view import open_button
from messages.agreements.words import who_reads
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import FormMetadata, Option
from messages.ids import (
    ADD_AGENDA_STEP,
    AGENDA_VIEW,
    LEAVE_OUT_STEP,
    LOG_MEETING,
    OPEN_AGENDA,
    PUT_BACK_STEP,
    TICK_AGENDA_STEP,
    UNTICK_AGENDA_STEP,
)
from messages.partnerships.buttons import see_button
from messages.text import plural

TITLE: Final = "First meeting"
_AT_THE_END: Final = (
    "*Before you part:* agree on the next date, and on one small thing that each of you will do until then."
)


def agenda_button(partnership_id: str, *, first: bool = False) -> ButtonElement:
    """Opens the agenda of the first meeting."""
    return button("See the agenda", OPEN_AGENDA, partnership_id, style="primary" if first else None)


def view(agenda: Agenda, *, by: str, programme: Programme, people: Mapping[str, Person]) -> dict[str, Any]:
    """The agenda for `by`, one of the two; its metadata is about the partnership. `people` are the two."""
    partnership = agenda.partnership
    names = AgendaNames.read_by(by, partnership)
    blocks: list[Block] = [small_print(who_reads(partnership, by)), section(_introduction(agenda, by))]
    for step in agenda.kept:
        blocks.append(section(_step(step, names), _ticks(step, partnership, by, people) if agenda.is_open else None))
    if agenda.left_out:
        left = ", ".join(title_of(step, names) for step in agenda.left_out)
        blocks.append(small_print(f"Left out: {left}"))
    if agenda.is_open:
        blocks += [actions(*_changes(agenda, by, people)), section(_AT_THE_END), actions(*_next(agenda, programme))]
    elif partnership.is_active:
        blocks.append(actions(see_button(partnership.id, programme)))
    meta = FormMetadata(form=AGENDA_VIEW, about=partnership.id, programme=programme.id).dump()
    return modal(AGENDA_VIEW, TITLE, blocks, private_metadata=meta)


def _introduction(agenda: Agenda, by: str) -> str:
    if not agenda.is_open:
        return "This is what you planned for your first meeting, and what you talked about."
    before = (
        "write down in three lines what you hope for"
        if by == agenda.partnership.mentee
        else "think of one thing that you wish someone had told you"
    )
    return (
        "Take about an hour, in person if you can, somewhere private. Leave out what you don’t need, and add what you "
        f"do.\n*Before you meet:* {before}."
    )


def _step(step: AgendaStep, names: AgendaNames) -> str:
    tick = "✓ " if step.state is AgendaStepState.TICKED else ""
    if step.words:
        return f"{tick}*{title_of(step, names)}*"
    known = AgendaStepId(step.key)
    minutes = plural(MINUTES[known], "minute", "minutes")
    return f"{tick}*{title_of(step, names)}* ({minutes})\n{QUESTIONS[known]}"


def _ticks(step: AgendaStep, partnership: Partnership, by: str, people: Mapping[str, Person]) -> ButtonElement:
    title = title_of(step, AgendaNames.plain(by, partnership, people))
    if step.state is AgendaStepState.TICKED:
        return button("Not done", UNTICK_AGENDA_STEP, step.key, accessibility_label=f"Not done: {title}")
    return button("Done", TICK_AGENDA_STEP, step.key, accessibility_label=f"Done: {title}")


def _changes(agenda: Agenda, by: str, people: Mapping[str, Person]) -> list[ButtonElement | StaticSelectElement]:
    names = AgendaNames.plain(by, agenda.partnership, people)
    found: list[ButtonElement | StaticSelectElement] = []
    if sum(step.is_added for step in agenda.steps) < MOST_ADDED:
        found.append(button("Add a step", ADD_AGENDA_STEP, agenda.partnership.id))
    still_open = [step for step in agenda.kept if step.state is AgendaStepState.OPEN]
    for label, action, steps in (
        ("Leave out a step", LEAVE_OUT_STEP, still_open),
        ("Put back a step", PUT_BACK_STEP, agenda.left_out),
    ):
        if steps:
            options = [Option(step.key, title_of(step, names)).to_slack() for step in steps]
            found.append(
                StaticSelectElement(action_id=action, placeholder=PlainTextObject(text=label), options=options)
            )
    return found


def _next(agenda: Agenda, programme: Programme) -> list[ButtonElement]:
    """After the meeting: log it, and write down what they have agreed."""
    partnership = agenda.partnership
    write = [open_button(partnership.id, "Write it into our agreement")] if programme.has_agreements else []
    logs = button("Log this meeting", LOG_MEETING, partnership.id, style="primary")
    return [logs, *write, see_button(partnership.id, programme)]


def talked_about(agenda: Agenda, by: str) -> str:
    """What they have ticked, above the agreement that they write then, in mrkdwn; "" if it is nothing."""
    if not agenda.ticked:
        return ""
    lines = as_lines(agenda.ticked, AgendaNames.read_by(by, agenda.partnership))
    return f"*You’ve talked about this.* Write down what you agreed.\n{lines}"


def blocks_of(partnership: Partnership, agenda: Agenda | None, *, is_next: bool, at_home: bool) -> list[Block]:
    """What Home and the list of somebody's partnerships say about it: while the first meeting is what comes next, and
    in the list afterwards if they have used it. `agenda` is None for a message, which shows nothing that changes.
    """
    if not (is_next and partnership.is_active):
        if at_home or agenda is None or not agenda.is_touched:
            return []
        return [section("*First meeting.* Its agenda is kept.", agenda_button(partnership.id))]
    words = "An agenda that you can tick and change together."
    if agenda and agenda.ticked:
        words = f"{len(agenda.ticked)} of {plural(len(agenda.kept), 'step is', 'steps are')} done."
    return [section(f"*First meeting.* {words}", agenda_button(partnership.id))]
