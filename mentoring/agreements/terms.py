"""What two partners agree on: the fields of an agreement, what is proposed in them, and what they may be (D1.12, D3.6).

Only the two people read them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from mentoring.agreements.errors import AfterTheEnd, TooManyGoalsNamed, TooSoon
from mentoring.applications.application import MeetingMode
from mentoring.core.errors import InvalidForm, MentoringError, Missing, NoLongerOffered, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.lengths import add_months
from mentoring.core.programmes import Programme
from mentoring.partnerships.end_date import EndBounds, end_bounds, end_not_allowed
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.scheduling import WhoSchedules
from mentoring.partnerships.timing import MeetingRhythm, allowed_rhythms


class MeetingHours(StrEnum):
    WORK = "work"
    ALSO_OUTSIDE = "also-outside"


class ContactBetween(StrEnum):
    """How they reach each other between meetings."""

    SLACK = "slack"
    EMAIL = "email"
    PHONE = "phone"
    NOT = "not"


class ReportTimes(StrEnum):
    """How often they write a progress report. Stored: renaming a value needs a migration."""

    HALF_WAY = "half-way"
    """Half-way and at the end."""
    QUARTERLY = "quarterly"
    """Also every three months."""


class AnswerWithin(StrEnum):
    """How soon they answer each other between meetings."""

    A_DAY = "day"
    SOME_DAYS = "days"
    A_WEEK = "week"


MINUTES: Final = (30, 45, 60, 90)
USUAL_MINUTES: Final = 60
MOST_GOALS: Final = 3
REVIEW_AFTER: Final = 3
"""Months."""
MOST_IN_LINE, MOST_IN_TEXT = 150, 500
MOST: Final = {
    FieldName.PURPOSE: MOST_IN_TEXT,
    FieldName.MENTEE_BRINGS: MOST_IN_TEXT,
    FieldName.MENTOR_BRINGS: MOST_IN_TEXT,
    FieldName.FEEDBACK: MOST_IN_LINE,
    FieldName.OFF_LIMITS: MOST_IN_LINE,
    FieldName.OBSTACLES: MOST_IN_TEXT,
}
"""The most characters of each text."""


@dataclass(frozen=True)
class AgreementTerms:
    """What one version of an agreement says. The fields have the names of the form (`FieldName`).

    `answer` may be None. `goals` are the ids of shared goals, not their words: a goal belongs to the mentee, who may
    change it, stop sharing it or delete it after both have signed. What it says now is shown to the two as long as both
    may read it; afterwards the agreement shows only that there was one. `reports` is None if the programme had no
    reports when it was written. `until` is the agreed end, and `review_on` the day on which they look at it again.
    Texts other than `purpose` may be empty.
    """

    purpose: str
    rhythm: MeetingRhythm
    minutes: int
    ways: tuple[MeetingMode, ...]
    schedules: WhoSchedules
    hours: MeetingHours
    between: ContactBetween
    answer: AnswerWithin | None
    until: date
    mentee_brings: str
    mentor_brings: str
    feedback: str
    off_limits: str
    obstacles: str
    review_on: date
    goals: tuple[str, ...] = ()
    reports: ReportTimes | None = None


@dataclass(frozen=True)
class AgreementForm:
    """The input of the form, as far as it is filled in."""

    purpose: str = ""
    rhythm: MeetingRhythm | None = None
    minutes: int | None = None
    ways: tuple[MeetingMode, ...] = ()
    schedules: WhoSchedules | None = None
    hours: MeetingHours | None = None
    between: ContactBetween | None = None
    answer: AnswerWithin | None = None
    until: date | None = None
    mentee_brings: str = ""
    mentor_brings: str = ""
    feedback: str = ""
    off_limits: str = ""
    obstacles: str = ""
    review_on: date | None = None
    goals: tuple[str, ...] = ()
    reports: ReportTimes | None = None


@dataclass(frozen=True)
class AgreementBounds:
    """What a programme allows: the rhythms, and the days on which a partnership may end."""

    rhythms: tuple[MeetingRhythm, ...]
    end: EndBounds

    @property
    def today(self) -> date:
        """The latest date anywhere, since both people have to be able to sign."""
        return self.end.today


def bounds_of(partnership: Partnership, programme: Programme, today: date) -> AgreementBounds:
    """As `end_bounds`, with the rhythms of the programme."""
    end = end_bounds(partnership, programme, today)
    return AgreementBounds(allowed_rhythms(programme.rhythm), end)


def proposed_terms(
    partnership: Partnership,
    bounds: AgreementBounds,
    ways: Sequence[MeetingMode],
    brings: tuple[str, str],
    talked_about: Sequence[str] = (),
    *,
    has_reports: bool = False,
) -> AgreementForm:
    """What the form shows first. `ways` are those that both have chosen, `brings` what mentee and mentor may bring,
    `talked_about` the steps that they have added to the agenda of their first meeting, and ticked. `has_reports`:
    whether the programme has progress reports, so that the form asks about them.
    """
    return AgreementForm(
        purpose=", ".join((*partnership.topics, *talked_about))[:MOST_IN_TEXT],
        rhythm=bounds.rhythms[-1],
        minutes=USUAL_MINUTES,
        ways=tuple(ways),
        schedules=WhoSchedules.MENTEE,
        hours=MeetingHours.WORK,
        between=ContactBetween.SLACK,
        answer=AnswerWithin.SOME_DAYS,
        until=bounds.end.current,
        mentee_brings=brings[0],
        mentor_brings=brings[1],
        review_on=min(add_months(bounds.today, REVIEW_AFTER), bounds.end.current),
        reports=ReportTimes.HALF_WAY if has_reports else None,
    )


def as_form(terms: AgreementTerms) -> AgreementForm:
    """The form filled in with these terms."""
    return AgreementForm(**{each.name: getattr(terms, each.name) for each in fields(terms)})


def complete(form: AgreementForm, bounds: AgreementBounds) -> AgreementTerms:
    """The terms of a form. Raises InvalidForm with all that is wrong."""
    reasons = tuple(terms_errors(form, bounds))
    if (
        reasons
        or form.rhythm is None
        or form.minutes is None
        or form.schedules is None
        or form.hours is None
        or form.between is None
        or form.until is None
        or form.review_on is None
    ):
        raise InvalidForm(reasons)
    return AgreementTerms(
        form.purpose,
        form.rhythm,
        form.minutes,
        form.ways,
        form.schedules,
        form.hours,
        form.between,
        form.answer,
        form.until,
        form.mentee_brings,
        form.mentor_brings,
        form.feedback,
        form.off_limits,
        form.obstacles,
        form.review_on,
        form.goals,
        form.reports,
    )


REQUIRED: Final = (
    FieldName.PURPOSE,
    FieldName.RHYTHM,
    FieldName.MINUTES,
    FieldName.WAYS,
    FieldName.SCHEDULES,
    FieldName.HOURS,
    FieldName.BETWEEN,
    FieldName.UNTIL,
    FieldName.REVIEW_ON,
)


def terms_errors(form: AgreementForm, bounds: AgreementBounds) -> Iterator[MentoringError]:
    """Yield what is wrong, each with its field, in the order of the form."""
    for name in REQUIRED:
        if not getattr(form, name):
            yield Missing(name)
    for name, most in MOST.items():
        if len(getattr(form, name)) > most:
            yield TooLong(name, most)
    if form.rhythm and form.rhythm not in bounds.rhythms:
        yield NoLongerOffered(FieldName.RHYTHM)
    if form.minutes and form.minutes not in MINUTES:
        yield NoLongerOffered(FieldName.MINUTES)
    if len(form.goals) > MOST_GOALS:
        yield TooManyGoalsNamed(FieldName.GOALS, MOST_GOALS)
    if MeetingMode.OTHER in form.ways:
        yield NoLongerOffered(FieldName.WAYS)
    if form.until and not bounds.end.allows(form.until):
        yield end_not_allowed(FieldName.UNTIL, bounds.end)
    if form.review_on and form.review_on <= bounds.today:
        yield TooSoon(FieldName.REVIEW_ON, bounds.today + timedelta(days=1))
    elif form.review_on and form.until and form.review_on > form.until:
        yield AfterTheEnd(FieldName.REVIEW_ON)


def field_of(error: MentoringError) -> FieldName | None:
    """The field that a refusal of `terms_errors` is about."""
    found = getattr(error, "field", None)
    return found if isinstance(found, FieldName) else None


def changed_fields(before: AgreementTerms, after: AgreementTerms | AgreementForm) -> tuple[FieldName, ...]:
    """The fields in which two versions differ, in the order of the form."""
    return tuple(
        FieldName(each.name) for each in fields(before) if getattr(before, each.name) != getattr(after, each.name)
    )
