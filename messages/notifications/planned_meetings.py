"""The message about a planned meeting, which is there from the first offer until both have said whether they met; and
the calendar file.
"""

from datetime import datetime

from mentoring.core.outcome import Notification
from mentoring.core.people import Person
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.notifications.context import NotificationContext
from messages.agenda.guides import is_near_end
from messages.blocks import actions, section
from messages.calendar_files import FileMaker, RegularMeetings, file_name
from messages.items.blocks import to_do
from messages.notifications.preconditions import NotificationObsolete, active_partnership, own_partnership
from messages.payloads import AttachedFile, Message, message
from messages.planned_meetings import TwoReaders, agenda, answer_blocks, cancelled_words, find_button, plan_blocks
from messages.reports.words import quarterly_offer
from messages.text import mention
from messages.times import when

_OVER = (PlannedState.PAST, PlannedState.HELD, PlannedState.MISSED)
MOST_ITEMS = 20
"""Blocks of action items below the agenda."""
_OFF = (PlannedState.CANCELLED, PlannedState.LAPSED)


def planned_meeting(notification: Notification, context: NotificationContext) -> Message:
    """What is offered or agreed, the agenda, and afterwards the question whether they met."""
    planned, two = _planned(context), two_of(context)
    active_partnership(context)
    other = mention(two.other.id)
    if planned.state in _OVER:
        return message(f"Your meeting with {other}", answer_blocks(planned, two, context.meeting))
    if planned.state in _OFF:
        words = section(cancelled_words(planned, two))
        return message(f"About meeting {other}", [words, actions(find_button(two.partnership.id))])
    if planned.awaits(two.reader.id):
        text = f"{other} asks to move your meeting" if planned.is_booked else f"{other} offers a time to meet"
        return message(text, plan_blocks(planned, two, others=context.other_times))
    blocks = plan_blocks(planned, two)
    if planned.is_booked and planned.starts_at:
        is_last = is_near_end(two.partnership, two.reader.today(planned.starts_at))
        todo = to_do(context.items, two.partnership, two.reader.id, context.today, MOST_ITEMS)
        blocks[1:1] = [*agenda(two, met=context.met, first=context.agenda, is_near_end=is_last), *todo]
        blocks += quarterly_offer(two.partnership, context.report_due_since)
    return message(f"Your meeting with {other}", blocks)


def planned_meeting_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """Once the partnership is over, without buttons."""
    planned, two = _planned(context), two_of(context)
    other = mention(two.other.id)
    if planned.state in _OFF or planned.starts_at is None:
        return message(f"About meeting {other}", [section(cancelled_words(planned, two))])
    words = f"Your meeting with {other} was planned for {when(planned.starts_at, two.reader)}."
    return message(f"Your meeting with {other}", [section(words)])


def calendar_entry(notification: Notification, context: NotificationContext) -> Message:
    """The calendar file of a meeting that is agreed, moved or cancelled."""
    planned, two = _planned(context), two_of(context)
    if planned.starts_at is None or planned.state not in (PlannedState.BOOKED, PlannedState.CANCELLED):
        raise NotificationObsolete("meeting-over")
    other, at = mention(two.other.id), two.time(planned.starts_at)
    if planned.state is PlannedState.CANCELLED:
        text = f"{cancelled_words(planned, two)} Open the file to take it out of your calendar."
        otherwise = "Please take it out of your calendar."
    else:
        has_changed = planned.sequence > 0
        words = f"*Your meeting with {other} has changed.* It is on" if has_changed else f"*You’re meeting {other}* on"
        does = "change it in" if has_changed else "add it to"
        text = f"{words} {at}. Open the file to {does} your calendar.{two.where}"
        otherwise = "Please note the time."
    among = RegularMeetings(context.regular, context.regular_meetings) if context.regular else None
    data = file_maker(context).of_one(planned, among)
    return Message(text, file=attached(planned.starts_at, two, data, otherwise))


def attached(start: datetime, two: TwoReaders, data: bytes, otherwise: str, *, several: bool = False) -> AttachedFile:
    """A calendar file for the reader; `otherwise` is what they do where files are refused. `start` is aware."""
    title = f"Meetings from {when(start, two.reader)}" if several else f"Meeting on {when(start, two.reader)}"
    return AttachedFile(file_name(start, two.reader, several=several), title, data, _refused(otherwise))


def file_maker(context: NotificationContext) -> FileMaker:
    mentee, mentor = (context.people.get(each) or Person(each) for each in own_partnership(context).people)
    return FileMaker((mentee, mentor), context.programme, context.today, context.conversation, context.place)


def _refused(otherwise: str) -> str:
    return f"I can’t share calendar files in this workspace. {otherwise} The app admin can allow them."


def _planned(context: NotificationContext) -> PlannedMeeting:
    if context.planned is None:
        raise NotificationObsolete("meeting-gone")
    return context.planned


def two_of(context: NotificationContext) -> TwoReaders:
    partnership = own_partnership(context)
    other = partnership.other(context.reader.id)
    partner = context.people.get(other) or Person(other)
    return TwoReaders(partnership, context.programme, context.reader, partner, context.place)
