"""One message that tells of all that did not arrive lately, each with what to do, in one click where there is one."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.notifications.undelivered import Fate, Undelivered
from messages.blocks import actions, button, context, section
from messages.ids import LET_REST, SEND_AGAIN, SEND_ALL_AGAIN
from messages.outgoing import Message, message
from messages.text import join, mention, plural
from messages.undelivered.what import what
from messages.undelivered.why import advice, why
from messages.voice import Voice, capital

MOST = 8
"""Shown one by one; with more it is not about one person, and one button does for all."""


def card(items: Sequence[Undelivered], voice: Voice, report_id: str) -> Message:
    """`items` are not empty."""
    text = _headline(items)
    blocks: list[Block] = [section(f"*{text}.* Nothing else is held up by it.")]
    for item in items[:MOST]:
        blocks += [section(_line(item, voice)), actions(*_buttons(item))]
    if len(items) > 1:
        rest = len(items) - MOST
        more = f"And {plural(rest, 'more', 'more')}. " if rest > 0 else ""
        blocks += [
            section(f"{more}Once the cause is mended, all of them can go out again together."),
            actions(button("Send all again", SEND_ALL_AGAIN, report_id)),
        ]
    blocks.append(context("You hear of each of these once. What you send again is written as things stand then."))
    return message(text, blocks)


def _headline(items: Sequence[Undelivered]) -> str:
    lost = sum(item.fate is Fate.FAILED for item in items)
    unsure = len(items) - lost
    failed = f"{plural(lost, 'message', 'messages')} could not be delivered"
    if not unsure:
        return failed
    if not lost:
        return f"We cannot tell whether {plural(unsure, 'message', 'messages')} arrived"
    return f"{failed}, and we cannot tell whether {plural(unsure, 'other', 'others')} arrived"


def _line(item: Undelivered, voice: Voice) -> str:
    to = join([mention(person) for person in (item.to, item.also) if person])
    return f"• {capital(what(item.kind, voice))}, to {to}: {why(item)}. {advice(item, voice)}"


def _buttons(item: Undelivered) -> tuple[ButtonElement, ButtonElement]:
    rest = "It has arrived" if item.fate is Fate.UNDECIDED else "Leave it"
    return button("Send it again", SEND_AGAIN, item.id), button(rest, LET_REST, item.id)
