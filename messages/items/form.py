"""The form of an action item, and its parser."""

from datetime import date
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.items.item import MOST_WORDS, ActionItem, ItemForm, ItemOwner, who_does
from mentoring.partnerships.partnership import Partnership
from messages.blocks import modal, section, small_print
from messages.forms import DateInput, FormMetadata, Option, Select, Submission, TextInput, Values
from messages.ids import ITEM_FORM
from messages.text import length, mention

ADD: Final = "add"
"""A value of `FormMetadata.form`; `about` is then the partnership's id and, after a colon, that of the meeting."""
CHANGE: Final = "change"
"""The same; `about` is then the partnership's id and, after a colon, that of the item."""


def item_form(
    values: Values, partnership: Partnership, *, by: str, name: str, meta: FormMetadata, restored: bool = False
) -> dict[str, Any]:
    """The form as a view for `by`, filled with `values`. `name` is the other person's display name, or a word for
    them; `meta.form` is ADD or CHANGE.
    """
    other = partnership.other(by)
    blocks: list[Block] = [section(f"*Who sees this?* You and {mention(other)}.")]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    fields = (
        TextInput(
            block_id=FieldName.ACTION,
            label="What will be done?",
            hint="One sentence with a verb, such as “send the report”.",
            most=max(MOST_WORDS, length(str(values.get(FieldName.ACTION) or ""))),
        ),
        Select(
            block_id=FieldName.ACTION_WHO,
            label="Who will do it?",
            options=[Option(by, "I will"), Option(other, name), Option(ItemOwner.BOTH, "Both of us")],
        ),
        DateInput(block_id=FieldName.ACTION_BY, label="By when?", optional=True),
    )
    blocks += [field.block(values) for field in fields]
    title = "Add action item" if meta.form == ADD else "Change action item"
    return modal(ITEM_FORM, title, blocks, submit="Save", close="Cancel", private_metadata=meta.dump())


def values_of_item(item: ActionItem, partnership: Partnership) -> Values:
    """The form values of an item, to change it."""
    return {
        FieldName.ACTION: item.words,
        FieldName.ACTION_WHO: who_does(partnership, item),
        FieldName.ACTION_BY: item.due.isoformat() if item.due else None,
    }


class ItemSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    action: str = ""
    action_who: str = ""
    action_by: date | None = None


def parse_item(values: Values) -> ItemForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = ItemSubmission.read(values)
    return ItemForm(sent.action, sent.action_who, sent.action_by)
