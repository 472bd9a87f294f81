"""The offer to meet at a regular time, and the calendar file of all its meetings."""

from mentoring.core.outcome import Notification
from mentoring.meetings.planned import PlannedState
from mentoring.meetings.regular_time import RegularState, RegularTime
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, section
from messages.calendar_files import RegularMeetings
from messages.notifications.planned_meetings import attached, file_maker, two_of
from messages.notifications.preconditions import NotificationObsolete, active_partnership
from messages.payloads import Message, message
from messages.regular_times import booked_words, offer_blocks, regular_button, standing_words
from messages.text import mention


def regular_time(notification: Notification, context: NotificationContext) -> Message:
    """What is offered, and what became of it."""
    regular, two = _regular(context), two_of(context)
    active_partnership(context)
    other = mention(two.other.id)
    if regular.state is RegularState.OFFERED and context.regular_days and context.regular_days.starts:
        text = f"{other} offers to meet regularly" if regular.awaits(two.reader.id) else f"Meeting {other} regularly"
        return message(text, offer_blocks(regular, context.regular_days, two))
    starts = RegularMeetings(regular, context.regular_meetings).starts
    words = section(standing_words(regular, starts, two))
    again = [] if regular.state is RegularState.AGREED else [actions(regular_button(two.partnership.id))]
    return message(f"Meeting {other} regularly", [words, *again])


def regular_time_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """Once the partnership is over, without buttons."""
    other = mention(two_of(context).other.id)
    words = f"The regular meetings with {other} are over."
    if _regular(context).state in (RegularState.OFFERED, RegularState.DECLINED):
        words = f"There is no regular time with {other}."
    return message(f"Meeting {other} regularly", [section(words)])


def calendar_of_all(notification: Notification, context: NotificationContext) -> Message:
    """The calendar file of all meetings: once the two have agreed, and when several of them change together."""
    regular, two = _regular(context), two_of(context)
    among = RegularMeetings(regular, context.regular_meetings)
    other = mention(two.other.id)
    ahead = [each for each in among.kept if each.state is PlannedState.BOOKED]
    if regular.state is RegularState.AGREED and ahead:
        words = booked_words(regular, among.starts, among.left_out, two)
        has_changed = any(each.sequence for each in among.meetings)
        does = "change them in" if has_changed else "add them all to"
        text = f"{words}\nOpen the file to {does} your calendar.{two.where}"
        otherwise = "Please note the times."
    else:
        ended = f"{standing_words(regular, (), two)} " if regular.ended_by else ""
        words = f"{ended}The regular meetings with {other} that lay ahead are cancelled."
        text = f"{words} Open the file to take them out of your calendar."
        otherwise = "Please take them out of your calendar."
    data = file_maker(context).of_all(among)
    return Message(text, file=attached(regular.starts_at, two, data, otherwise, several=True))


def _regular(context: NotificationContext) -> RegularTime:
    if context.regular is None:
        raise NotificationObsolete("regular-time-gone")
    return context.regular
