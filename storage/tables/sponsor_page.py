"""The tables of the page that sponsors get each month."""

from datetime import date

from sqlalchemy import Date, ForeignKeyConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class SponsorSentenceRow(Table):
    """What the owners say on the page about a month, by its first day."""

    __tablename__ = "sponsor_sentences"
    __table_args__ = (ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),)

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.SPONSORS, Retention.PROGRAMME))
    month: Mapped[date] = mapped_column(Date, primary_key=True, info=declare(Reader.SPONSORS, Retention.PROGRAMME))
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.SPONSORS, Retention.PROGRAMME))
    by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PROGRAMME))


class SponsorPageStopRow(Table):
    """That a sponsor does not want the page or, with no `person`, that the owners have turned it off."""

    __tablename__ = "sponsor_page_stops"
    __table_args__ = (ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),)

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.SPONSORS, Retention.PERSON))
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.OWNERS, Retention.PERSON, OnErasure.DELETE_ROW)
    )
