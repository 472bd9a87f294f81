"""The further questions of the check-in, and those to two people who never met, with their options and parser."""

from collections.abc import Iterator

from pydantic import ConfigDict

from mentoring.core.fields import FieldName
from mentoring.feedback.items import (
    CONTACT_ALLOWED,
    MOST_IN_LINE,
    MOST_WORDS,
    FeedbackItem,
    HowOften,
    ItemAnswer,
    MentoringSkill,
    WhyNot,
    given,
)
from messages.forms import TICKED, Checkbox, Input, MultiSelect, Option, Select, Submission, TextInput
from messages.voice import Voice

AGREE = {5: "Yes, fully", 4: "Mostly", 3: "Half and half", 2: "Not really", 1: "No"}
HOW_OFTEN = {HowOften.TOO_SELDOM: "Too seldom", HowOften.JUST_RIGHT: "Just right", HowOften.TOO_OFTEN: "Too often"}
SKILLS = {
    MentoringSkill.EXPECT: "Agree early on what each of us expects",
    MentoringSkill.TALK: "Listen so that people go on talking, and make myself clear",
    MentoringSkill.FEEDBACK: "Say what is good and what is not, so that it can be used",
    MentoringSkill.GOALS: "Help people set goals of their own, and keep them in sight",
    MentoringSkill.GROWTH: "Let people find the answer, and do more alone each time",
    MentoringSkill.CAREER: "Open doors: people, chances, the next step",
    MentoringSkill.CLIMATE: "Make it safe to ask and to fail",
    MentoringSkill.FAIR: "Notice where rules or habits are unfair, and do something about it",
    MentoringSkill.RESPECT: "Meet people whose life is unlike mine with respect and curiosity",
}
WHY_NOT = {
    WhyNot.NO_TIME: "We found no time",
    WhyNot.NO_REPLY: "I did not hear back",
    WhyNot.NO_FIT: "It was not a good fit",
    WhyNot.PLANS_CHANGED: "My plans changed",
    WhyNot.OTHER: "Something else",
}


def of_the_two() -> Iterator[Input]:
    """How the two get on."""
    yield Select(
        block_id=FieldName.TRUST,
        label="I can say openly what I think.",
        options=[Option(str(score), f"{score} – {says}") for score, says in AGREE.items()],
        optional=True,
    )
    yield Select(
        block_id=FieldName.OFTEN,
        label="We meet …",
        options=[Option(often, says) for often, says in HOW_OFTEN.items()],
        optional=True,
    )


def to_learn(voice: Voice) -> Iterator[Input]:
    """What the person would like to learn: from a list, and in their own words."""
    yield MultiSelect(
        block_id=FieldName.LEARN,
        label="What would you like to learn, or practise?",
        hint=f"All {voice.mentors} see how often each is chosen, for at least ten people together.",
        options=[Option(skill, says) for skill, says in SKILLS.items()],
        nothing="Choose as many as you like",
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.LEARN_WORDS, label="Anything else you’d like to learn?", most=MOST_IN_LINE, optional=True
    )


def contact() -> Input:
    return Checkbox(
        block_id=FieldName.MAY_CONTACT,
        label="May a programme owner contact you?",
        hint="If you tick this, I tell the owners your name, and none of your answers.",
        text="Yes, an owner may contact me",
        optional=True,
    )


def sign_rating() -> Input:
    """To share the rating and the comments with the owners, with the name."""
    return Checkbox(
        block_id=FieldName.SIGNED,
        label="Share the rating and comments with your name?",
        hint="If you tick this, the owners read these three answers with your name. They are then in no average.",
        text="Yes, the owners may read them with my name",
        optional=True,
    )


def sign_words() -> Input:
    """To share what was typed right above with the owners, with the name."""
    return Checkbox(
        block_id=FieldName.SIGNED_WORDS,
        label="Share this answer with your name?",
        hint="If you tick this, the owners read this one answer with your name.",
        text="Yes, the owners may read it with my name",
        optional=True,
    )


def never_met(*, is_needed: bool = True) -> Iterator[Input]:
    """What two people who never met are asked instead of the closing survey."""
    yield MultiSelect(
        block_id=FieldName.WHY_NOT,
        label="Why did you not meet?",
        hint="Choose as many as you like.",
        options=[Option(why, says) for why, says in WHY_NOT.items()],
        optional=not is_needed,
    )
    yield TextInput(
        block_id=FieldName.WORDS, label="What should we do differently?", most=MOST_WORDS, lines=True, optional=True
    )
    yield sign_words()


class CheckInItems(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    trust: int | None = None
    often: HowOften | None = None
    learn: tuple[MentoringSkill, ...] = ()
    learn_words: str = ""
    may_contact: tuple[str, ...] = ()

    def answers(self) -> tuple[ItemAnswer, ...]:
        """What was answered; a question that was left out has no answer."""
        allowed = (CONTACT_ALLOWED,) if TICKED in self.may_contact else ()
        return given(
            (
                ItemAnswer(FeedbackItem.TRUST, score=self.trust),
                ItemAnswer(FeedbackItem.OFTEN, chosen=(self.often,) if self.often else ()),
                ItemAnswer(FeedbackItem.LEARN, chosen=tuple(self.learn), words=self.learn_words),
                ItemAnswer(FeedbackItem.CONTACT, chosen=allowed),
            )
        )


class NeverMetItems(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    why_not: tuple[WhyNot, ...] = ()
    words: str = ""
    signed_words: tuple[str, ...] = ()

    def answers(self) -> tuple[ItemAnswer, ...]:
        return given(
            (
                ItemAnswer(FeedbackItem.WHY_NOT, chosen=tuple(self.why_not)),
                ItemAnswer(FeedbackItem.WORDS, words=self.words, is_signed=TICKED in self.signed_words),
            )
        )
