"""Programme settings: the card, and a short form for each part (D0.4, D0.7)."""

from messages.programmes.guide import guide_overview
from messages.programmes.settings_card import card
from messages.programmes.settings_form import form
from messages.programmes.settings_parser import parse, values_of
from messages.programmes.suggestions import suggested

__all__ = ["card", "form", "guide_overview", "parse", "suggested", "values_of"]
