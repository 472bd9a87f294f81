"""The overview of the guided set-up: its steps, and what is done."""

from collections.abc import Collection, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, SectionBlock

from mentoring.programmes.settings import Part
from mentoring.programmes.setup_steps import first_open
from messages.blocks import actions, button, modal, section, small_print
from messages.ids import COMMAND, GO_TO_STEP, GUIDE_VIEW, OPEN_GUIDE, OPEN_PLAN, PREVIEW
from messages.programmes.titles import TITLES
from messages.text import plural


def guide_overview(parts: Sequence[Part], done: Collection[Part], saved: Part | None = None) -> dict[str, Any]:
    """All steps with a button for each. `saved` is the part that was saved just before."""
    left = [part for part in parts if part not in done]
    before = f"“{TITLES[saved]}” is saved. " if saved else ""
    if left:
        words = (
            f"{before}*{len(parts) - len(left)} of {len(parts)} steps are done.* The others have defaults that work."
        )
    else:
        words = f"{before}*All {len(parts)} steps are done.* You can change each of them at any time."
    buttons = [button("See what people read", PREVIEW), button("Start-up plan", OPEN_PLAN)]
    blocks: list[Block] = [section(words), actions(*buttons)]
    for number, part in enumerate(parts, 1):
        mark = "✓" if part in done else "–"
        label = "Change" if part in done else "Open"
        opens = button(label, GO_TO_STEP, part, accessibility_label=f"{label} {TITLES[part]}")
        blocks.append(section(f"{mark} {number}. {TITLES[part]}", opens))
    blocks.append(small_print(f"What counts in matching has good defaults, too: see `{COMMAND} setup`."))
    return {**modal(GUIDE_VIEW, "Set-up", blocks, close="Done"), "clear_on_close": True}


def invitation_to_guide(parts: Sequence[Part], done: Collection[Part]) -> SectionBlock:
    """How far the guided set-up is, with a button to begin it or to go on."""
    count = len(parts)
    finished = sum(part in done for part in parts)
    if not finished:
        words = (
            f"*Set up step by step.* {plural(count, 'short step', 'short steps')}, with good defaults and a preview."
        )
        return section(words, button("Start", OPEN_GUIDE, style="primary"))
    if first_open(parts, done):
        words = f"*Set up step by step.* {finished} of {count} steps are done."
        return section(words, button("Continue", OPEN_GUIDE, style="primary"))
    return section(f"*Set up step by step.* All {count} steps are done.", button("See the steps", OPEN_GUIDE))
