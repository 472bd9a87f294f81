"""The thank-you that one of two partners wrote to the other (D0.18)."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, section, small_print, typed
from messages.notifications.preconditions import NotificationObsolete, own_partnership
from messages.partnerships.buttons import see_button
from messages.payloads import Message, message
from messages.text import mention


def thank_you(notification: Notification, context: NotificationContext) -> Message:
    """To the other, once, as it was written."""
    partnership = own_partnership(context)
    if not context.thanks:
        raise NotificationObsolete("thanks-gone")
    text = f"{mention(partnership.other(context.reader.id))} wrote a thank-you to you"
    foot = "Only the two of you can read it."
    does = actions(see_button(partnership.id, context.programme))
    return message(text, [section(f"*{text}:*"), typed(context.thanks), does, small_print(foot)])


def thank_you_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In its place, once the words are gone with a person who was erased."""
    text = "This thank-you was deleted"
    return message(text, [section(f"*{text}.* You don’t need to do anything.")])
