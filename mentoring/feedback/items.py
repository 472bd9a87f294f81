"""The further questions of the surveys: before, at the check-in, at the end, and of two people who never met (D1.8,
D2.10, D2.11).

Each has an id and a version, which are stored with the answer: only answers to the same id in the same version are
compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from mentoring.applications.application import Role
from mentoring.core.errors import MentoringError, NoLongerOffered, OutOfRange, TooLong
from mentoring.core.fields import FieldName

LEAST_SCORE, MOST_SCORE = 1, 5
MOST_IN_LINE = 150
MOST_SHORT = 500
MOST_WORDS = 2000


class FeedbackItem(StrEnum):
    """The id of a question.

    DIRECTION to PEOPLE: where the person stands, asked before and after in the same words. THEN: looking back, how sure
    they were at the start. MATTERS and MOST: what matters to them, and what most. From A_FUTURE on: how well that comes
    about, for each of `AREAS` that they chose. TRUST: whether one can say openly what one thinks. OFTEN: whether the
    two meet often enough. LEARN: what the person would like to learn. CONTACT: an owner may contact them. MATCH to
    BETTER: about the match and the programme, at the end. BELONG to OWN_3: what a
    programme adds (`mentoring.feedback.added`). WHY_NOT and WORDS: why the two never met.
    """

    DIRECTION = "direction"
    NEXT_STEP = "next_step"
    ABLE = "able"
    THEN = "then"
    PEOPLE = "people"
    MATTERS = "matters"
    MOST = "most"
    A_FUTURE = "a_future"
    A_LISTENS = "a_listens"
    A_HONEST = "a_honest"
    A_ROPES = "a_ropes"
    A_MEETING = "a_meeting"
    A_SKILL = "a_skill"
    A_COURAGE = "a_courage"
    A_BALANCE = "a_balance"
    A_LEARNING = "a_learning"
    A_ELSEWHERE = "a_elsewhere"
    A_LISTENING = "a_listening"
    A_GIVING = "a_giving"
    A_PEOPLE = "a_people"
    A_FRESH = "a_fresh"
    TRUST = "trust"
    OFTEN = "often"
    LEARN = "learn"
    CONTACT = "contact"
    MATCH = "match"
    PREPARED = "prepared"
    PRIVATE = "private"
    AGAIN = "again"
    BETTER = "better"
    BELONG = "belong"
    EXPECT = "expect"
    ALIKE = "alike"
    SUPPORT = "support"
    MESSAGES = "messages"
    STAY = "stay"
    OWN_1 = "own_1"
    OWN_2 = "own_2"
    OWN_3 = "own_3"
    WHY_NOT = "why_not"
    WORDS = "words"


VERSION = 1
"""The version of all of them. One whose words or choices change gets a version of its own."""


OUTCOMES = (FeedbackItem.DIRECTION, FeedbackItem.NEXT_STEP, FeedbackItem.ABLE, FeedbackItem.PEOPLE)
"""Asked before and after: only the same id in the same version is compared, for the same person."""

SHELF = (
    FeedbackItem.BELONG,
    FeedbackItem.EXPECT,
    FeedbackItem.ALIKE,
    FeedbackItem.SUPPORT,
    FeedbackItem.MESSAGES,
    FeedbackItem.STAY,
)
"""Questions of ours that a programme can add."""
SHELF_BEFORE = (FeedbackItem.BELONG, FeedbackItem.STAY)
"""Those of them that are asked before, too."""
OWN = (FeedbackItem.OWN_1, FeedbackItem.OWN_2, FeedbackItem.OWN_3)
"""The places of the statements that owners write."""

AREAS = {
    Role.MENTEE: (
        FeedbackItem.A_FUTURE,
        FeedbackItem.A_LISTENS,
        FeedbackItem.A_HONEST,
        FeedbackItem.A_ROPES,
        FeedbackItem.A_MEETING,
        FeedbackItem.A_SKILL,
        FeedbackItem.A_COURAGE,
        FeedbackItem.A_BALANCE,
    ),
    Role.MENTOR: (
        FeedbackItem.A_LEARNING,
        FeedbackItem.A_ELSEWHERE,
        FeedbackItem.A_LISTENING,
        FeedbackItem.A_GIVING,
        FeedbackItem.A_PEOPLE,
        FeedbackItem.A_FRESH,
    ),
}
"""What may matter to a person, by their role. They choose from it, and are asked later how well that comes about."""
ALL_AREAS = (*AREAS[Role.MENTEE], *AREAS[Role.MENTOR])
MOST_AREAS = 3


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


class Again(StrEnum):
    """Whether they would do it again, in either part."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class WhyNot(StrEnum):
    """Why two people did not meet."""

    NO_TIME = "no-time"
    NO_REPLY = "no-reply"
    NO_FIT = "no-fit"
    PLANS_CHANGED = "plans-changed"
    OTHER = "other"


CONTACT_ALLOWED = "yes"

SCORED = frozenset(
    {
        *OUTCOMES,
        *ALL_AREAS,
        FeedbackItem.THEN,
        FeedbackItem.TRUST,
        FeedbackItem.MATCH,
        FeedbackItem.PREPARED,
        FeedbackItem.PRIVATE,
        *(item for item in SHELF if item is not FeedbackItem.MESSAGES),
        *OWN,
    }
)
"""Those answered with a score."""

_AREA_IDS = frozenset(map(str, ALL_AREAS))
_CHOICES: dict[FeedbackItem, tuple[frozenset[str], int]] = {
    FeedbackItem.MATTERS: (_AREA_IDS, MOST_AREAS),
    FeedbackItem.MOST: (_AREA_IDS, 1),
    FeedbackItem.OFTEN: (frozenset(map(str, HowOften)), 1),
    FeedbackItem.MESSAGES: (frozenset(map(str, HowOften)), 1),
    FeedbackItem.LEARN: (frozenset(map(str, MentoringSkill)), len(MentoringSkill)),
    FeedbackItem.AGAIN: (frozenset(map(str, Again)), 1),
    FeedbackItem.WHY_NOT: (frozenset(map(str, WhyNot)), len(WhyNot)),
}
"""What can be chosen, and how many of it."""
_WORDS = {FeedbackItem.LEARN: MOST_IN_LINE, FeedbackItem.BETTER: MOST_SHORT, FeedbackItem.WORDS: MOST_WORDS}
"""The most characters of what can be typed."""
_FIELDS = {FeedbackItem.CONTACT: FieldName.MAY_CONTACT}
"""The fields of a form that have another name than the question."""


@dataclass(frozen=True)
class ItemAnswer:
    """The answer to one question: a `score` from 1 to 5, what was `chosen`, or `words`.

    `is_signed`: the owners read it with the name, and it is in no group. `group_id` is the group that it is in, or "".
    """

    item: FeedbackItem
    score: int | None = None
    chosen: tuple[str, ...] = ()
    words: str = ""
    version: int = VERSION
    is_signed: bool = False
    group_id: str = field(default="", compare=False)

    @property
    def is_empty(self) -> bool:
        return self.score is None and not self.chosen and not self.words


def given(answers: Iterable[ItemAnswer]) -> tuple[ItemAnswer, ...]:
    """The answers that are not empty, in the order of the questions."""
    order = list(FeedbackItem)
    return tuple(sorted((each for each in answers if not each.is_empty), key=lambda each: order.index(each.item)))


def field_of(item: FeedbackItem) -> FieldName:
    """The field of a form that asks it."""
    return _FIELDS.get(item) or FieldName(item)


def wrong_in(answers: Iterable[ItemAnswer]) -> Iterator[MentoringError]:
    """What is wrong in the answers, each at its field."""
    for answer in answers:
        field = field_of(answer.item)
        if answer.score is not None and not LEAST_SCORE <= answer.score <= MOST_SCORE:
            yield OutOfRange(field, LEAST_SCORE, MOST_SCORE)
        if answer.item in _CHOICES:
            offered, most = _CHOICES[answer.item]
            if not set(answer.chosen) <= offered:
                yield NoLongerOffered(field)
            elif len(answer.chosen) > most:
                yield TooLong(field, most)
        if len(answer.words) > (most := _WORDS.get(answer.item, 0)):
            yield TooLong(FieldName.LEARN_WORDS if answer.item is FeedbackItem.LEARN else field, most)


def areas_of(baseline: Iterable[ItemAnswer]) -> tuple[FeedbackItem, ...]:
    """What matters to a person, as they said before: what matters most comes first."""
    said = {answer.item: answer.chosen for answer in baseline}
    most = said.get(FeedbackItem.MOST, ())
    rest = (each for each in said.get(FeedbackItem.MATTERS, ()) if each not in most)
    return tuple(map(FeedbackItem, (*most, *rest)))


def yardstick(baseline: Iterable[ItemAnswer], later: Iterable[ItemAnswer]) -> float | None:
    """How well what matters to a person comes about, from 1 to 5: the mean over what they chose before and rated
    `later`, with what matters most counted twice; None if they rated none of it.
    """
    said = tuple(baseline)
    most = {each for answer in said if answer.item is FeedbackItem.MOST for each in answer.chosen}
    scores = {answer.item: answer.score for answer in later if answer.score is not None}
    rated = [(scores[area], 2 if area in most else 1) for area in areas_of(said) if area in scores]
    return sum(score * weight for score, weight in rated) / sum(weight for _, weight in rated) if rated else None
