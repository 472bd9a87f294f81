"""Notifications: their context, when they are sent, and what was not delivered."""
