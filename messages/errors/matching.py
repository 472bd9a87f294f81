"""Sentences of refusals of decisions about several proposals: a decision list, row by row, and an approval of many."""

from mentoring.matching.approvals import CloserLook
from mentoring.matching.errors import Contradicted, HeldByOtherOwner, NeedsCloserLook, WrongPair
from messages.errors.registry import register_sentence
from messages.text import join
from messages.voice import Voice, capital


@register_sentence.register
def _(error: HeldByOtherOwner, voice: Voice) -> str:
    who = voice.person(error.by, capital(voice.another_approver))
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


_CLOSER_LOOK = {
    CloserLook.EXEMPTION: "It has an exception to a rule",
    CloserLook.WARNING: "It has a warning",
    CloserLook.LOW_SCORE: "Its score is low",
}


@register_sentence.register
def _(error: NeedsCloserLook, voice: Voice) -> str:
    return f"{_CLOSER_LOOK[CloserLook(error.why)]}, so approve it by itself in Matches."
