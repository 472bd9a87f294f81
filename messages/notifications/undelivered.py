"""Reports of undelivered notifications, for owners."""

from collections.abc import Callable, Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.undelivered import DeliveryFailure, UndeliveredNotification
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.kinds import KIND_RULES
from messages.announcements.plan import channel_mention, why_not_posted
from messages.blocks import actions, button, section, small_print
from messages.ids import LET_REST, SEND_AGAIN, SEND_ALL_AGAIN
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message, message
from messages.text import join, mention, plural
from messages.voice import Voice, capital

__all__ = ["card", "resolved"]

SentenceName = Callable[[NotificationKind, Voice], str]
"""The name of a kind inside a sentence."""

_UNKNOWN_TO_SLACK = "Slack can’t find this person"
_SHUT = "the conversation with them is closed to this app"
_OURS = "sorry, an error on our side"
_NOT_ALLOWED = "a setting of your workspace doesn’t let this app write there"
_DEACTIVATED = "their Slack account is deactivated"

_WHY = {
    "user_not_found": _UNKNOWN_TO_SLACK,
    "users_not_found": _UNKNOWN_TO_SLACK,
    "user_not_visible": _UNKNOWN_TO_SLACK,
    "user_disabled": _DEACTIVATED,
    "account_inactive_user": _DEACTIVATED,
    "cannot_dm_bot": "this is an app and not a person",
    "invalid_user_combination": "Slack doesn’t let these two be in a conversation with this app",
    "channel_not_found": _SHUT,
    "not_in_channel": _SHUT,
    "is_archived": _SHUT,
    "restricted_action": _NOT_ALLOWED,
    "messages_tab_disabled": "the Messages tab of this app is turned off",
    "too-much-to-read": "the connection broke, and there were too many later messages to check if it arrived",
    "missing_scope": "the connection broke, and this app isn’t allowed to check if it arrived",
}
_SETTINGS = frozenset({"restricted_action", "messages_tab_disabled", "missing_scope"})
_PEOPLE = frozenset({_UNKNOWN_TO_SLACK, _SHUT, _DEACTIVATED, _WHY["cannot_dm_bot"]})


def why(item: UndeliveredNotification) -> str:
    """The cause as half a sentence in mrkdwn, without a full stop."""
    if item.failure is DeliveryFailure.UNDECIDED:
        return _WHY.get(item.why, "the connection broke, and Slack can’t tell us if it arrived")
    return _WHY.get(item.why, _OURS)


def advice(item: UndeliveredNotification, voice: Voice) -> str:
    """What to do, as a sentence in mrkdwn."""
    if item.why in _SETTINGS:
        return "Ask your Slack admin to change this, then resend it."
    if item.failure is DeliveryFailure.UNDECIDED:
        return "Ask them if they have it. If not, resend it."
    if why(item) in _PEOPLE:
        return "Tell them another way."
    if item.why == "invalid_user_combination":
        return "Introduce them another way."
    return f"Ask the app admin to look up notification {item.id} in the log (`{item.why}`)."


MOST = 8
"""The most messages shown one by one; beyond that, one button resends all of them."""


def card(
    items: Sequence[UndeliveredNotification], voice: Voice, report_id: str, sentence_name: SentenceName
) -> Message:
    """The report; `items` must not be empty."""
    text = _headline(items)
    blocks: list[Block] = [section(f"*{text}.* Other messages aren’t affected.")]
    for item in items[:MOST]:
        blocks += [section(_line(item, voice, sentence_name)), actions(*_buttons(item, sentence_name))]
    if len(items) > 1:
        rest = len(items) - MOST
        more = f"And {rest:,} more. " if rest > 0 else ""
        blocks += [
            section(f"{more}When the cause is fixed, you can resend all of them."),
            actions(button("Resend all", SEND_ALL_AGAIN, report_id)),
        ]
    blocks.append(small_print("We report each failure once. If you resend a message, it will be up to date."))
    return message(text, blocks)


def _headline(items: Sequence[UndeliveredNotification]) -> str:
    lost = sum(item.failure is DeliveryFailure.FAILED for item in items)
    unsure = len(items) - lost
    if not unsure:
        return f"{plural(lost, 'message wasn’t', 'messages weren’t')} delivered"
    if not lost:
        return f"We don’t know if {plural(unsure, 'message', 'messages')} arrived"
    return f"{plural(lost, 'message wasn’t', 'messages weren’t')} delivered, and {unsure:,} may not have arrived"


def _line(item: UndeliveredNotification, voice: Voice, sentence_name: SentenceName) -> str:
    if KIND_RULES[item.kind].in_channel:
        told = why_not_posted(item.why, is_unsure=item.failure is DeliveryFailure.UNDECIDED)
        return f"• {capital(sentence_name(item.kind, voice))}, in {channel_mention(item.recipient)}: {told}"
    to = join([mention(person) for person in (item.recipient, item.second_recipient) if person])
    return f"• {capital(sentence_name(item.kind, voice))}, to {to}: {why(item)}. {advice(item, voice)}"


def _buttons(item: UndeliveredNotification, sentence_name: SentenceName) -> tuple[ButtonElement, ButtonElement]:
    what = sentence_name(item.kind, Voice(marked=False))
    rest = "Mark as arrived" if item.failure is DeliveryFailure.UNDECIDED else "Don’t resend"
    return (
        button("Resend", SEND_AGAIN, item.id, accessibility_label=f"Resend message {item.id}, {what}"),
        button(rest, LET_REST, item.id, accessibility_label=f"{rest}: message {item.id}, {what}"),
    )


def resolved(count: int, *, again: bool) -> str:
    """The confirmation for `count` notifications, as a sentence."""
    if not again:
        return "OK. We won’t send it again."
    if count == 1:
        return "It’s on its way again. If it fails again, I’ll tell you."
    return f"{plural(count, 'message is', 'messages are')} on their way again. If one fails again, I’ll tell you."


def undelivered_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In place of a report, once each of its messages was resent or needs nothing more."""
    owners_only(context)
    text = "These messages have been dealt with"
    return message(text, [section(f"*{text}.* You don’t need to do anything.")])


def undelivered(notification: Notification, context: NotificationContext, sentence_name: SentenceName) -> Message:
    owners_only(context)
    if not context.undelivered:
        raise NotificationObsolete("settled")
    return card(context.undelivered, Voice(context.programme), notification.refs["report"], sentence_name)
