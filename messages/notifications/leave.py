"""Messages about leave: to the person, to their partners, and when they are back. None gives a reason."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.outcome import Notification
from mentoring.core.people import Leave, Person
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership, pause_of
from messages.blocks import actions, button, section, small_print
from messages.ids import COMMAND, OPEN_PARTNERSHIPS, OPEN_STATUS
from messages.leave import leave_buttons
from messages.notifications.preconditions import NotificationObsolete, active_partnership
from messages.partnerships.buttons import choose_another_button, end_button, see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import mention
from messages.voice import Voice


def on_leave(notification: Notification, context: NotificationContext) -> Message:
    """To the person who is on leave: until when, and what can be done about it."""
    leave = _leave_of(context.reader)
    voice, until = Voice(context.programme), day(leave.until)
    by = notification.refs.get("by", "")
    text = f"You’re on leave until {until}"
    start = f"*{mention(by)} has put you on leave until {until}.*" if by else f"*{text}.*"
    words = (
        f"{start} Until then, no one is matched with you, your {voice.partnerships} are paused, and you get no "
        "reminders about them. Your partners hear until when you’re away, without a reason. On that day everything "
        "carries on by itself, and I’ll tell you."
    )
    return message(
        text,
        [
            section(words),
            actions(*leave_buttons(leave)),
            small_print(f"Questions? Ask {voice.contact}."),
        ],
    )


def partner_on_leave(notification: Notification, context: NotificationContext) -> Message:
    """To the partner of a person on leave: the partnership is paused until a day."""
    partnership = active_partnership(context)
    other = partnership.other(context.reader.id)
    leave = _leave_of(context.people.get(other))
    pause = pause_of(partnership, {**context.people, context.reader.id: context.reader})
    voice, until = Voice(context.programme), day(pause.until if pause and pause.until else leave.until)
    carries_on = "On that day it carries on by itself, and I’ll tell you."
    if pause and pause.requested and pause.requested.until is None:
        carries_on = "After that it carries on when one of you says so."
    text = f"Your {voice.partnership} is paused until {until}"
    words = (
        f"*Your {voice.partnership} with {mention(other)} is paused until {until}, because they’re away.* You don’t "
        f"need to do anything, and you’ll get no reminders. {carries_on}"
    )
    does = [see_button(partnership.id, context.programme), end_button(partnership, context.programme)]
    choice: list[Block] = []
    if leave.is_long:
        choice = [section("That is a long time. You can wait. Or you can be matched again, with no need to explain.")]
        does.insert(0, choose_another_button(partnership, context.programme))
    return message(
        text,
        [
            section(words),
            *choice,
            actions(*does),
            small_print(f"Questions? Ask {voice.contact}."),
        ],
    )


def leave_over(notification: Notification, context: NotificationContext) -> Message:
    """To the person who is back."""
    reader = context.reader
    if reader.leave is not None:
        raise NotificationObsolete("on-leave-again")
    voice, plain = Voice(context.programme), Voice(context.programme, marked=False)
    by = notification.refs.get("by", "")
    text = "Welcome back"
    start = f"{mention(by)} has ended your leave." if by else "Your leave is over."
    buttons: list[ButtonElement] = []
    active = [each for each in context.own_partnerships if each.is_active]
    goes_on = "You can be matched again."
    if active:
        goes_on = _goes_on(active, context, voice)
        sees = plain.partnership if len(active) == 1 else plain.partnerships
        buttons.append(button(f"See your {sees}", OPEN_PARTNERSHIPS, active[0].id if len(active) == 1 else ""))
    buttons.append(button("See your application", OPEN_STATUS))
    blocks: list[Block] = [section(f"*{text}.* {start} {goes_on}"), actions(*buttons)]
    return message(text, [*blocks, small_print(f"Questions? Ask {voice.contact}.")])


def _goes_on(active: Sequence[Partnership], context: NotificationContext, voice: Voice) -> str:
    """Which of the reader's active partnerships carry on: the others wait for the partner."""
    pauses = [pause for each in active if (pause := pause_of(each, context.people))]
    waiting = len(pauses)
    if waiting == len(active) and any(pause.requested for pause in pauses):
        stay = f"{voice.partnership} stays" if waiting == 1 else f"{voice.partnerships} stay"
        return f"Your {stay} paused for now. In `{COMMAND} status` you see until when."
    if waiting == len(active) == 1:
        return f"Your {voice.partnership} stays paused, because your partner is away. I’ll tell you when it carries on."
    if waiting == len(active):
        return (
            f"Your {voice.partnerships} stay paused, because your partners are away. I’ll tell you when they carry on."
        )
    with_whom = f"{voice.partnership} carries" if len(active) == 1 else f"{voice.partnerships} carry"
    some = " The others stay paused for now." if waiting else ""
    return f"Your {with_whom} on, and you get reminders again.{some}"


def _leave_of(person: Person | None) -> Leave:
    if person is None or person.leave is None:
        raise NotificationObsolete("back-since")
    return person.leave
