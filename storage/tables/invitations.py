"""The tables of invitations to apply: those sent, what people want, and the moments after which they are sent."""

from datetime import date

from sqlalchemy import Date, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class InvitationRow(Table):
    """An invitation that was sent. The person is stored so that they get no second one, and shown to nobody. The row
    stays without them, so that no erasure changes a figure.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "person"),
        Index(None, "workspace", "programme_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    programme_id: Mapped[str] = mapped_column(ID, info=declare(Reader.COUNTED, Retention.SHARED))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.NOBODY, Retention.SHARED, OnErasure.REMOVE))
    sent_on: Mapped[date] = mapped_column(Date, info=declare(Reader.NOBODY, Retention.SHARED))
    applied_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.COUNTED, Retention.SHARED))


class InvitationChoiceRow(Table):
    """Whether a person wants invitations. There is no row for most people."""

    __tablename__ = "invitation_choices"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SELF, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    is_on: Mapped[bool] = mapped_column(info=declare(Reader.SELF, Retention.PERSON))


class InvitationMomentRow(Table):
    """A moment after which a person can be invited. Rows are deleted once it is too long ago."""

    __tablename__ = "invitation_moments"
    __table_args__ = (Index(None, "workspace", "day"),)

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    moment: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    day: Mapped[date] = mapped_column(Date, info=declare(Reader.NOBODY, Retention.PERSON))


class TitleMarkRow(Table):
    """A keyed digest of the title in a person's profile, by which a change is seen."""

    __tablename__ = "title_marks"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    mark: Mapped[str] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PERSON))
