"""Messages about absent and returned people: to their partners, to owners, and to returned people."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.people.absences import affected_since
from messages.blocks import actions, button, people, section, small_print
from messages.ids import OPEN_ALL_PARTNERSHIPS, OPEN_OWNERS, OPEN_PARTNERSHIPS, OPEN_STATUS
from messages.matching.proposals import open_review_button
from messages.notifications.preconditions import (
    NotificationObsolete,
    active_partnership,
    approvers_only,
    owners_only,
    running_partnership,
)
from messages.partnerships.buttons import end_button, log_button, see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import day, days
from messages.text import join, mention, plural
from messages.voice import Voice, capital

MOST_LISTED = 15


def partner_left(notification: Notification, context: NotificationContext) -> Message:
    """To the partner of an absent person: the partnership is paused."""
    partnership = active_partnership(context)
    other = partnership.other(context.reader.id)
    if not _is_absent(other, context):
        raise NotificationObsolete("back-since")
    voice = Voice(context.programme)
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
                see_button(partnership.id, context.programme),
                end_button(partnership, context.programme, pause=pause_of(partnership, context.people)),
            ),
            small_print(f"Questions? Ask {_whom_to_ask(other, context)}."),
        ],
    )


def partner_back(notification: Notification, context: NotificationContext) -> Message:
    """To the partner of a returned person."""
    partnership = running_partnership(context)
    text, stands = _back(partnership, context)
    return message(
        text,
        [
            section(f"*{text}.* {stands}"),
            actions(log_button(partnership.id, first=False), see_button(partnership.id, context.programme)),
            small_print(f"Questions? Ask {Voice(context.programme).contact}."),
        ],
    )


def partner_back_line(notification: Notification, context: NotificationContext) -> str:
    text, stands = _back(running_partnership(context), context)
    return f"{text}. {stands}"


def _back(partnership: Partnership, context: NotificationContext) -> tuple[str, str]:
    """Who is back, and how the partnership stands."""
    voice = Voice(context.programme)
    text = f"{mention(partnership.other(context.reader.id))} is back"
    if context.today < partnership.ends_on:
        return text, f"Your {voice.partnership} continues until {day(partnership.ends_on)}. You could say hello."
    return text, f"Your {voice.partnership} came to its agreed end on {day(partnership.ends_on)}."


def welcome_back(notification: Notification, context: NotificationContext) -> Message:
    """To a returned person: the state of their partnerships."""
    voice = Voice(context.programme)
    text = "Welcome back"
    left_at = notification.refs.get("left", "")
    concerned = affected_since(context.their_partnerships, datetime.fromisoformat(left_at)) if left_at else ()
    if not concerned:
        raise NotificationObsolete("nothing-left")
    lines = [_stands(partnership, context) for partnership in concerned[:MOST_LISTED]]
    see = button(f"See your {Voice(context.programme, marked=False).partnerships}", OPEN_PARTNERSHIPS)
    return message(
        text,
        [
            section("\n".join([f"*{text}.*", *lines])),
            actions(see, button("See your application", OPEN_STATUS)),
            small_print(f"Questions? Ask {voice.contact}."),
        ],
    )


def _stands(partnership: Partnership, context: NotificationContext) -> str:
    voice, other = Voice(context.programme), partnership.other(context.reader.id)
    what = f"Your {voice.partnership} with {mention(other)}"
    if not partnership.is_active:
        return f"• {what} has ended."
    if _is_absent(other, context):
        return f"• {what} stays paused until they return too."
    if context.today >= partnership.ends_on:
        return f"• {what} came to its agreed end on {day(partnership.ends_on)}."
    return f"• {what} continues until {day(partnership.ends_on)}."


def owner_left(notification: Notification, context: NotificationContext) -> Message:
    """To the other owners and the committee: nothing waits for one of them whose account is closed."""
    approvers_only(context)
    person = notification.refs.get("person", "")
    if person not in (*context.owners, *context.committee):
        return _facilitator_left(person, context)
    if not _is_absent(person, context):
        raise NotificationObsolete("back-since")
    who, left = mention(person), context.present_approvers
    text = f"{who}’s Slack account was deactivated"
    if len(left) > 1:
        decides = f"Matches are decided by {join([mention(each) for each in left])}."
    else:
        one = "one" if context.committee else "owner"
        decides = f"You’re the only {one} left, so your approval is enough for a match."
    does = "a programme owner" if person in context.owners else "on the committee"
    words = (
        f"*{text}, and they’re {does}.* I no longer wait for their approval, and approvals that they gave don’t count. "
        f"{decides} If {who} returns, they count again."
    )
    if not context.is_owner:
        return message(text, [section(words), actions(open_review_button())])
    words += f" If they’ve left for good, take {who} off the list of people who run the programme."
    change = button("Change the list", OPEN_OWNERS)
    return message(text, [section(words), actions(open_review_button(), change)])


def _facilitator_left(person: str, context: NotificationContext) -> Message:
    """To owners: people are not told any more of a facilitator whose account is closed."""
    owners_only(context)
    if person not in context.facilitators:
        raise NotificationObsolete("no-longer-an-approver")
    if not _is_absent(person, context):
        raise NotificationObsolete("back-since")
    who, left = mention(person), context.present_facilitators
    text = f"{who}’s Slack account was deactivated"
    rest = "No facilitator is left: you can name another one."
    if left:
        rest = f"{plural(len(left), 'facilitator is', 'facilitators are')} left: {people(left, MOST_LISTED)}."
    words = (
        f"*{text}, and they’re a facilitator.* I no longer name them to people in the programme. {rest} If {who} "
        f"returns, I’ll name them again. If they’ve left for good, take {who} off the list of people who run the "
        "programme."
    )
    return message(text, [section(words), actions(button("Change the list", OPEN_OWNERS))])


def owners_left(notification: Notification, context: NotificationContext) -> Message:
    """To owners: the paused partnerships, and what can be done."""
    owners_only(context)
    person, paused = _concerned(notification, context)
    if not _is_absent(person, context):
        raise NotificationObsolete("back-since")
    voice = Voice(context.programme)
    who = mention(person)
    text = f"{who}’s Slack account was deactivated"
    here = [other for p in paused if (other := p.other(person)) and not _is_absent(other, context)]
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
        end = end_button(partnership, context.programme, by_owner=True, pause=pause_of(partnership, context.people))
        end.accessibility_label = f"End it: number {number} in this list"
        blocks.append(section(f"{names}\n{since}", end))
    if len(paused) > MOST_LISTED:
        blocks.append(small_print(f"And {len(paused) - MOST_LISTED} more."))
    return message(text, [*blocks, actions(_see_all(context))])


def owners_back(notification: Notification, context: NotificationContext) -> Message:
    """To owners: the partnerships that go on."""
    text, carries = _owners_back(notification, context)
    words = f"*{text}.* {carries} You don’t need to do anything."
    return message(text, [section(words), actions(_see_all(context))])


def owners_back_line(notification: Notification, context: NotificationContext) -> str:
    text, carries = _owners_back(notification, context)
    return f"{text}. {carries}"


def _owners_back(notification: Notification, context: NotificationContext) -> tuple[str, str]:
    """Who is back, and which partnerships go on."""
    owners_only(context)
    person, paused = _concerned(notification, context)
    if _is_absent(person, context):
        raise NotificationObsolete("away-again")
    voice = Voice(context.programme)
    going = [partnership for partnership in paused if pause_of(partnership, context.people) is None]
    if not going:
        raise NotificationObsolete("still-paused")
    text = f"{mention(person)} is back"
    others = join([mention(partnership.other(person)) for partnership in going[:MOST_LISTED]])
    which = voice.partnership if len(going) == 1 else voice.partnerships
    carries = "carries" if len(going) == 1 else "carry"
    return text, f"Their {which} with {others} {carries} on."


def _concerned(notification: Notification, context: NotificationContext) -> tuple[str, Sequence[Partnership]]:
    """The person, and their active partnerships that the absence affects, without the reader's."""
    left_at = notification.refs.get("left", "")
    affected = affected_since(context.their_partnerships, datetime.fromisoformat(left_at)) if left_at else ()
    theirs = [p for p in affected if p.is_active and context.reader.id not in p.people]
    if not theirs:
        raise NotificationObsolete("nothing-left")
    return notification.refs.get("person", ""), theirs


def _see_all(context: NotificationContext) -> ButtonElement:
    return button(f"See all {Voice(context.programme, marked=False).partnerships}", OPEN_ALL_PARTNERSHIPS)


def _is_absent(person: str, context: NotificationContext) -> bool:
    return person in context.people and context.people[person].is_absent


def _whom_to_ask(gone: str, context: NotificationContext) -> str:
    """The contact, unless the contact is absent."""
    return "the programme owners" if context.programme.contact == gone else Voice(context.programme).contact
