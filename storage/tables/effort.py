"""The table of how much owners do."""

from datetime import date

from sqlalchemy import Date, ForeignKeyConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class OwnerEffortRow(Table):
    """How often an owner pressed something in a programme in a `month` (its first day), and nothing else of it."""

    __tablename__ = "owner_effort"
    __table_args__ = (ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),)

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.OWNERS, Retention.PERSON))
    owner: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.OWNERS, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    month: Mapped[date] = mapped_column(Date, primary_key=True, info=declare(Reader.OWNERS, Retention.PERSON))
    presses: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.PERSON))
