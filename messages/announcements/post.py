"""An announcement as it is sent, in a channel or as a direct message."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from mentoring.announcements.announcement import AnnouncementContext
from mentoring.applications.application import Role
from mentoring.core.programmes import Programme
from messages.announcements.texts import filled_text
from messages.blocks import actions, button, section, small_print
from messages.ids import OPEN_REQUEST, OPEN_VOLUNTEER
from messages.next_steps import apply_label
from messages.payloads import Message, message
from messages.sessions.view import come_block
from messages.text import length, shorten

_MOST_NOTIFIED = 150


def announcement_message(shown: AnnouncementContext, programme: Programme) -> Message:
    """The message; a post in a channel has nothing personal in it."""
    text = filled_text(shown, programme)
    blocks: list[Block] = [section(part) for part in _parts(text)]
    if shown.announcement.has_buttons:
        blocks.append(
            actions(
                button(apply_label(Role.MENTEE, programme), OPEN_REQUEST, style="primary"),
                button(apply_label(Role.MENTOR, programme), OPEN_VOLUNTEER),
            )
        )
    if shown.session:
        blocks += come_block(shown.session)
        if shown.announcement.audience.is_direct:  # it stays as it was sent
            blocks.append(small_print("If the time or the place changes, I tell everyone who comes."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    return message(shorten(first.replace("*", "").strip() or "News", _MOST_NOTIFIED), blocks)


_MOST_IN_PART = 2900
_MOST_PARTS = 30


def _parts(text: str) -> list[str]:
    """The text in pieces that fit into a section, cut between lines, and inside a line only if it is longer."""
    parts = [""]
    for line in text.splitlines():
        for piece in _pieces(line):
            joined = f"{parts[-1]}\n{piece}" if parts[-1] else piece
            if length(joined) > _MOST_IN_PART:
                parts.append(piece)
            else:
                parts[-1] = joined
    return [part for part in parts if part.strip()][:_MOST_PARTS] or ["…"]


def _pieces(line: str) -> Iterator[str]:
    while length(line) > _MOST_IN_PART:
        piece = shorten(line, _MOST_IN_PART).removesuffix("…")
        yield piece
        line = line[len(piece) :].lstrip()
    yield line
