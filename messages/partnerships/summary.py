"""The state of a partnership on a day, and the next step (D1.9, D1.16)."""

from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.feedback.answers import Question
from mentoring.meetings.log import MeetingTotals
from mentoring.partnerships.judgement import closes_at
from mentoring.partnerships.partnership import Partnership, PartnershipState, Pause
from mentoring.partnerships.timing import MeetingRhythm, timing_of
from messages.programmes.cohorts import day, day_of, days, weekday
from messages.text import join, mention, plural
from messages.voice import Voice


def other_role(partnership: Partnership, by: str, voice: Voice) -> str:
    """The role of the other of the two, such as "mentor"."""
    return voice.mentor if by == partnership.mentee else voice.mentee


def other_in_sentence(partnership: Partnership, by: str, name: str, programme: Programme) -> str:
    """The other of the two inside a sentence, in plain text; `name` is their display name, "" if it is unknown."""
    return name or f"your {other_role(partnership, by, Voice(programme, marked=False))}"


def paused(pause: Pause, by: str = "") -> str:
    """Since when, for whom and until when it is paused, in mrkdwn. `by` is the reader, if they are one of the two."""
    since = f" since {day_of(pause.since)}" if pause.since else ""
    if pause.requested and not pause.unavailable:
        then = f"starts again on {day(pause.until)}" if pause.until else "carries on when one of the two says so"
        return f"Paused{since}. It {then}."
    waits_for = ["you" if person.id == by else mention(person.id) for person in pause.unavailable]
    is_back = f"{join(waits_for)} {'is' if len(waits_for) == 1 and waits_for != ['you'] else 'are'} back"
    if pause.until:
        return f"Paused{since}. It carries on when {is_back}, on {day(pause.until)}."
    if pause.requested and not pause.has_absent:
        return f"Paused{since}. It carries on when {is_back} and one of the two says so."
    return f"Paused{since}. It carries on when {is_back}."


def standing(partnership: Partnership, met_on: Sequence[Date], by: str, programme: Programme) -> str:
    """The partner, the start and the number of meetings, in mrkdwn for `by`, who is one of the two."""
    return f"*{with_other(partnership, by, programme)}*\n{span(partnership, met_on)}"


def with_other(partnership: Partnership, by: str, programme: Programme) -> str:
    """The partner of `by`, in mrkdwn: a heading."""
    return f"With {mention(partnership.other(by))}, your {other_role(partnership, by, Voice(programme))}"


def span(partnership: Partnership, met_on: Sequence[Date]) -> str:
    """The start, the end and the number of meetings."""
    return span_of(partnership, MeetingTotals(len(met_on), max(met_on, default=None)))


def span_of(partnership: Partnership, totals: MeetingTotals, quiet: int = 0) -> str:
    """The start, the end and the number of meetings; `quiet` as in `meetings_logged`."""
    over_on = partnership.over_at.date() if partnership.over_at else partnership.ends_on
    logged = meetings_logged(totals, is_active=partnership.is_active, quiet=quiet)
    return f"{days(partnership.started_on, over_on)}. {logged}"


def meetings_logged(totals: MeetingTotals, *, is_active: bool, quiet: int = 0) -> str:
    """The number of meetings and the last, as a sentence. `quiet` is for how many days it has been quiet, or 0."""
    if totals.last:
        ago = f" ({plural(quiet, 'day', 'days')} ago)" if quiet else ""
        return f"{plural(totals.count, 'meeting', 'meetings')} logged, the last on {day(totals.last)}{ago}."
    if quiet:
        return f"No meeting logged in {plural(quiet, 'day', 'days')}."
    return "No meeting logged yet." if is_active else "No meeting was logged."


def how_it_ended(partnership: Partnership, totals: MeetingTotals) -> str:
    """One word or two for a partnership that is over."""
    if partnership.state is not PartnershipState.CLOSED:
        return "ended early"
    if partnership.completed_on and totals.last:
        return "completed early"
    return "completed" if totals.last else "came to its end"


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
    agreed: MeetingRhythm | None = None,
    scheduler: str = "",
) -> str:
    """The next step for `by`, in mrkdwn. `reader` is the person `by`, in whose time zone the survey closes. `agreed` is
    the rhythm that the two have agreed on, and `scheduler` (a Slack user id) who finds the time: the mentee, if it is
    "" (D1.16).
    """
    voice, other = Voice(programme), mention(partnership.other(by))
    is_own = by == (scheduler or partnership.mentee)
    arranges = f"suggest a time to {other}." if is_own else f"{other} will suggest a time."
    if asked is Question.CHECK_IN:
        return "Answer the check-in: it takes three minutes."
    if asked is Question.SURVEY:
        until = answer_survey_by(partnership, programme, reader or Person(by), today)
        asks = "Answer the closing survey" if met_on else "No meeting is logged. Answer two questions"
        return f"Your {voice.partnership} has come to its agreed end. {asks} by {until}."
    if today >= partnership.ends_on:
        return f"Your {voice.partnership} has come to its agreed end. Thank you for taking part."
    totals = MeetingTotals(len(met_on), max(met_on, default=None))
    which, by_when = _next_meeting(partnership, totals, programme, today, agreed)
    if by_when is None:
        return f"Last meeting before {day(partnership.ends_on)}: {arranges} You could look back together."
    return f"{which} meeting: {arranges} {_by(by_when, today)}"


def next_step_for_owners(
    partnership: Partnership, totals: MeetingTotals, programme: Programme, today: Date, pause: Pause | None
) -> str:
    """The next step of an active partnership, for an owner, in mrkdwn. `today` is the owner's date."""
    if pause:
        return paused(pause)
    if today >= partnership.ends_on:
        return f"Next: the closing survey. It closes by itself on {day_of(closes_at(partnership, programme))}."
    which, by_when = _next_meeting(partnership, totals, programme, today)
    if by_when is None:
        return f"Next: a last meeting before {day(partnership.ends_on)}."
    return f"Next: {_FOR_OWNERS[which]}, expected by {day(by_when)}."


_FOR_OWNERS = {"First": "the first meeting", "Second": "the second meeting", "Next": "a meeting"}


def _next_meeting(
    partnership: Partnership,
    totals: MeetingTotals,
    programme: Programme,
    today: Date,
    agreed: MeetingRhythm | None = None,
) -> tuple[str, Date | None]:
    """Which meeting is next, and by when; without a date if it is the last before the end."""
    start, timing = partnership.started_on + partnership.paused, timing_of(partnership.length, programme.rhythm, agreed)
    second_on = start + timedelta(days=timing.second_meeting_on)
    if totals.last is None:
        return "First", start + timedelta(days=timing.first_meeting_on)
    if totals.count == 1 and programme.rhythm.first_month > 1 and today < second_on:
        return "Second", second_on
    by_when = max(totals.last, partnership.resumed_on) + timing.meet_every
    return ("Last", None) if by_when >= partnership.ends_on else ("Next", by_when)


def _by(by_when: Date, today: Date) -> str:
    return f"Aim to meet by {day(by_when)}, then log it." if by_when > today else "Then log it."
