"""Which sentence a refusal has: each module beside this one registers those of its subject."""

from functools import singledispatch

from mentoring.core.errors import InvalidForm, MentoringError
from messages.voice import Voice

KEPT = "What you typed is kept."


@singledispatch
def register_sentence(error: MentoringError, voice: Voice) -> str:
    """A refusal without a sentence of its own; a test says that there is none."""
    return "That cannot be done as things stand. Nothing has changed."


@register_sentence.register
def _(error: InvalidForm, voice: Voice) -> str:
    return " ".join(dict.fromkeys(register_sentence(reason, voice) for reason in error.reasons))
