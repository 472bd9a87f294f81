"""The tables of programmes and cohorts."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class ProgrammeRow(Table):
    __tablename__ = "programmes"

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    name: Mapped[str] = mapped_column(String(200), info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    type: Mapped[str] = mapped_column(String(16), info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    purpose: Mapped[str] = mapped_column(Text, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    objectives: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    is_pilot: Mapped[bool] = mapped_column(info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    definition: Mapped[str] = mapped_column(Text, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    mentee_responsibilities: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME)
    )
    mentor_responsibilities: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME)
    )
    referrals: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    departments: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    grades: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    contact: Mapped[str] = mapped_column(PERSON, info=declare(Reader.PUBLIC, Retention.SHARED, OnErasure.REMOVE))
    expectations_url: Mapped[str] = mapped_column(Text, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    country: Mapped[str] = mapped_column(String(2), info=declare(Reader.OWNERS, Retention.PROGRAMME))
    region: Mapped[str] = mapped_column(String(32), info=declare(Reader.OWNERS, Retention.PROGRAMME))
    time_zone: Mapped[str] = mapped_column(String(64), info=declare(Reader.OWNERS, Retention.PROGRAMME))
    work_starts: Mapped[time] = mapped_column(Time, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    work_ends: Mapped[time] = mapped_column(Time, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    working_days: Mapped[list[int]] = mapped_column(JSON, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    closed_days: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    lengths: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    first_month_meetings: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    monthly_meetings: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    has_agreements: Mapped[bool] = mapped_column(info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    has_reports: Mapped[bool] = mapped_column(info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    first_guide: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    meeting_guide: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME)
    )
    last_guide: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    service_months: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    most_places: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    pause_weeks: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    approvals: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    admits: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    terms: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    ask_first: Mapped[bool] = mapped_column(info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    introduces_at_start: Mapped[bool] = mapped_column(info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    least_gap: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    shared_hours: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS, Retention.PROGRAMME))
    mentee_departments: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME)
    )
    mentee_grades: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME)
    )
    mentor_departments: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME)
    )
    mentor_grades: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PUBLIC, Retention.PROGRAMME)
    )
    has_plans: Mapped[bool] = mapped_column(info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    invites_at: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    invite_weeks: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    invites_mentees: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS, Retention.PROGRAMME))
    invites_mentors: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS, Retention.PROGRAMME))
    keep_notes: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    keep_answers: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    keep_applications: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    keep_log: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    survey_shelf: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PROGRAMME, Retention.PROGRAMME)
    )
    survey_statements: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PROGRAMME, Retention.PROGRAMME)
    )
    asked_statements: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.PROGRAMME, Retention.PROGRAMME)
    )
    weights: Mapped[dict[str, int]] = mapped_column(JSON, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    changed_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))


class ProgrammeFileRow(Table):
    """The file that a programme was last imported from. It goes with the contact whom it names."""

    __tablename__ = "programme_files"
    __table_args__ = (ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),)

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    text: Mapped[str] = mapped_column(Text, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    contact: Mapped[str] = mapped_column(PERSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))


class SetupStepRow(Table):
    """A step of the guided set-up, or of the start-up plan of a cohort, that an owner has done."""

    __tablename__ = "setup_steps"

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    cohort_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    name: Mapped[str] = mapped_column(String(64), primary_key=True, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    done_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    done_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.OWNERS, Retention.PROGRAMME))


class CohortRow(Table):
    __tablename__ = "cohorts"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "apply_by"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    programme_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    opens_on: Mapped[date] = mapped_column(Date, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    apply_by: Mapped[date] = mapped_column(Date, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    starts_on: Mapped[date] = mapped_column(Date, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    ends_on: Mapped[date] = mapped_column(Date, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    closed_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
