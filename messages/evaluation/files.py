"""The evaluation as files: the report and the evidence for the award, each as a web page and as a PDF."""

from enum import StrEnum
from typing import Final

from mentoring.evaluation.figures import Evaluation
from messages.evaluation.award import award_evidence
from messages.evaluation.document import Document
from messages.evaluation.html import as_html
from messages.evaluation.pdf import as_pdf
from messages.evaluation.report import report


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


def file_name(file: EvaluationFile) -> str:
    return _NAMES[file]


def document_of(evaluation: Evaluation, file: EvaluationFile) -> Document:
    """What the file says."""
    is_award = file in (EvaluationFile.AWARD_PDF, EvaluationFile.AWARD_HTML)
    return award_evidence(evaluation) if is_award else report(evaluation)


def file_content(evaluation: Evaluation, file: EvaluationFile) -> bytes:
    """The file. It takes no transaction, and for thousands of people some seconds."""
    document = document_of(evaluation, file)
    if file in (EvaluationFile.REPORT_PDF, EvaluationFile.AWARD_PDF):
        return as_pdf(document, evaluation.made_on)
    return as_html(document).encode()
