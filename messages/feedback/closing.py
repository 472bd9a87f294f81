"""The further questions of the closing survey, with their parser (D0.19, D1.8).

People who have answered the survey before are asked where they stand now, in the same words, and how well what matters
to them has come about. The others are asked about the match and the programme instead, so that it takes three minutes.
"""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import ConfigDict

from mentoring.applications.application import Role
from mentoring.feedback.added import AddedItem
from mentoring.feedback.items import (
    MOST_SHORT,
    OWN,
    SCORED,
    Again,
    FeedbackItem,
    HowOften,
    ItemAnswer,
    areas_of,
    field_of,
)
from messages.feedback.added import added_inputs, statement_answers
from messages.feedback.items import AGREE, sign_words
from messages.feedback.outcomes import how_it_comes_about, scale, where_i_stand
from messages.forms import TICKED, Input, Option, Select, Submission, TextInput, Values
from messages.voice import Voice

AGAIN = {Again.YES: "Yes", Again.LATER: "Perhaps later", Again.NO: "No"}


def after_the_rating(
    role: Role, voice: Voice, other: str, baseline: Sequence[ItemAnswer], added: Iterable[AddedItem]
) -> Iterator[Input]:
    """What comes between the rating and the comments. `other` is the other person inside a sentence, `baseline` what
    was answered before, empty if nothing was, and `added` what the programme asks besides.
    """
    if baseline:
        yield from where_i_stand(role, voice, after=True)
        yield from how_it_comes_about(areas_of(baseline), after=True)
    else:
        yield scale(FeedbackItem.TRUST, "I could say openly what I think.", AGREE, optional=True)
        yield scale(
            FeedbackItem.MATCH,
            f"Looking back, would you want to be matched with {other}?",
            AGREE,
            optional=True,
        )
        yield scale(FeedbackItem.PREPARED, "I was well prepared for my part.", AGREE, optional=True)
        yield scale(FeedbackItem.PRIVATE, "I trusted that what I said stayed where I said it.", AGREE, optional=True)
    yield from added_inputs(added)
    yield Select(
        block_id=field_of(FeedbackItem.AGAIN),
        label="Would you do it again, in either part?",
        options=[Option(again, says) for again, says in AGAIN.items()],
        optional=True,
    )


def after_the_comments() -> Iterator[Input]:
    yield TextInput(
        block_id=field_of(FeedbackItem.BETTER),
        label="One thing we should do differently next time",
        most=MOST_SHORT,
        lines=True,
        optional=True,
    )
    yield sign_words()


class ClosingSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    again: Again | None = None
    messages: HowOften | None = None
    better: str = ""
    signed_words: tuple[str, ...] = ()


class ScoreSubmission(Submission):
    score: int | None = None


def scores(values: Values, items: Iterable[FeedbackItem]) -> Iterator[ItemAnswer]:
    """The scores that were given for these items. Raises ValueError for input that the form cannot have sent; the
    message does not repeat it.
    """
    for item in items:
        yield ItemAnswer(item, score=ScoreSubmission.read({"score": values.get(field_of(item))}).score)


def closing_answers(values: Values) -> Iterator[ItemAnswer]:
    """The answers to these questions, empty ones too. Raises as `scores`."""
    sent = ClosingSubmission.read(values)
    yield from scores(values, SCORED - {*OWN})
    yield from statement_answers(values)
    yield ItemAnswer(FeedbackItem.MESSAGES, chosen=(sent.messages,) if sent.messages else ())
    yield ItemAnswer(FeedbackItem.AGAIN, chosen=(sent.again,) if sent.again else ())
    yield ItemAnswer(FeedbackItem.BETTER, words=sent.better, is_signed=TICKED in sent.signed_words)


CLOSING_FIELDS = frozenset({*map(field_of, SCORED), *ClosingSubmission.model_fields})
"""The fields that a closing survey may have, besides the rating and the comments."""
