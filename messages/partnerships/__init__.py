"""A person's own partnerships with their meetings, and all partnerships for owners (D2.7)."""

from messages.partnerships.buttons import after_all, end_button, go_back_button, log_button, rather_not, see_button
from messages.partnerships.own_view import view

__all__ = [
    "after_all",
    "end_button",
    "go_back_button",
    "log_button",
    "rather_not",
    "see_button",
    "view",
]
