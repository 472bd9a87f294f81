"""Sentences of refusals about surveys."""

from mentoring.feedback.errors import BaselineClosed, BaselineCounted, MostNotChosen
from messages.errors.registry import register_sentence
from messages.programmes.cohorts import day
from messages.voice import Voice


@register_sentence.register
def _(error: BaselineClosed, voice: Voice) -> str:
    if error.until is None:
        return (
            "These questions are for the time before your first meeting, and a meeting is logged. You don’t need to "
            "do anything."
        )
    return f"These questions closed on {day(error.until)}, so your answers aren’t saved. You don’t need to do anything."


@register_sentence.register
def _(error: BaselineCounted, voice: Voice) -> str:
    return "Your answers are counted by now, so they can’t be changed any more. Thank you for them."


@register_sentence.register
def _(error: MostNotChosen, voice: Voice) -> str:
    return "Choose one of those you ticked above."
