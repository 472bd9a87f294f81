"""The two questions before a person is erased, and what they read afterwards."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.own_data.erasing import ErasureContext
from messages.blocks import modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import COMMAND, ERASE_AGAIN_FORM, ERASE_FORM, SENTENCE_VIEW
from messages.text import escape, join, mention

TITLE = "Erase me"
_TITLE_FOR = "Erase this person"


def erase_form(context: ErasureContext, *, own: bool) -> dict[str, Any]:
    """What happens, what stays, and what it means for the roles that they have."""
    who, whose = ("you", "your") if own else (mention(context.person.id), "their")
    they = "you" if own else "they"
    words = (
        f"*What goes:* everything that I keep about {who}: applications, answers, notes, goals and messages. In Slack, "
        f"I delete my messages to {who}, and take {whose} name out of my messages to others. That takes some minutes."
    )
    stays = (
        f"*What stays:* counts without {whose} name, such as how many people applied, and what others wrote. What "
        f"{they} or others wrote or uploaded in Slack I can’t delete, such as a spreadsheet of an owner."
    )
    blocks: list[Block] = [section(words), section(stays), *_roles(context, own=own)]
    if context.has_partners:
        partners = "Partners are told that it has ended, and not why."
        blocks.append(section(f"*Open partnerships and matches end.* {partners}"))
    if own:
        blocks.append(small_print("Would you like a copy first? Close this, and choose *Send me my data*."))
    meta = FormMetadata(form=ERASE_FORM, about=context.person.id).dump()
    title = TITLE if own else _TITLE_FOR
    return modal(ERASE_FORM, title, blocks, submit="Go on", close="Go back", private_metadata=meta)


def erase_again_form(context: ErasureContext, *, own: bool) -> dict[str, Any]:
    """The second question."""
    who = "you" if own else mention(context.person.id)
    words = f"*Erase {who} now?* This cannot be undone."
    meta = FormMetadata(form=ERASE_AGAIN_FORM, about=context.person.id).dump()
    title, submit = (TITLE, "Erase me") if own else (_TITLE_FOR, "Erase")
    return modal(ERASE_AGAIN_FORM, title, [section(words)], submit=submit, close="Go back", private_metadata=meta)


def erased_view(*, own: bool) -> dict[str, Any]:
    words = (
        "*You are erased.* My messages here disappear within some minutes. I won’t write to you again, unless you type "
        f"`{COMMAND}`."
        if own
        else "*This person is erased.* What is left of them in Slack disappears within some minutes."
    )
    return modal(SENTENCE_VIEW, "Erased", [section(words)])


def _roles(context: ErasureContext, *, own: bool) -> list[Block]:
    """What becomes of what they do for programmes."""
    lines = []
    for id in context.owned:
        others = [mention(each) for each in context.owners[id] if each != context.person.id]
        stay = "stays its owner" if len(others) == 1 else "stay its owners"
        lines.append(f"• {_you_are(own)} an owner of {_name(context.names, id)}. {join(others)} {stay}.")
    lines += [
        f"• {_you_are(own)} the contact of {_name(context.names, id)}. People are told to ask its owners instead."
        for id in sorted(context.contact_of)
    ]
    return [section("\n".join(["*Roles*", *lines]))] if lines else []


def _you_are(own: bool) -> str:
    return "You’re" if own else "They’re"


def _name(names: Mapping[str, str], id: str) -> str:
    return f"“{escape(names[id])}”" if names[id] else "the mentoring programme"
