"""Pauses of one partnership, for which one of the two asks."""
