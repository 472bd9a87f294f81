"""Erasing a person: deletes rows about them, removes references to them, and leaves a keyed tombstone."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from storage.notifications.live_views import LiveViews
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import (
    ApplicationRow,
    DecisionRow,
    DraftRow,
    ExclusionRow,
    ExemptionRow,
    FeedbackRow,
    LiveViewRow,
    MatchRow,
    MeetingNotesRow,
    MeetingRow,
    OutboxRow,
    OwnerRow,
    PartnershipRow,
    PersonRow,
    PrivateAnswersRow,
    ProgrammeRow,
    ProposalRunRow,
    ScheduledJobRow,
    StaffRow,
    TombstoneRow,
    WorkspaceRow,
)

_BATCH_SIZE = 1000
"""Tombstones that one query looks up."""


@dataclass(frozen=True)
class ErasureCounts:
    """The number of rows that were deleted, and of `mentions` that were removed from other rows."""

    applications: int
    drafts: int
    notifications: int
    mentions: int


class Erasure(Repository):
    def erase(self, person: str, now: datetime) -> ErasureCounts:
        """Erase `person` (a Slack user id) at `now` (calendar, aware). Idempotent.

        Matches and partnerships stay for the other person, without a name, and so do the notes that the other wrote.
        Open offers and active partnerships must be ended first, so that the other person is notified.
        """
        together = self._together(person)
        self._erase_private_data(person)
        self._erase_matching_data(person)
        counts = ErasureCounts(
            applications=self._delete_rows(ApplicationRow, ApplicationRow.person == person),
            drafts=self._delete_rows(DraftRow, DraftRow.person == person) + self._remove_from_drafts(person),
            notifications=self._delete_rows(OutboxRow, _names(OutboxRow, person))
            + self._delete_rows(LiveViewRow, _names(LiveViewRow, person))
            + self._delete_rows(ScheduledJobRow, _names(ScheduledJobRow, person)),
            mentions=sum(self._blank(row, column, person) for row, column in _MENTIONS)
            + self._remove_from_lists(person),
        )
        self._delete_rows(OwnerRow, OwnerRow.person == person)
        self._delete_rows(PersonRow, PersonRow.id == person)
        self._upsert(TombstoneRow, digest=self._digest(person), erased_at=now)
        self._context.rows.clear()
        LiveViews(self._context).mark_stale_after_erasure(together)
        return counts

    def _erase_private_data(self, person: str) -> None:
        """Delete their private answers, meeting notes and feedback."""
        sent = select(ApplicationRow.id).where(
            ApplicationRow.workspace == self._workspace, ApplicationRow.person == person
        )
        logged = select(MeetingRow.id).where(MeetingRow.workspace == self._workspace, MeetingRow.logged_by == person)
        self._delete_rows(PrivateAnswersRow, PrivateAnswersRow.application_id.in_(sent))
        self._delete_rows(MeetingNotesRow, MeetingNotesRow.meeting_id.in_(logged))
        self._delete_rows(FeedbackRow, FeedbackRow.person == person)

    def _erase_matching_data(self, person: str) -> None:
        """Delete their staff record, exclusions and exemptions.

        Their direct reports move below their manager, so that the lines of management stay known to matching.
        """
        them = aliased(StaffRow)
        above = select(them.manager).where(them.workspace == self._workspace, them.person == person).scalar_subquery()
        below = update(StaffRow).where(StaffRow.workspace == self._workspace, StaffRow.manager == person)
        self._count(below.values(manager=func.coalesce(above, "")))
        self._delete_rows(StaffRow, StaffRow.person == person)
        self._delete_rows(ExclusionRow, or_(ExclusionRow.one == person, ExclusionRow.other == person))
        matched = select(MatchRow.id).where(
            MatchRow.workspace == self._workspace, or_(MatchRow.mentee == person, MatchRow.mentor == person)
        )
        self._delete_rows(ExemptionRow, or_(ExemptionRow.match_id.in_(matched), ExemptionRow.by == person))

    def _together(self, person: str) -> list[str]:
        """The ids of the matches and partnerships of `person`."""
        columns: tuple[tuple[Any, Any, Any], ...] = (
            (MatchRow, MatchRow.mentee, MatchRow.mentor),
            (PartnershipRow, PartnershipRow.mentee, PartnershipRow.mentor),
        )
        return [
            row.id
            for row, mentee, mentor in columns
            for row in self._connection.execute(
                select(row.id).where(row.workspace == self._workspace, or_(mentee == person, mentor == person))
            )
        ]

    def is_erased(self, person: str) -> bool:
        """Whether `person` was erased and has not applied again since."""
        return self._get(TombstoneRow, self._digest(person)) is not None

    def erased_among(self, people: Iterable[str]) -> frozenset[str]:
        """Those of these people (Slack user ids) who were erased and have not applied again since."""
        digest = self._digests()
        by_digest = {digest(person): person for person in people}
        digests = list(by_digest)
        found: list[str] = []
        for start in range(0, len(digests), _BATCH_SIZE):
            found += self._get_many(TombstoneRow, digests[start : start + _BATCH_SIZE])
        return frozenset(by_digest[one] for one in found)

    def clear_tombstone(self, person: str) -> None:
        """Allow notifications to this person again, after they have applied again."""
        self._delete(TombstoneRow, self._digest(person))

    def _remove_from_drafts(self, person: str) -> int:
        """Remove the person from other people's drafts. The values are JSON, so each draft is read."""
        changed = 0
        for row in self._select(DraftRow, select(DraftRow).where(DraftRow.workspace == WORKSPACE_PARAM)):
            values = {block: _without(value, person) for block, value in row.form_values.items() if value != person}
            if values != row.form_values:
                self._update(DraftRow, row.person, row.form, form_values=values)
                changed += 1
        return changed

    def _remove_from_lists(self, person: str) -> int:
        """Remove the person from lists of people in matches and partnerships. They are JSON, so each row is read."""
        changed = 0
        lists: tuple[tuple[Any, tuple[str, ...]], ...] = (
            (MatchRow, ("approvals", "accepted_by")),
            (PartnershipRow, ("back", "not_again")),
        )
        for row_type, columns in lists:
            for row in self._select(row_type, select(row_type).where(row_type.workspace == WORKSPACE_PARAM)):
                without = {column: tuple(_without(list(getattr(row, column)), person)) for column in columns}
                new = {column: people for column, people in without.items() if people != getattr(row, column)}
                if row_type is MatchRow:
                    new |= {column: () for column in _ALTERNATIVES if person in getattr(row, column)}
                if new:
                    self._update(row_type, row.id, **new)
                changed += len(new)
        return changed

    def _blank(self, row: Any, column: Any, person: str) -> int:
        mentioned = row.workspace == self._workspace, column == person
        return self._count(update(row).where(*mentioned).values({column.key: ""}))

    def _delete_rows(self, row: Any, mine: Any) -> int:
        return self._count(delete(row).where(row.workspace == self._workspace, mine))

    def _count(self, statement: Any) -> int:
        return int(self._connection.execute(statement).rowcount)

    def _digest(self, person: str) -> str:
        return self._digests()(person)

    def _digests(self) -> Callable[[str], str]:
        row = self._get(WorkspaceRow)
        key = bytes.fromhex(row.tombstone_key if row else "")
        return lambda person: hmac.new(key, person.encode(), hashlib.sha256).hexdigest()


def _without(value: Any, person: str) -> Any:
    return [each for each in value if each != person] if isinstance(value, list) else value


def _names(row: Any, person: str) -> Any:
    """Condition: the row is for `person` or refers to them. In JSON text an id is in quotation marks."""
    columns = [row.__table__.c[name] for name in ("person", "recipient", "second_recipient") if name in row.__table__.c]
    return or_(*(column == person for column in columns), cast(row.refs, Text).contains(f'"{person}"'))


_ALTERNATIVES = ("other_mentor", "other_mentee")
"""The next best people of a match. A column that names the person is emptied."""

_MENTIONS: tuple[tuple[Any, Any], ...] = (
    (PrivateAnswersRow, PrivateAnswersRow.manager),
    (PrivateAnswersRow, PrivateAnswersRow.wish),
    (ProgrammeRow, ProgrammeRow.contact),
    (ProgrammeRow, ProgrammeRow.changed_by),
    (MatchRow, MatchRow.mentee),
    (MatchRow, MatchRow.mentor),
    (MatchRow, MatchRow.paired_by),
    (MatchRow, MatchRow.pinned_by),
    (ExclusionRow, ExclusionRow.by),
    (DecisionRow, DecisionRow.by),
    (DecisionRow, DecisionRow.mentee),
    (DecisionRow, DecisionRow.mentor),
    (ProposalRunRow, ProposalRunRow.asked_by),
    (ProposalRunRow, ProposalRunRow.done_by),
    (PartnershipRow, PartnershipRow.mentee),
    (PartnershipRow, PartnershipRow.mentor),
    (MeetingRow, MeetingRow.logged_by),
    (MeetingNotesRow, MeetingNotesRow.action_who),
)
