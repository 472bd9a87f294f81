"""Action items with their buttons, as messages, Home and the list of partnerships show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.items.item import ActionItem, ItemOwner, own_first, who_does
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, section, small_print
from messages.ids import ADD_ITEM, CHANGE_ITEM, DROP_ITEM, MOVE_ITEM, OPEN_ITEMS, REOPEN_ITEM, TICK_ITEM
from messages.programmes.cohorts import day
from messages.text import escape, mention, plural

TITLE: Final = "Action items"


@dataclass(frozen=True)
class SeenItem:
    """The value of a button of an action item: whose it is, and which version of it the person saw."""

    partnership_id: str
    item_id: str
    version: int

    def dump(self) -> str:
        return f"{self.partnership_id}:{self.item_id}:{self.version}"

    @classmethod
    def load(cls, value: str) -> Self:
        """Raises ValueError for a value that no button has."""
        partnership_id, item_id, version = value.split(":")
        return cls(partnership_id, item_id, int(version))


def items_button(partnership_id: str) -> ButtonElement:
    """Opens the list of action items."""
    return button(TITLE, OPEN_ITEMS, partnership_id)


def add_button(partnership_id: str, meeting_id: str = "", *, first: bool = False) -> ButtonElement:
    """Opens the form for one more, agreed at this meeting if there is one; `first` makes it the primary button."""
    value = f"{partnership_id}:{meeting_id}" if meeting_id else partnership_id
    return button("Add action item", ADD_ITEM, value, style="primary" if first else None)


def words_of(item: ActionItem, partnership: Partnership, by: str) -> str:
    """An action item in mrkdwn, for `by`: what, by whom and until when."""
    who = who_does(partnership, item)
    owner = "both of you" if who == ItemOwner.BOTH else "you" if who == by else mention(who)
    until = f", by {day(item.due)}" if item.due else ""
    return f"{escape(item.words)} ({owner}{until})"


def to_do(items: Iterable[ActionItem], partnership: Partnership, by: str, today: date, most: int) -> list[Block]:
    """The open action items for `by`, their own first, in at most `most` + 2 blocks; those that are due can be moved
    and dropped there, too.
    """
    left = own_first(items, partnership, by)
    if not left:
        return []
    blocks: list[Block] = [section(f"*{TITLE}*")]
    shown = 0
    for item in left:
        made = item_blocks(item, partnership, by, today)
        if len(blocks) - 1 + len(made) > most:
            break
        blocks += made
        shown += 1
    if rest := len(left) - shown:
        more = f"And {rest} more" if shown else plural(rest, "action item is open", "action items are open")
        blocks.append(small_print(f"{more}: press “{TITLE}”."))
    return blocks


def item_blocks(item: ActionItem, partnership: Partnership, by: str, today: date) -> list[Block]:
    """An open action item: to tick and, once it is due, also to move or drop."""
    words = f"• {words_of(item, partnership, by)}"
    if item.is_due(today):
        return [section(words), actions(*item_buttons(item))]
    return [section(words, item_buttons(item)[0])]


def item_buttons(item: ActionItem, *, with_change: bool = False) -> Sequence[ButtonElement]:
    value = SeenItem(item.partnership_id, item.id, item.version).dump()

    def does(label: str, action_id: str) -> ButtonElement:
        return button(label, action_id, value, accessibility_label=f"{label}: {item.words}")

    return [
        does("Mark as done", TICK_ITEM),
        *([does("Move by a week", MOVE_ITEM)] if item.due else []),
        *([does("Change", CHANGE_ITEM)] if with_change else []),
        does("Drop", DROP_ITEM),
    ]


def reopen_button(item: ActionItem) -> ButtonElement:
    value = SeenItem(item.partnership_id, item.id, item.version).dump()
    return button("Reopen", REOPEN_ITEM, value, accessibility_label=f"Reopen: {item.words}")
