"""How partnerships end, and what each of the two may ask for afterwards (D2.9)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.partnerships.transitions import check_transition


def end(partnership: Partnership, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """End the partnership early, without a reason. Both people get the same notification, no matter who ended it.

    Raises NotForYou, AlreadyEnded.
    """
    check_transition(PartnershipEvent.END, partnership, by, owners=owners)
    ended = replace(partnership, state=PartnershipState.ENDED, over_at=now, version=partnership.version + 1)
    return Outcome((ended,), notify_both(ended, NotificationKind.PARTNERSHIP_ENDED))


def close(partnership: Partnership, *, now: datetime) -> Outcome:
    """Close the partnership at its agreed end. Has no effect if it is already over."""
    if not partnership.is_active:
        return NOTHING
    closed = replace(partnership, state=PartnershipState.CLOSED, over_at=now, version=partnership.version + 1)
    return Outcome((closed,), notify_both(closed, NotificationKind.PARTNERSHIP_CLOSED))


def decline_rematch(partnership: Partnership, *, by: str) -> Outcome:
    """Record that `by` does not want to be matched with the other again. Nobody is notified. Idempotent.

    Raises NotForYou, StillRunning.
    """
    check_transition(PartnershipEvent.DECLINE_REMATCH, partnership, by)
    if by in partnership.declined_rematch:
        return NOTHING
    declined = (*partnership.declined_rematch, by)
    return Outcome((replace(partnership, declined_rematch=declined, version=partnership.version + 1),))


def allow_rematch(partnership: Partnership, *, by: str) -> Outcome:
    """Undo `decline_rematch`. Idempotent. Raises NotForYou, StillRunning."""
    check_transition(PartnershipEvent.ALLOW_REMATCH, partnership, by)
    if by not in partnership.declined_rematch:
        return NOTHING
    declined = tuple(person for person in partnership.declined_rematch if person != by)
    return Outcome((replace(partnership, declined_rematch=declined, version=partnership.version + 1),))


def notify_both(partnership: Partnership, kind: NotificationKind) -> tuple[Notification, ...]:
    """One notification of `kind` for each of the two people."""
    return tuple(
        Notification(f"{kind}:{partnership.id}:{person}", kind, person, {"partnership": partnership.id})
        for person in partnership.people
    )
