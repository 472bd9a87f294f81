"""The table of lists that owners have sent as files."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class FileImportRow(Table):
    """A list that waits for its owner's decision. `contents` are emptied by the decision, and after a day.

    `programme_id` is null until an owner of several programmes has said for which one it is.
    """

    __tablename__ = "file_imports"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    programme_id: Mapped[str | None] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PERSON))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.SELF, Retention.PERSON, OnErasure.DELETE_ROW))
    file_id: Mapped[str] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    asked_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.SELF, Retention.PERSON))
    contents: Mapped[dict[str, Any]] = mapped_column(
        JSON, info=declare(Reader.SELF, Retention.PREVIEW, OnErasure.EMPTY)
    )
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
