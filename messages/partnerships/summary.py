"""The state of a partnership on a day, and the next step (D1.9, D1.16)."""

from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.feedback import Question
from mentoring.partnerships.judgement import FIRST_MEETING_ON, MONTH, SECOND_MEETING_ON, closes_at
from mentoring.partnerships.partnership import Partnership, Pause
from messages.programmes.cohorts import day, days, weekday
from messages.text import join, mention, plural
from messages.voice import Voice


def paused(pause: Pause) -> str:
    """Since when and for whom it is paused, in mrkdwn."""
    since = f" since {day(pause.since.date())}" if pause.since else ""
    waits_for = join([mention(person.id) for person in pause.absent])
    return f"Paused{since}. It carries on when {waits_for} {'is' if len(pause.absent) == 1 else 'are'} back."


def standing(partnership: Partnership, met_on: Sequence[Date], by: str, programme: Programme) -> str:
    """The partner, the start and the number of meetings, in mrkdwn for `by`, who is one of the two."""
    voice = Voice(programme)
    word = voice.mentor if by == partnership.mentee else voice.mentee
    who = f"*With {mention(partnership.other(by))}, your {word}*"
    return f"{who}\n{span(partnership, met_on)}"


def span(partnership: Partnership, met_on: Sequence[Date]) -> str:
    """The start, the end and the number of meetings."""
    over_on = partnership.over_at.date() if partnership.over_at else partnership.ends_on
    lasts = days(partnership.started_on, over_on)
    if met_on:
        return f"{lasts}. {plural(len(met_on), 'meeting', 'meetings')} logged, the last on {day(max(met_on))}."
    return f"{lasts}. No meeting logged yet." if partnership.is_active else f"{lasts}. No meeting was logged."


def answer_survey_by(partnership: Partnership, programme: Programme, reader: Person, today: Date) -> str:
    """The last whole day before the survey closes, in the reader's time zone; on the closing day, that day."""
    return weekday(max(reader.today(closes_at(partnership, programme)) - timedelta(days=1), today))


def next_step(
    partnership: Partnership,
    met_on: Sequence[Date],
    by: str,
    programme: Programme,
    today: Date,
    asked: Question | None = None,
    reader: Person | None = None,
) -> str:
    """The next step for `by`, in mrkdwn. The mentee arranges the meetings (D1.16). `reader` is the person `by`, in
    whose time zone the survey closes.
    """
    voice, other = Voice(programme), mention(partnership.other(by))
    arranges = f"suggest a time to {other}." if by == partnership.mentee else f"{other} will suggest a time."
    if asked is Question.CHECK_IN:
        return "Answer the check-in: it takes three minutes."
    if asked is Question.SURVEY:
        until = answer_survey_by(partnership, programme, reader or Person(by), today)
        return f"Your {voice.partnership} has come to its agreed end. Answer the closing survey by {until}."
    if today >= partnership.ends_on:
        return f"Your {voice.partnership} has come to its agreed end. Thank you for taking part."
    start = partnership.started_on
    if not met_on:
        return f"First meeting: {arranges} {_by(start + timedelta(days=FIRST_MEETING_ON), today)}"
    if len(met_on) == 1 and today < start + timedelta(days=SECOND_MEETING_ON):
        return f"Second meeting: {arranges} {_by(start + timedelta(days=SECOND_MEETING_ON), today)}"
    by_when = max(met_on) + MONTH
    if by_when >= partnership.ends_on:
        return f"Last meeting before {day(partnership.ends_on)}: {arranges} You could look back together."
    return f"Next meeting: {arranges} {_by(by_when, today)}"


def _by(by_when: Date, today: Date) -> str:
    return f"Aim to meet by {day(by_when)}, then log it." if by_when > today else "Then log it."
