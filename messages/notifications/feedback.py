"""Asking each of the two how it is going, in confidence, and what becomes of the answer (D1.8, D2.10)."""

from slack_sdk.models.blocks import ButtonElement

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, context, section
from messages.feedback import AT_LEAST
from messages.ids import OPEN_CHECK_IN, OPEN_SURVEY
from messages.notifications.preconditions import NotificationObsolete, active_partnership, own_partnership, owners_only
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import mention
from messages.voice import Voice

WHO_READS = (
    "Nobody reads your answer with your name. The programme owners see averages, and words without names, once at "
    f"least {AT_LEAST} people have answered."
)


def check_in(notification: Notification, scene: NotificationContext) -> Message:
    """Some months in, to each separately."""
    partnership = active_partnership(scene)
    words = (
        f"*How is it going with {_other(partnership, scene)}?* You have known each other for a while now: a good "
        "moment to say what helps and what gets in the way. We ask each of you separately."
    )
    answer = button("Say how it is going", OPEN_CHECK_IN, partnership.id, style="primary")
    return _asks("How is it going? Three minutes, in confidence", words, answer)


def survey(notification: Notification, scene: NotificationContext) -> Message:
    """The agreed end has come."""
    partnership = active_partnership(scene)
    voice = Voice(scene.programme)
    words = (
        f"*Your {voice.partnership} with {_other(partnership, scene)} has come to its agreed end*, on "
        f"{day(partnership.ends_on)}. Thank you for the time you gave it. Would you look back with us, for three "
        "minutes?"
    )
    return _asks(f"Your {voice.partnership} has come to its agreed end", words, _look_back(partnership))


def survey_reminder(notification: Notification, scene: NotificationContext) -> Message:
    """One and two weeks later, to whoever has not answered."""
    partnership = active_partnership(scene)
    words = (
        f"*Three minutes to look back?* Your {Voice(scene.programme).partnership} with "
        f"{_other(partnership, scene)} has come to its end, and your answer is still welcome. It helps the next round."
    )
    return _asks("Three minutes to look back?", words, _look_back(partnership))


def _look_back(partnership: Partnership) -> ButtonElement:
    return button("Look back", OPEN_SURVEY, partnership.id, style="primary")


def _asks(text: str, words: str, answer: ButtonElement) -> Message:
    return message(text, [section(words), actions(answer), context(WHO_READS)])


def _other(partnership: Partnership, scene: NotificationContext) -> str:
    return mention(partnership.other(scene.reader.id))


def check_in_thanks(notification: Notification, scene: NotificationContext) -> Message:
    """It has arrived, and who reads it."""
    text = "Thank you for your answer"
    word = "If you asked for a word with a programme owner, they know that you would like one, and nothing else of it."
    return message(text, [section(f"*{text}.* {WHO_READS} {word}")])


def survey_thanks(notification: Notification, scene: NotificationContext) -> Message:
    """It has arrived, and who reads it."""
    own_partnership(scene)
    text = "Thank you for looking back"
    return message(text, [section(f"*{text}.* {WHO_READS}")])


def word_wanted(notification: Notification, scene: NotificationContext) -> Message:
    """To the owners: who would like a word, and nothing of what they answered."""
    owners_only(scene)
    person = notification.about.get("by", "")
    if not person:
        raise NotificationObsolete("nobody-named")
    text = "Someone would like to talk to a programme owner"
    others = ", and tell the other owners that you have" if len(scene.owners) > 1 else ""
    words = (
        f"*{mention(person)} would like to talk to a programme owner.* We didn’t ask why. Please message them this week"
        f"{others}."
    )
    return message(text, [section(words)])
