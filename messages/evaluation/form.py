"""The form in which owners say what they will do next time, and choose which files of the evaluation they get."""

from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Cohort, Programme
from mentoring.evaluation.moments import ReviewMoment
from mentoring.evaluation.words import MOST_NEXT_TIME, NextTime
from messages.blocks import button, modal, section, small_print
from messages.evaluation.files import EvaluationFile
from messages.forms import FormMetadata, MultiSelect, Option, Submission, TextInput, Values, known
from messages.ids import EVALUATION_FORM, OPEN_EVALUATION
from messages.programmes.cohorts import day
from messages.voice import Voice

TITLE: Final = "Evaluation report"
_FILES: Final = {
    EvaluationFile.REPORT_PDF: "The report, as a PDF",
    EvaluationFile.REPORT_HTML: "The report, as a web page",
    EvaluationFile.AWARD_PDF: "Evidence for the EMCC award, as a PDF",
    EvaluationFile.AWARD_HTML: "Evidence for the EMCC award, as a web page",
}


def evaluation_button() -> ButtonElement:
    """Opens the form for its reader, an owner."""
    return button(TITLE, OPEN_EVALUATION)


_MOMENTS: Final = {
    ReviewMoment.HALF_WAY: "*Half of the round is over.* A good moment to look at how it’s going.",
    ReviewMoment.END: "*The round has ended.* See what came of it, and write down what you’ll do next time.",
}


def moment_line(moment: ReviewMoment) -> Block:
    """In the message of the week, to an owner."""
    return section(_MOMENTS[moment], evaluation_button())


def evaluation_form(
    values: Values, programme: Programme, cohort: Cohort, *, meta: FormMetadata, restored: bool = False
) -> dict[str, Any]:
    """The form, filled with `values`, about the round `cohort`."""
    words = (
        f"*{Voice(programme).name}*, the round from {day(cohort.starts_on)}: who took part, meetings, what people "
        "said, and what you did. The report names no one and shows no count below five.\n\nI send it to you alone. "
        "To give it to sponsors or others, forward the file."
    )
    found: list[Block] = [section(words)]
    if restored:
        found.append(small_print("We saved what you typed last time."))
    fields = (
        TextInput(
            block_id=FieldName.NEXT_TIME,
            label="What will you do next time?",
            hint="The report says it in your words, and it stays with this round. Please name no one.",
            most=MOST_NEXT_TIME,
            lines=True,
            optional=True,
        ),
        MultiSelect(
            block_id=FieldName.REPORT_FILES,
            label="What shall I send you?",
            hint="If you tick nothing, I only save what you typed.",
            options=[Option(file, words) for file, words in _FILES.items()],
            optional=True,
        ),
    )
    found += [field.block(values) for field in fields]
    return modal(EVALUATION_FORM, TITLE, found, submit="Save and send", close="Cancel", private_metadata=meta.dump())


def values_of(said: NextTime | None) -> Values:
    """The form values of what is stored, with the usual file."""
    return {FieldName.NEXT_TIME: (said and said.words) or None, FieldName.REPORT_FILES: [EvaluationFile.REPORT_PDF]}


class EvaluationSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    next_time: str = ""
    report_files: tuple[str, ...] = ()


def parse_evaluation(values: Values) -> tuple[str, tuple[EvaluationFile, ...]]:
    """The words and the files. Raises ValueError for input that the form cannot have sent."""
    sent = EvaluationSubmission.read(values)
    return sent.next_time, tuple(known(EvaluationFile, each) for each in sent.report_files)
