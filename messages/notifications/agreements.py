"""Messages about the agreement of two partners. None of them says what is in it."""

from slack_sdk.models.blocks import Block

from mentoring.agreements.agreement import SINCE, Agreement, AgreementVersion
from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.agreements.view import AGAIN, open_button
from messages.blocks import actions, section
from messages.notifications.preconditions import NotificationObsolete, active_partnership, own_partnership
from messages.partnerships.buttons import see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import day_of
from messages.text import mention
from messages.voice import Voice


def written(notification: Notification, context: NotificationContext) -> Message:
    """To the partner of the author of a version: to read and sign. Afterwards it says what became of it."""
    partnership, agreement, partner = _agreement(context)
    if answer := agreement.answer_of(context.reader.id, _since(notification)):
        if answer.is_signed_by_both:
            return _signed(answer, context)
        return _changed_since("You have changed", partnership, context)
    latest, holds = agreement.latest, agreement.in_force
    did = "changed" if latest.number > 1 else "drafted"
    text = f"{partner} has {did} your agreement"
    words = f"*{text}.* Read it, then sign it or change it. Only the two of you see it.{_until(holds)}"
    opens = open_button(partnership.id, "Read and sign", first=True)
    return _message(text, words, actions(opens, see_button(partnership.id, context.programme)))


def saved(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for who has written a version. Afterwards it says what became of it."""
    partnership, agreement, partner = _agreement(context)
    if answer := agreement.answer_of(partnership.other(context.reader.id), _since(notification)):
        if answer.is_signed_by_both:
            return _signed(answer, context)
        return _changed_since(f"{partner} has changed", partnership, context)
    signed = agreement.answer_of(context.reader.id, _since(notification))
    if signed is None:
        raise NotificationObsolete("agreement-gone")
    text = f"Your agreement with {partner}: you have signed"
    words = (
        f"*You signed your agreement with {partner} on {day_of(agreement.latest.signed_at)}.* {partner} reads it "
        f"now. You can still change it.{_until(agreement.in_force)}"
    )
    return _message(text, words, actions(open_button(partnership.id), see_button(partnership.id, context.programme)))


def _agreement(context: NotificationContext) -> tuple[Partnership, Agreement, str]:
    """The active partnership, its agreement, and the mention of the reader's partner."""
    partnership, agreement = active_partnership(context), context.agreement
    if agreement is None or not context.programme.has_agreements:
        raise NotificationObsolete("agreement-gone")
    return partnership, agreement, mention(partnership.other(context.reader.id))


def _since(notification: Notification) -> int:
    return int(notification.refs.get(SINCE, "0"))


def _until(holds: AgreementVersion | None) -> str:
    return f" Until you have both signed, what you signed on {day_of(holds.signed_at)} holds." if holds else ""


def _signed(version: AgreementVersion, context: NotificationContext) -> Message:
    partnership, _, partner = _agreement(context)
    text = f"Your agreement with {partner} is signed"
    words = f"*Your agreement with {partner} is signed by both, on {day_of(version.signed_at)}.* {AGAIN}"
    see = see_button(partnership.id, context.programme)
    return _message(text, words, actions(open_button(partnership.id), see))


def _changed_since(who: str, partnership: Partnership, context: NotificationContext) -> Message:
    text = f"{who} the agreement since"
    see = see_button(partnership.id, context.programme)
    return _message(text, f"*{text}.* You can see how it stands.", actions(open_button(partnership.id), see))


def standing_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In its place, once the partnership is over."""
    partnership = own_partnership(context)
    other, word = mention(partnership.other(context.reader.id)), Voice(context.programme).partnership
    if partnership.is_active:  # the programme has switched agreements off
        text = "Agreements are no longer used in this programme"
        return message(text, [section(f"*{text}.* What you have both signed still holds.")])
    text = "This agreement has ended"
    return message(text, [section(f"*{text}:* your {word} with {other} is over. You don’t need to do anything.")])


def review(notification: Notification, context: NotificationContext) -> Message:
    """On the day on which they said that they would look at it again."""
    partnership = active_partnership(context)
    partner = mention(partnership.other(context.reader.id))
    text = f"Look at your agreement with {partner} again"
    words = (
        f"*{text}.* You both chose this day for it. Does it still work for you? Talk about it when you next meet. If "
        "you change it, what you have now holds until you have both signed."
    )
    opens = open_button(partnership.id, "See our agreement", first=True)
    return _message(text, words, actions(opens, see_button(partnership.id, context.programme)))


def _message(text: str, words: str, *more: Block) -> Message:
    return message(text, [section(words), *more])
