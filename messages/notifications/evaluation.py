"""The evaluation report, which an owner asked for, as a file."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages.evaluation.files import EvaluationFile, evaluation_message
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message


def file(notification: Notification, context: NotificationContext) -> Message:
    """It is written here, outside of any transaction."""
    owners_only(context)
    if context.evaluation is None:
        raise NotificationObsolete("no-evaluation")
    return evaluation_message(context.evaluation, EvaluationFile(notification.refs["format"]))
