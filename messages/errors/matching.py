"""What stands in the way of what the committee ruled in a list, line by line."""

from mentoring.matching.errors import Contradicted, HeldByOtherOwner, WrongPair
from messages.errors.registry import register_sentence
from messages.text import join
from messages.voice import Voice


@register_sentence.register
def _(error: HeldByOtherOwner, voice: Voice) -> str:
    who = voice.person(error.by, "An owner")
    return (
        f"{who} has approved or kept the proposal whose place these two would take, so it stays as it is. To undo it, "
        "refuse it on the desk first."
    )


@register_sentence.register
def _(error: WrongPair, voice: Voice) -> str:
    return "The proposal of this line is of two others. To bring these two together in its place, decide “pair”."


@register_sentence.register
def _(error: Contradicted, voice: Voice) -> str:
    lines = join([str(line) for line in error.lines])
    return f"Lines {lines} decide differently about the same two. Please leave one decision for them."
