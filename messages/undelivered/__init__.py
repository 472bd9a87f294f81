"""What did not arrive, as the owners read it."""

from messages.undelivered.card import card
from messages.undelivered.settled import settled

__all__ = ["card", "settled"]
