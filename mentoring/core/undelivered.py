"""Undelivered notifications: reported to the owners, who resend or dismiss them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.core.errors import AlreadyResolved
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner

REPORT_WINDOW = timedelta(minutes=10)
"""Failures within this time share one report."""


class DeliveryFailure(StrEnum):
    """FAILED: it failed permanently. UNDECIDED: it is unknown whether it arrived."""

    FAILED = "failed"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class UndeliveredNotification:
    """A notification that did not arrive, or may not have arrived.

    `id` is the notification's. `recipient` and `second_recipient` are Slack user ids, the second one "" if there is
    none. `why` is an error code from Slack or ours. `failure` is None once an owner has resolved it. `report_id` is
    the report that tells the owners, or "" before there is one, and `refs` are those of the notification.
    """

    id: str
    kind: NotificationKind
    recipient: str
    second_recipient: str
    why: str
    failure: DeliveryFailure | None
    report_id: str = ""
    refs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UndeliveredResolution:
    """An owner's decision about a message of a report: send it `again`, or dismiss it."""

    id: str
    again: bool
    report_id: str = ""


def report(
    failed: UndeliveredNotification, owners: Sequence[str], *, programme_id: str, report_id: str, now: datetime
) -> Outcome:
    """Notify each owner of the programme, except the recipient of the failed notification."""
    informed = [owner for owner in owners if owner != failed.recipient]
    return Outcome(
        notifications=tuple(
            Notification(
                f"{NotificationKind.UNDELIVERED}:{report_id}:{owner}",
                NotificationKind.UNDELIVERED,
                owner,
                {"report": report_id, "programme": programme_id},
                due=now + REPORT_WINDOW,
            )
            for owner in informed
        )
    )


def resolve(failed: UndeliveredNotification | None, *, by: str, owners: Sequence[str], again: bool) -> Outcome:
    """Send it again, or dismiss it. Raises NotForYou, AlreadyResolved."""
    check_owner(by, owners)
    if failed is None or failed.failure is None:
        raise AlreadyResolved
    return Outcome((UndeliveredResolution(failed.id, again, failed.report_id),))
