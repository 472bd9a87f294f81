"""The agreed end of a partnership: the days that its programme allows, and moving it with all that follows (D1.12).

This is the one rule that moves an end, whatever the reason: an agreement, a proposal that both accept, or a pause.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mentoring.core.fields import FieldName
from mentoring.core.jobs import ScheduledJob
from mentoring.core.lengths import length_between
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import latest_date
from mentoring.partnerships.errors import EndNotAllowed
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.moved_end import drop_all_but_survey, follow_end
from mentoring.partnerships.partnership import Partnership, latest_end


@dataclass(frozen=True)
class EndBounds:
    """The days on which a partnership may end, and its agreed end now.

    `today` is the latest date anywhere. `latest` is before `earliest` if only the agreed end is possible.
    """

    earliest: date
    latest: date
    current: date
    today: date

    def allows(self, day: date) -> bool:
        """Whether it may end on `day`. The agreed end is always possible until it comes."""
        return day > self.today and (day == self.current or self.earliest <= day <= self.latest)

    @property
    def is_fixed(self) -> bool:
        """Whether only the agreed end is possible."""
        return self.latest < self.earliest or self.earliest == self.latest == self.current


def end_bounds(partnership: Partnership, programme: Programme, today: date) -> EndBounds:
    """Between the shortest and the longest length of the programme from the start, and after `today`."""
    ends = [length.after(partnership.started_on) for length in programme.lengths]
    earliest = max(min(ends), today + timedelta(days=1))
    return EndBounds(earliest, latest_end(partnership, programme), partnership.ends_on, today)


def end_not_allowed(field: FieldName, bounds: EndBounds) -> EndNotAllowed:
    """The refusal of a day that the bounds do not allow, with what they allow."""
    return EndNotAllowed(field, bounds.earliest, bounds.latest, bounds.current)


@dataclass(frozen=True)
class EndMoved:
    """The agreed end is another day now. The agreement of the two names it from then on (`storage.agreements`), and
    messages that ask about the end show it.
    """

    partnership_id: str
    ends_on: date


@dataclass(frozen=True)
class EndContext:
    """What moving an end needs. `people` are both, by Slack user id; `pending` are the jobs of the partnership that
    have not run yet, and `agreed` is what the bot follows of the agreement in force.
    """

    partnership: Partnership
    programme: Programme
    people: Mapping[str, Person]
    pending: tuple[ScheduledJob, ...] = ()
    agreed: FollowedTerms | None = None

    @property
    def both(self) -> tuple[Person, ...]:
        """Mentee and mentor; somebody who is not known has no more than an id."""
        return tuple(self.people.get(person, Person(person)) for person in self.partnership.people)

    def bounds(self, now: datetime) -> EndBounds:
        return end_bounds(self.partnership, self.programme, latest_date(now))


def change_end(context: EndContext, ends_on: date, now: datetime, *, by_pause: bool = False) -> Outcome:
    """Move the agreed end to `ends_on`, with the check-in, the reminders, the closing survey and the closing.

    `now` is the calendar (aware). Callers check who may do it, and which days are allowed. Nothing that has been sent
    is sent again. With `by_pause` the two have not said what they want at the end, and are still asked. Does nothing if
    that is the end already.
    """
    before = context.partnership
    after = move_end(before, ends_on, latest_date(now))
    if after == before:
        return NOTHING
    jobs = follow_end(after, context.agreed, context.both, context.programme, context.pending, now, by_pause=by_pause)
    return Outcome((after, EndMoved(after.id, ends_on), *jobs))


def complete_early(context: EndContext, now: datetime) -> Outcome:
    """Both agree that they are done: the agreed end is today, the earlier day of their two time zones.

    The closing survey follows at once, and the thanks after it. There are no more reminders to meet and no check-in.
    `now` is the calendar (aware). Callers check who may do it.
    """
    partnership = context.partnership
    day = max(min(person.today(now) for person in context.both), partnership.started_on)
    after = replace(_ending_on(partnership, day), completed_on=day, check_in_day=None)
    jobs = drop_all_but_survey(after, context.both, context.programme, context.pending)
    return Outcome((after, EndMoved(after.id, day), *jobs))


def move_end(partnership: Partnership, ends_on: date, today: date) -> Partnership:
    """The partnership with another agreed end, after `today`, the latest date anywhere.

    A check-in whose day has come keeps it, since people may have been asked; another moves with the end, to tomorrow
    at the earliest. What one of the two alone wanted after a pause is over: they wanted another day.
    """
    if ends_on == partnership.ends_on:
        return partnership
    pause = partnership.pause
    if pause and len(pause.moves_end) == 1:
        pause = replace(pause, moves_end=())
    moved = replace(_ending_on(partnership, ends_on), pause=pause)
    if partnership.check_in_on <= today:
        return replace(moved, check_in_day=partnership.check_in_on)
    return replace(moved, check_in_day=max(replace(moved, check_in_day=None).check_in_on, today + timedelta(days=1)))


def _ending_on(partnership: Partnership, day: date) -> Partnership:
    """The next version, with this agreed end."""
    length = length_between(partnership.started_on, day)
    return replace(
        partnership, agreed_end=day, months=length.months, weeks=length.weeks, version=partnership.version + 1
    )
