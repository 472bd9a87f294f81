"""About a partnership, from the introduction to its end. Its name is that of the other person."""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.jobs import FIRST_MEETING_ON
from mentoring.partnerships.partnership import Partnership, PartnershipState
from messages.applications.wording import WAYS, span
from messages.blocks import actions, context, listing, section
from messages.help import open_button, withdraw_button
from messages.notifications.preconditions import NotificationObsolete, own_application, own_partnership, partnership_of
from messages.partnerships.buttons import again_buttons, go_back_button, log_button, see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, day, phase, takes_applications
from messages.text import escape, mention, plural
from messages.voice import Voice, capital

MOST_OF_TOPICS = 1000


def introduced(notification: Notification, scene: NotificationContext) -> Message:
    """To the two in one conversation: who is who, what to talk about first, what holds (D1.9–D1.16, D2.15–D2.16)."""
    partnership = partnership_of(scene)
    if not partnership.is_active:
        raise NotificationObsolete("partnership-over")
    mentee, mentor, voice = mention(partnership.mentee), mention(partnership.mentor), Voice(scene.programme)
    agreed = (
        "You have both said yes." if scene.programme.ask_first else "The programme owners have brought you together."
    )
    topics = (
        f"\nWhat brings you together: {listing(partnership.topics, MOST_OF_TOPICS, 'and')}."
        if partnership.topics
        else ""
    )
    text = f"{mentee} and {mentor}, meet each other"
    return message(
        text,
        [
            section(f"*{text}.*\n{agreed} Here your {voice.partnership} begins.\n{_who(partnership, scene)}{topics}"),
            section(_first_meeting(partnership, voice)),
            section(_what_holds(partnership, voice)),
            actions(log_button(partnership.id), see_button(partnership.id, scene.programme)),
            context(
                "I do not read along here. For what is between the two of you, write to each other directly, without "
                f"me. "
                f"If something is not as it should be, {voice.contact} can help."
            ),
        ],
    )


def _who(partnership: Partnership, scene: NotificationContext) -> str:
    voice = Voice(scene.programme)
    lines = []
    for person, word in ((partnership.mentee, voice.mentee), (partnership.mentor, voice.mentor)):
        found = scene.profiles.get(person)
        work = f" ({escape(found.department)})" if found and found.department else ""
        speaks = f", at ease in {escape(found.languages)}" if found and found.languages else ""
        lines.append(f"• {mention(person)}{work} is the {word}{speaks}")
    return "\n".join(lines)


def _first_meeting(partnership: Partnership, voice: Voice) -> str:
    mentee = mention(partnership.mentee)
    return (
        f"*Your first meeting: {mentee} suggests a time today, for the next {FIRST_MEETING_ON} days*\n"
        "Meet in person if you can, somewhere private and neutral, and talk about\n"
        f"• what the {voice.mentee} hopes for, and what the {voice.mentor} expects\n"
        "• how often, where and for how long you meet, and how you write to each other in between\n"
        "• what stays between you, and what is not for these conversations\n"
        "• when and how you look at whether it still serves you both\n"
        "• and simply who you are"
    )


def _what_holds(partnership: Partnership, voice: Voice) -> str:
    return (
        "*What holds*\n"
        f"• Your {voice.partnership} lasts until {day(partnership.ends_on)} ({span(partnership.months)}).\n"
        "• You meet twice in the first month, then at least once a month, in work hours unless you both agree "
        f"otherwise. {mention(partnership.mentee)} suggests the times.\n"
        "• What you say to each other stays between you.\n"
        "• Either of you may end it at any time, without giving a reason."
    )


def meeting_logged(notification: Notification, scene: NotificationContext) -> Message:
    """To the other one, in a line and without the notes."""
    meeting = scene.meeting
    if meeting is None:
        raise NotificationObsolete("meeting-gone")
    partnership = own_partnership(scene)
    other = mention(partnership.other(scene.reader.id))
    text = f"{other} logged a meeting with you"
    how = f"{plural(meeting.minutes, 'minute', 'minutes')}, {WAYS[meeting.way].lower()}"
    words = f"{text}: {day(meeting.met_on)}, {how}."
    return message(text, [section(words, see_button(partnership.id, scene.programme))])


def ended(notification: Notification, scene: NotificationContext) -> Message:
    """The same words to both, whoever ended it (D2.9)."""
    partnership = own_partnership(scene)
    if partnership.state is not PartnershipState.ENDED:
        raise NotificationObsolete("not-ended")
    voice = Voice(scene.programme)
    text = f"{capital(voice.a_partnership)} of yours has ended"
    words = (
        f"*Your {voice.partnership} with {mention(partnership.other(scene.reader.id))} has ended.* No reason is owed, "
        "and none was asked. Thank you both for the time you gave each other. You hear no more reminders about it."
    )
    return message(text, [section(words), *_again(partnership, scene), context(_questions(voice))])


def closed(notification: Notification, scene: NotificationContext) -> Message:
    """At the agreed end, with thanks (D0.18)."""
    partnership = own_partnership(scene)
    if partnership.state is not PartnershipState.CLOSED:
        raise NotificationObsolete("not-closed")
    voice = Voice(scene.programme)
    text = f"Well done: your {voice.partnership} is complete"
    other = partnership.other(scene.reader.id)
    lasted = f"{span(partnership.months)}, from {day(partnership.started_on)} to {day(partnership.ends_on)}"
    if other in scene.people and scene.people[other].is_absent:
        text = f"{capital(voice.a_partnership)} of yours has come to its agreed end"
        words = (
            f"*Your {voice.partnership} with {mention(other)} has come to its agreed end*: {lasted}. It was paused, as "
            "their account here is closed. Thank you for what you gave to it and to the programme."
        )
    else:
        words = (
            f"*Well done, both of you.* Your {voice.partnership} with {mention(other)} is complete: {lasted}. Thank "
            "you for what you gave each other and the programme. Tell people about it, if you like: that is how others "
            "find the way."
        )
    return message(text, [section(words), *_again(partnership, scene), context(_questions(voice))])


def _questions(voice: Voice) -> str:
    return f"Questions? Ask {voice.contact}."


def _again(partnership: Partnership, scene: NotificationContext) -> list[Block]:
    """The way on, as far as there is one: back to the pool; and with whom rather not."""
    always = (see_button(partnership.id, scene.programme), *again_buttons(partnership, scene.reader.id))
    is_over = phase(scene.cohort, scene.today) is Phase.OVER
    if is_over or scene.reader.id in partnership.back or own_application(scene, partnership) is None:
        return [actions(*always)]
    words = "Would you like to be matched again? Until you say so, nobody is proposed to you."
    return [section(words), actions(go_back_button(partnership), *always)]


def _apply_again(partnership: Partnership, scene: NotificationContext) -> Message:
    """They withdrew what they had sent, so there is nothing to match them by."""
    role = Role.MENTEE if scene.reader.id == partnership.mentee else Role.MENTOR
    text = f"You withdrew your {Voice(scene.programme).sent(role)}"
    if not takes_applications(scene.cohort, scene.today):
        return message(f"{text}, and applications are not open now.")
    words = f"*{text}.* Send it again, and you are in the pool."
    return message(
        f"{text}: send it again to be matched", [section(words), actions(open_button(role, scene.programme))]
    )


def back_in_pool(notification: Notification, scene: NotificationContext) -> Message:
    """They would like to be matched again."""
    partnership = own_partnership(scene)
    application = own_application(scene, partnership)
    if application is None:
        return _apply_again(partnership, scene)
    text = "You are back in the pool"
    asks = ", and we ask you before you are introduced" if scene.programme.ask_first else ""
    words = f"*{text}.* The programme owners can propose somebody to you from now on{asks}."
    return message(
        text,
        [
            section(words),
            *_somebody_else(partnership, scene.reader.id),
            actions(withdraw_button(application, scene.programme)),
        ],
    )


def _somebody_else(partnership: Partnership, reader: str) -> list[Block]:
    """Where they have not said so yet."""
    if reader in partnership.declined_rematch:
        return []
    words = f"If you would rather not be matched with {mention(partnership.other(reader))} again, say so in confidence."
    return [section(words, button) for button in again_buttons(partnership, reader)]
