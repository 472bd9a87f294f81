"""The table of the agendas of first meetings. It goes with the two people: if one is erased, theirs is deleted."""

from sqlalchemy import ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, Table
from storage.tables.declarations import GoesWith, Reader, Retention, declare

_WITH_THE_TWO = GoesWith("partnerships", "id", ("mentee", "mentor"))


class AgendaStepRow(Table):
    """A step of the agenda of a partnership that was ticked, left out or added; read through `Transaction.private` and
    `Transaction.agendas` only. `words` and `number` are those of a step that the two have added, or "" and 0.
    """

    __tablename__ = "agenda_steps"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    step: Mapped[str] = mapped_column(String(64), primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    number: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
