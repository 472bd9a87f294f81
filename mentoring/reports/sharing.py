"""Sharing a finished report with somebody else: only if both of the two agree, each for themselves (D4.9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from mentoring.applications.application import Role
from mentoring.core.errors import InvalidForm, Missing
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Ineligibility, Person, ineligibility
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import next_working_time
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition
from mentoring.reports.errors import (
    AlreadyShared,
    CannotReadReport,
    NotAskedToShare,
    NotFinished,
    ReportsOff,
    SharedWithMany,
)
from mentoring.reports.page import ReportPage
from mentoring.reports.report import ProgressReport, report_waits, role_in

MOST_SHARES: Final = 5
"""People with whom a report is shared."""
ATTEMPT: Final = "attempt"
"""What the message to a reader has in its `refs`: `ReportShare.attempt`."""


@dataclass(frozen=True)
class ReportShare:
    """A finished report and one person (`reader`, a Slack user id) to whom it goes if both agree.

    `agreed` has when each has agreed (calendar, aware), by role; nobody asks any more if it is empty. `attempt` counts
    how often both had agreed, since they may take it back before it is sent. `is_sent` is read from the outbox.
    """

    report_id: str
    partnership_id: str
    reader: str
    agreed: Mapping[Role, datetime] = field(default_factory=dict)
    attempt: int = 0
    version: int = 1
    is_sent: bool = False

    @property
    def is_agreed(self) -> bool:
        return len(self.agreed) == len(Role)

    @property
    def is_asked(self) -> bool:
        """Whether somebody asks for it, or it was sent."""
        return bool(self.agreed)

    def waits_for(self, role: Role) -> bool:
        return self.is_asked and role not in self.agreed

    @property
    def message_key(self) -> str:
        """The key of the message to the reader."""
        return f"{NotificationKind.REPORT_SHARED}:{self.report_id}:{self.reader}:{self.attempt}"


@dataclass(frozen=True)
class SharedReport:
    """A report as the person reads it with whom both share it."""

    share: ReportShare
    page: ReportPage


@dataclass(frozen=True)
class SharingContext:
    """What the rules need about a report and those with whom it is shared, or may be."""

    partnership: Partnership
    programme: Programme
    report: ProgressReport
    shares: tuple[ReportShare, ...] = ()

    def share_with(self, reader: str) -> ReportShare | None:
        return next((each for each in self.shares if each.reader == reader), None)


def check_shareable(context: SharingContext, by: str) -> None:
    """Raises NotForYou, AlreadyEnded, ReportsOff, NotFinished."""
    check_transition(PartnershipEvent.SHARE_REPORT, context.partnership, by)
    if not context.programme.has_reports:
        raise ReportsOff
    if not context.report.is_finished:
        raise NotFinished


def ask_to_share(context: SharingContext, reader: Person | None, *, by: Person, now: datetime) -> Outcome:
    """Agree for `by` to share the report with `reader`, and ask the partner; if they have agreed already, it is sent.

    `now` is the calendar (aware). Idempotent. Raises InvalidForm, SharedWithMany, and what `check_shareable` raises.
    """
    check_shareable(context, by.id)
    if reader is None:
        raise InvalidForm((Missing(FieldName.PERSON),))
    if reader.id in context.partnership.people:
        raise InvalidForm((CannotReadReport(Ineligibility.ONESELF),))
    if why := _ineligible(reader):
        raise InvalidForm((CannotReadReport(why),))
    found = context.share_with(reader.id)
    if found is None and sum(each.is_asked for each in context.shares) >= MOST_SHARES:
        raise SharedWithMany(MOST_SHARES)
    before = found or ReportShare(context.report.id, context.partnership.id, reader.id, version=0)
    return _agree(context, before, reader, by, now)


def agree_to_share(context: SharingContext, reader: Person, *, by: Person, now: datetime) -> Outcome:
    """Agree for `by` to what the partner asks: the report is sent, in the working hours of `reader`. Idempotent.

    `now` is the calendar (aware). Raises NotAskedToShare if nobody asks any more, CannotReadReport if the report cannot
    be sent to `reader` by now, and what `check_shareable` raises.
    """
    check_shareable(context, by.id)
    share = context.share_with(reader.id)
    if share is None or not share.is_asked:
        raise NotAskedToShare
    if not share.is_agreed and (why := _ineligible(reader)):
        raise CannotReadReport(why)
    return _agree(context, share, reader, by, now)


def _ineligible(reader: Person) -> Ineligibility | None:
    """Why a report cannot be sent to this person; None if it can."""
    return ineligibility(reader, frozenset({AccountStatus.GUEST}))


def take_back(context: SharingContext, reader: str, *, by: str) -> Outcome:
    """Do not share it with `reader`, before it is sent: nobody asks any more. Also after the end. Idempotent.

    Raises NotForYou, AlreadyShared.
    """
    role_in(context.partnership, by)
    share = context.share_with(reader)
    if share is None or not share.is_asked:
        return NOTHING
    if share.is_sent:
        raise AlreadyShared(reader)
    return Outcome((replace(share, agreed={}, version=share.version + 1),))


def _agree(context: SharingContext, share: ReportShare, reader: Person, by: Person, now: datetime) -> Outcome:
    role = role_in(context.partnership, by.id)
    if role in share.agreed:
        return NOTHING
    agreed = {**share.agreed, role: now}
    is_agreed = len(agreed) == len(Role)
    changed = replace(share, agreed=agreed, attempt=share.attempt + is_agreed, version=share.version + 1)
    if not is_agreed:
        asks = report_waits(context.partnership, context.report, by.id, share.reader)
        return Outcome((changed,), (asks,))
    refs = {
        "partnership": context.partnership.id,
        "number": str(context.report.number),
        ATTEMPT: str(changed.attempt),
    }
    due = next_working_time(reader, context.programme, now)
    sent = Notification(changed.message_key, NotificationKind.REPORT_SHARED, share.reader, refs, due)
    return Outcome((changed,), (sent,))
