"""Reminders to meet: they ask first, and the next step is one click (D1.9, D1.16)."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, context, section
from messages.notifications.preconditions import active_partnership
from messages.partnerships.buttons import log_button, see_button
from messages.payloads import Message, message
from messages.text import mention
from messages.voice import Voice


def first_meeting(notification: Notification, scene: NotificationContext) -> Message:
    """Ten days in, and no meeting is logged."""
    partnership = active_partnership(scene)
    other = mention(partnership.other(scene.reader.id))
    return _nudge(
        f"Have you and {other} met yet?",
        f"If you have, please log it: it takes a minute. If not, {_arranges(partnership, scene)}.",
        partnership,
        scene,
    )


def second_meeting(notification: Notification, scene: NotificationContext) -> Message:
    """Day 24, and there are fewer than two."""
    partnership = active_partnership(scene)
    other = mention(partnership.other(scene.reader.id))
    return _nudge(
        f"Have you and {other} met a second time?",
        "Two meetings in the first month make a good start. If you have met, please log it. "
        f"If not, {_arranges(partnership, scene)}.",
        partnership,
        scene,
    )


def monthly(notification: Notification, scene: NotificationContext) -> Message:
    """Nothing logged for four weeks."""
    partnership = active_partnership(scene)
    other = mention(partnership.other(scene.reader.id))
    return _nudge(
        f"Have you and {other} met lately?",
        "No meeting of the last four weeks is logged. If you have met, please log it. "
        f"If not, {_arranges(partnership, scene)}.",
        partnership,
        scene,
    )


def _arranges(partnership: Partnership, scene: NotificationContext) -> str:
    if scene.reader.id == partnership.mentee:
        return f"suggest a time to {mention(partnership.mentor)} today"
    return f"{mention(partnership.mentee)} is the one to suggest a time, and a friendly line from you may help"


def _nudge(text: str, words: str, partnership: Partnership, scene: NotificationContext) -> Message:
    voice = Voice(scene.programme)
    return message(
        text,
        [
            section(f"*{text}*\n{words}"),
            actions(log_button(partnership.id), see_button(partnership.id, scene.programme)),
            context(f"If something is in the way, {voice.contact} can help."),
        ],
    )
