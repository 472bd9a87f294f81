"""Deleting the log of a meeting: the button, and what is shown afterwards (D1.14)."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from messages.blocks import button, confirm, sentence_view
from messages.ids import DELETE_MEETING
from messages.programmes.cohorts import day
from messages.text import mention


def delete_button(meeting: str, version: int, met_on: date | None = None) -> ButtonElement:
    """Deletes the log of a meeting (its id), of which this version is shown; `met_on` tells those of a list apart."""
    asks = confirm(
        "Delete this log?",
        "Its notes are deleted, too, and I’ll tell the other person. This cannot be undone.",
        yes="Delete",
        no="Go back",
    )
    value = f"{meeting}:{version}"
    if met_on:
        aloud = f"Delete the log of {day(met_on)}"
        return button("Delete", DELETE_MEETING, value, confirm=asks, accessibility_label=aloud)
    return button("Delete this log", DELETE_MEETING, value, style="danger", confirm=asks)


def deleted_view(other: str) -> dict[str, Any]:
    """What is shown in place of the form, once the log is deleted. `other` (a Slack user id, or "") is told."""
    told = f" I’ll tell {mention(other)}." if other else ""
    return sentence_view("Log deleted", f"The log is deleted, with its notes.{told}")
