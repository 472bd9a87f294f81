"""Loads how much work the programmes of an owner were in a month."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from mentoring.core.outcome import NotificationKind
from mentoring.core.roles import ProgrammeRole
from mentoring.effort import MonthOfEffort, effort_of_month, month_before
from mentoring.notifications.kinds import KIND_RULES
from services.programmes import programme_about
from storage import Transaction


def load_effort(tx: Transaction, programmes: Iterable[str], owner: str, today: date) -> dict[str, MonthOfEffort]:
    """The effort of the month before `today`, by programme (ids); without those in which there was none.

    Messages that an owner asked for are not counted.
    """
    month, several = month_before(today), tx.programmes.count() > 1
    found: dict[str, MonthOfEffort] = {}
    for programme in programmes:
        owners = tx.roles.owners(programme)
        told = tx.outbox.sent_to(owners, _to_owners(), _start(month), _start(today.replace(day=1)))
        readers = [
            reader for reader, kind, refs in told if not several or programme in _programmes_of(tx, reader, kind, refs)
        ]
        effort = effort_of_month(month, tx.effort.presses(programme, month), readers, owner=owner, owners=owners)
        if effort:
            found[programme] = effort
    return found


def _programmes_of(tx: Transaction, reader: str, kind: NotificationKind, refs: dict[str, str]) -> frozenset[str]:
    """The programmes that a message is about: the weekly status is about all that its reader owns."""
    if kind is NotificationKind.WEEKLY_STATUS:
        return frozenset(tx.roles.programmes_of(reader, ProgrammeRole.OWNER))
    about = programme_about(tx, refs)
    return frozenset({about[0].id} if about else ())


def _to_owners() -> tuple[NotificationKind, ...]:
    return tuple(kind for kind, rules in KIND_RULES.items() if rules.to_owners)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
