"""Sentences of refusals about erasing a person."""

from mentoring.own_data.errors import InAnotherProgramme, IsAdministrator, OnlyOwner, StillHere
from messages.errors.registry import register_sentence, typed_command
from messages.text import escape, join
from messages.voice import Voice


@register_sentence.register
def _(error: OnlyOwner, voice: Voice) -> str:
    plain = [f"“{each}”" if each else "the mentoring programme" for each in error.programmes]
    names = join([escape(each) for each in plain] if voice.marked else plain)
    who = "You’re" if error.own else "They’re"
    return (
        f"{who} the only owner of {names}. Name another owner first: type {typed_command(voice, 'setup')}. Nothing has "
        "changed."
    )


@register_sentence.register
def _(error: IsAdministrator, voice: Voice) -> str:
    who, them = ("You’re", "you") if error.own else ("They’re", "them")
    return (
        f"{who} named in the app’s settings, to start programmes. Nothing has changed. Ask the app admin to take "
        f"{them} out of {'`MENTOR_OWNERS`' if voice.marked else 'MENTOR_OWNERS'} first."
    )


@register_sentence.register
def _(error: StillHere, voice: Voice) -> str:
    return (
        "You can erase only people whose account is deactivated. Anyone else can do it themselves: they type "
        f"{typed_command(voice, 'privacy')}."
    )


@register_sentence.register
def _(error: InAnotherProgramme, voice: Voice) -> str:
    return "They also have a part in another programme, and an erasure holds in all. Ask the app admin to erase them."
