"""What those who were asked for help read: who asks, what they wrote, and what to do."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.cases.case import Case, CaseState
from messages.blocks import actions, button, confirm, modal, section, small_print, typed
from messages.forms import FormMetadata
from messages.ids import CASE_VIEW, CLOSE_CASE, OPEN_CASE, SAY_TALKED
from messages.programmes.cohorts import day
from messages.text import mention

KEEP_IT = "Please keep it between you: don’t tell anyone that they asked, or what it is about."


def case_view(case: Case, words: str, *, by: str, opened_on: date) -> dict[str, Any]:
    """The modal for `by`, who was asked. `opened_on` is their date of the day on which it was opened."""
    asks = f"{mention(case.person)} asked for help on {day(opened_on)}."
    other = next((each for each in case.asked if each != by), "")
    if other:
        asks += f" {mention(other)} was asked too."
    blocks: list[Block] = [section(f"*{asks}*\n{standing(case)}")]
    if not case.is_closed:
        blocks += [typed(words)] if words else [section(f"They wrote nothing. Please message {mention(case.person)}.")]
    if buttons := case_buttons(case, style="primary"):
        blocks.append(actions(*buttons))
    blocks.append(small_print(KEEP_IT))
    return modal(
        CASE_VIEW, "Help in confidence", blocks, private_metadata=FormMetadata(form=CASE_VIEW, about=case.id).dump()
    )


def standing(case: Case) -> str:
    """Where it stands, for those who were asked; mrkdwn."""
    match case.state:
        case CaseState.OPEN:
            return f"Please message {mention(case.person)} within two working days."
        case CaseState.TALKED:
            return "One of you has talked with them. Close it when nothing is left to do."
        case CaseState.CLOSED:
            return "It is closed, and what they wrote is deleted. You don’t need to do anything."


def case_buttons(case: Case, *, style: str | None = None) -> list[ButtonElement]:
    """What can be done with it now. `style` is that of the first step."""
    if case.is_closed:
        return []
    talked = [button("I’ve talked with them", SAY_TALKED, case.id, style=style)]
    close = button(
        "Close it",
        CLOSE_CASE,
        case.id,
        confirm=confirm("Close it?", "What they wrote is then deleted.", yes="Close it", no="Not yet"),
    )
    return [*(talked if case.state is CaseState.OPEN else []), close]


def read_button(case: Case) -> ButtonElement:
    """Opens the view."""
    return button("Read it", OPEN_CASE, case.id, style="primary" if case.state is CaseState.OPEN else None)
