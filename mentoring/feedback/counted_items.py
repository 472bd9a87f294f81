"""Questions as they are counted: the same words with the same choices, at one stage or compared at several."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from mentoring.feedback.answers import Audience, Feedback, Question
from mentoring.feedback.items import OUTCOMES, SHELF_BEFORE, FeedbackItem

RATING = "rating"
"""The item of the rating of a check-in or survey. Its comments belong to it: they are shown with an average."""
RATING_VERSION = 1
HELPS, HINDERS, WORDS = "helps", "hinders", "words"
"""The fields of the words of an answer: the two comments of a rating, or what was typed for another item."""

NEVER_COUNTED = frozenset({str(FeedbackItem.CONTACT)})
"""What somebody decided is in no figure."""

BY_ROLE = frozenset({str(FeedbackItem.MATTERS), str(FeedbackItem.MOST)})
"""Items with other choices for each role: a choice says the role, so that the roles are never in one group."""

COMPARED: Mapping[str, tuple[Question, ...]] = MappingProxyType(
    {str(item): (Question.BASELINE, Question.SURVEY) for item in (*OUTCOMES, *SHELF_BEFORE)}
)
"""The stages at which an item is asked in the same words, in order of time. Every other item has one stage."""


@dataclass(frozen=True, order=True)
class CountedItem:
    """A question as it is counted. Only the same item in the same version is compared."""

    id: str
    version: int
    stages: tuple[Question, ...]


@dataclass(frozen=True)
class CountedAnswer:
    """The answer of one person to one item at one stage, about one partnership.

    `words` are pairs of a field and a text that is not empty. `group_id` is the group that it is in, or "".
    """

    partnership_id: str
    person: str
    stage: Question
    item: str
    version: int
    answered_at: datetime
    score: int | None = None
    chosen: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    group_id: str = ""

    @property
    def key(self) -> "ItemKey":
        return self.partnership_id, self.person, self.stage, self.item


ItemKey = tuple[str, str, Question, str]
"""The partnership, the person (Slack user id), the stage and the item of an answer."""


def counted_item(answer: CountedAnswer, compared: Mapping[str, tuple[Question, ...]] = COMPARED) -> CountedItem:
    return CountedItem(answer.item, answer.version, compared.get(answer.item, (answer.stage,)))


def counted_answers(answers: Iterable[Feedback]) -> Iterator[CountedAnswer]:
    """What may be counted: answers that are not empty and that their author has not signed. A rating that was left out
    takes its comments with it.
    """
    for given in (each for each in answers if each.audience is Audience.COUNTED):
        if given.rating is not None and not given.is_signed:
            comments = ((HELPS, given.helps), (HINDERS, given.hinders))
            yield CountedAnswer(
                given.partnership_id,
                given.person,
                given.question,
                RATING,
                RATING_VERSION,
                given.answered_at,
                score=given.rating,
                words=tuple((field, text) for field, text in comments if text),
                group_id=given.group_id,
            )
        for item in given.items:
            if item.is_empty or item.is_signed or item.item in NEVER_COUNTED:
                continue
            yield CountedAnswer(
                given.partnership_id,
                given.person,
                given.question,
                str(item.item),
                item.version,
                given.answered_at,
                score=item.score,
                chosen=item.chosen,
                words=((WORDS, item.words),) if item.words else (),
                group_id=item.group_id,
            )
