"""Inviting people to apply who would not ask by themselves (D0.20)."""
