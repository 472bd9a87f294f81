"""The survey before the two first meet: the form, its parser, the button and where it is offered (D1.8)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.programmes import Programme
from mentoring.feedback.added import added_before
from mentoring.feedback.answers import Question
from mentoring.feedback.baseline import role_of
from mentoring.feedback.items import MOST_AREAS, OUTCOMES, SHELF_BEFORE, FeedbackItem, ItemAnswer, field_of, given
from mentoring.partnerships.partnership import Partnership
from messages.blocks import button, modal, section, sentence_view, small_print
from messages.feedback.added import added_inputs
from messages.feedback.averages import AT_LEAST
from messages.feedback.outcomes import CANNOT_SAY, area_options, where_i_stand
from messages.forms import FormMetadata, Input, MultiSelect, Select, Submission, Values
from messages.ids import BASELINE_FORM, OPEN_BASELINE
from messages.programmes.cohorts import day
from messages.text import mention
from messages.voice import Voice

TITLE: Final = "Before we begin"


def baseline_button(partnership_id: str) -> ButtonElement:
    return button(TITLE, OPEN_BASELINE, partnership_id)


def for_both(partnership: Partnership) -> Block:
    """In the introduction, which both read."""
    words = (
        "*Before you first meet,* please each answer a few short questions. It takes two minutes, and you don’t see "
        "each other’s answers."
    )
    return section(words, baseline_button(partnership.id))


def offer(partnership: Partnership) -> list[Block]:
    """To a person who has not answered."""
    words = "*Before you first meet,* please answer a few short questions. It takes two minutes."
    return [section(words, baseline_button(partnership.id))]


def baseline_form(
    values: Values,
    partnership: Partnership,
    *,
    by: str,
    until: date,
    programme: Programme,
    restored: bool = False,
) -> dict[str, Any]:
    """The form for `by`, filled with `values`. `until` is their last day to answer."""
    other = mention(partnership.other(by))
    words = (
        f"Where you stand now, and what matters to you, before you and {other} first meet. It takes two minutes. I ask "
        "it again at the end, so that the programme learns what has changed.\n"
        f"*Who sees your answers?* I never show them with your name: not to {other}, not to the programme owners. "
        f"Owners see numbers of at least {AT_LEAST} people together, and may pass them on in a report. If all of these "
        "people answer alike, that shows. "
        f"Please answer by {day(until)}."
    )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    blocks += [field.block(values) for field in _fields(partnership, by, programme)]
    meta = FormMetadata(form=Question.BASELINE, about=partnership.id).dump()
    return modal(BASELINE_FORM, TITLE, blocks, submit="Send", close="Cancel", private_metadata=meta)


def thanks() -> dict[str, Any]:
    """In place of the form, once it is saved."""
    return sentence_view(
        TITLE,
        f"*Thank you. Your answers are saved.* To change them before you first meet, press *{TITLE}* in the message "
        "that introduced you. Answers are counted on Mondays, and can’t be changed afterwards.",
    )


def answers_as_values(answers: Sequence[ItemAnswer]) -> dict[str, str | list[str] | None]:
    """What fills the form for a person who corrects their answers."""
    said = {answer.item: answer for answer in answers}
    values: dict[str, str | list[str] | None] = dict.fromkeys(map(field_of, OUTCOMES), CANNOT_SAY)
    values |= {field_of(item): str(said[item].score) for item in (*OUTCOMES, *SHELF_BEFORE) if item in said}
    for item in (FeedbackItem.MATTERS, FeedbackItem.MOST):
        chosen = list(said[item].chosen) if item in said else []
        values[field_of(item)] = chosen if item is FeedbackItem.MATTERS else next(iter(chosen), None)
    return values


def _fields(partnership: Partnership, by: str, programme: Programme) -> Iterator[Input]:
    role = role_of(partnership, by)
    yield from where_i_stand(role, Voice(programme, marked=False))
    yield from added_inputs(added_before(programme))
    yield MultiSelect(
        block_id=field_of(FeedbackItem.MATTERS),
        label="What matters to you?",
        hint=f"Up to {MOST_AREAS}. I’ll ask you later how well it comes about.",
        options=area_options(role),
    )
    yield Select(
        block_id=field_of(FeedbackItem.MOST),
        label="Which of these matters most?",
        hint="Only if you chose more than one.",
        options=area_options(role),
        optional=True,
    )


class BaselineSubmission(Submission):
    direction: int | None = None
    next_step: int | None = None
    able: int | None = None
    people: int | None = None
    belong: int | None = None
    stay: int | None = None
    matters: tuple[FeedbackItem, ...] = ()
    most: FeedbackItem | None = None


def parse_baseline(values: Values) -> tuple[ItemAnswer, ...]:
    """The answers, as the rules take them. Raises ValueError for input that the form cannot have sent; the message does
    not repeat it.
    """
    sent = BaselineSubmission.read(values)
    scores = (sent.direction, sent.next_step, sent.able, sent.people)
    return given(
        (
            *(ItemAnswer(item, score=score or None) for item, score in zip(OUTCOMES, scores, strict=True)),
            *(
                ItemAnswer(item, score=score)
                for item, score in zip(SHELF_BEFORE, (sent.belong, sent.stay), strict=True)
            ),
            ItemAnswer(FeedbackItem.MATTERS, chosen=tuple(sent.matters)),
            ItemAnswer(FeedbackItem.MOST, chosen=(sent.most,) if sent.most else ()),
        )
    )
