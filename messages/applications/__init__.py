"""The application form and its parser, and how an application is shown."""

from messages.applications.all_view import all_view
from messages.applications.card import card, owner_view
from messages.applications.form import form, parse, values_known, values_of, values_of_other, waiting

__all__ = ["all_view", "card", "form", "owner_view", "parse", "values_known", "values_of", "values_of_other", "waiting"]
