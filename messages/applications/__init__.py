"""The application form and its parser, and how an application is shown."""

from messages.applications.card import SHARED_TITLE, OwnerActions, card, hopes_are_shared, owner_view
from messages.applications.entry_form import asking_slack, choose_person, chosen_person, entry_form
from messages.applications.form import (
    correction_form,
    form,
    parse,
    values_known,
    values_of,
    values_of_other,
    values_suggested,
    waiting,
)

__all__ = [
    "SHARED_TITLE",
    "OwnerActions",
    "asking_slack",
    "card",
    "choose_person",
    "chosen_person",
    "correction_form",
    "entry_form",
    "form",
    "hopes_are_shared",
    "owner_view",
    "parse",
    "values_known",
    "values_of",
    "values_of_other",
    "values_suggested",
    "waiting",
]
