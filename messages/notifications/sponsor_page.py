"""The page that sponsors get each month, also for an owner who looks at it."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages import sponsor_page
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message


def page(notification: Notification, context: NotificationContext) -> Message:
    """Without a `month` it is the next one, for an owner. It is not sent without any figure or sentence."""
    found = context.sponsor_page
    if found is None:
        raise NotificationObsolete("no-page")
    if "month" not in notification.refs:
        owners_only(context)
        return sponsor_page.sponsor_page(found, context.programme, for_owner=True)
    if context.reader.id not in context.sponsors:
        raise NotificationObsolete("no-longer-a-sponsor")
    if not context.gets_sponsor_page:
        raise NotificationObsolete("not-wanted")
    if found.is_empty:
        raise NotificationObsolete("nothing-to-show")
    return sponsor_page.sponsor_page(found, context.programme, for_owner=False)
