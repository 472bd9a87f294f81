"""Action items: their list, their form, and how messages and Home show them."""

from messages.items.form import ADD, CHANGE, item_form, parse_item, values_of_item
from messages.items.view import in_place_of_list, items_view

__all__ = ["ADD", "CHANGE", "in_place_of_list", "item_form", "items_view", "parse_item", "values_of_item"]
