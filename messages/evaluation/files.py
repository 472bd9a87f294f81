"""The evaluation as files: the report and the evidence for the award, each as a web page and as a PDF."""

from enum import StrEnum
from typing import Final

from mentoring.evaluation.figures import Evaluation
from messages.evaluation.award import award_evidence
from messages.evaluation.document import Document
from messages.evaluation.html import as_html
from messages.evaluation.pdf import as_pdf
from messages.evaluation.report import report
from messages.evaluation.words import dates
from messages.payloads import AttachedFile, Message
from messages.voice import Voice


class EvaluationFile(StrEnum):
    """What can be sent and written."""

    REPORT_PDF = "report-pdf"
    REPORT_HTML = "report-html"
    AWARD_PDF = "award-pdf"
    AWARD_HTML = "award-html"


_NAMES: Final = {
    EvaluationFile.REPORT_PDF: "evaluation.pdf",
    EvaluationFile.REPORT_HTML: "evaluation.html",
    EvaluationFile.AWARD_PDF: "award-evidence.pdf",
    EvaluationFile.AWARD_HTML: "award-evidence.html",
}

_AWARD: Final = frozenset({EvaluationFile.AWARD_PDF, EvaluationFile.AWARD_HTML})


def file_name(file: EvaluationFile) -> str:
    return _NAMES[file]


def document_of(evaluation: Evaluation, file: EvaluationFile) -> Document:
    """What the file says."""
    return award_evidence(evaluation) if file in _AWARD else report(evaluation)


def file_content(evaluation: Evaluation, file: EvaluationFile) -> bytes:
    """The file. It takes no transaction, and for thousands of people some seconds."""
    document = document_of(evaluation, file)
    if file in (EvaluationFile.REPORT_PDF, EvaluationFile.AWARD_PDF):
        return as_pdf(document, evaluation.made_on)
    return as_html(document).encode()


def evaluation_message(evaluation: Evaluation, file: EvaluationFile) -> Message:
    """The message that brings the file to an owner."""
    what = "evidence for the EMCC award" if file in _AWARD else "evaluation report"
    name = Voice(evaluation.programme).name
    cohort = evaluation.round.cohort
    text = (
        f"*{name}*: {what}, {dates(cohort)}. It names no one. Only you get it. To give it to sponsors or others, "
        "forward the file. What you forward can’t be withdrawn."
    )
    otherwise = (
        "I can’t share files in this workspace. The app admin can allow it, or write it with `mentor-bot report`."
    )
    stem, suffix = file_name(file).split(".")
    title = f"{Voice(evaluation.programme, marked=False).name}: {what}"
    attached = f"{stem}-{cohort.starts_on:%Y-%m-%d}-on-{evaluation.made_on:%Y-%m-%d}.{suffix}"
    return Message(text, file=AttachedFile(attached, title, file_content(evaluation, file), otherwise))
