"""Which sentence a refusal has: each module beside this one registers those of its subject."""

from functools import singledispatch

from mentoring.core.errors import MentoringError, Refused
from messages.voice import Voice

KEPT = "What you typed is kept."


@singledispatch
def say(error: MentoringError, voice: Voice) -> str:
    """A refusal without a sentence of its own; a test says that there is none."""
    return "That cannot be done as things stand. Nothing has changed."


@say.register
def _(error: Refused, voice: Voice) -> str:
    return " ".join(dict.fromkeys(say(reason, voice) for reason in error.reasons))
