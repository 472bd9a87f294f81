"""Reminders to meet: they ask first, and the next step is one click (D1.9, D1.16)."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.jobs import MONTH
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, context, section
from messages.notifications.preconditions import NotificationObsolete, active_partnership
from messages.partnerships.buttons import log_button, see_button
from messages.payloads import Message, message
from messages.text import mention
from messages.voice import Voice, capital


def first_meeting(notification: Notification, scene: NotificationContext) -> Message:
    """Ten days in, and no meeting is logged."""
    partnership = active_partnership(scene)
    if scene.met_on:
        raise NotificationObsolete("met-since")
    other = mention(partnership.other(scene.reader.id))
    return _nudge(f"Have you met {other} yet?", "No meeting is logged so far.", partnership, scene)


def second_meeting(notification: Notification, scene: NotificationContext) -> Message:
    """Day 24, and there are fewer than two."""
    partnership = active_partnership(scene)
    if len(scene.met_on) >= 2:
        raise NotificationObsolete("met-since")
    other = mention(partnership.other(scene.reader.id))
    aim = " Aim for two in the first month." if scene.today < partnership.started_on + MONTH else ""
    if scene.met_on:
        return _nudge(f"Have you met {other} twice?", f"One meeting is logged so far.{aim}", partnership, scene)
    return _nudge(f"Have you met {other} yet?", f"No meeting is logged so far.{aim}", partnership, scene)


def monthly(notification: Notification, scene: NotificationContext) -> Message:
    """Nothing logged for four weeks."""
    partnership = active_partnership(scene)
    if any(day + MONTH > scene.today for day in scene.met_on):
        raise NotificationObsolete("met-since")
    other = mention(partnership.other(scene.reader.id))
    return _nudge(f"Have you met {other} lately?", "No meeting is logged for the last four weeks.", partnership, scene)


def _if_not(partnership: Partnership, scene: NotificationContext) -> str:
    if scene.reader.id == partnership.mentee:
        return f"If not, please suggest a time to {mention(partnership.mentor)} today."
    return f"If not, {mention(partnership.mentee)} arranges the meetings. A short message from you can help."


def _nudge(text: str, logged: str, partnership: Partnership, scene: NotificationContext) -> Message:
    voice = Voice(scene.programme)
    return message(
        text,
        [
            section(f"*{text}* {logged}\nIf you have, log it: it takes a minute. {_if_not(partnership, scene)}"),
            actions(log_button(partnership.id), see_button(partnership.id, scene.programme)),
            context(f"Can’t find a time? {capital(voice.contact)} can help."),
        ],
    )
