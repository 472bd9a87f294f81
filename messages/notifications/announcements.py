"""Announcements of the communication plan, and how far one has got, for the owner who approved it."""

from slack_sdk.models.blocks import Block

from mentoring.announcements.announcement import AnnouncementContext, AnnouncementState
from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages.announcements.plan import progress_words, stop_button
from messages.announcements.post import announcement_message
from messages.announcements.texts import filled_text, title_of
from messages.blocks import actions, button, section, small_print
from messages.ids import OPEN_ANNOUNCEMENTS
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message, message
from messages.text import escape


def direct(notification: Notification, context: NotificationContext) -> Message:
    """To a participant, while it goes out."""
    return _sent(context)


def post(notification: Notification, context: NotificationContext) -> Message:
    """In a channel, for everyone who reads there."""
    return _sent(context)


def post_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """One that was posted before the others were stopped stays."""
    return announcement_message(_shown(context), context.programme)


def progress(notification: Notification, context: NotificationContext) -> Message:
    """To the owner who approved it: how many have got it, and a button to stop it."""
    owners_only(context)
    shown = _shown(context)
    announcement = shown.announcement
    text = f"{title_of(announcement)}: {shown.progress.sent:,} of {shown.progress.total:,} sent"
    words = f"*{escape(title_of(announcement))}*\n{progress_words(announcement, shown.progress)}"
    is_under_way = announcement.state is AnnouncementState.SENDING
    buttons = [*([stop_button(announcement)] if is_under_way else []), button("Open the plan", OPEN_ANNOUNCEMENTS)]
    blocks: list[Block] = [section(words), actions(*buttons)]
    if is_under_way:
        blocks.append(small_print("I update this message every minute."))
    return message(text, blocks)


def _sent(context: NotificationContext) -> Message:
    shown = _shown(context)
    if shown.announcement.state is AnnouncementState.STOPPED:
        raise NotificationObsolete("stopped")
    if not filled_text(shown, context.programme):  # every line names pairs, and none agreed to be named
        raise NotificationObsolete("nothing-to-say")
    return announcement_message(shown, context.programme)


def _shown(context: NotificationContext) -> AnnouncementContext:
    if context.announcement is None:
        raise NotificationObsolete("no-longer-planned")
    return context.announcement
