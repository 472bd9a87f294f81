"""The table of what owners do."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class OwnerActRow(Table):
    """An act of an owner. Rows are only added, and changed only by an erasure. `fields` are names of form fields."""

    __tablename__ = "owner_record"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "cohort_id", "at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    cohort_id: Mapped[str] = mapped_column(ID, info=declare(Reader.OWNERS, Retention.SHARED))
    action: Mapped[str] = mapped_column(String(16), info=declare(Reader.OWNERS_AND_PERSON, Retention.SHARED))
    by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS_AND_PERSON, Retention.SHARED, OnErasure.REMOVE))
    at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.OWNERS_AND_PERSON, Retention.SHARED))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    other: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    role: Mapped[str] = mapped_column(String(16), info=declare(Reader.OWNERS_AND_PERSON, Retention.SHARED))
    fields: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.OWNERS_AND_PERSON, Retention.SHARED)
    )
