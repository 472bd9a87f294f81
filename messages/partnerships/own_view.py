"""A person's partnerships with their meetings, newest first, as far as they fit."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.feedback import Question
from mentoring.meetings.log import Meeting, MeetingNotes
from mentoring.meetings.planned import PlannedMeeting
from mentoring.partnerships.partnership import Partnership, Pause, pause_of
from messages.agreements.view import OwnAgreement, blocks_of
from messages.applications.wording import WAYS_MET
from messages.blocks import actions, button, fit, listing, modal, section, small_print, typed
from messages.goals.buttons import plan_button
from messages.ids import COMMAND, CORRECT_MEETING, OPEN_CHECK_IN, OPEN_SURVEY, PARTNERSHIPS_VIEW, SETTLE_ACTION
from messages.partnerships.buttons import again_buttons, end_button, go_back_button, log_button, wish
from messages.partnerships.summary import next_step, paused, standing
from messages.payloads import limits
from messages.planned_meetings import TwoReaders, find_button, plan_blocks
from messages.programmes.cohorts import day
from messages.text import escape, length, mention, plural, shorten
from messages.voice import Voice

Logged = Sequence[tuple[Meeting, MeetingNotes | None]]

MOST_TO_DO = 5
MOST_MEETINGS = 24
MOST_NOTES_SHOWN = 30_000
"""Characters of notes in a view: Slack allows 250 kB, and a character may take six bytes."""
NOTES_IN_SHORT = 200
MOST_OF_TOPICS = 300
MOST_OF_GOALS = 300


@dataclass
class Room:
    """The space left in a view: blocks for each partnership, and characters of notes for all of them.

    `goals` are what the goals say, by id, as far as the reader may read them.
    """

    blocks: int
    characters: int = MOST_NOTES_SHOWN
    goals: Mapping[str, str] = field(default_factory=dict)

    def talked_about(self, notes: MeetingNotes | None) -> str:
        """The goals that were talked about, in mrkdwn, or ""."""
        words = [self.goals[id] for id in (notes.goals if notes else ()) if id in self.goals]
        return f"Goals: {listing(words, MOST_OF_GOALS)}" if words else ""

    def notes(self, words: str) -> str:
        """The notes, shortened once the space is used up."""
        kept = words if length(words) <= self.characters else shorten(words, NOTES_IN_SHORT)
        self.characters -= length(kept)
        return kept


def log(logged: Logged, by: str, room: Room, *, is_active: bool) -> list[Block]:
    """The meetings, in at most `room.blocks` + 2 blocks, with the open action items first."""
    todo = _to_do(logged, by, room.blocks // 3) if is_active else []
    return todo + _meetings(logged, by, room, room.blocks - len(todo), is_active)


def _to_do(logged: Logged, by: str, most: int) -> list[Block]:
    left = [(meeting, notes) for meeting, notes in logged if notes and notes.action and not notes.action_done]
    left.sort(key=lambda each: (each[1].action_by or date.max, each[1].meeting_id))
    blocks: list[Block] = [section("*To do*")] if left else []
    for meeting, notes in left[: min(MOST_TO_DO, most)]:
        done = button("Mark as done", SETTLE_ACTION, f"{meeting.id}:{meeting.version}")
        blocks.append(section(f"• {agreed(notes, by)}", done))
    return blocks


def _meetings(logged: Logged, by: str, room: Room, most: int, is_active: bool) -> list[Block]:
    """The meetings, newest first, with the notes, which both partners read. Open action items are shown above them."""
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
    more = [small_print(f"And {plural(rest, 'earlier meeting', 'earlier meetings')}.")] if rest else []
    return [section("*Your meetings*"), *blocks, *more]


def _meeting(meeting: Meeting, notes: MeetingNotes | None, by: str, room: Room, *, with_open: bool) -> list[Block]:
    lines = [
        f"*{day(meeting.met_on)}*, {plural(meeting.minutes, 'minute', 'minutes')}, {WAYS_MET[meeting.way].lower()}"
    ]
    if meeting.topics:
        lines.append(listing(meeting.topics, MOST_OF_TOPICS))
    if talked_about := room.talked_about(notes):
        lines.append(talked_about)
    if notes and notes.action and (notes.action_done or with_open):
        lines.append(f"{'Done' if notes.action_done else 'Agreed'}: {agreed(notes, by)}")
    correct = button("Correct", CORRECT_MEETING, meeting.id) if meeting.logged_by == by else None
    blocks: list[Block] = [section("\n".join(lines), correct)]
    if notes and notes.notes:
        blocks.append(typed(room.notes(notes.notes)))
    return blocks


def agreed(notes: MeetingNotes, by: str) -> str:
    """An action item in mrkdwn, for `by`: what, by whom and until when."""
    who = "you" if notes.action_who == by else mention(notes.action_who)
    until = f", by {day(notes.action_by)}" if notes.action_by else ""
    return f"{escape(notes.action)} ({who}{until})"


Own = tuple[Partnership, Logged]
"""A partnership and its meetings, in any order."""

MOST_SHOWN = 6
AROUND = 10
"""Blocks of a partnership besides its meetings: a line, its programme, two paragraphs, the planned meeting and its
buttons, its agreement, buttons, and two around the meetings.
"""


def view(
    items: Sequence[Own],
    *,
    by: str,
    programme: Programme,
    today: date,
    asked: Mapping[str, Question] | None = None,
    people: Mapping[str, Person] | None = None,
    programmes: Mapping[str, Programme] | None = None,
    goals: Mapping[str, str] | None = None,
    shared: Container[str] = (),
    agreements: Mapping[str, OwnAgreement] | None = None,
    planned: Mapping[str, PlannedMeeting] | None = None,
) -> dict[str, Any]:
    """The modal for `by`, in the order of `items`; `today` is their date. `goals` (by id) are what the goals say that
    they may read, and `shared` the ids of the partnerships in which they read the plan of the mentee.

    `programmes` (by cohort id) are those of the partnerships, where it is not `programme`; if there are several, each
    partnership has the name of its own.

    `planned` has the meeting of each partnership that lies ahead, by the partnership's id.

    `asked` has the open question of each partnership, by its id. `people` (by Slack user id) are the people of the
    partnerships. `agreements` has where the agreement of each stands, by its id. Items that do not fit are counted.
    """
    plain = Voice(programme, marked=False)
    title = fit(f"Your {plain.partnerships}", "Who you meet")
    if not items:
        return modal(PARTNERSHIPS_VIEW, title, [section(_nothing(programme))])
    shown = items[:MOST_SHOWN]
    room = Room((limits.VIEW_BLOCKS - 2) // len(shown) - AROUND, goals=goals or {})
    own = {partnership.id: (programmes or {}).get(partnership.cohort_id, programme) for partnership, _ in items}
    is_named = len({each.id for each in own.values()}) > 1
    blocks: list[Block] = []
    for partnership, logged in shown:
        blocks += [DividerBlock()] if blocks else []
        blocks += [small_print(Voice(own[partnership.id]).name)] if is_named else []
        pause = pause_of(partnership, people or {})
        question = (asked or {}).get(partnership.id)
        plan = plan_button(partnership, by, own[partnership.id], shared, people or {})
        reader = (people or {}).get(by)
        agreement = (agreements or {}).get(partnership.id, OwnAgreement())
        ahead = (planned or {}).get(partnership.id)
        other = (people or {}).get(partnership.other(by)) or Person(partnership.other(by))
        two = TwoReaders(partnership, own[partnership.id], reader or Person(by), other)
        blocks += _one(partnership, logged, two, today, room, question, pause, ahead, plan, agreement)
    if len(items) > len(shown):
        blocks.append(small_print(f"And {len(items) - len(shown)} more, further back."))
    blocks.append(small_print("Notes are shown to the two of you, not to the programme owners."))
    return modal(PARTNERSHIPS_VIEW, title, blocks)


def _nothing(programme: Programme) -> str:
    voice = Voice(programme)
    return f"You don’t have {voice.a_partnership} right now. To see your application, type `{COMMAND} status`."


def _one(
    partnership: Partnership,
    logged: Logged,
    two: TwoReaders,
    today: date,
    room: Room,
    asked: Question | None,
    pause: Pause | None,
    planned: PlannedMeeting | None,
    plan: ButtonElement | None,
    agreement: OwnAgreement,
) -> list[Block]:
    by, programme, reader = two.reader.id, two.programme, two.reader
    met_on = partnership.met_on(meeting.met_on for meeting, _ in logged)
    blocks: list[Block] = [section(standing(partnership, met_on, by, programme))]
    if pause:
        asked = None
        blocks.append(section(f"*{paused(pause, by)}*\nYou don’t need to do anything."))
    elif partnership.is_active and planned and not asked:
        blocks += plan_blocks(planned, two, is_short=True)
    elif partnership.is_active:
        agreed = agreement.followed.rhythm if agreement.followed else None
        step = next_step(partnership, met_on, by, programme, today, asked, reader, agreed)
        blocks.append(section(f"*Next step*\n{step}"))
    elif said := wish(partnership, by):
        blocks.append(section(said))
    name = two.other.display_name
    blocks += blocks_of(partnership, agreement, by, programme, pause=pause, today=today, name=name)
    finds = find_button(partnership.id, first=not asked)
    can_plan = partnership.is_active and pause is None and planned is None and today < partnership.ends_on
    if buttons := _buttons(partnership, by, programme, asked, pause, plan, finds if can_plan else None):
        blocks.append(actions(*buttons))
    return blocks + log(logged, by, room, is_active=partnership.is_active)


def _buttons(
    partnership: Partnership,
    by: str,
    programme: Programme,
    asked: Question | None,
    pause: Pause | None,
    plan: ButtonElement | None,
    finds: ButtonElement | None,
) -> list[ButtonElement]:
    if not partnership.is_active:
        return [*([] if by in partnership.back else [go_back_button(partnership)]), *again_buttons(partnership, by)]
    buttons: list[ButtonElement] = []
    if asked is Question.CHECK_IN:
        buttons.append(button("Answer the check-in", OPEN_CHECK_IN, partnership.id, style="primary"))
    if asked is Question.SURVEY:
        buttons.append(button("Answer the closing survey", OPEN_SURVEY, partnership.id, style="primary"))
    return [
        *buttons,
        *([finds] if finds else []),
        log_button(partnership.id, first=not asked and pause is None and finds is None),
        *([plan] if plan else []),
        end_button(partnership, programme, is_deactivated=pause is not None and pause.is_open_ended),
    ]
