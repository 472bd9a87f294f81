"""The message to an owner about matches that expire soon (D1.19)."""

from datetime import date

from mentoring.core.outcome import Notification
from mentoring.matching.open_offers import can_extend
from mentoring.matching.running_out import running_out
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import is_past_round
from messages.blocks import actions, button, section, small_print
from messages.ids import OPEN_OFFERS
from messages.matching.offers import answer_by
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message, message
from messages.text import mention, plural

MOST_LISTED = 15


def offers_running_out(notification: Notification, context: NotificationContext) -> Message:
    """Which matches lack an answer, without whose, and what the owner can still do."""
    owners_only(context)
    round_ = context.round
    if round_ is None or is_past_round(notification, context):
        raise NotificationObsolete("round-over")
    day = date.fromisoformat(notification.refs["day"])
    found = running_out(round_.matches.values(), context.reader, context.programme, day, context.today)
    if not found:
        raise NotificationObsolete("nothing-runs-out")
    text = plural(len(found), "match lacks an answer", "matches lack an answer")
    lines = [
        f"• {mention(match.mentee)} and {mention(match.mentor)}: expires on {answer_by(match, context.reader)}"
        for match in found[:MOST_LISTED]
    ]
    rest = [f"• And {len(found) - MOST_LISTED} more"] if len(found) > MOST_LISTED else []
    more = ", give them a week more," if any(can_extend(match) for match in found) else ""
    can = f"You can remind people who haven’t answered{more} or take a match back."
    return message(
        text,
        [
            section("\n".join([f"*{text}*", *lines, *rest])),
            section(can),
            actions(button("See sent matches", OPEN_OFFERS, style="primary")),
            small_print("Without both answers a match expires. Both people can then be matched again."),
        ],
    )
