"""Loads how much work the programmes of an owner were in a month."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time

from mentoring.core.lengths import add_months
from mentoring.core.outcome import NotificationKind
from mentoring.core.roles import ProgrammeRole
from mentoring.effort import Effort, MonthOfEffort, effort_of_month, month_before
from mentoring.notifications.kinds import KIND_RULES
from services.programmes import programme_about
from storage import Transaction


def load_effort(tx: Transaction, programmes: Iterable[str], owner: str, today: date) -> dict[str, MonthOfEffort]:
    """The effort of the month before `today`, by programme (ids); without those in which there was none.

    Messages that an owner asked for are not counted.
    """
    month = month_before(today)
    found: dict[str, MonthOfEffort] = {}
    for programme in programmes:
        owners = tx.roles.owners(programme)
        readers = _readers(tx, programme, owners, month, today.replace(day=1))
        effort = effort_of_month(month, tx.effort.presses(programme, month), readers, owner=owner, owners=owners)
        if effort:
            found[programme] = effort
    return found


def effort_since(tx: Transaction, programme: str, since: date, until: date) -> Effort:
    """The effort of all owners of `programme` (an id) together, in the months from `since` until `until`, which are
    first days of a month. Messages that they asked for are not counted.
    """
    presses, month = 0, since
    while month < until:
        presses += sum(count for _, count in tx.effort.presses(programme, month))
        month = add_months(month, 1)
    return Effort(presses, len(_readers(tx, programme, tx.roles.owners(programme), since, until)))


def _readers(tx: Transaction, programme: str, owners: Collection[str], since: date, until: date) -> list[str]:
    """The owner who got it, for each message about the programme that came by itself."""
    told = tx.outbox.sent_to(owners, _to_owners(), _start(since), _start(until))
    several = tx.programmes.count() > 1
    return [reader for reader, kind, refs in told if not several or programme in _programmes_of(tx, reader, kind, refs)]


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
