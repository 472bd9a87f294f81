"""Reminders to meet, each with a button to log a meeting (D1.9, D1.16)."""

from datetime import timedelta

from slack_sdk.models.blocks import Block

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.timing import timing_of
from messages.blocks import actions, section, small_print
from messages.feedback.baseline import offer
from messages.lengths import counted, lately, times
from messages.notifications.items import due_in_short
from messages.notifications.preconditions import active_partnership
from messages.partnerships.buttons import log_button, see_button
from messages.partnerships.doubts import early_question
from messages.payloads import Message, message
from messages.planned_meetings import find_button
from messages.reports.words import quarterly_offer
from messages.text import mention
from messages.voice import Voice, capital


def first_meeting(notification: Notification, context: NotificationContext) -> Message:
    """After ten days without a meeting, or fewer in a short partnership."""
    partnership = active_partnership(context)
    other = mention(partnership.other(context.reader.id))
    before = offer(partnership) if context.asks_baseline else []
    return _nudge(f"Have you met {other} yet?", "No meeting is logged so far.", partnership, context, *before)


def second_meeting(notification: Notification, context: NotificationContext) -> Message:
    """On day 24, with fewer meetings than the programme asks for in the first month."""
    partnership = active_partnership(context)
    other = mention(partnership.other(context.reader.id))
    wanted = context.programme.rhythm.first_month
    early = early_question(partnership, context.reader.id)
    is_first_month = context.today < partnership.started_on + timedelta(weeks=4)
    aim = f" Aim for {counted(wanted)} in the first month." if is_first_month and wanted > 1 else ""
    if context.job and (met := len(context.job.met_on)):
        logged = f"{counted(met).capitalize()} {'meeting is' if met == 1 else 'meetings are'} logged so far."
        return _nudge(f"Have you met {other} {times(wanted)}?", f"{logged}{aim}", partnership, context, *early)
    return _nudge(f"Have you met {other} yet?", f"No meeting is logged so far.{aim}", partnership, context, *early)


def monthly(notification: Notification, context: NotificationContext) -> Message:
    """After four weeks without a meeting, or another time that goes with the rhythm and the length."""
    partnership = active_partnership(context)
    other = mention(partnership.other(context.reader.id))
    timing = context.job.timing if context.job else timing_of(partnership.length, context.programme.rhythm)
    every = timing.nudge_every
    logged = f"No meeting is logged for the last {lately(every)}."
    return _nudge(f"Have you met {other} lately?", logged, partnership, context)


def _if_not(partnership: Partnership, context: NotificationContext) -> str:
    finds = (context.job.scheduler if context.job else "") or partnership.mentee
    other = mention(partnership.other(context.reader.id))
    if context.reader.id == finds:
        return f"If not, please suggest a time to {other} today."
    return f"If not, {other} arranges the meetings. A short message from you can help."


def _nudge(text: str, logged: str, partnership: Partnership, context: NotificationContext, *more: Block) -> Message:
    voice = Voice(context.programme)
    return message(
        text,
        [
            section(f"*{text}* {logged}\nIf you have, log it: it takes a minute. {_if_not(partnership, context)}"),
            *due_in_short(context, partnership),
            actions(
                find_button(partnership.id, first=True),
                log_button(partnership.id, first=False),
                see_button(partnership.id, context.programme),
            ),
            small_print(f"Can’t find a time? {capital(voice.contact)} can help."),
            *more,
            *quarterly_offer(partnership, context.report_due_since),
        ],
    )
