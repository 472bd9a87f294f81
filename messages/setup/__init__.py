"""Setting up a programme: where it stands, and the short forms with which its owners change it (D0.4, D0.7)."""

from messages.setup.cards import card
from messages.setup.fields import form
from messages.setup.reading import parse
from messages.setup.values import values_of

__all__ = ["card", "form", "parse", "values_of"]
