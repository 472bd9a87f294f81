"""Messages about a plan: to the partner with whom it is shared, and to its person every three months."""

from datetime import date

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.blocks import section
from messages.goals.buttons import own_plan_button, partner_plan_button
from messages.ids import COMMAND
from messages.notifications.preconditions import NotificationObsolete, active_partnership
from messages.payloads import Message, message
from messages.text import mention


def plan_shared(notification: Notification, context: NotificationContext) -> Message:
    """To the mentor with whom a plan is shared. It says nothing of what is in it."""
    partnership = _shared(context)
    words = f"*{plan_shared_line(notification, context)}.* It says where they stand and what they’d like to reach."
    return _about(partnership, "Someone shares a plan with you", words, context)


def plan_shared_line(notification: Notification, context: NotificationContext) -> str:
    return f"{mention(_shared(context).mentee)} shares their plan with you"


def plan_changed(notification: Notification, context: NotificationContext) -> Message:
    """To the mentor with whom it is shared. It does not say what has changed."""
    words = f"*{plan_changed_line(notification, context)}.*"
    return _about(_shared(context), "A plan that is shared with you has changed", words, context)


def plan_changed_line(notification: Notification, context: NotificationContext) -> str:
    return f"{mention(_shared(context).mentee)} changed the plan that they share with you"


def plan_review(notification: Notification, context: NotificationContext) -> Message:
    """To its person, three months after they changed it."""
    text = "Does your plan still fit?"
    _check_unchanged(notification, context)
    words = f"*{text}* You haven’t changed it for three months. Say how your goals stand, and change what doesn’t fit."
    return message(text, [section(words, own_plan_button())])


def plan_review_line(notification: Notification, context: NotificationContext) -> str:
    _check_unchanged(notification, context)
    return f"Does your plan still fit? To look at it, type `{COMMAND} plan`."


def _about(partnership: Partnership, text: str, words: str, context: NotificationContext) -> Message:
    opens = partner_plan_button(partnership, context.programme, context.people)
    return message(text, [section(words, opens)])


def _shared(context: NotificationContext) -> Partnership:
    """The partnership in which a plan is shared with the reader."""
    partnership = active_partnership(context)
    if not (context.plan_shared and context.programme.has_plans and context.reader.id == partnership.mentor):
        raise NotificationObsolete("not-shared")
    return partnership


def _check_unchanged(notification: Notification, context: NotificationContext) -> None:
    """It is pointless once the plan is gone, or was changed since it was to be looked at."""
    if not context.has_plan:
        raise NotificationObsolete("no-plan")
    changed_on, asked_on = context.plan_changed_on, notification.refs.get("asked_on")
    if changed_on and asked_on and changed_on >= date.fromisoformat(asked_on):
        raise NotificationObsolete("changed-since")
