"""How partnerships end, and what each of the two may ask for afterwards (D2.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.partnerships.errors import NotPaused
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership, PartnershipState, check_partner
from mentoring.partnerships.transitions import check_transition


def end(partnership: Partnership, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """End the partnership early, without a reason. Both people get the same notification, no matter who ended it.

    Raises NotForYou, AlreadyEnded.
    """
    check_transition(PartnershipEvent.END, partnership, by, owners=owners)
    ended = replace(partnership, state=PartnershipState.ENDED, over_at=now, version=partnership.version + 1)
    return Outcome((ended,), notify_both(ended, NotificationKind.PARTNERSHIP_ENDED))


def end_for_another(
    partnership: Partnership, *, by: str, people: Mapping[str, Person], owners: Sequence[str], now: datetime
) -> Outcome:
    """End it because the other is on a long leave, for one who would rather be matched again than wait.

    `people` are both, by Slack user id. Raises NotPaused unless it `can_choose_another`, and what `end` raises.
    """
    check_partner(partnership, by)
    if partnership.is_active and not can_choose_another(partnership, by, people):
        raise NotPaused
    return end(partnership, by=by, owners=owners, now=now)


def can_choose_another(partnership: Partnership, by: str, people: Mapping[str, Person]) -> bool:
    """Whether the other of an active partnership is on a leave that is so long that `by` need not wait for them."""
    other = people.get(partnership.other(by))
    return partnership.is_active and other is not None and other.leave is not None and other.leave.is_long


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
