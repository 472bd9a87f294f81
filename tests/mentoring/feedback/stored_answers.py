"""What the storage keeps of answers and their groups, in memory, so that many years can be run."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count as numbers
from typing import Any

from mentoring.feedback.answers import Feedback, Question
from mentoring.feedback.counted_items import COMPARED, RATING, ItemKey
from mentoring.feedback.counts import AnswerCount, AnswersCounted
from mentoring.feedback.figures import Summary, summarise
from mentoring.feedback.forming import count_answers
from mentoring.feedback.groups import FeedbackGroup, GroupFormed
from mentoring.partnerships.partnership import Partnership, PartnershipState
from tests.mentoring.factories import answer, partnership
from tests.mentoring.values import at

MONDAY = at("2027-07-12T00:00")
ENDED = PartnershipState.ENDED


def without_words(group: FeedbackGroup) -> FeedbackGroup:
    return replace(group, stages=tuple(replace(each, words=()) for each in group.stages))


@dataclass
class Programme:
    """What is stored, as the storage keeps it: answers and their groups, comments apart from numbers."""

    partnerships: list[Partnership]
    now: datetime = MONDAY
    answers: dict[tuple[str, str, Question], Feedback] = field(default_factory=dict)
    counts: dict[tuple[Question, str], AnswerCount] = field(default_factory=dict)
    groups: dict[str, FeedbackGroup] = field(default_factory=dict)
    ids: Any = field(default_factory=numbers)
    compared: Mapping[str, tuple[Question, ...]] = field(default_factory=lambda: COMPARED)

    def says(self, who: str, partnership_id: str, question: Question = Question.CHECK_IN, **facts: Any) -> None:
        self.now += timedelta(minutes=1)
        key = (partnership_id, who, question)
        given_ = answer(who, partnership_id=partnership_id, question=question, answered_at=self.now, **facts)
        self.answers.setdefault(key, given_)

    def counted(self) -> list[GroupFormed]:
        """Count, as each Monday, and return the new groups."""
        self.now += timedelta(days=7)
        outcome = count_answers(
            self.partnerships,
            list(self.answers.values()),
            self.counts.values(),
            now=self.now,
            new_id=lambda: f"g{next(self.ids)}",
            order=lambda group, text: sha256(f"{group} {text}".encode()).hexdigest(),
            compared=self.compared,
        )
        formed = []
        for change in outcome.changes:
            match change:
                case AnswerCount():
                    self.counts[change.question, change.cohort_id] = change
                case AnswersCounted():
                    self.answers |= {key: replace(self.answers[key], is_counted=True) for key in change.keys}
                case GroupFormed(group, members):
                    self.groups[group.id] = group
                    for key in members:
                        self._mark(key, group.id)
                    formed.append(change)
        return formed

    def _mark(self, member: ItemKey, group_id: str) -> None:
        key, item = member[:3], member[3]
        one = self.answers[key]
        if item == RATING:
            self.answers[key] = replace(one, group_id=group_id)
            return
        items = tuple(replace(each, group_id=group_id) if each.item == item else each for each in one.items)
        self.answers[key] = replace(one, items=items)

    def corrected(self, key: tuple[str, str, Question], new: Feedback) -> None:
        """Replace an answer that is not counted yet, as the storage does."""
        if not self.answers[key].is_counted:
            self.answers[key] = new

    def erased(self, who: str) -> None:
        """Their answers go, and the words of the groups that they are in."""
        theirs = [one for one in self.answers.values() if one.person == who]
        for group_id in {id for one in theirs for id in (one.group_id, *(each.group_id for each in one.items)) if id}:
            self.groups[group_id] = without_words(self.groups[group_id])
        self.answers = {key: one for key, one in self.answers.items() if one.person != who}
        self.partnerships = [
            replace(
                p, mentee="" if p.mentee == who else p.mentee, mentor="" if p.mentor == who else p.mentor, state=ENDED
            )
            if who in p.people
            else p
            for p in self.partnerships
        ]

    def shown(self, question: Question = Question.CHECK_IN) -> Summary:
        return summarise(question, self.counts.values(), sorted(self.groups.values(), key=lambda group: group.id))


def pairs(many: int, **facts: Any) -> list[Partnership]:
    """Partnerships s0, s1 … of M0 and T0, M1 and T1 …"""
    return [partnership(f"M{n}", f"T{n}", id=f"s{n}", **facts) for n in range(many)]
