"""Planned meetings: the value, what rules decide from, and what happens by itself before and after (D1.13, D1.16)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import last_working_day_before, workday_start
from mentoring.meetings.finding_times import USUAL_LENGTH, Span
from mentoring.meetings.regular_time import RegularTime
from mentoring.partnerships.partnership import Partnership, Pause

_DAY = timedelta(days=1)
_LEAST_BEFORE = timedelta(minutes=30)
"""An agenda comes so long before the meeting at the latest."""
ASK_AGAIN_AFTER = 2
"""Working days after a meeting, if neither has said whether it took place."""


class PlannedState(StrEnum):
    """OFFERED and not answered; BOOKED; PAST, and neither has said whether it took place; HELD or MISSED; CANCELLED by
    a person, or with its partnership; LAPSED without an answer. Stored: renaming a value needs a migration.
    """

    OFFERED = "offered"
    BOOKED = "booked"
    PAST = "past"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class MeetingAnswer(StrEnum):
    """What a person says to "Did you meet?"."""

    MET = "met"
    NOT_MET = "not-met"


AHEAD = (PlannedState.OFFERED, PlannedState.BOOKED)
TOOK_PLACE = (PlannedState.PAST, PlannedState.HELD)
"""It did, as far as anybody knows."""


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting of the two people of a partnership, from the first offered time until they say whether they met.

    - `options` (aware): the starts that `offered_by` (a Slack user id) has offered; the other has the next word.
    - `starts_at` (aware): the start on which both have agreed; None before. It stands while another one is offered.
    - `minutes`: how long it takes. `offered_minutes`: how long at an offered time, where that differs; else 0.
    - `sequence`: how often its calendar file has changed since the first one.
    - `mentee_answer`, `mentor_answer`: whether they met, as each of them says; None while they have not said.
    - `is_disputed`: they said different things, and the one who answered first was asked about it.
    - `cancelled_by`: who cancelled it, a Slack user id, or "" if nobody did.
    - `proposed_by`: who offered the first times for it, a Slack user id, or "" if that is not known.
    - `regular_id`: the regular time to which it belongs, or "". `regular_at` (aware): when that lets it begin; it stays
      when the meeting is moved.
    """

    id: str
    partnership_id: str
    state: PlannedState
    minutes: int = USUAL_LENGTH
    options: tuple[datetime, ...] = ()
    offered_by: str = ""
    starts_at: datetime | None = None
    sequence: int = 0
    mentee_answer: MeetingAnswer | None = None
    mentor_answer: MeetingAnswer | None = None
    is_disputed: bool = False
    cancelled_by: str = ""
    version: int = 1
    offered_minutes: int = 0
    proposed_by: str = ""
    regular_id: str = ""
    regular_at: datetime | None = None

    @property
    def is_booked(self) -> bool:
        return self.state is PlannedState.BOOKED

    @property
    def span(self) -> Span | None:
        """From its start to its end, once both have agreed."""
        return (self.starts_at, self.starts_at + timedelta(minutes=self.minutes)) if self.starts_at else None

    @property
    def minutes_of_options(self) -> int:
        """How long the meeting takes at one of the offered times."""
        return self.offered_minutes or self.minutes

    def is_ahead(self, now: datetime) -> bool:
        """Whether it can still be moved or cancelled at `now` (aware): its start, or an offered one, is to come."""
        moments = (*self.options, *([self.starts_at] if self.starts_at else []))
        return self.state in AHEAD and any(now < moment for moment in moments)

    def is_over(self, now: datetime) -> bool:
        """Whether the agreed time has passed at `now` (aware), so that they can say whether they met."""
        return bool(self.span and now >= self.span[1]) and self.state in (
            PlannedState.BOOKED,
            PlannedState.PAST,
            PlannedState.HELD,
            PlannedState.MISSED,
        )

    @property
    def is_settled(self) -> bool:
        """Whether it is said whether they met, and nobody is asked about it any more."""
        differ = self.is_disputed and self.mentee_answer is not self.mentor_answer
        return self.state in (PlannedState.HELD, PlannedState.MISSED) and not differ

    def awaits(self, person: str) -> bool:
        """Whether this person (Slack user id) has the next word about the times that are offered."""
        return bool(self.state in AHEAD and self.options and person != self.offered_by)

    def without_offer(self, **changes: object) -> "PlannedMeeting":
        """The next version, in which no time is offered."""
        return self.changed(**{"options": (), "offered_by": "", "offered_minutes": 0, **changes})

    def cancelled(self, by: str) -> "PlannedMeeting":
        """The next version, in which it is cancelled by a person (Slack user id), or by itself for ""."""
        return self.without_offer(
            state=PlannedState.CANCELLED,
            cancelled_by=by,
            offered_by=self.offered_by,
            sequence=self.sequence + 1 if self.starts_at else self.sequence,
        )

    def changed(self, **changes: object) -> "PlannedMeeting":
        """The next version."""
        return replace(self, **{**changes, "version": self.version + 1})  # type: ignore[arg-type]


@dataclass(frozen=True)
class MeetingPlan:
    """What a rule about a planned meeting decides from.

    `people` are the mentee and the mentor; `now` is the calendar (aware). `current` is the meeting that it is about, or
    else the one of the two that lies ahead; `busy` is when either of them has another one. `scheduler` is who finds the
    time for the next one (a Slack user id), "" for the mentee, and `agreed_minutes` is how long they meet by their
    agreement. `regular` is the regular time of the two that is offered or agreed, and `regular_meetings` are those that
    it gave.
    """

    partnership: Partnership
    people: tuple[Person, Person]
    programme: Programme
    now: datetime
    current: PlannedMeeting | None = None
    busy: Sequence[Span] = ()
    pause: Pause | None = None
    scheduler: str = ""
    agreed_minutes: int = USUAL_LENGTH
    regular: RegularTime | None = None
    regular_meetings: Sequence[PlannedMeeting] = ()

    @property
    def usual_minutes(self) -> int:
        """How long the meeting takes that is planned next or moved, if nobody says otherwise."""
        return self.current.minutes_of_options if self.current else self.agreed_minutes

    @property
    def regular_ahead(self) -> list[PlannedMeeting]:
        """The meetings of the regular time that are booked and lie ahead."""
        return [
            each for each in self.regular_meetings if each.is_booked and each.starts_at and each.starts_at > self.now
        ]

    @property
    def asked_again(self) -> str:
        """Who is asked again whether they met (a Slack user id): the person who finds the next time (D1.16)."""
        return self.scheduler or self.partnership.mentee

    def person(self, id: str) -> Person:
        """The one of the two with this Slack user id."""
        return next((each for each in self.people if each.id == id), Person(id))


def last_proposer(planned: Iterable[PlannedMeeting]) -> str:
    """Who proposed the latest of these meetings on which both agreed, and which was not cancelled or missed (a Slack
    user id); "" if there is none, or it is not known.
    """
    states = (PlannedState.BOOKED, *TOOK_PLACE)
    agreed = [(each.starts_at, each.id, each) for each in planned if each.starts_at and each.state in states]
    return max(agreed)[2].proposed_by if agreed else ""


def tell(plan: MeetingPlan, planned: PlannedMeeting, person: str) -> Outcome:
    """Post the message about the meeting to one of the two (a Slack user id), again if they have it, so that they
    notice.
    """
    kind = NotificationKind.PLANNED_MEETING
    refs = {"planned": planned.id, "partnership": planned.partnership_id, "day": plan.now.isoformat()}
    to = (Notification(f"{kind}:{planned.id}:{person}", kind, person, refs),) if person else ()
    return Outcome(notifications=to)


def next_steps(
    plan: MeetingPlan, planned: PlannedMeeting, *, is_agreed: bool = False
) -> tuple[ScheduledJob | JobDone, ...]:
    """The jobs of a meeting that has changed: its next step and, if both have just agreed on a time, the agenda for
    each of the two.
    """
    step = _job(JobKind.PLANNED_MEETING, planned, plan.now)
    if due := _next_step_at(plan, planned):
        steps: tuple[ScheduledJob | JobDone, ...] = (step.rescheduled(due),)
    else:
        steps = (JobDone(step),)
    for person in plan.people:
        agenda = _job(JobKind.MEETING_AGENDA, planned, plan.now, person.id)
        if is_agreed and planned.starts_at:
            steps += (agenda.rescheduled(agenda_at(person, plan.programme, planned.starts_at, plan.now)),)
        elif planned.starts_at and not planned.is_booked:
            steps += (JobDone(agenda),)
    return steps


def agenda_at(person: Person, programme: Programme, start: datetime, now: datetime) -> datetime:
    """When working hours begin on the working day before `start`, in the person's time zone, or else on that day; `now`
    if it is too late for either. All aware.
    """
    day = person.today(start)
    days = (last_working_day_before(day, programme), day)
    moments = (workday_start(person, programme, on) for on in days)
    return next((moment for moment in moments if now < moment <= start - _LEAST_BEFORE), now)


def _next_step_at(plan: MeetingPlan, planned: PlannedMeeting) -> datetime | None:
    """When something happens by itself, or None: the last offered time comes, the meeting is over, neither has said
    whether it took place.
    """
    moments = [max(planned.options)] if planned.state in AHEAD and planned.options else []
    if planned.is_booked and planned.span:
        moments.append(planned.span[1])
    if planned.state is PlannedState.PAST and planned.span:
        person = plan.person(plan.asked_again)
        day = person.today(planned.span[1])
        for _ in range(ASK_AGAIN_AFTER):
            day = person.today(workday_start(person, plan.programme, day + _DAY))
        moments.append(workday_start(person, plan.programme, day + _DAY))
    return min(moments, default=None)


def _job(kind: JobKind, planned: PlannedMeeting, due: datetime, person: str = "") -> ScheduledJob:
    key = f"{kind}:{planned.id}:{person}" if person else f"{kind}:{planned.id}"
    refs = {"planned": planned.id, "partnership": planned.partnership_id}
    return ScheduledJob(key, kind, due, person, refs)


def run_planned_job(job: ScheduledJob, plan: MeetingPlan) -> Outcome:
    """What happens by itself at the plan's `now` to its `current` meeting.

    Offers whose last time has come are over, and nobody is told. When the meeting is over, the message asks whether it
    took place; if nobody says so, the person who finds the next time is asked again, once.
    """
    planned, now = plan.current, plan.now
    due = _next_step_at(plan, planned) if planned else None
    if planned is None or due is None:
        return Outcome((JobDone(job),))
    if now < due:
        return Outcome((job.rescheduled(due),))
    if planned.state is PlannedState.PAST:
        asked = tell(plan, planned, plan.asked_again) if plan.partnership.is_active and not plan.pause else Outcome()
        return Outcome((JobDone(job),)) + asked
    if planned.span and planned.is_booked and now >= planned.span[1]:
        over = planned.without_offer(state=PlannedState.PAST)
    elif planned.is_booked:
        over = planned.without_offer()
    else:
        over = planned.without_offer(state=PlannedState.LAPSED)
    following = _next_step_at(plan, over)
    return Outcome((over, job.rescheduled(following) if following else JobDone(job)))


def run_agenda_job(job: ScheduledJob, plan: MeetingPlan) -> Outcome:
    """Post the agenda to one of the two, the working day before."""
    planned, done = plan.current, Outcome((JobDone(job),))
    is_ahead = planned is not None and planned.is_booked and planned.starts_at and plan.now < planned.starts_at
    if planned is None or not is_ahead or not plan.partnership.is_active:
        return done
    return done + tell(plan, planned, job.person)
