"""The file with what is kept about a person, which they asked for."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages.notifications.preconditions import NotificationObsolete
from messages.own_data.file import OwnDataFormat, file_message
from messages.payloads import Message


def own_data(notification: Notification, context: NotificationContext) -> Message:
    """To the person alone."""
    if context.own_data is None or context.now is None:
        raise NotificationObsolete("no-data")
    return file_message(context.own_data, OwnDataFormat(notification.refs["format"]), context.now)
