"""Leave until a day: what a person reads who asks for a pause, and the form, for them and for owners."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.people import Leave, Person
from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, confirm, modal, section, small_print
from messages.forms import DateInput, FormMetadata, Submission, Values
from messages.ids import COMMAND, END_LEAVE, LEAVE_FORM, OPEN_HELP, OPEN_LEAVE
from messages.partnerships.buttons import see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import mention
from messages.voice import Voice, capital

TITLE = "Leave"
_THEN = "Everything carries on by itself on this day."


def reply_about_pause(
    person: Person, programme: Programme, *, takes_part: bool, partnerships: Sequence[Partnership] = ()
) -> Message:
    """What a person reads who asks for a pause. `takes_part` says whether there is anything to pause, and
    `partnerships` are those that can be paused alone.
    """
    voice = Voice(programme)
    questions = small_print(f"Questions? Ask {voice.contact}. To see what you can do, type `{COMMAND}`.")
    if person.leave:
        text = f"You’re on leave until {day(person.leave.until)}"
        words = f"*{text}.* {_meanwhile(voice)} On that day everything carries on by itself, and I’ll tell you."
        return message(text, [section(words), actions(*leave_buttons(person.leave)), questions])
    if not takes_part:
        text = "There’s nothing to pause"
        words = f"*{text}.* You have no open application and no {voice.partnership} right now."
        return message(text, [section(words), actions(button("See what I can do", OPEN_HELP)), questions])
    text = "Going away for a while?"
    words = f"*{text}* You can go on leave until a day you choose. {_meanwhile(voice)} You don’t need a reason."
    blocks: list[Block] = [section(words), actions(*leave_buttons(None))]
    if partnerships:
        alone = f"To pause with one person only, open your {voice.partnership} and choose *Pause*."
        about = partnerships[0].id if len(partnerships) == 1 else ""
        blocks.append(section(alone, see_button(about, programme)))
    return message(text, [*blocks, questions])


def _meanwhile(voice: Voice) -> str:
    return (
        f"Until then, no one is matched with you, your {voice.partnerships} are paused, and you get no reminders about "
        f"them."
    )


def leave_buttons(leave: Leave | None, *, about: str = "") -> list[ButtonElement]:
    """The actions on somebody's leave. `about` is "" for themselves, or for an owner what `leave_value` gives."""
    own = not about
    if leave is None:
        return [button("Choose a day" if own else "Put on leave", OPEN_LEAVE, about, style="primary" if own else None)]
    who = "You" if own else "They"
    words = f"{who} can be matched again from now on, and reminders go on. Partners get a message."
    asks = confirm("End the leave today?", words, yes="End it", no="Go back")
    return [
        button("Change the day", OPEN_LEAVE, about),
        button("End leave", END_LEAVE, about, confirm=asks),
    ]


def leave_value(person: str, role: Role) -> str:
    """The value of an owner's button: the Slack user id, and the role in which the owner sees the person."""
    return f"{person}:{role}"


def read_leave_value(value: str) -> tuple[str, str]:
    """The Slack user id and the role of an owner's button; both "" for one's own."""
    person, _, role = value.partition(":")
    return person, role


def leave_form(
    person: str,
    leave: Leave | None,
    programme: Programme,
    values: Values,
    *,
    role: str = "",
    restored: bool = False,
    root: str = "",
    below: str = "",
) -> dict[str, Any]:
    """The form to choose until when `person` (a Slack user id) is on leave.

    `role` is "" if they fill it in themselves, or the role in which an owner sees them. `restored` says that `values`
    are a draft. `root` is the view below it, and `below` what is below that.
    """
    own = not role
    voice = Voice(programme)
    if own:
        words = (
            f"*Until when are you away?* {_meanwhile(voice)} If you’ve been asked about a match or agreed to one, it "
            "ends now. Your partners hear until when you’re away, and nothing else. You can end it earlier."
        )
    else:
        who = mention(person)
        words = (
            f"*Until when is {who} away?* Until then, no one is matched with them, and their {voice.partnerships} are "
            f"paused. If they’ve been asked about a match or agreed to one, it ends now. {who} and their partners get "
            f"a message without a reason. This is recorded. {who} can end it earlier."
        )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you chose last time."))
    blocks.append(
        DateInput(
            block_id=FieldName.BACK_ON,
            label="First day back",
            hint=_THEN if not own else f"{_THEN} If you don’t know yet, choose a likely day. You can change it.",
        ).block(values)
    )
    version = leave.until.toordinal() if leave else 0
    about = "" if own else person
    meta = FormMetadata(form=role or LEAVE_FORM, version=version, about=about, root=root, below=below)
    return modal(
        LEAVE_FORM, TITLE, blocks, submit="Save", close="Go back" if root else "Cancel", private_metadata=meta.dump()
    )


class LeaveSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    back_on: date | None = None


def parse_leave(values: Values) -> date | None:
    """The day on which the person is back. Raises ValueError for input that the form cannot have sent."""
    return LeaveSubmission.read(values).back_on


def leave_ended(own: bool) -> Message:
    """The reply to the one who ended a leave, or found it over."""
    text = "Your leave is over. Welcome back." if own else "Their leave is over."
    return message(text, [section(text)])


def on_leave(leave: Leave) -> list[Block]:
    """Until when the reader is on leave, and the buttons to change it."""
    return [section(on_leave_line(leave)), actions(*leave_buttons(leave))]


def on_leave_line(leave: Leave, *, own: bool = True) -> str:
    """One line, in mrkdwn, above what a person reads of where they stand."""
    return f"*{capital('you’re' if own else 'they’re')} on leave until {day(leave.until)}.*"
