"""Check-ins and closing surveys, which each of the two people answers privately (D1.8, D2.10)."""

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.outcome import Notification
from mentoring.feedback.answers import early_survey_until
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.agreements.view import open_button
from messages.blocks import actions, button, section, small_print
from messages.closure import closure_button
from messages.feedback.averages import AT_LEAST
from messages.ids import OPEN_CHECK_IN
from messages.notifications.preconditions import NotificationObsolete, active_partnership, own_partnership, owners_only
from messages.partnerships.buttons import log_button, see_button, survey_button
from messages.partnerships.summary import answer_survey_by
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.reports.words import report_offer
from messages.text import mention
from messages.voice import Voice

WHO_READS = (
    "I don’t show your name with your answers, unless you tick that. The programme owners see averages and comments "
    f"of at least {AT_LEAST} people together, without names."
)


def check_in(notification: Notification, context: NotificationContext) -> Message:
    """Sent half a year in, or half-way, to each separately."""
    partnership = _to_answer(context)
    words = (
        f"*How is it going with {_other(partnership, context)}?* Tell us what helps and what gets in the way. It takes "
        "three minutes. We ask each of you separately."
    )
    answer = button("Answer the check-in", OPEN_CHECK_IN, partnership.id, style="primary")
    return _asks("How is it going? A three-minute check-in", words, answer, *_report_offer(partnership, context))


def survey(notification: Notification, context: NotificationContext) -> Message:
    """Sent at the agreed end. Two people who have logged no meeting are asked why, instead."""
    partnership = _to_answer(context)
    voice = Voice(context.programme)
    text = f"Your {voice.partnership} has come to its agreed end"
    if _never_met(context):
        words = (
            f"*Your {voice.partnership} with {_other(partnership, context)} came to its agreed end on "
            f"{day(partnership.ends_on)}. No meeting is logged.* That happens. Please tell us why, in two short "
            f"questions, by {_survey_until(partnership, context)}. If you did meet, log it first."
        )
        return _asks(text, words, _answer_survey(partnership, context), log=True)
    other, end = _other(partnership, context), day(partnership.ends_on)
    ended = f"Your {voice.partnership} with {other} came to its agreed end on {end}."
    if partnership.completed_on:
        ended = f"You’ve both completed your {voice.partnership} with {other} early, on {end}."
    words = (
        f"*{ended}* Thank you for taking part. Please answer the closing survey by "
        f"{_survey_until(partnership, context)}. It takes three minutes, and your answers help the next round."
    )
    return _asks(text, words, _answer_survey(partnership, context), *_report_offer(partnership, context))


def survey_reminder(notification: Notification, context: NotificationContext) -> Message:
    """Sent one and two weeks later to people who have not answered."""
    partnership = _to_answer(context)
    if _never_met(context):
        words = (
            f"*No meeting is logged with {_other(partnership, context)}.* There’s still time to tell us why, in two "
            f"short questions, until {_survey_until(partnership, context)}. If you did meet, log it first."
        )
        return _asks("There’s still time for two questions", words, _answer_survey(partnership, context), log=True)
    words = (
        f"*There’s still time for the closing survey about your {Voice(context.programme).partnership} with "
        f"{_other(partnership, context)}.* It takes three minutes. You can answer until "
        f"{_survey_until(partnership, context)}."
    )
    return _asks("There’s still time for the closing survey", words, _answer_survey(partnership, context))


def check_in_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In place of the check-in, once it cannot be answered any more."""
    return _afterwards("check-in", context)


def survey_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In place of the survey and its reminder, once it cannot be answered any more."""
    return _afterwards("closing survey", context)


def _afterwards(name: str, context: NotificationContext) -> Message:
    partnership = own_partnership(context)
    text = f"This {name} needs no answer any more"
    other, word = _other(partnership, context), Voice(context.programme).partnership
    if context.answered:
        words = f"*You’ve answered the {name} about your {word} with {other}.* Thank you."
        return message(text, [section(words), *_report_offer(partnership, context)])
    words = f"*This {name} is closed:* your {word} with {other} has ended. You don’t need to do anything."
    return message(text, [section(words)])


def _answer_survey(partnership: Partnership, context: NotificationContext) -> ButtonElement:
    return survey_button(partnership, has_met=not _never_met(context))


def _never_met(context: NotificationContext) -> bool:
    """Whether the two have logged no meeting, so that they are asked why."""
    return context.job is not None and not context.job.met_on


def _survey_until(partnership: Partnership, context: NotificationContext) -> str:
    return answer_survey_by(partnership, context.programme, context.reader, context.today)


def _to_answer(context: NotificationContext) -> Partnership:
    """The reader's active partnership, if they have not answered the question about it."""
    partnership = active_partnership(context)
    if context.answered:
        raise NotificationObsolete("answered")
    return partnership


def _report_offer(partnership: Partnership, context: NotificationContext) -> list[Block]:
    """A progress report, half-way and at the end, if the two have logged a meeting."""
    met = len(context.job.met_on) - partnership.met_before if context.job else 0
    return report_offer(partnership, context.programme, met)


def _asks(text: str, words: str, answer: ButtonElement, *more: Block, log: bool = False) -> Message:
    """`log`: a meeting can be logged first."""
    partnership_id = str(answer.value)
    does = [answer, *([log_button(partnership_id, first=False)] if log else [])]
    return message(text, [section(words), actions(*does), small_print(WHO_READS), *more])


def _other(partnership: Partnership, context: NotificationContext) -> str:
    return mention(partnership.other(context.reader.id))


def check_in_thanks(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for a check-in. A person who chose to change something finds the agreement here; no one is told."""
    text = "Thank you for your answers"
    told = "If you asked to talk to a programme owner, or said that one may contact you, I’ll tell them."
    partnership = context.partnership
    if partnership is None or not partnership.is_active or not context.wants_change:
        return message(text, [section(f"*{text}.* {told}")])
    other = mention(partnership.other(context.reader.id))
    agreement = [open_button(partnership.id, "Open our agreement")] if context.programme.has_agreements else []
    how = (
        f"Write it into your agreement, for {other} to read and sign."
        if agreement
        else f"Tell {other} what, at your next meeting or before."
    )
    words = f"*{text}.* You’d like to change something. I haven’t told anyone. {how}"
    does = actions(*agreement, see_button(partnership.id, context.programme))
    return message(text, [section(words), does, small_print(told)])


def survey_thanks(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for a survey."""
    partnership = own_partnership(context)
    text = "Thank you for your answers"
    if early_survey_until(partnership):  # they may have no rating, and then nobody reads them
        return message(text, [section(f"*{text}.*")])
    words = f"*{text}.* They help the next round."
    if not context.met or not context.can_say_thanks:
        return message(text, [section(words)])
    other = _other(partnership, context)
    words += f" You can also thank {other}, and say whether we may name you in a celebration."
    return message(text, [section(words), actions(closure_button(partnership))])


def word_wanted(notification: Notification, context: NotificationContext) -> Message:
    """Tells owners who would like to talk, without any answer."""
    owners_only(context)
    person = notification.refs.get("by", "")
    if not person:
        raise NotificationObsolete("nobody-named")
    if "may" in notification.refs:
        text = "A person says that a programme owner may contact them"
        words = (
            f"*{mention(person)} has answered the check-in, and says that a programme owner may contact them.* I don’t "
            "know what it is about. If you’d like to, ask them how it’s going."
        )
        return message(text, [section(words)])
    text = "Someone would like to talk to a programme owner"
    others = ", and tell the other owners that you have" if len(context.present_owners) > 1 else ""
    words = (
        f"*{mention(person)} would like to talk to a programme owner.* I don’t know why. Please message them this "
        f"week{others}."
    )
    return message(text, [section(words)])
