"""Answers to check-ins and surveys: whether somebody has answered, counts, and the groups that owners see.

An author reads their own answer through `Transaction.private`. Nothing here gives the answer of a person whom the
caller names.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, select

from mentoring.applications.application import Role
from mentoring.feedback.answers import Audience, CheckInChoice, Feedback, Question
from mentoring.feedback.groups import (
    AnswerCount,
    AnswersCounted,
    Extreme,
    FeedbackGroup,
    GroupFormed,
)
from mentoring.feedback.items import FeedbackItem, ItemAnswer, given
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import FeedbackCountRow, FeedbackGroupRow, FeedbackItemRow, FeedbackRow, FeedbackWordsRow
from storage.workspaces import Digests

_HELPS, _HINDERS = "helps", "hinders"


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

    def groups(self) -> list[FeedbackGroup]:
        """All groups with their comments, in no order of time."""
        words: dict[tuple[str, str], list[str]] = {}
        for row in self._select(FeedbackWordsRow, _WORDS):
            words.setdefault((row.group_id, row.field), []).append(row.text)
        return [
            FeedbackGroup(
                id=row.id,
                question=Question(row.question),
                cohort_id=row.cohort_id or "",
                role=Role(row.role) if row.role else None,
                people=row.people,
                answers=row.answers,
                total=row.total,
                extreme=Extreme(row.extreme),
                helps=tuple(words.get((row.id, _HELPS), ())),
                hinders=tuple(words.get((row.id, _HINDERS), ())),
            )
            for row in self._select(FeedbackGroupRow, _GROUPS)
        ]

    def to_count(self) -> list[Feedback]:
        """All answers, for `count_answers` alone."""
        return [feedback_from(row) for row in self._select(FeedbackRow, _ANSWERS)]

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
            question=group.question,
            cohort_id=group.cohort_id or None,
            role=group.role or "",
            people=group.people,
            answers=group.answers,
            total=group.total,
            extreme=group.extreme,
        )
        comments = [(_HELPS, text) for text in group.helps] + [(_HINDERS, text) for text in group.hinders]
        self._upsert_many(
            FeedbackWordsRow,
            [
                {"group_id": group.id, "number": number, "field": field, "text": text}
                for number, (field, text) in enumerate(comments)
            ],
        )
        for key in formed.members:
            self._update(FeedbackRow, *key, group_id=group.id)
        return is_new


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
    }


def item_from(row: FeedbackItemRow) -> ItemAnswer:
    return ItemAnswer(FeedbackItem(row.item), row.score, tuple(row.chosen), row.words, row.version)


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
_ANSWERS = select(FeedbackRow).where(FeedbackRow.workspace == WORKSPACE_PARAM)
_COUNTS = select(FeedbackCountRow).where(FeedbackCountRow.workspace == WORKSPACE_PARAM)
_GROUPS = select(FeedbackGroupRow).where(FeedbackGroupRow.workspace == WORKSPACE_PARAM).order_by(FeedbackGroupRow.id)
_WORDS = (
    select(FeedbackWordsRow)
    .where(FeedbackWordsRow.workspace == WORKSPACE_PARAM)
    .order_by(FeedbackWordsRow.group_id, FeedbackWordsRow.number)
)
