"""The list of the action items of two partners: the open ones, and what was done or dropped lately."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.core.programmes import Programme
from mentoring.items.item import ActionItem, ItemState, own_first
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import ITEMS_VIEW, OPEN_PARTNERSHIPS
from messages.items.blocks import TITLE, add_button, item_buttons, reopen_button, words_of
from messages.text import mention, plural
from messages.voice import Voice

MOST_OPEN_SHOWN: Final = 20
MOST_CLOSED_SHOWN: Final = 10
_LIST: Final = "list:"
_WORDS: Final = {ItemState.DONE: "Done", ItemState.DROPPED: "Dropped"}


def in_place_of_list(partnership_id: str) -> str:
    """Says that the action items stand in the place of the list of partnerships, from which they were opened."""
    return f"{_LIST}{partnership_id}"


def items_view(
    items: Sequence[ActionItem], partnership: Partnership, *, by: str, programme: Programme, below: str = ""
) -> dict[str, Any]:
    """The list for `by`, with buttons while the partnership is active. `below` is from `in_place_of_list`, if it stands
    in the place of that.
    """
    other, is_active = mention(partnership.other(by)), partnership.is_active
    never = f"{Voice(programme).approvers} never see action items"
    blocks: list[Block] = [section(f"With {other}.\n*Who sees this?* You and {other}. {never[0].upper()}{never[1:]}.")]
    left = own_first(items, partnership, by)
    for item in left[:MOST_OPEN_SHOWN]:
        blocks.append(section(f"• {words_of(item, partnership, by)}"))
        if is_active:
            blocks.append(actions(*item_buttons(item, with_change=True)))
    if len(left) > MOST_OPEN_SHOWN:
        blocks.append(small_print(f"And {len(left) - MOST_OPEN_SHOWN} more. Tick some of these to see them."))
    if not left:
        blocks.append(section("No action items are open."))
    if is_active:
        blocks.append(actions(add_button(partnership.id, first=not left)))
    blocks += _closed(items, partnership, by, is_active=is_active)
    if below.startswith(_LIST):
        blocks += [DividerBlock(), actions(button("Back", OPEN_PARTNERSHIPS, below.removeprefix(_LIST)))]
    meta = FormMetadata(form=ITEMS_VIEW, about=partnership.id, below=below).dump()
    return modal(ITEMS_VIEW, TITLE, blocks, private_metadata=meta)


def _closed(items: Sequence[ActionItem], partnership: Partnership, by: str, *, is_active: bool) -> list[Block]:
    """What is not open any more, the newest first."""
    closed = [item for item in reversed(items) if not item.is_open]
    if not closed:
        return []
    blocks: list[Block] = [DividerBlock()]
    for item in closed[:MOST_CLOSED_SHOWN]:
        words = f"{_WORDS[item.state]}: {words_of(item, partnership, by)}"
        blocks.append(section(words, reopen_button(item) if is_active else None))
    if (rest := len(closed) - MOST_CLOSED_SHOWN) > 0:
        blocks.append(small_print(f"And {plural(rest, 'earlier one', 'earlier ones')}."))
    return blocks
