"""Asking each of the two how it is going, in confidence, and what becomes of the answer (D1.8, D2.10)."""

from slack_sdk.models.blocks import ButtonElement

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, context, section
from messages.feedback import AT_LEAST
from messages.ids import OPEN_CHECK_IN, OPEN_SURVEY
from messages.notifications.preconditions import NotificationObsolete, active_partnership, own_partnership, owners_only
from messages.partnerships.summary import answer_survey_by
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import mention
from messages.voice import Voice

WHO_READS = (
    "I never show your name with your answers. The programme owners see averages, and comments without names, once at "
    f"least {AT_LEAST} people have answered."
)


def check_in(notification: Notification, scene: NotificationContext) -> Message:
    """Some months in, to each separately."""
    partnership = active_partnership(scene)
    words = (
        f"*How is it going with {_other(partnership, scene)}?* Tell us what helps and what gets in the way. It takes "
        "three minutes. We ask each of you separately."
    )
    answer = button("Answer the check-in", OPEN_CHECK_IN, partnership.id, style="primary")
    return _asks("How is it going? A three-minute check-in", words, answer)


def survey(notification: Notification, scene: NotificationContext) -> Message:
    """The agreed end has come."""
    partnership = active_partnership(scene)
    voice = Voice(scene.programme)
    words = (
        f"*Your {voice.partnership} with {_other(partnership, scene)} came to its agreed end on "
        f"{day(partnership.ends_on)}.* Thank you for taking part. Please answer three short questions by "
        f"{_survey_until(partnership, scene)}. Your answers help the next round."
    )
    return _asks(f"Your {voice.partnership} has come to its agreed end", words, _answer_survey(partnership))


def survey_reminder(notification: Notification, scene: NotificationContext) -> Message:
    """One and two weeks later, to whoever has not answered."""
    partnership = active_partnership(scene)
    words = (
        f"*There’s still time for the closing survey about your {Voice(scene.programme).partnership} with "
        f"{_other(partnership, scene)}.* It takes three minutes. You can answer until "
        f"{_survey_until(partnership, scene)}."
    )
    return _asks("There’s still time for the closing survey", words, _answer_survey(partnership))


def _answer_survey(partnership: Partnership) -> ButtonElement:
    return button("Answer the closing survey", OPEN_SURVEY, partnership.id, style="primary")


def _survey_until(partnership: Partnership, scene: NotificationContext) -> str:
    return answer_survey_by(partnership, scene.programme, scene.reader, scene.today)


def _asks(text: str, words: str, answer: ButtonElement) -> Message:
    return message(text, [section(words), actions(answer), context(WHO_READS)])


def _other(partnership: Partnership, scene: NotificationContext) -> str:
    return mention(partnership.other(scene.reader.id))


def check_in_thanks(notification: Notification, scene: NotificationContext) -> Message:
    """It has arrived."""
    text = "Thank you for your answers"
    return message(text, [section(f"*{text}.* If you asked to talk to a programme owner, I’ll tell them.")])


def survey_thanks(notification: Notification, scene: NotificationContext) -> Message:
    """It has arrived."""
    own_partnership(scene)
    text = "Thank you for your answers"
    return message(text, [section(f"*{text}.* They help the next round.")])


def word_wanted(notification: Notification, scene: NotificationContext) -> Message:
    """To the owners: who would like a word, and nothing of what they answered."""
    owners_only(scene)
    person = notification.refs.get("by", "")
    if not person:
        raise NotificationObsolete("nobody-named")
    text = "Someone would like to talk to a programme owner"
    others = ", and tell the other owners that you have" if len(scene.owners) > 1 else ""
    words = (
        f"*{mention(person)} would like to talk to a programme owner.* I don’t know why. Please message them this "
        f"week{others}."
    )
    return message(text, [section(words)])
