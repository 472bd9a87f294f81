"""Programme settings: the card, and a short form for each part (D0.4, D0.7)."""

from messages.programmes.settings_card import card
from messages.programmes.settings_form import form
from messages.programmes.settings_parser import parse, values_of

__all__ = ["card", "form", "parse", "values_of"]
