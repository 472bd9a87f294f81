"""The tables of programmes and cohorts."""

from datetime import date, time

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, StringTuple, Table


class ProgrammeRow(Table):
    __tablename__ = "programmes"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    departments: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    grades: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    contact: Mapped[str] = mapped_column(PERSON)
    expectations_url: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(32))
    time_zone: Mapped[str] = mapped_column(String(64))
    work_starts: Mapped[time] = mapped_column(Time)
    work_ends: Mapped[time] = mapped_column(Time)
    working_days: Mapped[list[int]] = mapped_column(JSON)
    closed_days: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    least_months: Mapped[int] = mapped_column(Integer)
    most_months: Mapped[int] = mapped_column(Integer)
    service_months: Mapped[int] = mapped_column(Integer)
    admits: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    terms: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    ask_first: Mapped[bool] = mapped_column()
    least_gap: Mapped[int] = mapped_column(Integer)
    shared_hours: Mapped[bool] = mapped_column()
    mentee_departments: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    mentee_grades: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    mentor_departments: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    mentor_grades: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    weights: Mapped[dict[str, int]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer)
    changed_by: Mapped[str] = mapped_column(PERSON)


class CohortRow(Table):
    __tablename__ = "cohorts"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "apply_by"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    programme_id: Mapped[str] = mapped_column(ID)
    opens_on: Mapped[date] = mapped_column(Date)
    apply_by: Mapped[date] = mapped_column(Date)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
