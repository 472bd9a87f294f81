"""The invitation to apply, to a person who has not asked."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages.invitations.view import invitation_message
from messages.notifications.preconditions import NotificationObsolete
from messages.payloads import Message


def invitation(notification: Notification, context: NotificationContext) -> Message:
    """Obsolete once the person has applied, wants none or is away, and when applications close."""
    cohort = context.cohort
    if notification.refs.get("cohort") != cohort.id or cohort.closed_on or context.today > cohort.apply_by:
        raise NotificationObsolete("applications-closed")
    if not context.invited_as:
        raise NotificationObsolete("not-invited-any-more")
    return invitation_message(context.programme, cohort, context.invited_as)
