"""An announcement exactly as it is sent, for owners."""

from typing import Any

from slack_sdk.models.blocks import DividerBlock

from mentoring.announcements.announcement import AnnouncementContext
from mentoring.core.programmes import Programme
from messages.announcements.plan import audience_words, channel_mention
from messages.announcements.post import announcement_message
from messages.blocks import modal, small_print
from messages.ids import ANNOUNCEMENT_PREVIEW
from messages.text import join


def preview(shown: AnnouncementContext, programme: Programme) -> dict[str, Any]:
    """The message as a modal, below a line that says to whom it goes. Its buttons are left out."""
    announcement = shown.announcement
    if announcement.audience.is_direct:
        to = f"This is the direct message to {audience_words(announcement.audience, programme)}."
    elif announcement.channels:
        to = f"This is the post in {join([channel_mention(each) for each in announcement.channels])}."
    else:
        to = "This is the post in the channels that you choose."
    message = announcement_message(shown, programme)
    shown_blocks = [block for block in message.blocks if block["type"] != "actions"]
    if len(shown_blocks) < len(message.blocks):
        to = f"{to} Its buttons are left out here."
    view = modal(ANNOUNCEMENT_PREVIEW, "As it is sent", [small_print(to), DividerBlock()], close="Back")
    return {**view, "blocks": [*view["blocks"], *shown_blocks]}
