"""The form with which people ask for a mentor or offer to be one, what was sent with it, and how that is shown."""

from messages.applications.card import card, owner_view
from messages.applications.form import form, parse, values_known, values_of

__all__ = ["card", "form", "owner_view", "parse", "values_known", "values_of"]
