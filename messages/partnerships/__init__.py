"""Partnerships: one's own with their meetings, and for the owners all of them without (D2.7)."""

from messages.partnerships.again import after_all, rather_not
from messages.partnerships.all import all_view
from messages.partnerships.buttons import end_button, go_back_button, log_button, see_button
from messages.partnerships.own import Own, view

__all__ = [
    "Own",
    "after_all",
    "all_view",
    "end_button",
    "go_back_button",
    "log_button",
    "rather_not",
    "see_button",
    "view",
]
