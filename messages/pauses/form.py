"""The form to pause a partnership, or to change until when, and its parser."""

from datetime import date
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.meetings.planned import PlannedMeeting
from mentoring.partnerships.partnership import Partnership
from mentoring.pauses.pause import PauseForm
from messages.blocks import fit, modal, section, small_print
from messages.forms import TICKED, Checkbox, DateInput, FormMetadata, Submission, Values
from messages.ids import PAUSE_FORM
from messages.text import join, mention
from messages.voice import Voice

FORM: Final = "pause"
"""The value of `FormMetadata.form`; `about` is then the partnership's id, and `version` its version."""


def pause_form(
    partnership: Partnership,
    programme: Programme,
    values: Values,
    *,
    by: str,
    meta: FormMetadata,
    planned: int = 0,
    restored: bool = False,
) -> dict[str, Any]:
    """The form as a view for `by` (a Slack user id), filled with `values`. `planned` is how many agreed meetings lie
    ahead.
    """
    voice, plain = Voice(programme), Voice(programme, marked=False)
    if by not in partnership.people:
        return _for_owner(partnership, voice, values, meta=meta, restored=restored)
    is_new = partnership.lasting_pause is None
    other = mention(partnership.other(by))
    asks = f"*Pause your {voice.partnership} with {other}?*" if is_new else "*Until when does the pause last?*"
    words = (
        f"{asks} You both get a message with the day, and no reason. Until then there are no reminders or questions. "
        "On the working day before, I ask you both whether you’re ready."
    )
    if planned == 1:
        words += "\nThe meeting you planned is cancelled if it is before that day, also in your calendars."
    elif planned:
        words += f"\nYou planned {planned} meetings. Those before that day are cancelled, also in your calendars."
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you chose last time."))
    blocks += [
        DateInput(
            block_id=FieldName.BACK_ON,
            label="Carry on from",
            hint="It starts again by itself on this day. Either of you can change it.",
            optional=True,
        ).block(values),
        Checkbox(
            block_id=FieldName.PAUSE_IS_OPEN,
            label="No day yet?",
            hint="I’ll ask you both every four weeks.",
            text="One of us will say when",
            optional=True,
        ).block(values),
        small_print("Away from everything for a while? Choose *Go on leave* at Home instead."),
    ]
    title = fit(f"Pause {plain.partnership}" if is_new else "Change the day", "Pause")
    return modal(
        PAUSE_FORM,
        title,
        blocks,
        submit="Save",
        close="Go back" if meta.root else "Cancel",
        private_metadata=meta.dump(),
    )


def _for_owner(
    partnership: Partnership, voice: Voice, values: Values, *, meta: FormMetadata, restored: bool
) -> dict[str, Any]:
    """What an owner fills in, who is not told what the two have planned."""
    two = join([mention(person) for person in partnership.people])
    words = (
        f"*Pause the {voice.partnership} of {two}?* Both get a message that you paused it, with the day. Until then "
        "there are no reminders or questions, and meetings that they planned are cancelled. Either of them can carry "
        "on earlier."
    )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you chose last time."))
    blocks.append(
        DateInput(
            block_id=FieldName.BACK_ON, label="Carry on from", hint="It starts again by itself on this day."
        ).block(values)
    )
    return modal(
        PAUSE_FORM,
        "Pause",
        blocks,
        submit="Pause",
        close="Go back" if meta.root else "Cancel",
        private_metadata=meta.dump(),
    )


def values_of_pause(partnership: Partnership) -> Values:
    """The form values of the pause that lasts, to change it."""
    lasting = partnership.lasting_pause
    if lasting is None:
        return {}
    return {
        FieldName.BACK_ON: lasting.until.isoformat() if lasting.until else None,
        FieldName.PAUSE_IS_OPEN: [] if lasting.until else [TICKED],
    }


def agreed_ahead(planned: list[PlannedMeeting]) -> int:
    """How many of these meetings are agreed on."""
    return sum(each.is_booked for each in planned)


class PauseSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    back_on: date | None = None
    pause_is_open: tuple[str, ...] = ()


def parse_pause(values: Values) -> PauseForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = PauseSubmission.read(values)
    return PauseForm(sent.back_on, TICKED in sent.pause_is_open)
