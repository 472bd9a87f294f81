"""Messages about the pause of one partnership. None gives a reason."""

from datetime import timedelta

from slack_sdk.models.blocks import Block

from mentoring.core.lengths import Length
from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership, RequestedPause
from mentoring.pauses.asking import is_over_limit
from messages.blocks import actions, section, small_print
from messages.lengths import span
from messages.notifications.preconditions import (
    NotificationObsolete,
    active_partnership,
    own_partnership,
    owners_only,
    partnership_of,
)
from messages.partnerships.buttons import end_button, see_button
from messages.pauses.view import confirm_button, moved_end_blocks, pause_button, pause_buttons, resume_button
from messages.payloads import Message, message
from messages.programmes.cohorts import day, day_of, weekday
from messages.text import join, mention
from messages.voice import Voice, capital

_AHEAD = timedelta(days=2)
"""A pause without a day lasts at least until tomorrow, where the two are a day ahead of the reader."""


def paused(notification: Notification, context: NotificationContext) -> Message:
    """To both of the two: until when it is paused."""
    partnership = active_partnership(context)
    lasting = _lasting(partnership)
    voice, other = Voice(context.programme), mention(partnership.other(context.reader.id))
    text = f"Your {voice.partnership} is paused{_until(lasting)}"
    if lasting.by and lasting.by not in partnership.people:
        asked = f" {mention(lasting.by)}, who runs the programme, paused it."
    elif lasting.by:
        who = "You asked" if lasting.by == context.reader.id else f"{mention(lasting.by)} asked"
        asked = f" {who} for it. We don’t ask for a reason."
    else:
        asked = ""
    then = (
        "On the working day before, I ask you both whether you’re ready."
        if lasting.until
        else "It carries on when one of you says so. I’ll ask every four weeks."
    )
    during = "Until then" if lasting.until else "For now"
    words = (
        f"*Your {voice.partnership} with {other} is paused{_until(lasting)}.*{asked} {during} you get no reminders or "
        f"questions about it. {then}"
    )
    end = (
        f"The agreed end stays {day(partnership.ends_on)}. When you carry on, the two of you can move it by the length "
        "of the pause."
    )
    does = [*pause_buttons(partnership), see_button(partnership.id, context.programme)]
    return message(text, [section(words), section(end), actions(*does), small_print(_questions(voice))])


def question(notification: Notification, context: NotificationContext) -> Message:
    """To both: on the working day before it carries on, or from time to time if it has no day."""
    partnership = active_partnership(context)
    lasting = _lasting(partnership)
    if (lasting.until.isoformat() if lasting.until else "") != notification.refs.get("until", ""):
        raise NotificationObsolete("changed")
    voice, reader = Voice(context.programme), context.reader.id
    other = mention(partnership.other(reader))
    if lasting.until is None:
        text = f"Your {voice.partnership} is still paused"
        words = (
            f"*Your {voice.partnership} with {other} is still paused*, since {day_of(lasting.since)}. Would you "
            "like to carry on? If neither of you does anything, it stays paused, and I’ll ask again in four weeks."
        )
        does = [resume_button(partnership.id), pause_button(partnership.id, label="Choose a day")]
        return message(text, [section(words), actions(*does)])
    if lasting.until <= context.today:
        raise NotificationObsolete("carried-on")
    when = "tomorrow" if lasting.until == context.today + timedelta(days=1) else f"on {weekday(lasting.until)}"
    text = f"Your {voice.partnership} starts again {when}"
    words = f"*Your {voice.partnership} with {other} starts again {when}.* Are you ready?"
    said = [*(["You"] if reader in lasting.confirmed else []), *_others(lasting, reader)]
    if said:
        words += f" {join(said)} said yes."
    words += " Without an answer it starts again by itself."
    yes = [] if reader in lasting.confirmed else [confirm_button(partnership.id, lasting.until)]
    return message(text, [section(words), actions(*yes, pause_button(partnership.id, label="Stay paused until …"))])


def pause_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """Of a message about a pause, once that has ended or was changed."""
    partnership = own_partnership(context)
    voice, other = Voice(context.programme), mention(partnership.other(context.reader.id))
    subject = f"Your {voice.partnership} with {other}"
    lasting, over = partnership.lasting_pause, partnership.pause
    if lasting:
        text = f"{subject} is paused{_until(lasting)}"
    elif partnership.is_active and over and over.over_on:
        # One of the two may be away for longer.
        text = f"The pause of your {voice.partnership} with {other} ended on {day(over.over_on)}"
    else:
        text = f"{subject} is over"
    sees = see_button(partnership.id, context.programme)
    return message(text, [section(f"*{text}.*"), actions(sees)])


def resumed(notification: Notification, context: NotificationContext) -> Message:
    """To both: it carries on, and they can move the agreed end."""
    partnership = active_partnership(context)
    over = partnership.pause
    if over is None or over.over_on is None:
        raise NotificationObsolete("paused-again")
    if notification.refs.get("over", over.over_on.isoformat()) != over.over_on.isoformat():
        raise NotificationObsolete("paused-since")
    voice, other = Voice(context.programme), mention(partnership.other(context.reader.id))
    text = f"Your {voice.partnership} carries on"
    then = "Reminders count from now on."
    if over.over_on >= partnership.ends_on and not partnership.completed_on:
        then = (
            f"Meanwhile its agreed end has come, on {day(partnership.ends_on)}. The closing survey follows on "
            f"{day(partnership.survey_on)}, unless you both move the end before."
        )
    words = (
        f"*Your {voice.partnership} with {other} carries on.* It was paused from "
        f"{day_of(over.since)} to {day(over.over_on)}. {then}"
    )
    if len(over.moves_end) == 2:
        words += f" You both moved the agreed end. It is now {day(partnership.ends_on)}."
    blocks: list[Block] = [section(words), *moved_end_blocks(partnership, context.reader.id, context.today)]
    return message(text, [*blocks, actions(see_button(partnership.id, context.programme))])


def long_pause(notification: Notification, context: NotificationContext) -> Message:
    """To an owner who is neither of the two: the pause is longer than the programme's limit."""
    owners_only(context)
    partnership = partnership_of(context)
    if context.reader.id in partnership.people or not partnership.is_active:
        raise NotificationObsolete("partnership-over")
    lasting = _lasting(partnership)
    if not is_over_limit(lasting, context.programme, lasting.until or context.today + _AHEAD):
        raise NotificationObsolete("shortened")
    voice = Voice(context.programme)
    two = join([mention(person) for person in partnership.people])
    text = f"{capital(voice.a_partnership)} has a long pause"
    limit = span(Length(weeks=context.programme.pause_weeks))
    until = f"until {day(lasting.until)}" if lasting.until else "with no day of return"
    words = (
        f"*The {voice.partnership} of {two} has been paused since {day_of(lasting.since)}, {until}.* That is "
        f"longer than {limit}. We don’t ask them for a reason. You could ask them what they’d like. If you do nothing, "
        "it stays paused."
    )
    does = actions(end_button(partnership, context.programme, by_owner=True))
    change = small_print("You can change this limit in Settings, under *Length and rhythm*.")
    return message(text, [section(words), does, change])


def long_pause_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """Once the pause is over or shorter, or the partnership is over."""
    owners_only(context)
    partnership = partnership_of(context)
    two = join([mention(person) for person in partnership.people if person]) or "two people"
    voice = Voice(context.programme)
    lasting = partnership.lasting_pause
    what = "pause of the " if partnership.is_active and not lasting else ""
    became = f"is paused{_until(lasting)}" if lasting else "is over"
    return message("A long pause", [section(f"*The {what}{voice.partnership} of {two} {became}.*")])


def _others(lasting: RequestedPause, reader: str) -> list[str]:
    return [mention(each) for each in lasting.confirmed if each != reader]


def _lasting(partnership: Partnership) -> RequestedPause:
    if partnership.lasting_pause is None:
        raise NotificationObsolete("carried-on")
    return partnership.lasting_pause


def _until(lasting: RequestedPause) -> str:
    return f" until {day(lasting.until)}" if lasting.until else ""


def _questions(voice: Voice) -> str:
    return f"Questions? Ask {voice.contact}."
