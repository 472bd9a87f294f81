"""Everything that owners, committee, sponsors and partners are ever shown of answers, at one moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from mentoring.applications.application import Role
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.figures import Figure, figures
from mentoring.feedback.groups import FeedbackGroup
from tests.mentoring.feedback.stored_answers import Programme

ROUNDS = (None, "c0", "c1")


@dataclass(frozen=True)
class Reading:
    """`pages` are what is shown of groups, by round and role; `named` what people signed, by its author and question;
    `messages` the recipients and kinds of messages to others than the two.
    """

    at: datetime
    why: str
    counts: tuple[AnswerCount, ...]
    pages: tuple[tuple[Figure, ...], ...]
    named: tuple[tuple[Any, ...], ...]
    messages: tuple[Any, ...] = ()


def read(ours: Programme, at: datetime, why: str, messages: tuple[Any, ...]) -> Reading:
    groups = tuple(ours.groups[id] for id in sorted(ours.groups))
    counts = tuple(ours.counts[key] for key in sorted(ours.counts))
    return Reading(at, why, counts, _pages(groups), _named(ours), messages)


@cache
def _pages(groups: tuple[FeedbackGroup, ...]) -> tuple[tuple[Figure, ...], ...]:
    return tuple(figures(groups, cohort_id=cohort_id, role=role) for cohort_id in ROUNDS for role in (None, *Role))


def _named(ours: Programme) -> tuple[tuple[Any, ...], ...]:
    found: list[tuple[Any, ...]] = []
    for (partnership_id, who, stage), one in sorted(ours.answers.items()):
        if one.is_signed:
            found.append((partnership_id, who, stage, "rating", one.rating, one.helps, one.hinders))
        for each in one.items:
            if each.is_signed:
                found.append((partnership_id, who, stage, str(each.item), each.score, each.chosen, each.words))
    return tuple(found)
