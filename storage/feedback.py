"""Answers to check-ins and surveys: whether somebody has answered, counts, and the groups that owners see.

An author reads their own answer through `Transaction.private`. Nothing here gives the answer of a person whom the
caller names.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, select

from mentoring.applications.application import Role
from mentoring.feedback.answers import Audience, CheckInChoice, Feedback, Question
from mentoring.feedback.baseline import role_of
from mentoring.feedback.counted_items import HELPS, HINDERS, RATING, WORDS, CountedItem
from mentoring.feedback.counts import AnswerCount, AnswersCounted
from mentoring.feedback.groups import AnswerBar, Extreme, FeedbackGroup, GroupFormed, GroupKind, StageFigures
from mentoring.feedback.items import FeedbackItem, ItemAnswer, given
from mentoring.feedback.reading import SignedAnswer
from mentoring.partnerships.partnership import Partnership
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import (
    FeedbackCountRow,
    FeedbackFigureRow,
    FeedbackGroupRow,
    FeedbackItemRow,
    FeedbackRow,
    FeedbackWordsRow,
)
from storage.workspaces import Digests


class FeedbackResults(Repository):
    def has_answered(self, partnership_id: str, person: str, question: Question) -> bool:
        """Whether this person (Slack user id) has answered; not what."""
        return self._get(FeedbackRow, partnership_id, person, question) is not None

    def wants_change(self, reader: str, partnership_id: str) -> bool:
        """Whether `reader` (a Slack user id) chose to change something at the check-in, for the receipt to them."""
        row = self._get(FeedbackRow, partnership_id, reader, Question.CHECK_IN)
        return row is not None and row.decision == CheckInChoice.CHANGE

    def counts(self) -> list[AnswerCount]:
        """How many answers were asked for and given, as of the last count."""
        rows = self._select(FeedbackCountRow, _COUNTS)
        return [AnswerCount(Question(row.question), row.cohort_id, row.asked, row.answered) for row in rows]

    def groups(self, *, with_words: bool = True) -> list[FeedbackGroup]:
        """All groups, in no order of time."""
        words: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in self._select(FeedbackWordsRow, _WORDS) if with_words else ():
            words.setdefault((row.group_id, row.question), []).append((row.field, row.text))
        figures: dict[tuple[str, str], StageFigures] = {}
        for figure in self._select(FeedbackFigureRow, _FIGURES):
            key = figure.group_id, figure.question
            figures[key] = _figures(figure, tuple(words.get(key, ())))
        return [
            FeedbackGroup(
                id=group.id,
                item=CountedItem(group.item, group.version, tuple(map(Question, group.stages))),
                kind=GroupKind(group.kind),
                cohort_id=group.cohort_id or "",
                role=Role(group.role) if group.role else None,
                people=group.people,
                stages=tuple(figures[group.id, stage] for stage in group.stages if (group.id, stage) in figures),
            )
            for group in self._select(FeedbackGroupRow, _GROUPS)
        ]

    def to_count(self) -> list[Feedback]:
        """All answers with their items, for `count_answers` alone."""
        items: dict[tuple[str, str, str], list[ItemAnswer]] = {}
        for row in self._select(FeedbackItemRow, _ALL_ITEMS):
            items.setdefault((row.partnership_id, row.person, row.question), []).append(item_from(row))
        return [
            feedback_from(row, items.get((row.partnership_id, row.person, row.question), ()))
            for row in self._select(FeedbackRow, _ANSWERS)
        ]

    def signed(self, partnerships: Iterable[Partnership]) -> list[SignedAnswer]:
        """What was signed about these partnerships, for `PrivateReader.signed_answers` alone."""
        ours = {each.id: each for each in partnerships}
        found = []
        for row in self._select(FeedbackRow, _SIGNED):
            if partnership := ours.get(row.partnership_id):
                comments = ((HELPS, row.helps), (HINDERS, row.hinders))
                found.append(_signed(partnership, row, RATING, row.rating, comments))
        for item in self._select(FeedbackItemRow, _SIGNED_ITEMS):
            if partnership := ours.get(item.partnership_id):
                found.append(_signed(partnership, item, item.item, item.score, ((WORDS, item.words),)))
        return found

    def comment_order(self, group_id: str, text: str) -> str:
        """The sorting key of a comment in its group: secret, so that the order says nothing about its author."""
        return Digests(self._context).derive("comment", group_id, text)

    def save(self, feedback: Feedback) -> bool:
        """Add the answer. Returns False if this person has already answered."""
        is_new = self._insert(
            FeedbackRow,
            partnership_id=feedback.partnership_id,
            person=feedback.person,
            question=feedback.question,
            rating=feedback.rating,
            helps=feedback.helps,
            hinders=feedback.hinders,
            decision=feedback.decision,
            audience=feedback.audience,
            answered_at=feedback.answered_at,
            is_counted=feedback.is_counted,
            is_signed=feedback.is_signed,
            group_id=feedback.group_id or None,
        )
        if is_new:
            self._upsert_many(FeedbackItemRow, [_item_values(feedback, each) for each in feedback.items])
        return is_new

    def correct(self, answer: Feedback) -> bool:
        """Replace the answer of this person. Returns False if there is none, or if it is counted."""
        key = answer.partnership_id, answer.person, answer.question
        row = self._get(FeedbackRow, *key)
        if row is None or row.is_counted or row.group_id:
            return False
        self._execute(_DROP_ITEMS, partnership=answer.partnership_id, person=answer.person, question=answer.question)
        self._update(
            FeedbackRow,
            *key,
            rating=answer.rating,
            helps=answer.helps,
            hinders=answer.hinders,
            answered_at=answer.answered_at,
            is_signed=answer.is_signed,
        )
        self._upsert_many(FeedbackItemRow, [_item_values(answer, each) for each in answer.items])
        return True

    def save_count(self, count: AnswerCount) -> bool:
        self._upsert(
            FeedbackCountRow,
            question=count.question,
            cohort_id=count.cohort_id,
            asked=count.asked,
            answered=count.answered,
        )
        return True

    def mark_counted(self, counted: AnswersCounted) -> bool:
        for key in counted.keys:
            self._update(FeedbackRow, *key, is_counted=True)
        return True

    def form_group(self, formed: GroupFormed) -> bool:
        """Add the group, and mark its members. Returns False if there is a group with this id."""
        group = formed.group
        is_new = self._insert(
            FeedbackGroupRow,
            id=group.id,
            item=group.item.id,
            version=group.item.version,
            stages=tuple(group.item.stages),
            kind=group.kind,
            cohort_id=group.cohort_id or None,
            role=group.role or "",
            people=group.people,
        )
        self._upsert_many(FeedbackFigureRow, [_figure_values(group.id, each) for each in group.stages])
        words = [(each.stage, field, text) for each in group.stages for field, text in each.words]
        self._upsert_many(
            FeedbackWordsRow,
            [
                {"group_id": group.id, "number": number, "question": stage, "field": field, "text": text}
                for number, (stage, field, text) in enumerate(words)
            ],
        )
        for *answer, item in formed.members:
            if item == RATING:
                self._update(FeedbackRow, *answer, group_id=group.id)
            else:
                self._update(FeedbackItemRow, *answer, item, group_id=group.id)
        return is_new


def _figure_values(group_id: str, figures: StageFigures) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "question": figures.stage,
        "answers": figures.answers,
        "total": figures.total,
        "extreme": figures.extreme,
        "bars": [[bar.value, bar.count, bar.or_more] for bar in figures.bars],
    }


def _figures(row: FeedbackFigureRow, words: tuple[tuple[str, str], ...]) -> StageFigures:
    bars = tuple(AnswerBar(value, count, or_more) for value, count, or_more in row.bars)
    return StageFigures(Question(row.question), row.answers, row.total, Extreme(row.extreme), bars, words)


def _item_values(feedback: Feedback, answer: ItemAnswer) -> dict[str, Any]:
    return {
        "partnership_id": feedback.partnership_id,
        "person": feedback.person,
        "question": feedback.question,
        "item": answer.item,
        "version": answer.version,
        "score": answer.score,
        "chosen": answer.chosen,
        "words": answer.words,
        "is_signed": answer.is_signed,
        "group_id": answer.group_id or None,
    }


def _signed(
    partnership: Partnership,
    row: FeedbackRow | FeedbackItemRow,
    item: str,
    score: int | None,
    words: Iterable[tuple[str, str]],
) -> SignedAnswer:
    role, stage = role_of(partnership, row.person), Question(row.question)
    texts = tuple((field, text) for field, text in words if text)
    return SignedAnswer(row.person, role, partnership.cohort_id, stage, item, score, texts)


def item_from(row: FeedbackItemRow) -> ItemAnswer:
    return ItemAnswer(
        FeedbackItem(row.item), row.score, tuple(row.chosen), row.words, row.version, row.is_signed, row.group_id or ""
    )


def feedback_from(row: FeedbackRow, items: Iterable[ItemAnswer] = ()) -> Feedback:
    return Feedback(
        partnership_id=row.partnership_id,
        person=row.person,
        question=Question(row.question),
        rating=row.rating,
        helps=row.helps,
        hinders=row.hinders,
        decision=CheckInChoice(row.decision) if row.decision else None,
        audience=Audience(row.audience),
        answered_at=row.answered_at,
        is_counted=row.is_counted,
        group_id=row.group_id or "",
        items=given(items),
        is_signed=row.is_signed,
    )


ITEMS = select(FeedbackItemRow).where(
    FeedbackItemRow.workspace == WORKSPACE_PARAM,
    FeedbackItemRow.partnership_id == bindparam("partnership"),
    FeedbackItemRow.person == bindparam("person"),
    FeedbackItemRow.question == bindparam("question"),
)
_DROP_ITEMS = delete(FeedbackItemRow).where(
    FeedbackItemRow.workspace == WORKSPACE_PARAM,
    FeedbackItemRow.partnership_id == bindparam("partnership"),
    FeedbackItemRow.person == bindparam("person"),
    FeedbackItemRow.question == bindparam("question"),
)
_ALL_ITEMS = select(FeedbackItemRow).where(FeedbackItemRow.workspace == WORKSPACE_PARAM)
_ANSWERS = select(FeedbackRow).where(FeedbackRow.workspace == WORKSPACE_PARAM)
_SIGNED = (
    select(FeedbackRow)
    .where(FeedbackRow.workspace == WORKSPACE_PARAM, FeedbackRow.is_signed)
    .order_by(FeedbackRow.answered_at, FeedbackRow.partnership_id, FeedbackRow.person)
)
_SIGNED_ITEMS = (
    select(FeedbackItemRow)
    .where(FeedbackItemRow.workspace == WORKSPACE_PARAM, FeedbackItemRow.is_signed)
    .order_by(FeedbackItemRow.partnership_id, FeedbackItemRow.person, FeedbackItemRow.item)
)
_COUNTS = select(FeedbackCountRow).where(FeedbackCountRow.workspace == WORKSPACE_PARAM)
_GROUPS = select(FeedbackGroupRow).where(FeedbackGroupRow.workspace == WORKSPACE_PARAM).order_by(FeedbackGroupRow.id)
_FIGURES = select(FeedbackFigureRow).where(FeedbackFigureRow.workspace == WORKSPACE_PARAM)
_WORDS = (
    select(FeedbackWordsRow)
    .where(FeedbackWordsRow.workspace == WORKSPACE_PARAM)
    .order_by(FeedbackWordsRow.group_id, FeedbackWordsRow.number)
)
