"""Whether the match is a good one, asked early on: two buttons, and what a person who is not sure can do.

Nothing of it is stored, and no one is told (D2.9).
"""

from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership, Pause
from mentoring.partnerships.timing import is_asked_early
from messages.blocks import actions, button, modal, section, small_print
from messages.cases.form import help_offer
from messages.forms import FormMetadata
from messages.ids import DOUBTS_VIEW, OPEN_DOUBTS, SAY_GOOD_MATCH
from messages.partnerships.buttons import end_button
from messages.payloads import Message, message
from messages.text import mention
from messages.voice import Voice

_UNTOLD = "I don’t tell anyone which you press, and I don’t save it."


def early_question(partnership: Partnership, by: str) -> list[Block]:
    """The question and its buttons, for `by`; nothing in a short partnership, or once it is over."""
    if not partnership.is_active or not is_asked_early(partnership.length):
        return []
    return [
        section(f"*Is {mention(partnership.other(by))} a good match for you?*"),
        actions(
            button("A good match", SAY_GOOD_MATCH, partnership.id), button("Not sure", OPEN_DOUBTS, partnership.id)
        ),
        small_print(_UNTOLD),
    ]


def good_match() -> Message:
    """The answer to "A good match"."""
    text = "Good to hear"
    return message(text, [section(f"*{text}.* Keep meeting, and tell each other what helps.")])


def doubts_view(
    partnership: Partnership, by: str, programme: Programme, *, pause: Pause | None = None
) -> dict[str, Any]:
    """The modal for `by`, who is not sure. `pause` is that of the partnership, if it is paused."""
    voice, other = Voice(programme), mention(partnership.other(by))
    blocks: list[Block] = [
        section(f"*Not sure about your {voice.partnership} with {other}?* That happens. Here is what you can do."),
        section(f"*Carry on for now.* Tell {other} what you’d like to be different. You can end it on any later day."),
        *help_offer(refers=bool(programme.referrals)),
        section(
            "*End it, without a reason.* You both get the same message. You can ask for another match, unless you have "
            "withdrawn your application.",
            end_button(partnership, programme, pause=pause),
        ),
        small_print("I don’t tell anyone that you looked at this, and I don’t save it."),
    ]
    return _view(blocks, partnership.id)


def ended_view(partnership_id: str = "") -> dict[str, Any]:
    """In its place, once the partnership has ended."""
    words = (
        "*It has ended.* You get a message about it. You can ask for another match there, unless you have withdrawn "
        "your application."
    )
    return _view([section(words)], partnership_id)


def _view(blocks: list[Block], partnership_id: str) -> dict[str, Any]:
    meta = FormMetadata(form=DOUBTS_VIEW, about=partnership_id)
    return modal(DOUBTS_VIEW, "A good match?", blocks, private_metadata=meta.dump())
