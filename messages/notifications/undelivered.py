"""What was not delivered, why, and what to do, as owners read it."""

from collections.abc import Callable, Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.undelivered import DeliveryFailure, UndeliveredNotification
from messages.blocks import actions, button, context, section
from messages.ids import LET_REST, SEND_AGAIN, SEND_ALL_AGAIN
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message, message
from messages.text import join, mention, plural
from messages.voice import Voice, capital

__all__ = ["card", "settled"]

SentenceName = Callable[[NotificationKind, Voice], str]
"""What a kind is called inside a sentence."""

_UNKNOWN_TO_SLACK = "Slack does not know this person any more, or does not show them to us"
_SHUT = "the conversation with them is closed to us"
_OURS = "we could not write it, and the fault is ours"
_NOT_ALLOWED = "a setting of your workspace does not let us write there"

_WHY = {
    "user_not_found": _UNKNOWN_TO_SLACK,
    "users_not_found": _UNKNOWN_TO_SLACK,
    "user_not_visible": _UNKNOWN_TO_SLACK,
    "user_disabled": "their Slack account is switched off",
    "account_inactive_user": "their Slack account is switched off",
    "cannot_dm_bot": "this is an app and not a person",
    "invalid_user_combination": "Slack does not let these two be in a conversation with us",
    "channel_not_found": _SHUT,
    "not_in_channel": _SHUT,
    "is_archived": _SHUT,
    "restricted_action": _NOT_ALLOWED,
    "messages_tab_disabled": "the Messages tab of this app is switched off",
    "too-much-to-read": "the connection broke off, and too much was written since to find it again",
    "missing_scope": "the connection broke off, and this app may not look whether it arrived",
}
_SETTINGS = frozenset({"restricted_action", "messages_tab_disabled", "missing_scope"})
_PEOPLE = frozenset({_UNKNOWN_TO_SLACK, _SHUT, _WHY["user_disabled"], _WHY["cannot_dm_bot"]})


def why(item: UndeliveredNotification) -> str:
    """Half a sentence, in mrkdwn, without its full stop."""
    if item.fate is DeliveryFailure.UNDECIDED:
        return _WHY.get(item.why, "the connection broke off, and Slack does not let us look whether it arrived")
    return _WHY.get(item.why, _OURS)


def advice(item: UndeliveredNotification, voice: Voice) -> str:
    """What to do: a sentence in mrkdwn."""
    if item.why in _SETTINGS:
        return "Whoever looks after Slack at your place can change that; then send it again."
    if item.fate is DeliveryFailure.UNDECIDED:
        return "Please ask them whether they have it. If not, send it again."
    if why(item) in _PEOPLE:
        return "Please tell them another way, and send it again once Slack knows them."
    if item.why == "invalid_user_combination":
        return "Please introduce them another way."
    return f"Please tell whoever runs this app: the log has more, at notice {item.id} (`{item.why}`)."


MOST = 8
"""Shown one by one; with more it is not about one person, and one button does for all."""


def card(
    items: Sequence[UndeliveredNotification], voice: Voice, report_id: str, sentence_name: SentenceName
) -> Message:
    """`items` are not empty."""
    text = _headline(items)
    blocks: list[Block] = [section(f"*{text}.* Nothing else is held up by it.")]
    for item in items[:MOST]:
        blocks += [section(_line(item, voice, sentence_name)), actions(*_buttons(item))]
    if len(items) > 1:
        rest = len(items) - MOST
        more = f"And {plural(rest, 'more', 'more')}. " if rest > 0 else ""
        blocks += [
            section(f"{more}Once the cause is mended, all of them can go out again together."),
            actions(button("Send all again", SEND_ALL_AGAIN, report_id)),
        ]
    blocks.append(context("You hear of each of these once. What you send again is written as things stand then."))
    return message(text, blocks)


def _headline(items: Sequence[UndeliveredNotification]) -> str:
    lost = sum(item.fate is DeliveryFailure.FAILED for item in items)
    unsure = len(items) - lost
    failed = f"{plural(lost, 'message', 'messages')} could not be delivered"
    if not unsure:
        return failed
    if not lost:
        return f"We cannot tell whether {plural(unsure, 'message', 'messages')} arrived"
    return f"{failed}, and we cannot tell whether {plural(unsure, 'other', 'others')} arrived"


def _line(item: UndeliveredNotification, voice: Voice, sentence_name: SentenceName) -> str:
    to = join([mention(person) for person in (item.to, item.also) if person])
    return f"• {capital(sentence_name(item.kind, voice))}, to {to}: {why(item)}. {advice(item, voice)}"


def _buttons(item: UndeliveredNotification) -> tuple[ButtonElement, ButtonElement]:
    rest = "It has arrived" if item.fate is DeliveryFailure.UNDECIDED else "Leave it"
    return button("Send it again", SEND_AGAIN, item.id), button(rest, LET_REST, item.id)


def settled(count: int, *, again: bool) -> str:
    """A sentence; `count` is how many messages it was about."""
    if not again:
        return "Noted. It stays as it is."
    if count == 1:
        return "It is on its way again. If it fails once more, you hear of it."
    return f"{plural(count, 'message is', 'messages are')} on their way again. If one fails once more, you hear of it."


def undelivered(notification: Notification, scene: NotificationContext, sentence_name: SentenceName) -> Message:
    owners_only(scene)
    if not scene.undelivered:
        raise NotificationObsolete("settled")
    return card(scene.undelivered, Voice(scene.programme), notification.refs["report"], sentence_name)
