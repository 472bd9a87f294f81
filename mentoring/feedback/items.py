"""The further questions of the check-in, and those to two people who never met (D2.10, D2.11).

Each has an id and a version, which are stored with the answer: only answers to the same id in the same version are
compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mentoring.core.errors import MentoringError, NoLongerOffered, OutOfRange, TooLong
from mentoring.core.fields import FieldName

LEAST_SCORE, MOST_SCORE = 1, 5
MOST_IN_LINE = 150
MOST_WORDS = 2000


class FeedbackItem(StrEnum):
    """The id of a question.

    TRUST: whether one can say openly what one thinks. OFTEN: whether the two meet often enough. LEARN: what the person
    would like to learn. CONTACT: an owner may contact them. WHY_NOT and WORDS: why the two never met.
    """

    TRUST = "trust"
    OFTEN = "often"
    LEARN = "learn"
    CONTACT = "contact"
    WHY_NOT = "why_not"
    WORDS = "words"


VERSION = 1
"""The version of all of them. One whose words or choices change gets a version of its own."""


class HowOften(StrEnum):
    """How often the two meet."""

    TOO_SELDOM = "too-seldom"
    JUST_RIGHT = "just-right"
    TOO_OFTEN = "too-often"


class MentoringSkill(StrEnum):
    """What good mentoring takes, to learn or to practise (D3.11)."""

    EXPECT = "c_expect"
    TALK = "c_talk"
    FEEDBACK = "c_feedback"
    GOALS = "c_goals"
    GROWTH = "c_growth"
    CAREER = "c_career"
    CLIMATE = "c_climate"
    FAIR = "c_fair"
    RESPECT = "c_respect"


class WhyNot(StrEnum):
    """Why two people did not meet."""

    NO_TIME = "no-time"
    NO_REPLY = "no-reply"
    NO_FIT = "no-fit"
    PLANS_CHANGED = "plans-changed"
    OTHER = "other"


CONTACT_ALLOWED = "yes"

_CHOICES: dict[FeedbackItem, tuple[type[StrEnum], int]] = {
    FeedbackItem.OFTEN: (HowOften, 1),
    FeedbackItem.LEARN: (MentoringSkill, len(MentoringSkill)),
    FeedbackItem.WHY_NOT: (WhyNot, len(WhyNot)),
}
"""What can be chosen, and how many of it."""
_WORDS = {FeedbackItem.LEARN: MOST_IN_LINE, FeedbackItem.WORDS: MOST_WORDS}
"""The most characters of what can be typed."""
_FIELDS = {
    FeedbackItem.TRUST: FieldName.TRUST,
    FeedbackItem.OFTEN: FieldName.OFTEN,
    FeedbackItem.LEARN: FieldName.LEARN,
    FeedbackItem.CONTACT: FieldName.MAY_CONTACT,
    FeedbackItem.WHY_NOT: FieldName.WHY_NOT,
    FeedbackItem.WORDS: FieldName.WORDS,
}


@dataclass(frozen=True)
class ItemAnswer:
    """The answer to one question: a `score` from 1 to 5, what was `chosen`, or `words`."""

    item: FeedbackItem
    score: int | None = None
    chosen: tuple[str, ...] = ()
    words: str = ""
    version: int = VERSION

    @property
    def is_empty(self) -> bool:
        return self.score is None and not self.chosen and not self.words


def given(answers: Iterable[ItemAnswer]) -> tuple[ItemAnswer, ...]:
    """The answers that are not empty, in the order of the questions."""
    order = list(FeedbackItem)
    return tuple(sorted((each for each in answers if not each.is_empty), key=lambda each: order.index(each.item)))


def wrong_in(answers: Iterable[ItemAnswer]) -> Iterator[MentoringError]:
    """What is wrong in the answers, each at its field."""
    for answer in answers:
        field = _FIELDS[answer.item]
        if answer.score is not None and not LEAST_SCORE <= answer.score <= MOST_SCORE:
            yield OutOfRange(field, LEAST_SCORE, MOST_SCORE)
        if answer.item in _CHOICES:
            kind, most = _CHOICES[answer.item]
            if len(answer.chosen) > most or not set(answer.chosen) <= {*map(str, kind)}:
                yield NoLongerOffered(field)
        if len(answer.words) > (most := _WORDS.get(answer.item, 0)):
            yield TooLong(FieldName.LEARN_WORDS if answer.item is FeedbackItem.LEARN else field, most)
