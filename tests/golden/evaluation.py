"""The form of the evaluation report, and the message that brings it."""

from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.evaluation.suggestions import Suggestion
from mentoring.evaluation.words import NextTime
from mentoring.status import cohort_status
from messages.evaluation.files import EvaluationFile
from messages.evaluation.form import evaluation_form, values_of
from messages.evaluation.suggestions import suggestions_form
from messages.forms import FormMetadata
from messages.ids import EVALUATION_FORM, SUGGESTIONS_FORM
from tests.evaluation_example import example
from tests.golden.making import Piece, shown, told
from tests.messages.examples import COHORT, CUSTOM, OWEN, PLAIN, REPORT, RUNNING


def _form(programme: Programme = PLAIN, said: NextTime | None = None, **more: Any) -> Piece:
    meta = FormMetadata(form=EVALUATION_FORM, about=COHORT.id)
    return shown(lambda: evaluation_form(values_of(said), programme, COHORT, meta=meta, **more))


def _suggestions(found: tuple[Suggestion, ...], programme: Programme = PLAIN) -> Piece:
    strict = replace(programme, grades=("A", "B", "C"), least_gap=2, weights=replace(programme.weights, at_least=30))
    meta = FormMetadata(form=SUGGESTIONS_FORM, programme=strict.id)
    return shown(lambda: suggestions_form(found, example().round, strict, meta=meta))


def _on_monday(day: str) -> Piece:
    facts: dict[str, Any] = {"owners": (OWEN,), "status": cohort_status(PLAIN, COHORT, ()), "partnerships": REPORT}
    return told(NotificationKind.WEEKLY_STATUS, OWEN, PLAIN, date.fromisoformat(day), {"day": day}, **facts)


def _sent(file: EvaluationFile) -> Piece:
    facts: dict[str, Any] = {"evaluation": example(), "owners": (OWEN,)}
    return told(NotificationKind.EVALUATION, OWEN, PLAIN, RUNNING, {"format": file}, **facts)


EVALUATION_PIECES: dict[str, Piece] = {
    "evaluation-form": _form(),
    "evaluation-form-restored-own-words": _form(
        CUSTOM, NextTime(COHORT.id, "We’ll ask when people can meet.", OWEN), restored=True
    ),
    "evaluation-suggestions": _suggestions(tuple(Suggestion)),
    "evaluation-suggestions-none-own-words": _suggestions((), CUSTOM),
    "notification-weekly-status-half-way": _on_monday("2027-08-16"),
    "notification-weekly-status-round-over": _on_monday("2028-02-21"),
    "notification-evaluation-report": _sent(EvaluationFile.REPORT_HTML),
    "notification-evaluation-award": _sent(EvaluationFile.AWARD_HTML),
}
