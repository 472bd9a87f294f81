"""Invitations to apply (D0.20)."""
