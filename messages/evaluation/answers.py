"""What the evaluation report says of answers: averages with how many answered, and comments. All of it from groups."""

from collections.abc import Iterator
from typing import Final

from mentoring.applications.application import Role
from mentoring.evaluation.counts import shown_parts
from mentoring.evaluation.figures import QuestionFigures, RoundFigures
from mentoring.feedback.answers import MOST_RATING
from mentoring.feedback.figures import Summary
from mentoring.feedback.groups import LEAST_PEOPLE
from messages.evaluation.document import (
    BarChart,
    DocumentTable,
    Element,
    Paragraph,
)
from messages.evaluation.words import QUESTIONS, average, average_out_of, count, question_name
from messages.text import plural
from messages.voice import Voice, capital

_ROLES: Final = (Role.MENTEE, Role.MENTOR)


def answers_shown(summary: Summary) -> str:
    return plural(summary.shown, "answer", "answers")


def answers(figures: RoundFigures, plain: Voice) -> Iterator[Element]:
    if not figures.questions:
        yield Paragraph("No one has been asked yet: the check-in and the closing survey come later in the round.")
        return
    told = [each for each in figures.questions if each.summary.shown]
    if told:
        values = tuple(each.summary.average or 0.0 for each in told)
        in_words = "; ".join(f"{question_name(each)}: {average_out_of(each.summary)}" for each in told)
        yield BarChart(
            f"Average answers, from 1 to {MOST_RATING}",
            f"Average answers. {in_words}.",
            tuple(question_name(each) for each in told),
            (("Average", values),),
            most=float(MOST_RATING),
            said=tuple(average(each.summary) for each in told),
        )
    yield DocumentTable(
        f"Averages, from 1 to {MOST_RATING}, and how many answered",
        ("Question", "All", capital(plain.mentees), capital(plain.mentors), "Answered", "Asked"),
        tuple(_answer_row(each) for each in figures.questions),
    )
    yield Paragraph(
        "The questions differ, and different people answered them. So one average is not a change from the other.",
        True,
    )
    if not told:
        yield Paragraph(f"Averages are shown from {LEAST_PEOPLE} people on.")


def _answer_row(figures: QuestionFigures) -> tuple[str, ...]:
    summary = figures.summary
    asked, answered, _ = shown_parts(summary.answered, max(summary.asked - summary.answered, 0))
    name, said = QUESTIONS[figures.question]
    by_role = (figures.by_role.get(role) for role in _ROLES)
    return (f"{name}: {said}", average(summary), *map(average, by_role), count(answered), count(asked))
