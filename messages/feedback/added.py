"""The questions that a programme adds to its surveys, with the parser of its statements."""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import Field

from mentoring.feedback.added import AddedItem
from mentoring.feedback.items import OWN, FeedbackItem, ItemAnswer, field_of
from messages.feedback.items import AGREE, HOW_OFTEN
from messages.feedback.outcomes import scale
from messages.forms import Input, Option, Select, Submission, Values

SHELF_WORDS: Mapping[FeedbackItem, str] = {
    FeedbackItem.BELONG: "I feel that I belong here.",
    FeedbackItem.EXPECT: "We both know what we expect of each other.",
    FeedbackItem.ALIKE: "In what matters we see things alike, or it helps that we don’t.",
    FeedbackItem.SUPPORT: "I knew whom to ask when something was difficult.",
    FeedbackItem.MESSAGES: "The reminders came …",
    FeedbackItem.STAY: "I expect to be here in a year.",
}


def added_inputs(items: Iterable[AddedItem]) -> Iterator[Input]:
    """Each may be left out."""
    for added in items:
        if added.item is FeedbackItem.MESSAGES:
            yield Select(
                block_id=field_of(added.item),
                label=SHELF_WORDS[added.item],
                options=[Option(often, says) for often, says in HOW_OFTEN.items()],
                optional=True,
            )
        elif added.item in OWN:
            yield Select(
                block_id=field_of(added.item),
                label=added.words,
                options=[Option(f"{added.version}:{score}", f"{score} – {says}") for score, says in AGREE.items()],
                optional=True,
            )
        else:
            yield scale(added.item, SHELF_WORDS[added.item], AGREE, optional=True)


_MOST_VERSIONS = 10_000
"""More than owners can ever write, and what the database can hold."""


class StatementSubmission(Submission):
    version: int = Field(ge=1, le=_MOST_VERSIONS)
    score: int


def statement_answers(values: Values) -> Iterator[ItemAnswer]:
    """The answers to statements of the owners, with the version that the form showed. Raises ValueError for input that
    the form cannot have sent; the message does not repeat it.
    """
    for item in OWN:
        if value := values.get(field_of(item)):
            version, _, score = str(value).partition(":")
            sent = StatementSubmission.read({"version": version, "score": score})
            yield ItemAnswer(item, score=sent.score, version=sent.version)
