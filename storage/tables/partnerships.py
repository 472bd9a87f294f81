"""The tables of partnerships, meetings, meeting notes and feedback."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table


class PartnershipRow(Table):
    __tablename__ = "partnerships"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "mentee"),
        Index(None, "workspace", "mentor"),
        Index(None, "workspace", "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ID)
    match_id: Mapped[str] = mapped_column(ID)
    mentee_application: Mapped[str] = mapped_column(ID)
    mentor_application: Mapped[str] = mapped_column(ID)
    mentee: Mapped[str] = mapped_column(PERSON)
    mentor: Mapped[str] = mapped_column(PERSON)
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    months: Mapped[int] = mapped_column(Integer)
    introduced_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(16))
    over_at: Mapped[datetime | None] = mapped_column(Instant)
    back: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    not_again: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    version: Mapped[int] = mapped_column(Integer)


class MeetingRow(Table):
    __tablename__ = "meetings"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
        Index(None, "workspace", "partnership_id", "met_on"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    partnership_id: Mapped[str] = mapped_column(ID)
    met_on: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int] = mapped_column(Integer)
    way: Mapped[str] = mapped_column(String(16))
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    logged_by: Mapped[str] = mapped_column(PERSON)
    version: Mapped[int] = mapped_column(Integer)


class MeetingNotesRow(Table):
    """The notes of a meeting, for the two people only; read through `Transaction.private` only."""

    __tablename__ = "meeting_notes"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "meeting_id"], ["meetings.workspace", "meetings.id"], ondelete="CASCADE"),
    )

    meeting_id: Mapped[str] = mapped_column(ID, primary_key=True)
    notes: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    action_who: Mapped[str] = mapped_column(PERSON)
    action_by: Mapped[date | None] = mapped_column(Date)
    action_done: Mapped[bool] = mapped_column()


class FeedbackRow(Table):
    """One person's answer, read by its author or counted. `audience` is who may read it, as the form said.

    `group_id` is the group that it is in, once it is in one.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    question: Mapped[str] = mapped_column(String(16), primary_key=True)
    rating: Mapped[int] = mapped_column(Integer)
    helps: Mapped[str] = mapped_column(Text)
    hinders: Mapped[str] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(String(16))
    audience: Mapped[str] = mapped_column(String(16))
    answered_at: Mapped[datetime] = mapped_column(Instant)
    is_counted: Mapped[bool] = mapped_column()
    group_id: Mapped[str | None] = mapped_column(ID)


class FeedbackGroupRow(Table):
    """Answers of five people or more to one question: numbers without names. Rows are never changed."""

    __tablename__ = "feedback_groups"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    question: Mapped[str] = mapped_column(String(16))
    cohort_id: Mapped[str | None] = mapped_column(ID)
    role: Mapped[str] = mapped_column(String(16))
    people: Mapped[int] = mapped_column(Integer)
    answers: Mapped[int] = mapped_column(Integer)
    total: Mapped[int] = mapped_column(Integer)
    extreme: Mapped[str] = mapped_column(String(8))


class FeedbackWordsRow(Table):
    """A comment in a group. The comments of a group are deleted together, when one of its people is erased."""

    __tablename__ = "feedback_words"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "group_id"], ["feedback_groups.workspace", "feedback_groups.id"]),
    )

    group_id: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)


class FeedbackCountRow(Table):
    """How many answers to a question were asked for and given in a round, as of the last Monday. They never fall."""

    __tablename__ = "feedback_counts"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    question: Mapped[str] = mapped_column(String(16), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ID, primary_key=True)
    asked: Mapped[int] = mapped_column(Integer)
    answered: Mapped[int] = mapped_column(Integer)
