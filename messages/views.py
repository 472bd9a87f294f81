"""A small modal that says something."""

from typing import Any

from messages.blocks import modal, section
from messages.ids import SENTENCE_VIEW


def sentence_view(title: str, sentence: str) -> dict[str, Any]:
    """`title` is plain text of at most 24 characters; `sentence` is mrkdwn."""
    return modal(SENTENCE_VIEW, title, [section(sentence)])
