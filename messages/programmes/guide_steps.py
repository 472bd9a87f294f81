"""What a settings form has besides its fields as a step of the guided set-up: progress, and buttons."""

from typing import Final

from slack_sdk.models.blocks import ActionsBlock, ContextBlock

from mentoring.programmes.settings import Part
from mentoring.programmes.setup_steps import GuidedPart
from messages.blocks import actions, button, small_print
from messages.ids import GO_TO_STEP, PREVIEW, SKIP_STEP
from messages.programmes.titles import TITLES

GUIDE: Final = "guide"
"""What the metadata of a form is `about` as a step of the guided set-up."""


def progress(guided: GuidedPart, saved: Part | None) -> ContextBlock:
    """Where the step stands, and that the one before it is saved."""
    before = f"“{TITLES[saved]}” is saved. " if saved else ""
    return small_print(
        f"{before}Step {guided.number} of {guided.count}. You can stop at any time: what you save is kept."
    )


def step_buttons(guided: GuidedPart) -> ActionsBlock:
    """The step before and after, without saving, and the preview. What is typed is kept as a draft."""
    found = [button("See what people read", PREVIEW)]
    if guided.previous:
        found.append(button("Back", GO_TO_STEP, guided.previous))
    found.append(button("Skip for now", SKIP_STEP, guided.following or ""))
    return actions(*found)


def submit_label(guided: GuidedPart | None) -> str:
    if guided is None:
        return "Save"
    return "Save and continue" if guided.following else "Save and finish"
