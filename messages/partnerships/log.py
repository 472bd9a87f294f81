"""The meetings of one partnership and what was agreed at them, newest first, as far as there is room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from mentoring.meetings import Meeting, MeetingNotes
from messages.applications.words import WAYS
from messages.blocks import button, context, listing, section, typed
from messages.ids import CORRECT_MEETING, SETTLE_ACTION
from messages.rounds import day
from messages.text import escape, length, mention, plural, shorten

Logged = Sequence[tuple[Meeting, MeetingNotes | None]]

MOST_TO_DO = 5
MOST_MEETINGS = 24
MOST_NOTES_SHOWN = 30_000
"""Characters of notes in one view, since Slack takes views of 250 kB, and a character may be six bytes."""
NOTES_IN_SHORT = 200
MOST_OF_TOPICS = 300


@dataclass
class Room:
    """What is left of a view: blocks for each partnership, and characters of notes for all of them together."""

    blocks: int
    characters: int = MOST_NOTES_SHOWN

    def notes(self, words: str) -> str:
        """The notes, in short once the room for long ones is used up."""
        kept = words if length(words) <= self.characters else shorten(words, NOTES_IN_SHORT)
        self.characters -= length(kept)
        return kept


def log(logged: Logged, by: str, room: Room, *, is_active: bool) -> list[Block]:
    """At most `room.blocks` blocks, and two more; what is still to be done first."""
    todo = _to_do(logged, by, room.blocks // 3) if is_active else []
    return todo + _meetings(logged, by, room, room.blocks - len(todo), is_active)


def _to_do(logged: Logged, by: str, most: int) -> list[Block]:
    left = [(meeting, notes) for meeting, notes in logged if notes and notes.action and not notes.action_done]
    left.sort(key=lambda each: (each[1].action_by or date.max, each[1].meeting_id))
    blocks: list[Block] = [section("*To do*")] if left else []
    for meeting, notes in left[: min(MOST_TO_DO, most)]:
        done = button("Done", SETTLE_ACTION, f"{meeting.id}:{meeting.version}")
        blocks.append(section(f"• {_agreed(notes, by)}", done))
    return blocks


def _meetings(logged: Logged, by: str, room: Room, most: int, is_active: bool) -> list[Block]:
    """Newest first, with their notes, which both partners read. What is still to be done stands above them."""
    newest = sorted(logged, key=lambda each: (each[0].met_on, each[0].id), reverse=True)
    blocks: list[Block] = []
    shown = 0
    for meeting, notes in newest[:MOST_MEETINGS]:
        made = _meeting(meeting, notes, by, room, with_open=not is_active)
        if len(blocks) + len(made) > most:
            break
        blocks += made
        shown += 1
    if not blocks:
        return []
    rest = len(newest) - shown
    more = [context(f"And {plural(rest, 'earlier meeting', 'earlier meetings')}.")] if rest else []
    return [section("*Your meetings*"), *blocks, *more]


def _meeting(meeting: Meeting, notes: MeetingNotes | None, by: str, room: Room, *, with_open: bool) -> list[Block]:
    lines = [f"*{day(meeting.met_on)}*, {plural(meeting.minutes, 'minute', 'minutes')}, {WAYS[meeting.way].lower()}"]
    if meeting.topics:
        lines.append(listing(meeting.topics, MOST_OF_TOPICS))
    if notes and notes.action and (notes.action_done or with_open):
        lines.append(f"{'Done' if notes.action_done else 'Agreed'}: {_agreed(notes, by)}")
    correct = button("Correct", CORRECT_MEETING, meeting.id) if meeting.logged_by == by else None
    blocks: list[Block] = [section("\n".join(lines), correct)]
    if notes and notes.notes:
        blocks.append(typed(room.notes(notes.notes)))
    return blocks


def _agreed(notes: MeetingNotes, by: str) -> str:
    who = "you" if notes.action_who == by else mention(notes.action_who)
    until = f", by {day(notes.action_by)}" if notes.action_by else ""
    return f"{escape(notes.action)} ({who}{until})"
