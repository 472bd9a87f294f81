"""Sentences of refusals about action items."""

from mentoring.items.errors import DueInThePast, NoSuchItem, TooManyItems, TooManyLines
from messages.errors.registry import register_sentence
from messages.voice import Voice


@register_sentence.register
def _(error: DueInThePast, voice: Voice) -> str:
    return "That day has passed. Choose today or a later day."


@register_sentence.register
def _(error: TooManyItems, voice: Voice) -> str:
    return f"You two can have {error.most} open action items at once. Tick or drop one first."


@register_sentence.register
def _(error: TooManyLines, voice: Voice) -> str:
    return f"There is room for {error.most} lines. Leave some out, or join two of them."


@register_sentence.register
def _(error: NoSuchItem, voice: Voice) -> str:
    return "This action item is no longer there. Press “Action items” to see those that are."
