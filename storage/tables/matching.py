"""The tables of matches, the owners' decisions, proposal runs and staff records."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table


class StaffRow(Table):
    """A staff record: a row of the organisation's list."""

    __tablename__ = "staff"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    department: Mapped[str] = mapped_column(String(75))
    grade: Mapped[str] = mapped_column(String(75))
    manager: Mapped[str] = mapped_column(PERSON)
    started_on: Mapped[date | None] = mapped_column(Date)


class ExclusionRow(Table):
    """Two people (Slack user ids, sorted) who must not be matched."""

    __tablename__ = "exclusions"

    one: Mapped[str] = mapped_column(PERSON, primary_key=True)
    other: Mapped[str] = mapped_column(PERSON, primary_key=True)
    by: Mapped[str] = mapped_column(PERSON)
    at: Mapped[datetime] = mapped_column(Instant)


class ExemptionRow(Table):
    """The reason for an exemption; read through `Transaction.private` only."""

    __tablename__ = "exemptions"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "match_id"], ["matches.workspace", "matches.id"], ondelete="CASCADE"),
    )

    match_id: Mapped[str] = mapped_column(ID, primary_key=True)
    bars: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(PERSON)
    at: Mapped[datetime] = mapped_column(Instant)


class DecisionRow(Table):
    """An owner's decision about two people. Rows are never changed, except by an erasure.

    `id` is a keyed digest of the content, and random once one of the people in it was erased.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "cohort_id", "at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ID)
    match_id: Mapped[str] = mapped_column(ID)
    verdict: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(PERSON)
    at: Mapped[datetime] = mapped_column(Instant)
    mentee: Mapped[str] = mapped_column(PERSON)
    mentor: Mapped[str] = mapped_column(PERSON)


class ProposalRunRow(Table):
    """The current request for proposals in a cohort, and the last run. `asked_at` and `done_at` are calendar times."""

    __tablename__ = "proposal_runs"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    cohort_id: Mapped[str] = mapped_column(ID, primary_key=True)
    asked_by: Mapped[str] = mapped_column(PERSON)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[str] = mapped_column(PERSON)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    added: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    gone: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    kept: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)


class MatchRow(Table):
    """A match. `other_mentor` and `other_mentee` are (application id, Slack user id, score), or empty."""

    __tablename__ = "matches"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "cohort_id", "state"),
        Index(None, "workspace", "mentee"),
        Index(None, "workspace", "mentor"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ID)
    mentee_application: Mapped[str] = mapped_column(ID)
    mentor_application: Mapped[str] = mapped_column(ID)
    mentee: Mapped[str] = mapped_column(PERSON)
    mentor: Mapped[str] = mapped_column(PERSON)
    score: Mapped[int] = mapped_column(Integer)
    reasons: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    approvals: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    paired_by: Mapped[str] = mapped_column(PERSON)
    pinned_by: Mapped[str] = mapped_column(PERSON)
    excepted: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    other_mentor: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    other_mentee: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    offered_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_by: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    version: Mapped[int] = mapped_column(Integer)
