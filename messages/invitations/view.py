"""What an invitation to apply says, in a message and as a preview for owners, and whether a person wants any."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from mentoring.applications.application import Role
from mentoring.core.programmes import Cohort, Programme
from messages.blocks import actions, button, section, small_print
from messages.forms import Option
from messages.ids import ALLOW_INVITATIONS, APPLY_AS_MENTEE, APPLY_AS_MENTOR, COMMAND, STOP_INVITATIONS
from messages.in_programme import carry
from messages.lengths import choice, meets
from messages.payloads import Message, message
from messages.programmes.cohorts import weekday
from messages.text import escape, shorten
from messages.voice import Voice

TEXT: Final = "Would you like to take part in mentoring?"
MOST_OF_PURPOSE: Final = 300


def invitation_message(programme: Programme, cohort: Cohort, roles: Sequence[Role]) -> Message:
    """The same words for everybody: they do not say why the reader gets it."""
    voice = Voice(programme)
    purpose = f"\n{shorten(escape(programme.purpose), MOST_OF_PURPOSE)}" if programme.purpose else ""
    words = (
        f"*{TEXT}* {voice.name} is open to you.{purpose}\n"
        f"You meet {meets(programme.rhythm)}, for {choice(programme.lengths)}. "
        f"Apply by {weekday(cohort.apply_by)}."
    )
    blocks: list[Block] = [section(words)]
    blocks += [_way_in(role, programme) for role in Role if role in roles]
    # Slack does not send the choice of a topic that is chosen already: a form that was closed opens with a button.
    applies = [
        _apply_button(role, programme, is_only=len(roles) == 1) for role in Role if role in roles and programme.topics
    ]
    blocks.append(actions(*applies, _not_for_me()))
    chooses = "When you choose a topic, a form opens, filled in as far as we can. " if programme.topics else ""
    blocks.append(
        small_print(
            f"{chooses}You don’t need to answer. You get a message like this at most once in six months. If you press "
            f"*Not for me*, you get no more of them, and no one is told. Questions? Ask {voice.contact}."
        )
    )
    return message(TEXT, blocks)


def _way_in(role: Role, programme: Programme) -> Block:
    """A topic, which opens the form. If the programme has no topics, a button does."""
    voice = Voice(programme)
    if role is Role.MENTEE:
        what, action, asks = f"*Find {voice.a_mentor}.*", APPLY_AS_MENTEE, "What would you like to talk about?"
    else:
        what, action, asks = f"*Be {voice.a_mentor}.*", APPLY_AS_MENTOR, "What could you help with?"
    if not programme.topics:
        return section(what, button("Apply", action, carry("", programme.id)))
    options = [Option(carry(topic, programme.id), topic).to_slack() for topic in programme.topics]
    chooses = StaticSelectElement(action_id=action, placeholder=PlainTextObject(text="Choose a topic"), options=options)
    return SectionBlock(text=MarkdownTextObject(text=f"{what} {asks}"), accessory=chooses)


def _apply_button(role: Role, programme: Programme, *, is_only: bool) -> ButtonElement:
    """Opens the form without a topic."""
    action = APPLY_AS_MENTEE if role is Role.MENTEE else APPLY_AS_MENTOR
    label = "Apply" if is_only else f"Apply as {Voice(programme).a(role)}"
    return button(label, action, carry("", programme.id))


def _not_for_me() -> ButtonElement:
    return button("Not for me", STOP_INVITATIONS)


def invitation_choice(is_on: bool) -> Block:
    """At Home: whether the reader may get invitations, why, and the other choice."""
    if is_on:
        words = (
            "*Invitations: on.* While you don’t take part, a programme may invite you to apply, at most once in six "
            "months. Its owners choose when colleagues are invited, and never see who is."
        )
        return section(words, button("Switch off", STOP_INVITATIONS, accessibility_label="Switch invitations off"))
    words = "*Invitations: off.* No programme invites you to apply. You can still apply yourself."
    return section(words, button("Switch on", ALLOW_INVITATIONS, accessibility_label="Switch invitations on"))


def choice_saved(is_on: bool) -> Message:
    """The reply to the choice."""
    if is_on:
        text = "You may get invitations to apply again."
    else:
        text = "You get no more invitations. No one is told. To change this, open Home."
    return message(text, [section(text)])


def about_invitations(is_on: bool | None) -> Message:
    """The reply to a person who asks about invitations; None if no programme sends them any."""
    if is_on is None:
        text = "No programme here sends you invitations."
        more = f"To see how to apply, type `{COMMAND}`. Owners switch invitations on in `{COMMAND} setup`."
        return message(text, [section(f"{text} {more}")])
    return message(f"Invitations: {'on' if is_on else 'off'}", [invitation_choice(is_on)])
