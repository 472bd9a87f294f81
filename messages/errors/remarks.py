"""Sentences of refusals about what people tell the programme."""

from mentoring.remarks.errors import NoSuchRemark, NotCollectedNow, NotTakingPart
from messages.errors.registry import register_sentence
from messages.voice import Voice


@register_sentence.register
def _(error: NotTakingPart, voice: Voice) -> str:
    return f"You can tell the programme something once you take part in this round. Until then, ask {voice.contact}."


@register_sentence.register
def _(error: NoSuchRemark, voice: Voice) -> str:
    return "This is no longer there, or it is for the programme owners only."


@register_sentence.register
def _(error: NotCollectedNow, voice: Voice) -> str:
    return "The round is over, so nothing is collected without names now. You can send it with your name."
