"""Sentences of refusals of a decision list, row by row."""

from mentoring.matching.errors import Contradicted, HeldByOtherOwner, WrongPair
from messages.errors.registry import register_sentence
from messages.text import join
from messages.voice import Voice


@register_sentence.register
def _(error: HeldByOtherOwner, voice: Voice) -> str:
    who = voice.person(error.by, "Another owner")
    return f"{who} has approved or kept the proposal on this line. Reject it in Matches first."


@register_sentence.register
def _(error: WrongPair, voice: Voice) -> str:
    return (
        "The proposal on this line isn’t for these two people. To pair them instead, write “pair” in the column "
        "“decision”."
    )


@register_sentence.register
def _(error: Contradicted, voice: Voice) -> str:
    lines = join([str(line) for line in error.lines])
    return f"Lines {lines} make different decisions about the same two people. Keep only one decision."
