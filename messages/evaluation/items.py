"""The questions of the surveys as the evaluation names them, for both roles, and their choices. All plain text."""

from collections.abc import Mapping
from typing import Final

from mentoring.feedback.counted_items import CountedItem
from mentoring.feedback.items import FeedbackItem
from messages.feedback.closing import AGAIN
from messages.feedback.items import HOW_OFTEN, SKILLS, WHY_NOT
from messages.feedback.outcomes import AREA_NAMES

_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    FeedbackItem.DIRECTION: ("Direction", "I know where I want to go in my work, or what I can pass on."),
    FeedbackItem.NEXT_STEP: ("Next step", "I know what my next step is, or how to help someone find theirs."),
    FeedbackItem.ABLE: ("Confidence", "How sure are you that you can reach your aims, or be of use?"),
    FeedbackItem.THEN: ("Looking back", "How sure were you of that at the start?"),
    FeedbackItem.PEOPLE: ("People", "There are people here I can ask, or know well beyond my own team."),
    FeedbackItem.MATTERS: ("What matters", "What matters to you?"),
    FeedbackItem.MOST: ("What matters most", "Which of these matters most?"),
    FeedbackItem.TRUST: ("Openness", "I can say openly what I think."),
    FeedbackItem.OFTEN: ("How often", "How often do the two of you meet?"),
    FeedbackItem.LEARN: ("Learning", "What would you like to learn, or practise?"),
    FeedbackItem.MATCH: ("The match", "Looking back, would you want to be matched with this person?"),
    FeedbackItem.PREPARED: ("Preparation", "I was well prepared for my part."),
    FeedbackItem.PRIVATE: ("Privacy", "I trusted that what I said stayed where I said it."),
    FeedbackItem.AGAIN: ("Again", "Would you do it again, in either part?"),
    FeedbackItem.BETTER: ("Next time", "One thing we should do differently next time"),
    FeedbackItem.WHY_NOT: ("No meeting", "Why did you not meet?"),
    FeedbackItem.WORDS: ("No meeting", "You did not meet: what should we do differently?"),
    **{item: (name, f"{name}: how well did this come about?") for item, name in AREA_NAMES.items()},
}
_CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    FeedbackItem.OFTEN: {str(key): name for key, name in HOW_OFTEN.items()},
    FeedbackItem.LEARN: {str(key): name for key, name in SKILLS.items()},
    FeedbackItem.WHY_NOT: {str(key): name for key, name in WHY_NOT.items()},
    FeedbackItem.AGAIN: {str(key): name for key, name in AGAIN.items()},
    FeedbackItem.MATTERS: {str(key): name for key, name in AREA_NAMES.items()},
    FeedbackItem.MOST: {str(key): name for key, name in AREA_NAMES.items()},
}


def short_name(item: CountedItem) -> str:
    """For a chart; a question that has no name here is named by its id."""
    return _NAMES[item.id][0] if item.id in _NAMES else item.id.replace("_", " ").capitalize()


def asked(item: CountedItem) -> str:
    """What was asked."""
    return _NAMES[item.id][1] if item.id in _NAMES else short_name(item)


def choice(item: CountedItem, value: str) -> str:
    return _CHOICES.get(item.id, {}).get(value, value)
