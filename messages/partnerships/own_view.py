"""A person's partnerships with their meetings, newest first, as far as they fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.feedback.answers import Question
from mentoring.home.own_partnership import OwnPartnership
from mentoring.meetings.log import Meeting, MeetingNotes
from mentoring.meetings.planned import PlannedMeeting
from mentoring.partnerships.endings import can_choose_another
from mentoring.partnerships.partnership import Pause, pause_of
from mentoring.pauses.pause import can_pause
from messages.agenda import view as agenda
from messages.agreements.view import blocks_of
from messages.applications.wording import WAYS_MET
from messages.blocks import actions, button, fit, listing, modal, section, small_print, typed
from messages.cases.form import help_offer
from messages.deleted_meetings import delete_button
from messages.end_plans import change_end_button, end_line
from messages.feedback.baseline import offer as baseline_offer
from messages.goals.buttons import plan_button
from messages.ids import COMMAND, CORRECT_MEETING, OPEN_CHECK_IN, OPEN_CLOSURE, PARTNERSHIPS_VIEW
from messages.items.blocks import items_button, to_do
from messages.partnerships.buttons import (
    again_buttons,
    choose_another_button,
    end_button,
    go_back_button,
    log_button,
    survey_button,
    wish,
)
from messages.partnerships.summary import next_step, paused, standing
from messages.pauses.view import moved_end_blocks, pause_button, pause_buttons
from messages.payloads import limits
from messages.planned_meetings import TwoReaders, find_button, plan_in_short
from messages.programmes.cohorts import day
from messages.regular_times import own_blocks
from messages.reports.view import report_blocks
from messages.text import length, plural, shorten
from messages.voice import Voice

Logged = Sequence[tuple[Meeting, MeetingNotes | None]]

MOST_TO_DO = 6
"""Blocks of action items."""
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


def log(own: OwnPartnership, by: str, room: Room, today: date) -> list[Block]:
    """The meetings, in at most `room.blocks` + 2 blocks, with the open action items first."""
    todo = (
        to_do(own.items, own.partnership, by, today, min(MOST_TO_DO, room.blocks // 3))
        if own.partnership.is_active
        else []
    )
    return todo + _meetings(own.logged, by, room, room.blocks - len(todo))


def _meetings(logged: Logged, by: str, room: Room, most: int) -> list[Block]:
    """The meetings, newest first, with the notes, which both partners read."""
    newest = sorted(logged, key=lambda each: (each[0].met_on, each[0].id), reverse=True)
    blocks: list[Block] = []
    shown = 0
    for meeting, notes in newest[:MOST_MEETINGS]:
        made = _meeting(meeting, notes, by, room)
        if len(blocks) + len(made) > most:
            break
        blocks += made
        shown += 1
    if not blocks:
        return []
    rest = len(newest) - shown
    more = [small_print(f"And {plural(rest, 'earlier meeting', 'earlier meetings')}.")] if rest else []
    return [section("*Your meetings*"), *blocks, *more]


def _meeting(meeting: Meeting, notes: MeetingNotes | None, by: str, room: Room) -> list[Block]:
    lines = [
        f"*{day(meeting.met_on)}*, {plural(meeting.minutes, 'minute', 'minutes')}, {WAYS_MET[meeting.way].lower()}"
    ]
    if meeting.topics:
        lines.append(listing(meeting.topics, MOST_OF_TOPICS))
    if talked_about := room.talked_about(notes):
        lines.append(talked_about)
    is_own = meeting.logged_by == by
    correct = button("Correct", CORRECT_MEETING, meeting.id)
    does = correct if is_own else delete_button(meeting.id, meeting.version, meeting.met_on)
    blocks: list[Block] = [section("\n".join(lines), does)]
    if notes and notes.notes:
        blocks.append(typed(room.notes(notes.notes)))
    return blocks


MOST_SHOWN = 6
AROUND = 14
"""Blocks of a partnership besides its meetings: a line, its programme, two paragraphs, the planned meeting and its
buttons, the regular time and its buttons, its agenda, its agreement, its report, buttons, and two around the meetings.
"""


def view(
    items: Sequence[OwnPartnership],
    *,
    by: str,
    programme: Programme,
    today: date,
    people: Mapping[str, Person] | None = None,
    programmes: Mapping[str, Programme] | None = None,
) -> dict[str, Any]:
    """The modal for `by`, in the order of `items`; `today` is their date.

    `programmes` (by cohort id) are those of the partnerships, where it is not `programme`; if there are several, each
    partnership has the name of its own.

    `people` (by Slack user id) are the people of the partnerships. Items that do not fit are counted.
    """
    plain = Voice(programme, marked=False)
    title = fit(f"Your {plain.partnerships}", "Who you meet")
    if not items:
        return modal(PARTNERSHIPS_VIEW, title, [section(_nothing(programme))])
    shown = items[:MOST_SHOWN]
    offers = sum(len(moved_end_blocks(own.partnership, by, today)) for own in shown)
    offers += sum(own.is_named + own.asks_baseline for own in shown)
    room = Room((limits.VIEW_BLOCKS - 4 - offers) // len(shown) - AROUND)
    of = {own.partnership.id: (programmes or {}).get(own.partnership.cohort_id, programme) for own in items}
    is_named = len({each.id for each in of.values()}) > 1
    blocks: list[Block] = []
    for own in shown:
        its = of[own.partnership.id]
        blocks += [DividerBlock()] if blocks else []
        blocks += [small_print(Voice(its).name)] if is_named else []
        blocks += standing_blocks(own, by=by, programme=its, today=today, people=people or {})
        room.goals = own.goals
        blocks += log(own, by, room, today)
    if len(items) > len(shown):
        blocks.append(small_print(f"And {len(items) - len(shown)} more, further back."))
    blocks += help_offer(refers=any(each.referrals for each in of.values()))
    blocks.append(small_print("Notes are shown to the two of you, not to the programme owners."))
    return modal(PARTNERSHIPS_VIEW, title, blocks)


def _nothing(programme: Programme) -> str:
    voice = Voice(programme)
    return f"You don’t have {voice.a_partnership} right now. To see your application, type `{COMMAND} status`."


def standing_blocks(
    own: OwnPartnership,
    *,
    by: str,
    programme: Programme,
    today: date,
    people: Mapping[str, Person],
) -> list[Block]:
    """Where a partnership stands for `by`, and all that can be done. A feature that shows something of its own for each
    partnership adds its blocks here, and to `messages/home/partnerships.py` what is needed often or waits.
    """
    partnership, pause = own.partnership, pause_of(own.partnership, people)
    blocks: list[Block] = [_standing(own, by, programme, today, people, pause)]
    if pause:
        blocks.append(section(f"*{paused(pause, by)}*\nYou don’t need to do anything."))
        another = can_choose_another(partnership, by, people)
        if does := [*pause_buttons(partnership), *([choose_another_button(partnership, programme)] if another else [])]:
            blocks.append(actions(*does))
    elif partnership.is_active:
        blocks += step_blocks_of(own, by, programme, today, people)
    elif said := wish(partnership, by):
        blocks.append(section(said))
    if pause is None:
        blocks += moved_end_blocks(partnership, by, today)
    if own.is_named:
        words = "You’ve agreed that we may name you in a celebration."
        blocks.append(section(words, button("Change this", OPEN_CLOSURE, partnership.id)))
    asked = None if pause else own.asked
    pauses = [pause_button(partnership.id)] if can_pause(partnership, people, today) else []
    two = two_readers(own, by, programme, people)
    agreement = blocks_of(
        partnership, own.agreement, by, programme, pause=pause, today=today, name=two.other.display_name
    )
    met_on = [meeting.met_on for meeting, _ in own.logged]
    name, agreed = two.other.display_name, None if pause else own.agreement.followed
    report = report_blocks(partnership, own.report, by, programme, met_on, name, agreed=agreed, today=today)
    is_next_to_meet = not (own.met_on or asked or pause)
    first_meeting = agenda.blocks_of(partnership, own.agenda, is_next=is_next_to_meet, at_home=False)
    regular = own_blocks(own.regular, two) if own.regular and not pause else []
    before = baseline_offer(partnership) if own.asks_baseline and not pause else []
    agreement = [*before, *regular, *first_meeting, *agreement]
    plan = plan_button(partnership, by, programme, {partnership.id} if own.reads_plan else (), people)
    finds = find_button(partnership.id, first=not asked and own.finds_time(by)) if can_plan(own, pause, today) else None
    blocks += [*agreement, *report]
    if found := _buttons(own, by, programme, asked, pause, plan, finds, pauses):
        blocks.append(actions(*found))
    return blocks


def _standing(
    own: OwnPartnership, by: str, programme: Programme, today: date, people: Mapping[str, Person], pause: Pause | None
) -> Block:
    """Where it stands, with a proposal for another end, and the button to propose one or to answer."""
    partnership = own.partnership
    name = two_readers(own, by, programme, people).other.display_name
    changes = change_end_button(own.end_plan, partnership, by, pause=pause, today=today, name=name)
    words = standing(partnership, own.met_on, by, programme)
    said = end_line(own.end_plan, partnership, by, programme, today) if changes else ""
    return section("\n".join([words, *([said] if said else [])]), changes)


def _planned(planned: PlannedMeeting, two: TwoReaders) -> Sequence[Block]:
    words, does = plan_in_short(planned, two)
    return section(words), does


def two_readers(own: OwnPartnership, by: str, programme: Programme, people: Mapping[str, Person]) -> TwoReaders:
    """The two people, for whose clocks times are written."""
    partner = own.partnership.other(by)
    reader, other = (people.get(each) or Person(each) for each in (by, partner))
    return TwoReaders(own.partnership, programme, reader, other, own.place)


def step_blocks_of(
    own: OwnPartnership, by: str, programme: Programme, today: date, people: Mapping[str, Person]
) -> Sequence[Block]:
    """The next step of an active partnership: the meeting that is planned, unless a question waits for an answer."""
    if own.planned and not own.asked:
        return _planned(own.planned, two_readers(own, by, programme, people))
    return [section(f"*Next step*\n{step_of(own, by, programme, today, people)}")]


def can_plan(own: OwnPartnership, pause: Pause | None, today: date) -> bool:
    """Whether the two can look for a time: they meet, and no meeting lies ahead."""
    partnership = own.partnership
    return partnership.is_active and pause is None and own.planned is None and today < partnership.ends_on


def step_of(own: OwnPartnership, by: str, programme: Programme, today: date, people: Mapping[str, Person]) -> str:
    """The next step of an active partnership, for `by`, in mrkdwn."""
    followed = own.agreement.followed
    agreed = followed.rhythm if followed else None
    return next_step(
        own.partnership, own.met_on, by, programme, today, own.asked, people.get(by), agreed, own.scheduler
    )


def answer_buttons(own: OwnPartnership, asked: Question | None) -> list[ButtonElement]:
    """Opens the question that waits for an answer, if one does."""
    if asked is Question.CHECK_IN:
        return [button("Answer the check-in", OPEN_CHECK_IN, own.partnership.id, style="primary")]
    if asked is Question.SURVEY:
        return [survey_button(own.partnership, has_met=bool(own.met_on))]
    return []


def _buttons(
    own: OwnPartnership,
    by: str,
    programme: Programme,
    asked: Question | None,
    pause: Pause | None,
    plan: ButtonElement | None,
    finds: ButtonElement | None,
    pauses: list[ButtonElement],
) -> list[ButtonElement]:
    partnership = own.partnership
    if not partnership.is_active:
        goes_back = [] if by in partnership.back else [go_back_button(partnership)]
        items = [items_button(partnership.id)] if own.items else []
        return [*goes_back, *again_buttons(partnership, by), *items]
    return [
        *answer_buttons(own, asked),
        *([finds] if finds else []),
        log_button(partnership.id, first=not asked and pause is None and finds is None),
        items_button(partnership.id),
        *([plan] if plan else []),
        *pauses,
        end_button(partnership, programme, pause=pause),
    ]
