"""Maps each refusal to its sentence. The modules of this package register them by subject."""

from functools import singledispatch

from mentoring.core.errors import InvalidForm, MentoringError
from messages.ids import COMMAND
from messages.voice import Voice

KEPT = "We kept what you typed."


def typed_command(voice: Voice, word: str = "") -> str:
    """A command to type: code in mrkdwn, bare in plain text."""
    command = f"{COMMAND} {word}".rstrip()
    return f"`{command}`" if voice.marked else command


def see_status(voice: Voice) -> str:
    return f"To see where you stand, type {typed_command(voice, 'status')}."


def see_help(voice: Voice) -> str:
    return f"To see what you can do, type {typed_command(voice)}."


@singledispatch
def register_sentence(error: MentoringError, voice: Voice) -> str:
    """The fallback; a test checks that every refusal has its own sentence."""
    return "That isn’t possible right now. Nothing has changed."


@register_sentence.register
def _(error: InvalidForm, voice: Voice) -> str:
    return " ".join(dict.fromkeys(register_sentence(reason, voice) for reason in error.reasons))
