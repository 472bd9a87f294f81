"""The desk on which the owners decide who is matched with whom, and pairing two people by hand (D0.13, D1.19)."""

from messages.desk.pairing import pair_form, parse_pair
from messages.desk.view import page_of, view

__all__ = ["page_of", "pair_form", "parse_pair", "view"]
