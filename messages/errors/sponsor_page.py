"""Sentences of refusals about the page for sponsors."""

from mentoring.sponsor_page.sending import PageGone
from messages.errors.registry import register_sentence
from messages.voice import Voice


@register_sentence.register
def _(error: PageGone, voice: Voice) -> str:
    month = f"{error.month:%B} {error.month.year}"
    return f"The page about {month} has gone out. Copy your sentence, and open the form again for the next one."
