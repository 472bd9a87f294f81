"""The review, in which owners decide on matches (D0.13, D1.19)."""

from messages.matching.approvals import approvals_form, approved_text, parse_approvals
from messages.matching.comparison import Two, chosen, forbid_view, two_from, why_not, why_not_answer, why_not_soon
from messages.matching.history import NO_HISTORY, ReviewHistory
from messages.matching.open_offers import (
    asked_again_text,
    extended_text,
    offers_view,
    recalled_text,
    reminded_text,
)
from messages.matching.pairing_forms import pair_form, pair_values, parse_pair, parse_swap, swap_form
from messages.matching.review import not_sent_message, page_of, view
from messages.matching.waiting import WAITING_TITLE, waiting_told
from messages.matching.what_would_help import what_would_help_soon, what_would_help_view

__all__ = [
    "NO_HISTORY",
    "WAITING_TITLE",
    "ReviewHistory",
    "Two",
    "approvals_form",
    "approved_text",
    "asked_again_text",
    "chosen",
    "extended_text",
    "forbid_view",
    "not_sent_message",
    "offers_view",
    "page_of",
    "pair_form",
    "pair_values",
    "parse_approvals",
    "parse_pair",
    "parse_swap",
    "recalled_text",
    "reminded_text",
    "swap_form",
    "two_from",
    "view",
    "waiting_told",
    "what_would_help_soon",
    "what_would_help_view",
    "why_not",
    "why_not_answer",
    "why_not_soon",
]
