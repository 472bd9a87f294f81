"""Sentences of refusals about agreements."""

from mentoring.agreements.errors import (
    AfterTheEnd,
    AgreementChanged,
    AgreementsOff,
    AtTheEnd,
    NoLongerPossible,
    NothingToSign,
    TooManyGoalsNamed,
    TooSoon,
)
from mentoring.partnerships.errors import EndNotAllowed, PartnershipPaused
from messages.errors.registry import register_sentence, see_status
from messages.lengths import counted
from messages.programmes.cohorts import day
from messages.voice import Voice, capital


@register_sentence.register
def _(error: AgreementsOff, voice: Voice) -> str:
    return f"This programme doesn’t use agreements. If you’d like one, ask {voice.contact}."


@register_sentence.register
def _(error: PartnershipPaused, voice: Voice) -> str:
    until = f" until {day(error.until)}" if error.until else ""
    paused = f"Your {voice.partnership} is paused{until}."
    return f"{paused} The agreement stays as it is until it carries on. Nothing is lost."


@register_sentence.register
def _(error: TooManyGoalsNamed, voice: Voice) -> str:
    return f"Choose up to {counted(error.most)} goals."


@register_sentence.register
def _(error: AtTheEnd, voice: Voice) -> str:
    ended = f"Your {voice.partnership} has come to its agreed end on {day(error.ended_on)}"
    return f"{ended}, so the agreement stays as it is."


@register_sentence.register
def _(error: AgreementChanged, voice: Voice) -> str:
    who = voice.person(error.by, "The other person")
    return f"{who} has changed the agreement meanwhile, so nothing was signed. Read what it says now."


@register_sentence.register
def _(error: NothingToSign, voice: Voice) -> str:
    return f"There’s no agreement to sign yet. {see_status(voice)}"


@register_sentence.register
def _(error: NoLongerPossible, voice: Voice) -> str:
    return (
        "This version can’t be signed any more: a day in it has passed, or the programme’s limits have changed. Press "
        "“Change it” and check it."
    )


@register_sentence.register
def _(error: EndNotAllowed, voice: Voice) -> str:
    if error.latest < error.earliest:
        return f"The end can’t be moved any more. Choose {day(error.current)}."
    days = f"Choose a day from {day(error.earliest)} to {day(error.latest)}."
    return f"{days} {capital(voice.partnerships)} of this programme last that long."


@register_sentence.register
def _(error: AfterTheEnd, voice: Voice) -> str:
    return "This is after the end that you chose above. Choose that day or an earlier one."


@register_sentence.register
def _(error: TooSoon, voice: Voice) -> str:
    return f"Choose {day(error.earliest)} or a later day."
