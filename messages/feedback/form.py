"""The check-in and the closing survey, with their parsers (D1.8, D1.23, D2.10)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.feedback.added import added_items
from mentoring.feedback.answers import MOST_WORDS, CheckInChoice, FeedbackForm, Question
from mentoring.feedback.baseline import role_of
from mentoring.feedback.items import ALL_AREAS, ItemAnswer, areas_of, given
from mentoring.partnerships.partnership import Partnership
from messages.blocks import modal, section, small_print
from messages.feedback import items
from messages.feedback.averages import AT_LEAST
from messages.feedback.closing import after_the_comments, after_the_rating, closing_answers, scores
from messages.feedback.items import CheckInItems, NeverMetItems
from messages.feedback.outcomes import how_it_comes_about
from messages.forms import TICKED, FormMetadata, Input, Option, Select, Submission, TextInput, Values
from messages.ids import CHECK_IN_FORM, NEVER_MET_FORM, SURVEY_FORM
from messages.partnerships.summary import other_in_sentence
from messages.text import mention
from messages.voice import Voice

RATINGS = {5: "Very well", 4: "Well", 3: "OK", 2: "Not so well", 1: "Not well at all"}
WORTH = {5: "Very much", 4: "A good deal", 3: "Somewhat", 2: "A little", 1: "Not at all"}


def form(
    question: Question,
    partnership: Partnership,
    values: Values,
    *,
    by: str,
    programme: Programme,
    names: Mapping[str, str],
    meta: FormMetadata | None = None,
    restored: bool = False,
    never_met: bool = False,
    baseline: Sequence[ItemAnswer] = (),
    can_sign: bool = True,
) -> dict[str, Any]:
    """The form as a view for `by`, filled with `values`; `names` are display names by Slack user id. Its metadata has
    the partnership's id. `never_met` is the closing survey of two people who have logged no meeting, and `baseline`
    what the person answered before the first one. `can_sign`: an owner who is not one of the two can read an answer
    with the name.
    """
    voice = Voice(programme)
    callback_id, title = (
        _TITLES[question]
        if not never_met
        else (NEVER_MET_FORM, "Before it closes" if partnership.is_active else "Looking back")
    )
    blocks: list[Block] = [
        section(_introduction(question, partnership, mention(partnership.other(by)), voice, never_met, can_sign))
    ]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    plain = Voice(programme, marked=False)
    other = other_in_sentence(partnership, by, names.get(partnership.other(by), ""), programme)
    is_needed = partnership.is_active
    if never_met:
        fields = items.never_met(is_needed=is_needed)
    elif question is Question.CHECK_IN:
        fields = _check_in(other, plain, baseline)
    elif is_needed:
        fields = _survey(
            other, plain, after_the_rating(role_of(partnership, by), plain, other, baseline, added_items(programme))
        )
    else:
        fields = _early_survey(other, plain)
    signing = (FieldName.SIGNED, FieldName.SIGNED_WORDS)
    blocks += [field.block(values) for field in fields if can_sign or field.block_id not in signing]
    return modal(
        callback_id,
        title,
        blocks,
        submit="Send",
        close="Cancel",
        private_metadata=(meta or FormMetadata(form=question, about=partnership.id)).dump(),
    )


_TITLES = {Question.CHECK_IN: (CHECK_IN_FORM, "Check-in"), Question.SURVEY: (SURVEY_FORM, "Closing survey")}


class FeedbackSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    rating: int | None = None
    helps: str = ""
    hinders: str = ""
    decision: CheckInChoice | None = None
    signed: tuple[str, ...] = ()

    @property
    def is_signed(self) -> bool:
        return TICKED in self.signed


def parse(question: Question, values: Values, *, never_met: bool = False) -> FeedbackForm:
    """The input as the rules take it; empty fields are empty values, which the rules refuse. `never_met` as in `form`.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it.
    """
    if never_met:
        return FeedbackForm(None, items=NeverMetItems.read(values).answers(), never_met=True)
    sent = FeedbackSubmission.read(values)
    if question is not Question.CHECK_IN:
        closing = given(closing_answers(values))
        return FeedbackForm(sent.rating, sent.helps, sent.hinders, items=closing, is_signed=sent.is_signed)
    further = given((*CheckInItems.read(values).answers(), *scores(values, ALL_AREAS)))
    return FeedbackForm(sent.rating, sent.helps, sent.hinders, sent.decision, items=further, is_signed=sent.is_signed)


def _introduction(
    question: Question, partnership: Partnership, other: str, voice: Voice, never_met: bool, can_sign: bool
) -> str:
    if question is Question.CHECK_IN:
        about = f"About your {voice.partnership} with {other}. It takes three minutes. You need not answer everything."
    elif not partnership.is_active:
        none = " No meeting is logged." if never_met else ""
        about = f"Your {voice.partnership} with {other} has ended.{none} *You need not answer any of this.*"
    else:
        about = f"Your {voice.partnership} with {other} has come to its agreed end. "
        about += (
            "No meeting is logged. If you did meet, close this form, log the meeting, and open the survey again."
            if never_met
            else "The survey takes three minutes. Only the first question needs an answer."
        )
    tick = "You can tick below that the owners may read an answer with your name. " if can_sign else ""
    return (
        f"{about}\n*Who sees your answers?* I don’t show them to {other}. I show the programme owners numbers and "
        f"comments of at least {AT_LEAST} people together, without names, and they may pass these on to sponsors in a "
        f"report. {tick}If all people of a group answer alike, that shows, and someone may recognise how or what you "
        "write. Please don’t name anyone."
    )


def _check_in(other: str, voice: Voice, baseline: Sequence[ItemAnswer]) -> Iterator[Input]:
    yield _rating(
        f"How is it going with {other}?",
        RATINGS,
        hint="If you haven’t met, choose what fits best and say so below.",
    )
    yield from how_it_comes_about(areas_of(baseline)[:1])
    yield from items.of_the_two()
    yield _words(FieldName.HELPS, "What helps?")
    yield _words(FieldName.HINDERS, "What gets in the way?")
    yield items.sign_rating()
    yield from items.to_learn(voice)
    yield Select(
        block_id=FieldName.DECISION,
        label="What would you like to do?",
        hint=(
            "If you’d like a change, I tell no one, and show you where to agree on it. If you ask to talk, I tell the "
            "owners that you’d like to, and nothing more about you. If you end it, you "
            f"and {other} get the same message. It doesn’t say who ended it."
        ),
        options=[
            Option(CheckInChoice.GO_ON, "Carry on as we are"),
            Option(CheckInChoice.CHANGE, "Carry on, and change something"),
            Option(CheckInChoice.A_WORD, "Carry on, and talk to a programme owner"),
            Option(CheckInChoice.END, f"End the {voice.partnership} now"),
        ],
    )
    yield items.contact()


def _survey(other: str, voice: Voice, further: Iterable[Input]) -> Iterator[Input]:
    yield _rating(_worth(other, voice), WORTH)
    yield from further
    yield from _what_helped()
    yield from after_the_comments()


def _early_survey(other: str, voice: Voice) -> Iterator[Input]:
    """The short one, after an early end."""
    hint = "If you leave this out, I show your comments only if you share them with your name."
    yield _rating(_worth(other, voice), WORTH, hint=hint, optional=True)
    yield from _what_helped()


def _worth(other: str, voice: Voice) -> str:
    return f"Was the {voice.partnership} with {other} worth your time?"


def _what_helped() -> Iterator[Input]:
    yield _words(FieldName.HELPS, "What helped?")
    yield _words(FieldName.HINDERS, "What got in the way?")
    yield items.sign_rating()


def _rating(label: str, words: Mapping[int, str], *, hint: str = "", optional: bool = False) -> Select:
    return Select(
        block_id=FieldName.RATING,
        label=label,
        hint=hint,
        optional=optional,
        options=[Option(str(value), f"{value} – {says}") for value, says in words.items()],
    )


def _words(about: FieldName, label: str) -> TextInput:
    return TextInput(block_id=about, label=label, most=MOST_WORDS, lines=True, optional=True)
