"""The application form and its parser, and how an application is shown."""

from messages.applications.card import SHARED_TITLE, OwnerActions, card, hopes_are_shared, owner_view
from messages.applications.form import (
    correction_form,
    form,
    parse,
    values_known,
    values_of,
    values_of_other,
    waiting,
)

__all__ = [
    "SHARED_TITLE",
    "OwnerActions",
    "card",
    "correction_form",
    "form",
    "hopes_are_shared",
    "owner_view",
    "parse",
    "values_known",
    "values_of",
    "values_of_other",
    "waiting",
]
