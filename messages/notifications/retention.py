"""That data of two people is deleted in a month."""

from datetime import date

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.retention.retention import DataKind, due_by
from messages.blocks import actions, button, section
from messages.ids import OPEN_OWN_DATA
from messages.notifications.preconditions import NotificationObsolete, own_partnership
from messages.own_data.page import TITLE
from messages.payloads import Message, message
from messages.programmes.cohorts import weekday
from messages.programmes.retention_settings import kinds_in_words
from messages.text import mention
from messages.voice import Voice


def data_ends(notification: Notification, context: NotificationContext) -> Message:
    """To each of the two. Obsolete once the day is there, or if the owners keep the data for longer since."""
    words = f"{data_ends_line(notification, context)} To keep a copy, get the file with your data before that day."
    voice = Voice(context.programme, marked=False)
    own = button(TITLE, OPEN_OWN_DATA)
    return message(f"I delete old data of your {voice.partnership}", [section(words), actions(own)])


def data_ends_line(notification: Notification, context: NotificationContext) -> str:
    partnership, day = own_partnership(context), date.fromisoformat(notification.refs["deleted"])
    kinds = [DataKind(each) for each in notification.refs["kinds"].split(",")]
    if context.today >= day:
        raise NotificationObsolete("deleted")
    due = due_by(day, kinds, context.programme.keeping, partnership)
    if not due:
        raise NotificationObsolete("kept-for-longer")
    voice, other = Voice(context.programme), mention(partnership.other(context.reader.id))
    return f"On {weekday(day)} I delete old data of your {voice.partnership} with {other}: {kinds_in_words(due)}."
