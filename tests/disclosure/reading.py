"""Everything that owners, committee, sponsors and partners are ever shown of answers, at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from mentoring.applications.application import Role
from mentoring.exports.export import ExportNaming, ProgrammeExport
from mentoring.feedback.answers import Question
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.figures import Figure, figures
from mentoring.feedback.groups import FeedbackGroup
from mentoring.feedback.reading import Answers
from messages.exports import export_tables
from messages.feedback.reading import AnswersState, answers_view
from tests.mentoring.feedback.stored_answers import Programme
from tests.mentoring.values import COHORT, PROGRAMME

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


def pages_in_slack(ours: Programme) -> Iterator[str]:
    """Each page of what people say, of all rounds and both roles, without what was signed."""
    groups = tuple(ours.groups[id] for id in sorted(ours.groups))
    answers = Answers({}, tuple(ours.counts[key] for key in sorted(ours.counts)), groups, ())
    for stage in Question:
        for number in range(1, 20):
            view = answers_view(answers, AnswersState(stage=stage, mark=str(number)), PROGRAMME)
            page = repr(view["blocks"])
            yield page
            if f"'value': '{number + 1}'" not in page:
                break


def pages_in_export(ours: Programme) -> Iterator[str]:
    """The answers and the comments of an export of the programme."""
    groups = [ours.groups[id] for id in sorted(ours.groups)]
    rounds = [replace(COHORT, id=id) for id in ROUNDS if id]
    codes, day = ExportNaming.CODES, date(2030, 1, 1)
    tables = export_tables(ProgrammeExport(PROGRAMME, rounds, [], [], [], {}, groups, {}, codes, day))
    for name in ("answers", "comments"):
        yield repr(tables[name].rows)
