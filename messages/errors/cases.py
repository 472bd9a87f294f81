"""Sentences of refusals about help in confidence."""

from mentoring.cases.errors import CaseClosed, NobodyToAsk, NoSuchCase
from messages.errors.registry import register_sentence
from messages.voice import Voice


@register_sentence.register
def _(error: NobodyToAsk, voice: Voice) -> str:
    return (
        "Everyone I could pass this on to is close to it, or away. Talk to somebody outside the programme whom you "
        "trust."
    )


@register_sentence.register
def _(error: NoSuchCase, voice: Voice) -> str:
    return "This is no longer there, or somebody else was asked."


@register_sentence.register
def _(error: CaseClosed, voice: Voice) -> str:
    return "This is closed already. What they wrote is deleted. To talk more, message them directly."
