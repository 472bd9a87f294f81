"""The data of a programme as a file, which an owner asked for."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages.exports import export_message
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message
from messages.status.charts import FileFormat


def data_export(notification: Notification, context: NotificationContext) -> Message:
    owners_only(context)
    if context.export is None:
        raise NotificationObsolete("no-data")
    return export_message(context.export, FileFormat(notification.refs["format"]))
