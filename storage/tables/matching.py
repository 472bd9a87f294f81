"""The tables of matches, the owners' decisions, proposal runs and staff records."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class StaffRow(Table):
    """A staff record: a row of the organisation's list. The fields that `from_profile` names are from Slack instead."""

    __tablename__ = "staff"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.APPROVERS, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    department: Mapped[str] = mapped_column(String(75), info=declare(Reader.APPROVERS, Retention.PERSON))
    grade: Mapped[str] = mapped_column(String(75), info=declare(Reader.APPROVERS, Retention.PERSON))
    manager: Mapped[str] = mapped_column(
        PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.MANAGER_INSTEAD)
    )
    started_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.APPROVERS, Retention.PERSON))
    from_profile: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.NOBODY, Retention.PERSON))
    languages: Mapped[str] = mapped_column(Text, info=declare(Reader.SELF, Retention.PERSON))


class ExclusionRow(Table):
    """Two people (Slack user ids, sorted) who must not be matched in any programme, and the programme that said so."""

    __tablename__ = "exclusions"
    __table_args__ = (ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),)

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.APPROVERS, Retention.PERSON))
    one: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.APPROVERS, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    other: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.APPROVERS, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.APPROVERS, Retention.PERSON))


class ExemptionRow(Table):
    """The reason for an exemption; read through `Transaction.private` only."""

    __tablename__ = "exemptions"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "match_id"], ["matches.workspace", "matches.id"], ondelete="CASCADE"),
    )

    match_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.APPROVERS, Retention.PERSON, goes_with=GoesWith("matches", "id", ("mentee", "mentor"))),
    )
    bars: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.APPROVERS, Retention.PERSON))
    reason: Mapped[str] = mapped_column(Text, info=declare(Reader.APPROVERS, Retention.PERSON))
    by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.PERSON, OnErasure.DELETE_ROW))
    at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.APPROVERS, Retention.PERSON))


class DecisionRow(Table):
    """An owner's decision about two people. Rows are never changed, except by an erasure.

    `id` is a keyed digest of the content, and random once one of the people in it was erased.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "cohort_id", "at"),
    )

    id: Mapped[str] = mapped_column(
        ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED, OnErasure.NEW_ID)
    )
    cohort_id: Mapped[str] = mapped_column(ID, info=declare(Reader.APPROVERS, Retention.SHARED))
    match_id: Mapped[str] = mapped_column(ID, info=declare(Reader.APPROVERS, Retention.SHARED))
    verdict: Mapped[str] = mapped_column(String(16), info=declare(Reader.APPROVERS, Retention.SHARED))
    by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.APPROVERS, Retention.SHARED))
    mentee: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    mentor: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))


class ProposalRunRow(Table):
    """The current request for proposals in a cohort, and the last run. `asked_at` and `done_at` are calendar times."""

    __tablename__ = "proposal_runs"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    cohort_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    asked_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    asked_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.APPROVERS, Retention.PROGRAMME))
    done_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    done_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.APPROVERS, Retention.PROGRAMME))
    added: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.APPROVERS, Retention.PROGRAMME))
    gone: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.APPROVERS, Retention.PROGRAMME))
    kept: Mapped[int] = mapped_column(Integer, info=declare(Reader.APPROVERS, Retention.PROGRAMME))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PROGRAMME))


class MatchRow(Table):
    """A match. `other_mentor` and `other_mentee` are (application id, Slack user id, score), or empty."""

    __tablename__ = "matches"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "cohort_id", "state"),
        Index(None, "workspace", "mentee"),
        Index(None, "workspace", "mentor"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    cohort_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    mentee_application: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    mentor_application: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    mentee: Mapped[str] = mapped_column(PERSON, info=declare(Reader.PROGRAMME, Retention.SHARED, OnErasure.REMOVE))
    mentor: Mapped[str] = mapped_column(PERSON, info=declare(Reader.PROGRAMME, Retention.SHARED, OnErasure.REMOVE))
    score: Mapped[int] = mapped_column(Integer, info=declare(Reader.APPROVERS, Retention.SHARED))
    reasons: Mapped[list[Any]] = mapped_column(JSON, info=declare(Reader.PROGRAMME, Retention.SHARED))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.PROGRAMME, Retention.SHARED))
    approvals: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE)
    )
    paired_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    pinned_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    excepted: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.APPROVERS, Retention.SHARED))
    other_mentor: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.EMPTY)
    )
    other_mentee: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.EMPTY)
    )
    offered_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.PROGRAMME, Retention.SHARED))
    answer_until: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.PROGRAMME, Retention.SHARED))
    accepted_by: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.SELF, Retention.SHARED, OnErasure.REMOVE)
    )
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.SHARED))
