"""The table of what owners say in the evaluation report."""

from sqlalchemy import ForeignKeyConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class EvaluationWordsRow(Table):
    """What the owners will do next time, after the round. The report says it, and owners decide who gets that."""

    __tablename__ = "evaluation_words"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    cohort_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PROGRAMME))
