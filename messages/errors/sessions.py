"""Sentences of refusals about sessions."""

from mentoring.sessions.errors import (
    NobodyToInvite,
    NoSuchSession,
    NotANumber,
    PlacesTaken,
    SessionForOthers,
    SessionOver,
    SessionSoon,
)
from messages.errors.registry import register_sentence
from messages.text import plural
from messages.voice import Voice


@register_sentence.register
def _(error: NoSuchSession, voice: Voice) -> str:
    return "This session isn’t here any more."


@register_sentence.register
def _(error: SessionOver, voice: Voice) -> str:
    return "This session is cancelled." if error.is_cancelled else "This session is over."


@register_sentence.register
def _(error: SessionForOthers, voice: Voice) -> str:
    return f"This session is for others who take part in {voice.name}. Would you like to come? Ask {voice.contact}."


@register_sentence.register
def _(error: SessionSoon, voice: Voice) -> str:
    return "That time has passed. Choose a day and time ahead."


@register_sentence.register
def _(error: PlacesTaken, voice: Voice) -> str:
    come = plural(error.coming, "person has", "people have")
    return f"Give at least {plural(error.coming, 'place', 'places')}, or leave it empty: {come} said that they come."


@register_sentence.register
def _(error: NotANumber, voice: Voice) -> str:
    return f"Write a whole number from {error.least} to {error.most:,}, or leave it empty."


@register_sentence.register
def _(error: NobodyToInvite, voice: Voice) -> str:
    return "Everyone whom the session is for has an invitation already. New applicants see it at Home."
