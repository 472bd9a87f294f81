"""What did not arrive: told to the owners once, in words, with what to do; and theirs to send again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.core.errors import AlreadySettled
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner

REPORT_WINDOW = timedelta(minutes=10)
"""What fails within this is told in one message."""


class DeliveryFailure(StrEnum):
    """FAILED: it can never arrive as it is; UNDECIDED: nobody can tell whether it did."""

    FAILED = "failed"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class UndeliveredNotification:
    """A message that did not arrive, or of which nobody knows. `id` is the notice's; `to` and `also` are Slack user
    ids; `why` is Slack's code or ours; `fate` is None once it is settled.
    """

    id: str
    kind: NotificationKind
    to: str
    also: str
    why: str
    fate: DeliveryFailure | None


@dataclass(frozen=True)
class UndeliveredResolution:
    """An owner has decided: send it `again`, or let it be."""

    id: str
    again: bool


def report(failed: UndeliveredNotification, owners: Sequence[str], *, report_id: str, now: datetime) -> Outcome:
    """A word to each owner; one whom nothing reaches is not written to about it."""
    told = [owner for owner in owners if owner != failed.to]
    return Outcome(
        notifications=tuple(
            Notification(
                f"{NotificationKind.UNDELIVERED}:{report_id}:{owner}",
                NotificationKind.UNDELIVERED,
                owner,
                {"report": report_id},
                due=now + REPORT_WINDOW,
            )
            for owner in told
        )
    )


def resolve(failed: UndeliveredNotification | None, *, by: str, owners: Sequence[str], again: bool) -> Outcome:
    """An owner sends it again, or says that it has arrived. Raises NotForYou, AlreadySettled."""
    check_owner(by, owners)
    if failed is None or failed.fate is None:
        raise AlreadySettled
    return Outcome((UndeliveredResolution(failed.id, again),))
