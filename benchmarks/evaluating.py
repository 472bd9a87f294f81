"""The evaluation report: loaded, and written as a web page and as a PDF, with a comment from every second person."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.filling import NOW, fill, new_file
from benchmarks.measuring import Row, in_turn, seconds, typically
from mentoring.evaluation.figures import Evaluation, QuestionFigures
from mentoring.feedback.answers import Question
from mentoring.feedback.figures import Summary
from messages.evaluation.files import EvaluationFile, file_content
from services.evaluation import load_evaluation
from storage import Storage

_WORKSPACE = "T0BENCH"
_AIMS = {150: timedelta(seconds=10), 5000: timedelta(seconds=60)}
"""By the clock, for so many people."""
_COMMENT = "Someone who listens, has time, and asks questions where others give advice. We met {}times."


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    rounds = 1 if toy else 5
    for people, aim in _AIMS.items():
        size = 20 if toy else people // 2
        address = new_file(folder / f"evaluating{people}.db")
        storage = Storage(address)
        try:
            fill(storage, address, _WORKSPACE, size)
            took = typically(in_turn(_measured(storage, people), rounds))
        finally:
            storage.close()
        what = f"the evaluation report for {people:,} people, as PDF and web page"
        yield Row(
            "evaluating",
            what,
            "reading the rows of its partnerships and meetings",
            took["report"] / took["rows"],
            None,
            rounds,
        )
        yield Row("evaluating", what, f"{aim.seconds} seconds", took["report"] / aim.total_seconds(), 1.0, rounds)


def _measured(storage: Storage, people: int) -> dict[str, Callable[[], float]]:
    return {
        "report": lambda: seconds(lambda: _write(storage, people)),
        "rows": lambda: seconds(lambda: _read_rows(storage)),
    }


def _write(storage: Storage, people: int) -> None:
    with storage.read(_WORKSPACE) as tx:
        programme, _ = tx.programmes.all()[0]
        evaluation = load_evaluation(tx, programme, NOW.date())
    evaluation = _with_comments(evaluation, people)
    for file in (EvaluationFile.REPORT_PDF, EvaluationFile.REPORT_HTML):
        file_content(evaluation, file)


def _with_comments(evaluation: Evaluation, people: int) -> Evaluation:
    """The rows have no answers: half of the people wrote what helps and what gets in the way, at both surveys."""
    comments = tuple(_COMMENT.format(f"{number} ") for number in range(people // 2))
    summary = Summary(people, people * 4 // 5, people * 4 // 5, 4.1, helps=comments, hinders=comments)
    questions = tuple(QuestionFigures(each, summary, {}) for each in (Question.CHECK_IN, Question.SURVEY))
    first, *others = evaluation.rounds
    return replace(evaluation, rounds=(replace(first, questions=questions), *others))


def _read_rows(storage: Storage) -> None:
    with storage.read(_WORKSPACE) as tx:
        programme, _ = tx.programmes.all()[0]
        tx.meetings.of(each.id for each in tx.partnerships.in_programme(programme.id))
