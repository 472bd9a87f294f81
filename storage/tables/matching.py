"""What the committee has decided, and what its proposals rest on besides what people sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table


class StaffRow(Table):
    """A line of the organisation's own list."""

    __tablename__ = "staff"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    department: Mapped[str] = mapped_column(String(75))
    grade: Mapped[str] = mapped_column(String(75))
    manager: Mapped[str] = mapped_column(PERSON)
    started_on: Mapped[date | None] = mapped_column(Date)


class ExclusionRow(Table):
    """Two people who must not be matched."""

    __tablename__ = "exclusions"

    one: Mapped[str] = mapped_column(PERSON, primary_key=True)
    other: Mapped[str] = mapped_column(PERSON, primary_key=True)
    by: Mapped[str] = mapped_column(PERSON)
    at: Mapped[datetime] = mapped_column(Instant)


class ExemptionRow(Table):
    """Why an exception was made; reached through `Transaction.private` alone."""

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
    """What was decided about two people, by whom and when. Only added to."""

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
    """How far proposing is, by cohort. `asked_at` and `done_at` are the calendar's."""

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
    """`other_mentor` and `other_mentee` are an application, a person and a score, or empty."""

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
