"""The application form and its parser, and how an application is shown."""

from messages.applications.card import OwnerActions, card, owner_view
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
    "OwnerActions",
    "card",
    "correction_form",
    "form",
    "owner_view",
    "parse",
    "values_known",
    "values_of",
    "values_of_other",
    "waiting",
]
