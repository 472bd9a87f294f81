"""About somebody who has left, or is back: to who is left, to the owners, and to themselves on their return."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.people.absences import affected_since
from messages.blocks import actions, button, context, people, section
from messages.ids import OPEN_ALL_PARTNERSHIPS, OPEN_PARTNERSHIPS, OPEN_STATUS
from messages.notifications.preconditions import (
    NotificationObsolete,
    active_partnership,
    owners_only,
    running_partnership,
)
from messages.partnerships.buttons import end_button, log_button, see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import day, days
from messages.text import join, mention
from messages.voice import Voice, capital

MOST_LISTED = 15


def partner_left(notification: Notification, scene: NotificationContext) -> Message:
    """To the one who is left: it waits, and nothing is expected of them."""
    partnership = active_partnership(scene)
    other = partnership.other(scene.reader.id)
    if not _is_absent(other, scene):
        raise NotificationObsolete("back-since")
    voice = Voice(scene.programme)
    text = f"{capital(voice.a_partnership)} of yours is paused"
    words = (
        f"*Your {voice.partnership} with {mention(other)} is paused because their Slack account is deactivated.* You "
        "don’t need to do anything, and you’ll get no reminders. If they return, it carries on and I’ll tell you."
    )
    choice = "If you’d rather not wait, you can end it and ask for another match."
    return message(
        text,
        [
            section(f"{words}\n{choice}"),
            actions(
                see_button(partnership.id, scene.programme), end_button(partnership, scene.programme, is_paused=True)
            ),
            context(f"Questions? Ask {_whom_to_ask(other, scene)}."),
        ],
    )


def partner_back(notification: Notification, scene: NotificationContext) -> Message:
    """To the one who waited."""
    partnership = running_partnership(scene)
    other = mention(partnership.other(scene.reader.id))
    voice = Voice(scene.programme)
    text = f"{other} is back"
    if scene.today < partnership.ends_on:
        words = f"*{text}.* Your {voice.partnership} continues until {day(partnership.ends_on)}. You could say hello."
    else:
        words = f"*{text}.* Your {voice.partnership} came to its agreed end on {day(partnership.ends_on)}."
    return message(
        text,
        [
            section(words),
            actions(log_button(partnership.id, first=False), see_button(partnership.id, scene.programme)),
            context(f"Questions? Ask {voice.contact}."),
        ],
    )


def welcome_back(notification: Notification, scene: NotificationContext) -> Message:
    """To the one who is back: where things stand now."""
    voice = Voice(scene.programme)
    text = "Welcome back"
    left_at = notification.refs.get("left", "")
    concerned = affected_since(scene.theirs, datetime.fromisoformat(left_at)) if left_at else ()
    if not concerned:
        raise NotificationObsolete("nothing-left")
    lines = [_stands(partnership, scene) for partnership in concerned[:MOST_LISTED]]
    see = button(f"See your {Voice(scene.programme, marked=False).partnerships}", OPEN_PARTNERSHIPS)
    return message(
        text,
        [
            section("\n".join([f"*{text}.*", *lines])),
            actions(see, button("See your application", OPEN_STATUS)),
            context(f"Questions? Ask {voice.contact}."),
        ],
    )


def _stands(partnership: Partnership, scene: NotificationContext) -> str:
    voice, other = Voice(scene.programme), partnership.other(scene.reader.id)
    what = f"Your {voice.partnership} with {mention(other)}"
    if not partnership.is_active:
        return f"• {what} has ended."
    if _is_absent(other, scene):
        return f"• {what} stays paused until they return too."
    if scene.today >= partnership.ends_on:
        return f"• {what} came to its agreed end on {day(partnership.ends_on)}."
    return f"• {what} continues until {day(partnership.ends_on)}."


def owners_left(notification: Notification, scene: NotificationContext) -> Message:
    """To an owner: what is paused, and what they can decide."""
    owners_only(scene)
    person, paused = _concerned(notification, scene)
    if not _is_absent(person, scene):
        raise NotificationObsolete("back-since")
    voice = Voice(scene.programme)
    who = mention(person)
    text = f"{who}’s Slack account was deactivated"
    here = [other for p in paused if (other := p.other(person)) and not _is_absent(other, scene)]
    tells = f" I’ll tell {people(here, MOST_LISTED)}." if here else ""
    if len(paused) == 1:
        words = (
            f"*{text}, so their {voice.partnership} is paused.*{tells} If {who} returns, it carries on. You can "
            "wait, or end it so that the other person can ask for another match."
        )
    else:
        words = (
            f"*{text}, so {len(paused)} {voice.partnerships} are paused.*{tells} If {who} returns, these carry on. "
            "You can wait, or end them so that the other people can ask for another match."
        )
    blocks: list[Block] = [section(words)]
    for number, partnership in enumerate(paused[:MOST_LISTED], 1):
        since = f"{days(partnership.started_on, partnership.ends_on)}."
        names = f"{mention(partnership.mentee)} and {mention(partnership.mentor)}"
        end = end_button(partnership, scene.programme, by_owner=True, is_paused=True)
        end.accessibility_label = f"End it: number {number} in this list"
        blocks.append(section(f"{names}\n{since}", end))
    if len(paused) > MOST_LISTED:
        blocks.append(context(f"And {len(paused) - MOST_LISTED} more."))
    return message(text, [*blocks, actions(_see_all(scene))])


def owners_back(notification: Notification, scene: NotificationContext) -> Message:
    """To an owner: what goes on."""
    owners_only(scene)
    person, paused = _concerned(notification, scene)
    if _is_absent(person, scene):
        raise NotificationObsolete("away-again")
    voice = Voice(scene.programme)
    going = [partnership for partnership in paused if pause_of(partnership, scene.people) is None]
    if not going:
        raise NotificationObsolete("still-paused")
    text = f"{mention(person)} is back"
    others = join([mention(partnership.other(person)) for partnership in going[:MOST_LISTED]])
    which = voice.partnership if len(going) == 1 else voice.partnerships
    carries = "carries" if len(going) == 1 else "carry"
    words = f"*{text}.* Their {which} with {others} {carries} on. You don’t need to do anything."
    return message(text, [section(words), actions(_see_all(scene))])


def _concerned(notification: Notification, scene: NotificationContext) -> tuple[str, Sequence[Partnership]]:
    """Whom it is about, and their active partnerships that the reader is no part of."""
    theirs = [p for p in scene.theirs if p.is_active and scene.reader.id not in p.people]
    if not theirs:
        raise NotificationObsolete("nothing-left")
    return notification.refs.get("person", ""), theirs


def _see_all(scene: NotificationContext) -> ButtonElement:
    return button(f"See all {Voice(scene.programme, marked=False).partnerships}", OPEN_ALL_PARTNERSHIPS)


def _is_absent(person: str, scene: NotificationContext) -> bool:
    return person in scene.people and scene.people[person].is_absent


def _whom_to_ask(gone: str, scene: NotificationContext) -> str:
    """The contact, unless it is they who have left."""
    return "the programme owners" if scene.programme.contact == gone else Voice(scene.programme).contact
