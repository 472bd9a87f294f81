"""What is past its time: notes and answers after a partnership, applications after a round, and the log by age.

Notes and answers are announced to the two people a month before they are deleted, and never deleted sooner.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.lengths import add_months
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import Cohort, Keeping
from mentoring.partnerships.partnership import Partnership

NOTICE: Final = timedelta(days=31)
"""How long before the two people are told."""
_AT_THE_LATEST: Final = timedelta(days=183)
"""So long after its time it is deleted, also if somebody cannot be told."""
_WAITS_FOR: Final = 12
"""For so many months after it was sent an application that waits for the next round is kept, whatever the setting."""
_TOLD_LONG_AGO: Final = timedelta(days=62)
"""A notice that is that much older than the day is repeated: the owners keep the data for longer since."""


class DataKind(StrEnum):
    """Stored: a value is never renamed without a migration. The values are the names of the fields of `Keeping`."""

    NOTES = "notes"
    ANSWERS = "answers"
    APPLICATIONS = "applications"
    LOG = "log"


OF_TWO: Final = (DataKind.NOTES, DataKind.ANSWERS)
"""The kinds whose time is counted from the end of a partnership."""


@dataclass(frozen=True)
class DeletionNotice:
    """That the two of a partnership are told on `announced_on` that this will be deleted, and when it was. Days are in
    UTC.
    """

    partnership_id: str
    kind: DataKind
    announced_on: date
    deleted_on: date | None = None


Notices = Mapping[tuple[str, DataKind], DeletionNotice]
"""By the id of the partnership and the kind."""


def months_kept(keeping: Keeping, kind: DataKind) -> int:
    months: int = getattr(keeping, kind)
    return months


def earliest_day(keeping: Keeping, kind: DataKind, over_on: date) -> date:
    """The day from which data may be deleted that belongs to something that was over on `over_on`."""
    return add_months(over_on, months_kept(keeping, kind))


def deletion_day(keeping: Keeping, kind: DataKind, over_on: date, notice: DeletionNotice | None) -> date:
    """The day on which it is deleted, as far as is known now."""
    earliest = earliest_day(keeping, kind, over_on)
    return max(earliest, notice.announced_on + NOTICE) if notice else earliest


def due_by(day: date, kinds: Iterable[DataKind], keeping: Keeping, partnership: Partnership) -> tuple[DataKind, ...]:
    """Those of these kinds that the programme does not keep for longer than until `day`."""
    over_at = partnership.over_at
    return tuple(each for each in kinds if over_at and earliest_day(keeping, each, over_at.date()) <= day)


@dataclass(frozen=True)
class DueDeletions:
    """`told` announces; `due` are the notices of what is to be deleted now."""

    told: Outcome
    due: tuple[DeletionNotice, ...]


@dataclass(frozen=True)
class Untold:
    """That a person (a Slack user id) was not told that these `kinds` are deleted on `day`: the message waits, or came
    too late to be sent.
    """

    partnership_id: str
    kinds: tuple[DataKind, ...]
    person: str
    day: date


def due_deletions(
    keeping: Keeping,
    partnerships: Iterable[Partnership],
    notices: Notices,
    today: date,
    untold: Collection[Untold] = (),
) -> DueDeletions:
    """What of these partnerships is announced and deleted on `today` (in UTC). Where somebody is `untold`, it is
    announced again.
    """
    told, due = Outcome(), list[DeletionNotice]()
    for partnership in partnerships:
        if partnership.over_at is None:
            continue
        announced: dict[date, list[DataKind]] = {}
        for kind in OF_TWO:
            notice = notices.get((partnership.id, kind))
            if notice and notice.deleted_on:
                continue
            earliest = earliest_day(keeping, kind, partnership.over_at.date())
            if notice is None or notice.announced_on < earliest - _TOLD_LONG_AGO:
                if today >= earliest - NOTICE:
                    announced.setdefault(max(earliest, today + NOTICE), []).append(kind)
                    told += Outcome((DeletionNotice(partnership.id, kind, today),))
            elif today >= max(earliest, notice.announced_on + NOTICE):
                if today < earliest + _AT_THE_LATEST and _is_untold(notice, untold):
                    announced.setdefault(today + NOTICE, []).append(kind)
                    told += Outcome((replace(notice, announced_on=today),))
                else:
                    due.append(notice)
        for day, kinds in announced.items():
            told += Outcome(notifications=tuple(_notices(partnership, day, kinds)))
    return DueDeletions(told, tuple(due))


def _is_untold(notice: DeletionNotice, untold: Collection[Untold]) -> bool:
    return any(
        each.partnership_id == notice.partnership_id
        and notice.kind in each.kinds
        and each.day >= notice.announced_on + NOTICE
        for each in untold
    )


def _notices(partnership: Partnership, day: date, kinds: Sequence[DataKind]) -> Iterable[Notification]:
    refs = {"partnership": partnership.id, "deleted": str(day), "kinds": ",".join(kinds)}
    for person in partnership.people:
        if person:
            key = f"{NotificationKind.DATA_ENDS}:{partnership.id}:{day}:{person}"
            yield Notification(key, NotificationKind.DATA_ENDS, person, refs)


def deleted(notice: DeletionNotice, today: date) -> DeletionNotice:
    return replace(notice, deleted_on=today)


def is_round_due(
    keeping: Keeping,
    cohort: Cohort,
    partnerships: Sequence[Partnership],
    waiting: Iterable[Application],
    notices: Notices,
    today: date,
) -> bool:
    """Whether applications, matches and names of a round are deleted on `today`: so long after its end and after its
    last partnership, and not before the notes and answers, or before an application that is `waiting`.
    """
    ended = min(cohort.closed_on or cohort.ends_on, cohort.ends_on)
    for each in partnerships:
        if each.over_at is None:
            return False
        found = (notices.get((each.id, kind)) for kind in OF_TWO)
        if not all(notice and notice.deleted_on for notice in found):
            return False
        ended = max(ended, each.over_at.date())
    waits_for = max(keeping.applications, _WAITS_FOR)
    if any(today < add_months(each.sent_on, waits_for) for each in waiting):
        return False
    return ended < today and earliest_day(keeping, DataKind.APPLICATIONS, ended) <= today


def waiting_in(applications: Iterable[Application], partnerships: Iterable[Partnership]) -> list[Application]:
    """Those of the applications of the newest round that found nobody in its `partnerships`, or are back since, and so
    move to the next round when that opens.
    """
    found = {
        (role, person)
        for each in partnerships
        for role, person in zip(Role, each.people, strict=True)
        if person not in each.back
    }
    alive = (each for each in applications if each.state is not ApplicationState.WITHDRAWN)
    return [each for each in alive if (each.role, each.person) not in found]


@dataclass(frozen=True)
class DeletedCount:
    """How many partnerships, rounds or entries of the log something was deleted of."""

    kind: DataKind
    count: int

    @property
    def code(self) -> str:
        """As the record of what owners did has it."""
        return f"{self.kind}:{self.count}"

    @classmethod
    def read(cls, code: str) -> "DeletedCount":
        """Raises ValueError."""
        kind, _, count = code.partition(":")
        return cls(DataKind(kind), int(count))
