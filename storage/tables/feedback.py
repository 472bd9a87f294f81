"""The tables of answers to check-ins and surveys, and of the groups that owners read."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class FeedbackRow(Table):
    """One person's answer, read by its author or counted. `audience` is who may read it, as the form said.

    `rating` is empty in the answer of a person who never met the other. `group_id` is the group that the rating is in,
    once it is in one. If it is signed, the owners read the rating and the comments with the name.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.SELF, Retention.PERSON))
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SELF, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    question: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.SELF, Retention.PERSON))
    rating: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.COUNTED_OR_SIGNED, Retention.PERSON))
    helps: Mapped[str] = mapped_column(Text, info=declare(Reader.COUNTED_OR_SIGNED, Retention.PERSON))
    hinders: Mapped[str] = mapped_column(Text, info=declare(Reader.COUNTED_OR_SIGNED, Retention.PERSON))
    decision: Mapped[str | None] = mapped_column(String(16), info=declare(Reader.SELF, Retention.PERSON))
    audience: Mapped[str] = mapped_column(String(16), info=declare(Reader.NOBODY, Retention.PERSON))
    answered_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    is_counted: Mapped[bool] = mapped_column(info=declare(Reader.NOBODY, Retention.PERSON))
    is_signed: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS_AND_PERSON, Retention.PERSON))
    group_id: Mapped[str | None] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PERSON))


class FeedbackItemRow(Table):
    """The answer to one further question of a check-in or survey, with the version of the question."""

    __tablename__ = "feedback_items"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace", "partnership_id", "person", "question"],
            ["feedback.workspace", "feedback.partnership_id", "feedback.person", "feedback.question"],
            ondelete="CASCADE",
        ),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.SELF, Retention.PERSON))
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SELF, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    question: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.SELF, Retention.PERSON))
    item: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.SELF, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    score: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.COUNTED_OR_SIGNED, Retention.PERSON))
    chosen: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.COUNTED_OR_SIGNED, Retention.PERSON)
    )
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.COUNTED_OR_SIGNED, Retention.PERSON))
    is_signed: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS_AND_PERSON, Retention.PERSON))
    group_id: Mapped[str | None] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PERSON))


class FeedbackGroupRow(Table):
    """Answers of five people or more to one item in one version, asked at these `stages`. Rows are never changed."""

    __tablename__ = "feedback_groups"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.GROUP))
    item: Mapped[str] = mapped_column(ID, info=declare(Reader.OWNERS, Retention.GROUP))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.GROUP))
    stages: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.OWNERS, Retention.GROUP))
    kind: Mapped[str] = mapped_column(String(16), info=declare(Reader.OWNERS, Retention.GROUP))
    cohort_id: Mapped[str | None] = mapped_column(ID, info=declare(Reader.OWNERS, Retention.GROUP))
    role: Mapped[str] = mapped_column(String(16), info=declare(Reader.OWNERS, Retention.GROUP))
    people: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.GROUP))


class FeedbackFigureRow(Table):
    """What a group answered at one stage: numbers without names. Rows are never changed.

    `bars` are lists of a value, its count, and whether there may be more. `total` is empty without a scale.
    """

    __tablename__ = "feedback_figures"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "group_id"], ["feedback_groups.workspace", "feedback_groups.id"]),
    )

    group_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.GROUP))
    question: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.OWNERS, Retention.GROUP))
    answers: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.GROUP))
    total: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.GROUP))
    extreme: Mapped[str] = mapped_column(String(8), info=declare(Reader.OWNERS, Retention.GROUP))
    bars: Mapped[list[tuple[str, int, bool]]] = mapped_column(JSON, info=declare(Reader.OWNERS, Retention.GROUP))


class FeedbackWordsRow(Table):
    """Words in a group. All words of a group are deleted together, when one of its people is erased."""

    __tablename__ = "feedback_words"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "group_id"], ["feedback_groups.workspace", "feedback_groups.id"]),
    )

    group_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(
            Reader.NOBODY,
            Retention.GROUP_WORDS,
            goes_with=(
                GoesWith("feedback", "group_id", ("person",)),
                GoesWith("feedback_items", "group_id", ("person",)),
            ),
        ),
    )
    number: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, info=declare(Reader.NOBODY, Retention.GROUP_WORDS)
    )
    question: Mapped[str] = mapped_column(String(16), info=declare(Reader.OWNERS, Retention.GROUP_WORDS))
    field: Mapped[str] = mapped_column(String(16), info=declare(Reader.OWNERS, Retention.GROUP_WORDS))
    text: Mapped[str] = mapped_column(Text, info=declare(Reader.OWNERS, Retention.GROUP_WORDS))


class FeedbackCountRow(Table):
    """How many answers to a question were asked for and given in a round, as of the last Monday. They never fall."""

    __tablename__ = "feedback_counts"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    question: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.OWNERS, Retention.GROUP))
    cohort_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.OWNERS, Retention.GROUP))
    asked: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.GROUP))
    answered: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.GROUP))
