"""Forgetting a person: every row about them goes, every row that names them lets go, and a keyed tombstone stays."""

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

_AT_ONCE = 1000
"""Of how many people the database is asked in one question."""


@dataclass(frozen=True)
class ErasureCounts:
    """How much was erased, in rows."""

    applications: int
    drafts: int
    notifications: int
    mentions: int


class Erasure(Repository):
    def erase(self, person: str, now: datetime) -> ErasureCounts:
        """Erase `person` (a Slack user id). Doing it twice is harmless.

        A match or partnership with somebody else stays without them, and so do the other's own notes. Offers and
        partnerships that are open must be brought to an end before, by the rules, so that the other is told.
        """
        self._forget_confidences(person)
        self._forget_matching(person)
        forgotten = ErasureCounts(
            applications=self._delete_rows(ApplicationRow, ApplicationRow.person == person),
            drafts=self._delete_rows(DraftRow, DraftRow.person == person) + self._drafts_naming(person),
            notifications=self._delete_rows(OutboxRow, _names(OutboxRow, person))
            + self._delete_rows(LiveViewRow, _names(LiveViewRow, person))
            + self._delete_rows(ScheduledJobRow, _names(ScheduledJobRow, person)),
            mentions=sum(self._blank(row, column, person) for row, column in _MENTIONS) + self._lists_naming(person),
        )
        self._delete_rows(OwnerRow, OwnerRow.person == person)
        self._delete_rows(PersonRow, PersonRow.id == person)
        self._upsert(TombstoneRow, digest=self._digest(person), erased_at=now)
        self._here.rows.clear()
        LiveViews(self._here).mark_all_stale()
        return forgotten

    def _forget_confidences(self, person: str) -> None:
        """What they said in confidence: with their applications, in the logs that they wrote, and when they were
        asked.
        """
        sent = select(ApplicationRow.id).where(
            ApplicationRow.workspace == self._workspace, ApplicationRow.person == person
        )
        logged = select(MeetingRow.id).where(MeetingRow.workspace == self._workspace, MeetingRow.logged_by == person)
        self._delete_rows(PrivateAnswersRow, PrivateAnswersRow.application_id.in_(sent))
        self._delete_rows(MeetingNotesRow, MeetingNotesRow.meeting_id.in_(logged))
        self._delete_rows(FeedbackRow, FeedbackRow.person == person)

    def _forget_matching(self, person: str) -> None:
        """Where they work, whom they must not be matched with, and why an exception was made for them. Whoever stood
        right below them now stands below their manager, so that nobody is matched within a line of management.
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

    def is_erased(self, person: str) -> bool:
        """Whether `person` was erased and has not come back."""
        return self._get(TombstoneRow, self._digest(person)) is not None

    def erased_among(self, people: Iterable[str]) -> frozenset[str]:
        """Those of these people who were erased and have not come back."""
        digest = self._digests()
        by_digest = {digest(person): person for person in people}
        digests = list(by_digest)
        found: list[str] = []
        for start in range(0, len(digests), _AT_ONCE):
            found += self._get_many(TombstoneRow, digests[start : start + _AT_ONCE])
        return frozenset(by_digest[one] for one in found)

    def clear_tombstone(self, person: str) -> None:
        """They took part again, by their own hand: we may write to them again."""
        self._delete(TombstoneRow, self._digest(person))

    def _drafts_naming(self, person: str) -> int:
        """Drafts of others in which the person was picked: JSON, so each is read. Only the mention goes."""
        changed = 0
        for row in self._select(DraftRow, select(DraftRow).where(DraftRow.workspace == WORKSPACE_PARAM)):
            kept = {block: _without(value, person) for block, value in row.form_values.items() if value != person}
            if kept != row.form_values:
                self._update(DraftRow, row.person, row.form, form_values=kept)
                changed += 1
        return changed

    def _lists_naming(self, person: str) -> int:
        """Lists of people in matches and partnerships: JSON, so each row is read."""
        changed = 0
        lists: tuple[tuple[Any, tuple[str, ...]], ...] = (
            (MatchRow, ("approvals", "accepted_by")),
            (PartnershipRow, ("back", "not_again")),
        )
        for row_type, columns in lists:
            for row in self._select(row_type, select(row_type).where(row_type.workspace == WORKSPACE_PARAM)):
                kept = {column: tuple(_without(list(getattr(row, column)), person)) for column in columns}
                new = {column: left for column, left in kept.items() if left != getattr(row, column)}
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
    """Rows that are for `person` or refer to them; in JSON an id stands between quotation marks."""
    columns = [row.__table__.c[name] for name in ("person", "recipient", "second_recipient") if name in row.__table__.c]
    return or_(*(column == person for column in columns), cast(row.refs, Text).contains(f'"{person}"'))


_ALTERNATIVES = ("other_mentor", "other_mentee")
"""The next best of a match: all of it goes, or nothing."""

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
