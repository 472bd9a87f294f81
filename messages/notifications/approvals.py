"""Messages to an approver about proposals that need their approval (D1.19)."""

from collections import Counter
from collections.abc import Sequence

from mentoring.core.outcome import Notification
from mentoring.matching.match import Match
from mentoring.matching.pending_approvals import needs_decision_of
from mentoring.matching.round import MatchingRound
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, section, small_print
from messages.matching.history import named, whose
from messages.matching.proposals import open_review_button, until_sent
from messages.notifications.preconditions import NotificationObsolete, approvers_only
from messages.payloads import Message, message
from messages.text import join, plural

MOST_LINES = 6


def approvals_wanted(notification: Notification, context: NotificationContext) -> Message:
    """What needs the reader's approval since someone else has decided, and whose approvals are missing."""
    round_, waiting = _waiting(notification, context)
    verb = plural(len(waiting), "proposal needs", "proposals need")
    return _message(
        f"{verb} your approval", round_, waiting, context.reader.id, "I remind you once, in two working days."
    )


def approvals_reminder(notification: Notification, context: NotificationContext) -> Message:
    """Two working days later, if something still needs the reader's approval."""
    round_, waiting = _waiting(notification, context)
    verb = plural(len(waiting), "proposal still needs", "proposals still need")
    return _message(f"{verb} your approval", round_, waiting, context.reader.id, "")


def _waiting(notification: Notification, context: NotificationContext) -> tuple[MatchingRound, list[Match]]:
    approvers_only(context)
    round_ = context.round
    if round_ is None or round_.cohort.closed_on or round_.cohort.id != notification.refs.get("cohort"):
        raise NotificationObsolete("round-over")
    waiting = needs_decision_of(round_, context.reader.id)
    if not waiting:
        raise NotificationObsolete("nothing-to-decide")
    return round_, waiting


def _message(text: str, round_: MatchingRound, waiting: Sequence[Match], by: str, more: str) -> Message:
    lines = _lines(round_, waiting, by)
    rest = [f"• and {len(lines) - MOST_LINES} more groups"] if len(lines) > MOST_LINES else []
    words = "\n".join([f"*{text}.* {until_sent(round_)}", *lines[:MOST_LINES], *rest])
    return message(
        text,
        [
            section(words),
            actions(open_review_button(style="primary")),
            *([small_print(more)] if more else []),
        ],
    )


def _lines(round_: MatchingRound, waiting: Sequence[Match], by: str) -> list[str]:
    """A line for each group of proposals that the same people approved, with those whose approvals are missing."""
    groups = Counter(
        (
            tuple(sorted(match.approvals)),
            tuple(each for each in match.may_approve(round_.approvers) if each not in match.approvals),
            round_.still_needs(match),
        )
        for match in waiting
    )
    return [f"• {count} {_missing(*group, by=by)}" for group, count in groups.most_common()]


def _missing(approvals: Sequence[str], left: Sequence[str], missing: int, *, by: str) -> str:
    so_far = f"approved by {join([named(each, by) for each in approvals])}" if approvals else "without an approval"
    if missing == len(left):
        are = "is" if missing == 1 else "are"
        return f"{so_far}: {join([whose(owner, by) for owner in left])} {are} missing."
    if missing == 1:
        return f"{so_far}: {join([whose(owner, by) for owner in left], 'or')} is missing."
    return f"{so_far}: two are missing, of {join([whose(owner, by) for owner in left])}."
