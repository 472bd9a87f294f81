"""Sentences of refusals about the communication plan."""

from mentoring.announcements.errors import (
    CallTooLate,
    MomentPassed,
    NamesInDirectMessage,
    NoChannels,
    NoSuchAnnouncement,
    NotAChannel,
    PlanFull,
    TextWanted,
    TooManyDirect,
    UnknownPlaceholder,
)
from messages.errors.registry import register_sentence
from messages.programmes.cohorts import day
from messages.voice import Voice


@register_sentence.register
def _(error: UnknownPlaceholder, voice: Voice) -> str:
    unknown = f"Line {error.line} has a placeholder that I don’t know."
    if error.near:
        return f"{unknown} Perhaps you mean {{{error.near}}}."
    return f"{unknown} The line below the text lists those that I know."


@register_sentence.register
def _(error: NamesInDirectMessage, voice: Voice) -> str:
    return "Use {names} in channels only. Choose channels below, or leave it out."


@register_sentence.register
def _(error: TooManyDirect, voice: Voice) -> str:
    return (
        f"People get at most {error.most} direct messages from this plan in a round. Choose channels instead, or leave "
        "another out."
    )


@register_sentence.register
def _(error: NotAChannel, voice: Voice) -> str:
    return "Choose channels only."


@register_sentence.register
def _(error: NoChannels, voice: Voice) -> str:
    return "Choose the channels first: press Change."


@register_sentence.register
def _(error: TextWanted, voice: Voice) -> str:
    return "Write what changes first: press Change. Only you know it."


@register_sentence.register
def _(error: NoSuchAnnouncement, voice: Voice) -> str:
    return "This announcement has been sent, stopped or left out meanwhile. The plan shows how it stands."


@register_sentence.register
def _(error: CallTooLate, voice: Voice) -> str:
    return f"Applications close on {day(error.apply_by)}, so this call would come too late. Choose an earlier time."


@register_sentence.register
def _(error: MomentPassed, voice: Voice) -> str:
    return "That time has passed. Choose a day and time ahead."


@register_sentence.register
def _(error: PlanFull, voice: Voice) -> str:
    return f"A plan has at most {error.most} announcements. Change one that hasn’t gone out yet."
