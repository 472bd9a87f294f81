"""Sentences of refusals about what owners do about a partnership."""

from mentoring.oversight.asking import OversightKind
from mentoring.oversight.errors import (
    AlreadyResponsible,
    AskedLately,
    BothAreBack,
    MeetingNear,
    OneOfTheTwo,
    RemindedLately,
    WroteLately,
)
from messages.errors.registry import register_sentence
from messages.programmes.cohorts import day
from messages.voice import Voice

_DONE = {
    OversightKind.NUDGE: "reminded these two",
    OversightKind.HELP: "offered these two help",
    OversightKind.STANDING: "asked these two how it’s going",
    OversightKind.ANOTHER: "offered both another match",
}


@register_sentence.register
def _(error: OneOfTheTwo, voice: Voice) -> str:
    return f"You’re one of these two people, so another owner looks after this {voice.partnership}."


@register_sentence.register
def _(error: AskedLately, voice: Voice) -> str:
    who = voice.person(error.by, "An owner")
    done = _DONE[OversightKind(error.kind)]
    return f"{who} {done} on {day(error.asked_on)}. You can do it again from {day(error.again_on)}."


@register_sentence.register
def _(error: WroteLately, voice: Voice) -> str:
    who = voice.person(error.by, "An owner")
    done = _DONE[OversightKind(error.kind)]
    asked, again = f"{who} {done} on {day(error.asked_on)}", f"You can write to them from {day(error.again_on)}"
    if error.kind == OversightKind.STANDING:
        return f"{asked}. {again}, or once one answers."
    return f"{asked}. {again}."


@register_sentence.register
def _(error: MeetingNear, voice: Voice) -> str:
    return "These two have met lately, or have a meeting ahead. So I don’t remind them now."


@register_sentence.register
def _(error: BothAreBack, voice: Voice) -> str:
    return "There’s no one to ask: both are available for matching already, or have a deactivated account."


@register_sentence.register
def _(error: AlreadyResponsible, voice: Voice) -> str:
    return f"{voice.person(error.owner, 'This owner')} looks after this {voice.partnership} already."


@register_sentence.register
def _(error: RemindedLately, voice: Voice) -> str:
    return f"I reminded these two on {day(error.reminded_on)}. You can have them reminded from {day(error.again_on)}."
