"""Messages for which an owner asked: to the two people of a partnership, and what comes back to the owner."""

from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.oversight.asking import (
    HowItStands,
    OversightContext,
    OversightKind,
    OversightRequest,
    meets_near,
    to_ask_again,
)
from mentoring.oversight.responsible import owners_for, responsible_owner
from mentoring.partnerships.partnership import PartnershipState
from messages.blocks import actions, button, people, section, small_print
from messages.cases.form import LABEL as HELP_LABEL
from messages.ids import ANSWER_CONTACT, ANSWER_MORE_TIME, ANSWER_WELL, ASK_FOR_HELP, OPEN_ALL_PARTNERSHIPS
from messages.notifications.preconditions import (
    NotificationObsolete,
    own_partnership,
    owners_only,
    partnership_of,
    running_partnership,
)
from messages.oversight.view import ANSWERS
from messages.partnerships.buttons import go_back_button, log_button, see_button
from messages.payloads import Message, message
from messages.planned_meetings import find_button
from messages.text import join, mention
from messages.voice import Voice

MOST_NAMED: Final = 3
"""Owners that are named when several look after a partnership."""


def nudge(notification: Notification, context: NotificationContext) -> Message:
    """To both: an owner asked me to remind them to meet."""
    partnership = running_partnership(context)
    overseen = _overseen(context)
    if context.today >= partnership.ends_on:
        raise NotificationObsolete("past")
    if meets_near(overseen.met_on, overseen.planned_until, overseen.now):
        raise NotificationObsolete("met-since")
    request = _request(notification, overseen, OversightKind.NUDGE)
    if overseen.reminded_at and overseen.reminded_at > request.at:  # while this one waited for the end of a pause
        raise NotificationObsolete("reminded-since")
    other = mention(partnership.other(context.reader.id))
    words = (
        f"*Have you and {other} found a time to meet?* {_owner(request)} asked me to remind you both. If you’ve met, "
        "log it: it takes a minute. If not, suggest a time."
    )
    does = actions(
        find_button(partnership.id, first=True),
        log_button(partnership.id, first=False),
        see_button(partnership.id, context.programme),
    )
    note = f"{other} gets the same message. You don’t need to answer {_owner(request)}."
    return message("Have you two found a time to meet?", [section(words), does, small_print(note)])


def help_offered(notification: Notification, context: NotificationContext) -> Message:
    """To both: an owner offers help, and what an owner can do."""
    partnership = running_partnership(context)
    voice = Voice(context.programme)
    overseen = _overseen(context)
    request = _request(notification, overseen, OversightKind.HELP)
    if request.by not in overseen.present_owners:
        raise NotificationObsolete("nobody-helps")
    other, owner = mention(partnership.other(context.reader.id)), mention(request.by)
    words = (
        f"*{owner} offers you and {other} help.* If anything makes it hard to meet, just message them. An owner can "
        f"talk with one of you or both, pause your {voice.partnership}, or end it without a reason."
    )
    does = actions(button(HELP_LABEL, ASK_FOR_HELP), see_button(partnership.id, context.programme))
    note = (
        f"{other} gets the same message. You don’t need to do anything. To ask one person in confidence, choose "
        f"*{HELP_LABEL}*."
    )
    return message("An owner offers you both help", [section(words), does, small_print(note)])


def standing_asked(notification: Notification, context: NotificationContext) -> Message:
    """To both: an owner asks how it stands. Each answers in one press, and owners read it with the name."""
    partnership = running_partnership(context)
    overseen = _overseen(context)
    request = _request(notification, overseen, OversightKind.STANDING)
    voice, other = Voice(context.programme), mention(partnership.other(context.reader.id))
    newest = overseen.newest(OversightKind.STANDING)
    if newest is None or newest.number != request.number:
        raise NotificationObsolete("asked-again")
    text = "How is it going with you two?"
    said = _answer(overseen, request, context.reader.id)
    if said:
        told = f"You answered {_owner(request)}: {_SAID[said]}. {_THEN[said]}"
        return message(text, [section(f"*{text}* {told}"), actions(see_button(partnership.id, context.programme))])
    words = (
        f"*How is your {voice.partnership} with {other} going?* {_owner(request)} asks you both. One press is enough, "
        "and you don’t have to answer."
    )
    value = f"{partnership.id}:{request.number}"
    does = actions(
        button("All is well", ANSWER_WELL, value),
        button("We need more time", ANSWER_MORE_TIME, value),
        button("Please contact me", ANSWER_CONTACT, value),
    )
    readers = f"The programme owners see your answer with your name. {other} doesn’t. It changes nothing else."
    return message(text, [section(words), does, small_print(readers)])


_SAID = {
    HowItStands.WELL: "all is well",
    HowItStands.MORE_TIME: "you need more time",
    HowItStands.CONTACT: "please contact me",
}
_THEN = {
    HowItStands.WELL: "Thank you.",
    HowItStands.MORE_TIME: "Thank you. There’s no hurry.",
    HowItStands.CONTACT: "Thank you. An owner will message you.",
}


def standing_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """What replaces the question once the partnership has ended or paused, or the owner has asked again."""
    partnership = own_partnership(context)
    text = "An owner asked how it’s going"
    other = mention(partnership.other(context.reader.id))
    words = f"*{text}* with you and {other}. This question is no longer open."
    return message(text, [section(words), actions(see_button(partnership.id, context.programme))])


def another_offered(notification: Notification, context: NotificationContext) -> Message:
    """To those of a partnership that is over who are not available for matching: an owner asks if they want to be."""
    partnership = own_partnership(context)
    if partnership.is_active or context.reader.id not in to_ask_again(partnership):
        raise NotificationObsolete("back-already")
    request = _request(notification, _overseen(context), OversightKind.ANOTHER)
    voice, text = Voice(context.programme), "Would you like another match?"
    other = partnership.other(context.reader.id)
    ended = f"Your {voice.partnership}{f' with {mention(other)}' if other else ''} is over."
    counts = ": the time you waited before still counts" if partnership.state is PartnershipState.ENDED else ""
    words = (
        f"*{text}* {_owner(request)} asked me to offer it. {ended} If you’d like one, press the button{counts}. "
        "If not, you don’t need to do anything."
    )
    return message(text, [section(words), actions(go_back_button(partnership))])


def standing_answered(notification: Notification, context: NotificationContext) -> Message:
    """To the owner who asked: what one of the two answered."""
    owners_only(context)
    partnership = partnership_of(context)
    by = notification.refs.get("by", "")
    if context.reader.id in partnership.people or by not in partnership.people:
        raise NotificationObsolete("nobody-named")
    overseen = _overseen(context)
    request = _request(notification, overseen, OversightKind.STANDING)
    said = _answer(overseen, request, by)
    if said is None:
        raise NotificationObsolete("answer-gone")
    voice = Voice(context.programme)
    words = f"*{mention(by)}* about the {voice.partnership} with {mention(partnership.other(by))}: *{ANSWERS[said]}*."
    if said is HowItStands.CONTACT:
        words += " Please message them this week."
    other = _answer(overseen, request, partnership.other(by))
    if other is None:
        words += f" {mention(partnership.other(by))} hasn’t answered, and doesn’t have to."
    blocks: list[Block] = [section(words), actions(_partnerships(context))]
    return message(f"{mention(by)} has answered your question how it’s going", blocks)


def handed_over(notification: Notification, context: NotificationContext) -> Message:
    """To the owner who looks after it from now on."""
    owners_only(context)
    partnership = partnership_of(context)
    if not partnership.is_active or responsible_owner(partnership, context.owners) != context.reader.id:
        raise NotificationObsolete("handed-on")
    voice = Voice(context.programme)
    two = join([mention(person) for person in partnership.people])
    by = notification.refs.get("by", "")
    giver = mention(by) if by else "Another owner"
    text = f"You look after one more {voice.partnership}"
    words = (
        f"*{giver} has handed the {voice.partnership} of {two} over to you.* Both read that they can ask you. What "
        "needs an owner comes to you."
    )
    return message(text, [section(words), actions(_partnerships(context))])


def owner_named(notification: Notification, context: NotificationContext) -> Message:
    """To both: whom they can ask from now on."""
    partnership = own_partnership(context)
    line = owner_named_line(notification, context)
    return message(
        "You have a contact for questions", [section(line), actions(see_button(partnership.id, context.programme))]
    )


def owner_named_line(notification: Notification, context: NotificationContext) -> str:
    """The same as a line of another message."""
    partnership = own_partnership(context)
    owners = _overseen(context).present_owners
    owner, is_gone = responsible_owner(partnership, owners), "gone" in notification.refs
    if not partnership.is_active or bool(owner) is is_gone:
        raise NotificationObsolete("handed-on")
    voice, other = Voice(context.programme), mention(partnership.other(context.reader.id))
    if is_gone:
        left = owners_for(partnership, owners)
        if not left:
            raise NotificationObsolete("nobody-helps")
        does = "looks" if len(left) == 1 else "look"
        return (
            f"{people(left, MOST_NAMED)} {does} after your {voice.partnership} with {other} from now on. Your contact "
            "so far no longer does. You can ask them anything."
        )
    return f"Questions about your {voice.partnership} with {other}? {mention(owner)} is your contact from now on."


def _partnerships(context: NotificationContext) -> ButtonElement:
    return button(f"See {Voice(context.programme, marked=False).partnerships}", OPEN_ALL_PARTNERSHIPS)


def _overseen(context: NotificationContext) -> OversightContext:
    if context.oversight is None:
        raise NotificationObsolete("partnership-gone")
    return context.oversight


def _request(notification: Notification, overseen: OversightContext, kind: OversightKind) -> OversightRequest:
    number = notification.refs.get("number", "")
    found = next((each for each in overseen.requests if each.kind is kind and str(each.number) == number), None)
    if found is None:
        raise NotificationObsolete("request-gone")
    return found


def _answer(overseen: OversightContext, request: OversightRequest, person: str) -> HowItStands | None:
    return next((a.answer for a in overseen.answers if a.number == request.number and a.person == person), None)


def _owner(request: OversightRequest) -> str:
    return mention(request.by) if request.by else "a programme owner"
