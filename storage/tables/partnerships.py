"""The tables of partnerships, meetings and meeting notes."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class PartnershipRow(Table):
    """`ends_on` is the agreed end, made from the others, to search by. The newest pause for which one of the two asked
    is there if it has `paused_since`, and lasts until it has `resumed_on`.
    """

    __tablename__ = "partnerships"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "mentee"),
        Index(None, "workspace", "mentor"),
        Index(None, "workspace", "state"),
        Index(None, "workspace", "introduced_at", "id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    cohort_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    match_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    mentee_application: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    mentor_application: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    mentee: Mapped[str] = mapped_column(PERSON, info=declare(Reader.FACILITATORS, Retention.SHARED, OnErasure.REMOVE))
    mentor: Mapped[str] = mapped_column(PERSON, info=declare(Reader.FACILITATORS, Retention.SHARED, OnErasure.REMOVE))
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.TWO, Retention.SHARED))
    months: Mapped[int] = mapped_column(Integer, info=declare(Reader.FACILITATORS, Retention.SHARED))
    weeks: Mapped[int] = mapped_column(Integer, info=declare(Reader.FACILITATORS, Retention.SHARED))
    introduced_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.FACILITATORS, Retention.SHARED))
    ends_on: Mapped[date] = mapped_column(Date, info=declare(Reader.FACILITATORS, Retention.SHARED))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.FACILITATORS, Retention.SHARED))
    over_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.FACILITATORS, Retention.SHARED))
    back: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE)
    )
    not_again: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.SELF, Retention.SHARED, OnErasure.REMOVE)
    )
    agreed_end: Mapped[date | None] = mapped_column(Date, info=declare(Reader.FACILITATORS, Retention.SHARED))
    completed_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.FACILITATORS, Retention.SHARED))
    entered_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.PROGRAMME, Retention.SHARED))
    met_before: Mapped[int] = mapped_column(Integer, info=declare(Reader.FACILITATORS, Retention.SHARED))
    last_met_before: Mapped[date | None] = mapped_column(Date, info=declare(Reader.FACILITATORS, Retention.SHARED))
    check_in_day: Mapped[date | None] = mapped_column(Date, info=declare(Reader.PROGRAMME, Retention.SHARED))
    paused_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE))
    paused_since: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.FACILITATORS, Retention.SHARED))
    paused_until: Mapped[date | None] = mapped_column(Date, info=declare(Reader.FACILITATORS, Retention.SHARED))
    resumed_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.TWO, Retention.SHARED))
    pause_confirmed: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE)
    )
    pause_moves_end: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE)
    )
    paused_days: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.SHARED))
    responsible: Mapped[str] = mapped_column(PERSON, info=declare(Reader.PROGRAMME, Retention.SHARED, OnErasure.REMOVE))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.SHARED))


class MeetingRow(Table):
    __tablename__ = "meetings"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
        Index(None, "workspace", "partnership_id", "met_on"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    partnership_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    met_on: Mapped[date] = mapped_column(Date, info=declare(Reader.FACILITATORS, Retention.SHARED))
    minutes: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.SHARED))
    way: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.SHARED))
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.TWO, Retention.SHARED))
    logged_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.SHARED))


class MeetingNotesRow(Table):
    """The notes of a meeting, for the two people only; read through `Transaction.private` only."""

    __tablename__ = "meeting_notes"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "meeting_id"], ["meetings.workspace", "meetings.id"], ondelete="CASCADE"),
    )

    meeting_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("meetings", "id", ("logged_by",))),
    )
    notes: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    goals: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.TWO, Retention.PERSON))


class PlannedMeetingRow(Table):
    """A meeting that two people plan, or had planned. `options` are the offered starts, as ISO 8601 in UTC."""

    __tablename__ = "planned_meetings"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
        Index(None, "workspace", "partnership_id", "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    partnership_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.SHARED))
    minutes: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.SHARED))
    offered_minutes: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.SHARED))
    options: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.TWO, Retention.SHARED))
    offered_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE))
    starts_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.TWO, Retention.SHARED))
    sequence: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.SHARED))
    mentee_answer: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.SHARED))
    mentor_answer: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.SHARED))
    is_disputed: Mapped[bool] = mapped_column(info=declare(Reader.TWO, Retention.SHARED))
    cancelled_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE))
    proposed_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE))
    regular_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    regular_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.TWO, Retention.SHARED))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.SHARED))


class RegularTimeRow(Table):
    """When two people meet again and again, as one of them offers it or both have agreed. Its meetings are planned
    meetings.
    """

    __tablename__ = "regular_times"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
        Index(None, "workspace", "partnership_id", "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    partnership_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.SHARED))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.SHARED))
    starts_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.TWO, Retention.SHARED))
    zone: Mapped[str] = mapped_column(String(64), info=declare(Reader.TWO, Retention.SHARED))
    weeks: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.SHARED))
    minutes: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.SHARED))
    until: Mapped[date] = mapped_column(Date, info=declare(Reader.TWO, Retention.SHARED))
    offered_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE))
    ended_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.SHARED, OnErasure.REMOVE))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.SHARED))


class MeetingPlaceRow(Table):
    """Where two partners meet. It goes with both: if one is erased, it is deleted."""

    __tablename__ = "meeting_places"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("partnerships", "id", ("mentee", "mentor"))),
    )
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    changed_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
