"""The desk on which the owners decide who is matched with whom, and all that they can do there (D0.13, D1.19)."""

from messages.desk.pairing import pair_form, pair_values, parse_pair
from messages.desk.record import NO_RECORD, Record
from messages.desk.swapping import parse_swap, swap_form
from messages.desk.view import page_of, view
from messages.desk.whynot import Two, chosen, forbid_view, two_from, why_not, why_not_answer, why_not_soon

__all__ = [
    "NO_RECORD",
    "Record",
    "Two",
    "chosen",
    "forbid_view",
    "page_of",
    "pair_form",
    "pair_values",
    "parse_pair",
    "parse_swap",
    "swap_form",
    "two_from",
    "view",
    "why_not",
    "why_not_answer",
    "why_not_soon",
]
