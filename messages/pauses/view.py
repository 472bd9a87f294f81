"""A pause in the list of a person's partnerships and at Home: its buttons, and the offer to move the agreed end."""

from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.lengths import Length
from mentoring.partnerships.partnership import Partnership
from mentoring.pauses.pause import end_after_pause
from messages.blocks import button, section
from messages.ids import CONFIRM_PAUSE, MOVE_END, OPEN_PAUSE, RESUME
from messages.lengths import span
from messages.programmes.cohorts import day
from messages.text import mention, plural


def pause_button(partnership_id: str, *, label: str = "Pause") -> ButtonElement:
    """Opens the form to pause, or to change until when."""
    return button(label, OPEN_PAUSE, partnership_id)


def resume_button(partnership_id: str) -> ButtonElement:
    return button("Carry on now", RESUME, partnership_id)


def confirm_button(partnership_id: str, until: date) -> ButtonElement:
    """Says yes to the day on which it carries on."""
    return button("Yes, carry on", CONFIRM_PAUSE, f"{partnership_id}:{until}", style="primary")


def pause_buttons(partnership: Partnership) -> list[ButtonElement]:
    """What can be done about a pause that lasts, for which one of the two asked; else nothing."""
    if partnership.lasting_pause is None:
        return []
    return [resume_button(partnership.id), pause_button(partnership.id, label="Change the day")]


def moved_end_blocks(partnership: Partnership, by: str, today: date) -> list[Block]:
    """After a pause: the offer to move the agreed end, and who wants it. Nothing once it is too late."""
    over, ends_on = partnership.pause, end_after_pause(partnership)
    if over is None or ends_on is None or today >= min(partnership.survey_on, ends_on):
        return []
    other = partnership.other(by)
    if by in over.moves_end:
        return [section(f"You’d like to move the end to {day(ends_on)}. I’m waiting for {mention(other)}.")]
    lasted = lasted_for(partnership)
    wants = f"{mention(other)} would like to" if other in over.moves_end else "You can"
    words = (
        f"The agreed end is {day(partnership.ends_on)}. {wants} move it by the {lasted} of the pause, to "
        f"*{day(ends_on)}*. It moves once you both want it."
    )
    return [section(words, button("Move the end", MOVE_END, f"{partnership.id}:{ends_on}"))]


def lasted_for(partnership: Partnership) -> str:
    """The length of the last pause: whole weeks, or days."""
    days = partnership.pause.length.days if partnership.pause else 0
    return span(Length(weeks=days // 7)) if days and days % 7 == 0 else plural(days, "day", "days")
