"""The reminder of action items that are due, and how other messages count them."""

from datetime import date

from slack_sdk.models.blocks import Block

from mentoring.core.outcome import Notification
from mentoring.items.item import ActionItem
from mentoring.items.reminder import due_items
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, section, small_print
from messages.items.blocks import item_blocks, items_button
from messages.notifications.preconditions import NotificationObsolete, active_partnership, own_partnership
from messages.payloads import Message, message
from messages.text import mention, plural

MOST_ITEMS = 10


def items_due(notification: Notification, context: NotificationContext) -> Message:
    """What has been due for a week, to tick, move or drop."""
    partnership = active_partnership(context)
    due = _due(context, partnership, context.today)
    if not due:
        raise NotificationObsolete("nothing-due")
    other = mention(partnership.other(context.reader.id))
    is_one = len(due) == 1
    text = f"{plural(len(due), 'action item of yours is due', 'action items of yours are due')}"
    asks = f"*{text}*, agreed with {other}. {'Is it' if is_one else 'Are they'} done?"
    blocks: list[Block] = [section(asks)]
    for item in due[:MOST_ITEMS]:
        blocks += item_blocks(item, partnership, context.reader.id, context.today)
    if len(due) > MOST_ITEMS:
        blocks.append(small_print(f"And {len(due) - MOST_ITEMS} more."))
    return message(text, [*blocks, actions(items_button(partnership.id))])


def items_due_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """Once nothing of it is due any more, or the partnership is over."""
    partnership = own_partnership(context)
    text = "Action items"
    words = f"*{text}* with {mention(partnership.other(context.reader.id))}: nothing is due any more."
    return message(text, [section(words), actions(items_button(partnership.id))])


def due_in_short(context: NotificationContext, partnership: Partnership) -> list[Block]:
    """How many are due, for a message about something else; nothing if none is."""
    due = _due(context, partnership, context.today)
    if not due:
        return []
    words = f"Also, {plural(len(due), 'action item of yours is due', 'action items of yours are due')}."
    return [section(words, items_button(partnership.id))]


def _due(context: NotificationContext, partnership: Partnership, on: date) -> list[ActionItem]:
    """The reader's own, the first due first."""
    due = due_items(context.items, partnership, context.reader.id, on)
    return sorted(due, key=lambda item: (item.due or date.max, item.id))
