"""How long data is kept: on the card, in its form, and what owners and people read of it."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.programmes import Keeping, Programme
from mentoring.programmes.retention_settings import LEAST_LOG_MONTHS
from mentoring.retention.retention import DataKind, DeletedCount, months_kept
from messages.forms import Input, Option, Select, Submission, Values
from messages.lengths import span
from messages.text import join, plural
from messages.voice import Voice

RETENTION_TITLE: Final = "How long data is kept"
_MONTHS: Final = (1, 3, 6, 9, 12, 18, 24, 36, 60, 120)
ABOUT: Final = (
    "After this time I delete what people wrote. I tell both people a month before their notes or answers go. Numbers "
    "stay, without names. Copies of the database and what people saved themselves aren’t deleted."
)
_FIELDS: Final = {
    FieldName.KEEP_NOTES: DataKind.NOTES,
    FieldName.KEEP_ANSWERS: DataKind.ANSWERS,
    FieldName.KEEP_APPLICATIONS: DataKind.APPLICATIONS,
    FieldName.KEEP_LOG: DataKind.LOG,
}


def retention_fields(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    asked = {
        FieldName.KEEP_NOTES: (
            "What two people wrote together",
            f"Notes, action items, agreements and reports. Counted from the end of the {voice.partnership}.",
        ),
        FieldName.KEEP_ANSWERS: (
            "Answers and comments",
            "Check-ins, surveys and remarks. Averages stay, without names.",
        ),
        FieldName.KEEP_APPLICATIONS: (
            "Applications and matches",
            f"Counted from the end of the round, or of its last {voice.partnership} if that is later.",
        ),
        FieldName.KEEP_LOG: (
            "The log",
            "Which messages were sent, and what owners did.",
        ),
    }
    for field, (label, hint) in asked.items():
        months = months_kept(programme.keeping, _FIELDS[field])
        least = LEAST_LOG_MONTHS if field is FieldName.KEEP_LOG else 1
        choices = sorted({*(each for each in _MONTHS if each >= least), months})
        options = [Option(str(number), f"For {span(Length(number))}") for number in choices]
        yield Select(block_id=field, label=label, hint=hint, options=options)


def retention_values(programme: Programme) -> Values:
    return {field: str(months_kept(programme.keeping, kind)) for field, kind in _FIELDS.items()}


def retention_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    return f"*{RETENTION_TITLE}*\n{periods(programme.keeping, Voice(programme))}"


def periods(keeping: Keeping, voice: Voice) -> str:
    """For how long each kind is kept, in mrkdwn."""
    notes, answers, applications, log = (span(Length(months_kept(keeping, kind))) for kind in DataKind)
    after = f"after {voice.a_partnership}"
    both = (
        f"Notes and answers: {notes} {after}."
        if notes == answers
        else f"Notes: {notes} {after}. Answers: {answers} {after}."
    )
    return f"{both} Applications: {applications} after the round. Log: {log}."


class RetentionSubmission(Submission):
    keep_notes: int
    keep_answers: int
    keep_applications: int
    keep_log: int


def parse_retention(given: Values) -> Keeping:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = RetentionSubmission.model_validate(given)
    return Keeping(sent.keep_notes, sent.keep_answers, sent.keep_applications, sent.keep_log)


def kinds_in_words(kinds: Collection[DataKind]) -> str:
    """What is deleted of two people, inside a sentence."""
    words = {DataKind.NOTES: "what you two wrote, such as notes and action items", DataKind.ANSWERS: "your answers"}
    return join([words[kind] for kind in (DataKind.ANSWERS, DataKind.NOTES) if kind in kinds])


def deleted_in_words(codes: Iterable[str], voice: Voice) -> str:
    """What the bot deleted, as the record of owners has it."""
    counts = (DeletedCount.read(code) for code in codes)
    return join([_counted(each, voice) for each in counts])


def _counted(deleted: DeletedCount, voice: Voice) -> str:
    of_some = plural(deleted.count, voice.partnership, voice.partnerships)
    match deleted.kind:
        case DataKind.NOTES:
            return f"notes of {of_some}"
        case DataKind.ANSWERS:
            return f"answers of {of_some}"
        case DataKind.APPLICATIONS:
            return f"applications of {plural(deleted.count, 'round', 'rounds')}"
        case DataKind.LOG:
            return plural(deleted.count, "old entry", "old entries")
