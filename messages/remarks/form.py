"""The form to tell the programme something, its parser, and the button that opens it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.remarks.remark import MOST_WORDS, RemarkForm, RemarkKind
from messages.blocks import button, modal, section, small_print
from messages.feedback.averages import AT_LEAST
from messages.forms import FormMetadata, Option, Select, Submission, TextInput, Values
from messages.ids import REMARK_FORM, TELL_PROGRAMME

LABEL = "Tell the programme"


def tell_offer() -> Block:
    """The button that opens the form, with what it is for. It stands only where nobody else reads."""
    words = (
        "*Would you like to tell the programme something?* A suggestion, praise or a complaint. You choose whether the "
        "owners read it with your name."
    )
    return section(words, button(LABEL, TELL_PROGRAMME))


def remark_form(
    values: Values, *, collects: bool, meta: FormMetadata, restored: bool = False, where: str = ""
) -> dict[str, Any]:
    """The form, filled with `values`. `collects`: remarks without names are collected now. `where` is the name of the
    programme in mrkdwn, if there are several.
    """
    blocks: list[Block] = [small_print(where)] if where else []
    blocks.append(section(f"*Who sees this?* You choose.\n{_NAMED}\n{_COUNTED if collects else _ROUND_IS_OVER}"))
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    filled: Mapping[str, Any] = values if collects else _once_over(values)
    kinds = RemarkKind if collects else (RemarkKind.NAMED,)
    fields = (
        TextInput(
            block_id=FieldName.REMARK,
            label="What would you like to say?",
            hint="Please don’t name anyone else.",
            most=MOST_WORDS,
            lines=True,
        ),
        Select(
            block_id=FieldName.REMARK_KIND,
            label="Who reads it?",
            options=[Option(kind, _LABELS[kind]) for kind in kinds],
        ),
    )
    blocks += [field.block(filled) for field in fields]
    blocks.append(
        small_print("Do you need help? Close this, and choose *Ask for help*: one person answers you, in confidence.")
    )
    return modal(REMARK_FORM, LABEL, blocks, submit="Send", close="Cancel", private_metadata=meta.dump())


def _once_over(values: Values) -> Mapping[str, Any]:
    """With the only choice that is left, but for words that were meant to be read without a name: that is theirs to
    choose.
    """
    meant = values.get(FieldName.REMARK_KIND)
    kind = None if meant == RemarkKind.COUNTED.value else RemarkKind.NAMED.value
    return {**values, FieldName.REMARK_KIND: kind}


_NAMED = "• *With your name.* The programme owners read it with your name. I tell you once one of them has read it."
FEWER = f"If fewer than {AT_LEAST} people do that in this round, no one ever reads it."
"""Said before a remark without a name is sent, and again in its receipt."""
_COUNTED = (
    f"• *Without your name.* I never show your name with it. The owners read it in a group of at least {AT_LEAST} "
    "people who did the same, in mixed order. That is often only after the round has ended. "
    f"{FEWER} If you write several times, you count as one person. Someone may recognise how you write."
)
_ROUND_IS_OVER = "• The round is over. Nothing is collected without names until the next one."
_LABELS = {
    RemarkKind.NAMED: "With my name: the owners read it",
    RemarkKind.COUNTED: "Without my name: counted with others",
}


class RemarkSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    remark: str = ""
    remark_kind: RemarkKind | None = None


def parse_remark(values: Values) -> RemarkForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = RemarkSubmission.read(values)
    return RemarkForm(sent.remark, sent.remark_kind)
