"""The questions and their answers, as owners read them beside figures."""

from collections.abc import Mapping, Sequence

from mentoring.feedback.added import words_of
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import HELPS, HINDERS, RATING, WORDS
from mentoring.feedback.items import OWN, FeedbackItem
from messages.feedback.added import SHELF_WORDS
from messages.feedback.closing import AGAIN
from messages.feedback.form import RATINGS, WORTH
from messages.feedback.items import AGREE, HOW_OFTEN, SKILLS, WHY_NOT
from messages.feedback.outcomes import AREA_NAMES, SURE, WELL

_RATINGS = {
    Question.CHECK_IN: ("How is it going?", RATINGS),
    Question.SURVEY: ("Was it worth your time?", WORTH),
}
_NAMES: Mapping[str, str] = {
    FeedbackItem.DIRECTION: "I know where I want to go, or what I can pass on.",
    FeedbackItem.NEXT_STEP: "I know what my next step is, or how to help someone find theirs.",
    FeedbackItem.ABLE: "How sure are you that you can reach what you set out to do, or be of use?",
    FeedbackItem.THEN: "Looking back: how sure were you of that at the start?",
    FeedbackItem.PEOPLE: "There are people here I can ask, or I know people beyond my team.",
    FeedbackItem.MATTERS: "What matters to me",
    FeedbackItem.MOST: "What matters most to me",
    FeedbackItem.TRUST: "I can say openly what I think.",
    FeedbackItem.OFTEN: "We meet …",
    FeedbackItem.LEARN: "Training needs: what people would like to learn or practise",
    FeedbackItem.MATCH: "Would you want to be matched with them again?",
    FeedbackItem.PREPARED: "I was well prepared for my part.",
    FeedbackItem.PRIVATE: "What I said stayed where I said it.",
    FeedbackItem.AGAIN: "Would you do it again, in either part?",
    FeedbackItem.BETTER: "One thing we should do differently next time",
    **{str(item): words for item, words in SHELF_WORDS.items()},
    FeedbackItem.WHY_NOT: "Why did you not meet?",
    FeedbackItem.WORDS: "No meeting was logged: what should we do differently?",
}
_WORDS = {
    (RATING, Question.CHECK_IN, HELPS): "What helps?",
    (RATING, Question.CHECK_IN, HINDERS): "What gets in the way?",
    (RATING, Question.SURVEY, HELPS): "What helped?",
    (RATING, Question.SURVEY, HINDERS): "What got in the way?",
    (FeedbackItem.LEARN, Question.CHECK_IN, WORDS): "What else would you like to learn?",
}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    FeedbackItem.MATTERS: {str(item): words for item, words in AREA_NAMES.items()},
    FeedbackItem.MOST: {str(item): words for item, words in AREA_NAMES.items()},
    FeedbackItem.OFTEN: {str(often): words for often, words in HOW_OFTEN.items()},
    FeedbackItem.MESSAGES: {str(often): words for often, words in HOW_OFTEN.items()},
    FeedbackItem.LEARN: {str(skill): words for skill, words in SKILLS.items()},
    FeedbackItem.AGAIN: {str(again): words for again, words in AGAIN.items()},
    FeedbackItem.WHY_NOT: {str(why): words for why, words in WHY_NOT.items()},
}
_SCALES: Mapping[str, Mapping[int, str]] = {
    str(FeedbackItem.ABLE): SURE,
    str(FeedbackItem.THEN): SURE,
    **{str(area): WELL for area in AREA_NAMES},
}


def item_name(item: str, stage: Question, version: int = 1, statements: Sequence[str] = ()) -> str:
    """The question, in plain text. An item that is not known any more has its id. `statements` are all of the owners'
    that were ever asked (`Programme.asked_statements`).
    """
    if item in OWN:
        return words_of(statements, item, version) or "A statement of the programme"
    if item == RATING and stage in _RATINGS:
        return _RATINGS[stage][0]
    area = next((words for each, words in AREA_NAMES.items() if each == item), "")
    return f"{area}: how well does this come about?" if area else _NAMES.get(item, item)


def words_name(item: str, stage: Question, field: str) -> str:
    """What the words of a field answer, in plain text."""
    return _WORDS.get((item, stage, field)) or item_name(item, stage)


def value_name(item: str, stage: Question, value: str) -> str:
    """An answer, in plain text: a score with its words, or a choice."""
    if item in _CHOICES:
        return _CHOICES[item].get(value, value)
    scale = _RATINGS[stage][1] if item == RATING and stage in _RATINGS else _SCALES.get(item, AGREE)
    says = scale.get(int(value)) if value.isdecimal() else None
    return f"{value} – {says}" if says else value


def values_of(item: str) -> tuple[str, ...]:
    """All answers that can be given to an item, in the order of the form; scores from the best on."""
    return tuple(_CHOICES[item]) if item in _CHOICES else ("5", "4", "3", "2", "1")
