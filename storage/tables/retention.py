"""The table of what is announced to be deleted, and has been."""

from datetime import date

from sqlalchemy import Date, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, Table
from storage.tables.declarations import Reader, Retention, declare


class DeletionNoticeRow(Table):
    """That the notes or answers of a partnership are announced to be deleted, and when they were; days in UTC."""

    __tablename__ = "deletion_notices"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    kind: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    announced_on: Mapped[date] = mapped_column(Date, info=declare(Reader.TWO, Retention.SHARED))
    deleted_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.TWO, Retention.SHARED))
