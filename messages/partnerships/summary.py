"""Where a partnership stands on a day, and what comes next (D1.9, D1.16)."""

from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta

from mentoring.core.programmes import Programme
from mentoring.feedback import Question
from mentoring.partnerships.jobs import FIRST_MEETING_ON, MONTH, SECOND_MEETING_ON
from mentoring.partnerships.partnership import Partnership, Pause
from messages.programmes.cohorts import day
from messages.text import join, mention, plural
from messages.voice import Voice, capital


def paused(pause: Pause) -> str:
    """Since when it waits, and for whom; mrkdwn."""
    since = f" since {day(pause.since.date())}" if pause.since else ""
    waits_for = join([mention(person.id) for person in pause.absent])
    return f"Paused{since}: it goes on by itself when {waits_for} {'is' if len(pause.absent) == 1 else 'are'} back."


def standing(partnership: Partnership, met_on: Sequence[Date], by: str, programme: Programme) -> str:
    """With whom, since when, and how often they met; mrkdwn for `by`, who is one of the two."""
    voice = Voice(programme)
    word = voice.mentor if by == partnership.mentee else voice.mentee
    who = f"*With {mention(partnership.other(by))}, your {word}*"
    return f"{who}\n{span(partnership, met_on)}"


def span(partnership: Partnership, met_on: Sequence[Date]) -> str:
    """From when to when, and how often they met."""
    over_on = partnership.over_at.date() if partnership.over_at else partnership.ends_on
    if partnership.is_active:
        lasts = f"Since {day(partnership.started_on)}, until {day(partnership.ends_on)}"
    else:
        lasts = f"From {day(partnership.started_on)} to {day(over_on)}"
    none = "no meeting logged yet" if partnership.is_active else "no meeting was logged"
    met = plural(len(met_on), "meeting", "meetings") if met_on else none
    last = f", the last on {day(max(met_on))}" if met_on else ""
    return f"{lasts}. {capital(met)}{last}."


def next_step(
    partnership: Partnership,
    met_on: Sequence[Date],
    by: str,
    programme: Programme,
    today: Date,
    asked: Question | None = None,
) -> str:
    """What `by` would best do next, in mrkdwn. The mentee arranges the meetings (D1.16)."""
    other = mention(partnership.other(by))
    arranges = f"suggest a time to {other}" if by == partnership.mentee else f"{other} suggests a time"
    if asked is Question.CHECK_IN:
        return "Tell us how it is going: it takes three minutes, and nobody reads it with your name."
    if asked is Question.SURVEY:
        return "The agreed end has come. Please look back for three minutes: nobody reads it with your name."
    if today >= partnership.ends_on:
        return "The agreed end has come. Thank you for the time you gave each other."
    start = partnership.started_on
    if not met_on:
        by_when = start + timedelta(days=FIRST_MEETING_ON)
        return f"Your first meeting, {_by(by_when, today)}: {arranges}. Then log it here."
    if len(met_on) == 1 and today < start + timedelta(days=SECOND_MEETING_ON):
        by_when = start + timedelta(days=SECOND_MEETING_ON)
        return f"Your second meeting, {_by(by_when, today)}: {arranges}. Then log it here."
    by_when = max(met_on) + MONTH
    if by_when >= partnership.ends_on:
        return f"A last meeting before {day(partnership.ends_on)}, to look back together: {arranges}."
    return f"Meet again, {_by(by_when, today)}: {arranges}. Then log it here."


def _by(by_when: Date, today: Date) -> str:
    return f"best by {day(by_when)}" if by_when > today else "as soon as it suits you both"
