"""The status of a cohort and of the partnerships, in numbers (D0.15), without anything that people wrote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.cases.yearly import CasesOfYear
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme, Rhythm
from mentoring.feedback.answers import Question
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.figures import Summary, summarise
from mentoring.feedback.groups import LEAST_PEOPLE, FeedbackGroup
from mentoring.matching.held_up import NONE_HELD_UP, HeldUpMatches
from mentoring.matching.match import Match
from mentoring.meetings.log import Meeting
from mentoring.partnerships.partnership import (
    Partnership,
    PartnershipState,
    Pause,
    pause_of,
    places_taken,
    quiet_days,
)
from mentoring.partnerships.timing import asked_meetings


@dataclass(frozen=True)
class TopicCount:
    """How many mentees ask for a topic, and how many places mentors offer for it."""

    topic: str
    asked: int
    offered: int

    @property
    def is_gap(self) -> bool:
        return self.asked > self.offered


@dataclass(frozen=True)
class CohortStatus:
    """The open applications of a cohort. Numbers and topics do not count the waiting list.

    `waiting` are the applications in time of people who are here, longest waiting first, and `on_leave` counts the
    people of the others; `late` are those on the waiting list. `withdrawn` counts withdrawn applications; `unconfirmed`
    are those that were entered for people who have not confirmed them.
    """

    mentees: int
    mentors: int
    places: int
    withdrawn: int
    unconfirmed: tuple[Application, ...]
    topics: tuple[TopicCount, ...]
    waiting: tuple[Application, ...]
    late: tuple[Application, ...]
    on_leave: int = 0


def cohort_status(
    programme: Programme,
    cohort: Cohort,
    applications: Sequence[Application],
    unavailable: Mapping[str, Person] | None = None,
) -> CohortStatus:
    """Count the cohort's applications, except those of absent people. People on leave have applied, but do not wait for
    a match now. `unavailable` are both, by Slack user id.

    Topics are in the programme's order, followed by those that people named but that are no longer in its list.
    """
    away = unavailable or {}
    absent = {id for id, person in away.items() if person.is_absent}
    counted = [a for a in applications if a.state is ApplicationState.OPEN and a.person not in absent]
    by_waiting = sorted(counted, key=lambda a: (a.sent_at, a.id))
    current = [a for a in by_waiting if not a.waits_for_next(cohort)]
    mentees = [a for a in current if a.role is Role.MENTEE]
    mentors = [a for a in current if a.role is Role.MENTOR]
    former = dict.fromkeys(t for a in current for t in a.topics if t not in programme.topics)
    return CohortStatus(
        mentees=len(mentees),
        mentors=len(mentors),
        places=sum(min(a.places, programme.most_places) for a in mentors),
        withdrawn=sum(a.state is ApplicationState.WITHDRAWN for a in applications),
        unconfirmed=tuple(
            a for a in applications if a.state is ApplicationState.UNCONFIRMED and a.person not in absent
        ),
        topics=tuple(
            TopicCount(
                topic,
                sum(topic in a.topics for a in mentees),
                sum(min(a.places, programme.most_places) for a in mentors if topic in a.topics),
            )
            for topic in (*programme.topics, *former)
        ),
        waiting=tuple(a for a in current if a.person not in away),
        on_leave=len({a.person for a in current if a.person in away}),
        late=tuple(a for a in by_waiting if a.waits_for_next(cohort)),
    )


@dataclass(frozen=True)
class Quiet:
    """An active partnership without a logged meeting for `days` days, since the last one or the introduction."""

    partnership: Partnership
    days: int


_NOT_ASKED = Summary(0, 0)


@dataclass(frozen=True)
class PartnershipStatus:
    """Numbers about the partnerships of the programme.

    `quiet` partnerships are sorted by the time since the last meeting, longest first. `paused` ones are sorted by age,
    oldest first, and are never quiet.
    """

    active: tuple[Partnership, ...]
    offered: int
    ended: int
    closed: int
    """At the agreed end, after at least one meeting."""
    meetings_this_month: int
    quiet: tuple[Quiet, ...]
    check_ins: Summary
    surveys: Summary
    taken: Mapping[str, int] = field(default_factory=dict)
    """How many places partnerships take, by application id. One that is over counts until the person returns to the
    pool.
    """
    paused: tuple[Pause, ...] = ()
    agreed: int = 0
    """Matches whose people are introduced when the round starts."""
    never_met: int = 0
    """At the agreed end, and no meeting was logged."""
    held: int = 0
    """Meetings logged by the `closed` ones."""
    asked: int = 0
    """Meetings that the programme asks of the `closed` ones."""
    last_met: Mapping[str, date] = field(default_factory=dict)
    """The last meeting of the active ones, by id; those without any are left out."""
    held_up: HeldUpMatches = NONE_HELD_UP
    named: tuple[Partnership, ...] = ()
    """At the agreed end, and both agree to be named in a celebration; the newest first."""
    asked_for_help: CasesOfYear | None = None
    """How often people asked for help in confidence in the past calendar year."""
    baselines: Summary = _NOT_ASKED
    """How many have answered before their first meeting."""
    remarks: int = 0
    """What people told the programme without their names, as far as owners can read it."""

    @property
    def has_any(self) -> bool:
        """Whether people have been introduced."""
        return bool(self.active) or self.ended + self.closed + self.never_met > 0


@dataclass(frozen=True)
class RoundStatus:
    """The status of one programme's current round. `partnerships` is None for a person who may not see it."""

    programme: Programme
    cohort: Cohort
    applications: CohortStatus
    partnerships: PartnershipStatus | None


def partnership_status(
    partnerships: Sequence[Partnership],
    matches: Sequence[Match],
    meetings: Sequence[Meeting],
    counts: Sequence[AnswerCount],
    groups: Sequence[FeedbackGroup],
    today: date,
    people: Mapping[str, Person] | None = None,
    *,
    rhythm: Rhythm,
    held_up: HeldUpMatches = NONE_HELD_UP,
    named: Collection[str] = (),
    remarks: int = 0,
    asked_for_help: CasesOfYear | None = None,
) -> PartnershipStatus:
    """Count partnerships and meetings on `today`. Of answers, `counts` and `groups` are what was made of them. `rhythm`
    is the programme's, and `held_up` are its matches that wait for somebody. `named` are the ids of the partnerships
    whose people both agree to be named, and `remarks` how many are in groups.

    `people`, by Slack user id, must include everybody who is absent; others count as present.
    """
    active = tuple(sorted((p for p in partnerships if p.is_active), key=lambda p: (p.introduced_at, p.id)))
    closed = [p for p in partnerships if p.state is PartnershipState.CLOSED]
    logged: dict[str, list[date]] = {}
    for meeting in meetings:
        logged.setdefault(meeting.partnership_id, []).append(meeting.met_on)
    met_on = {p.id: p.met_on(logged.get(p.id, ())) for p in (*active, *closed)}
    completed = [p for p in closed if met_on[p.id]]
    last = {p.id: max(met_on[p.id], default=None) for p in active}
    paused = tuple(pause for p in active if (pause := pause_of(p, people or {})))
    is_paused = {pause.partnership.id for pause in paused}
    quiet = [Quiet(p, days) for p in active if (days := quiet_days(p, last[p.id], today, is_paused=p.id in is_paused))]

    return PartnershipStatus(
        active=active,
        offered=sum(m.awaits_answer for m in matches),
        agreed=sum(m.awaits_start for m in matches),
        ended=sum(p.state is PartnershipState.ENDED for p in partnerships),
        closed=len(completed),
        never_met=len(closed) - len(completed),
        held=sum(len(met_on[p.id]) for p in completed),
        asked=sum(asked_meetings(p.length, rhythm) for p in completed),
        meetings_this_month=sum((m.met_on.year, m.met_on.month) == (today.year, today.month) for m in meetings),
        quiet=tuple(sorted(quiet, key=lambda q: (-q.days, q.partnership.id))),
        baselines=summarise(Question.BASELINE, counts, groups),
        check_ins=summarise(Question.CHECK_IN, counts, groups),
        surveys=summarise(Question.SURVEY, counts, groups),
        taken=places_taken(partnerships),
        paused=paused,
        last_met={id: day for id, day in last.items() if day},
        held_up=held_up,
        named=tuple(sorted((p for p in completed if p.id in named), key=lambda p: (p.over_at, p.id), reverse=True)),
        remarks=remarks,
        asked_for_help=asked_for_help,
    )


LEAST_SHOWN = LEAST_PEOPLE
"""A sponsor is not shown a smaller number exactly."""


@dataclass(frozen=True)
class ProgrammeFigures:
    """What a sponsor reads: numbers, and nothing about a person or from their answers. Owners see what is made of
    these, and decide whether to pass it on.

    A number below LEAST_SHOWN is None. So is one that would tell about fewer people or partnerships: the places of a
    few mentors, and the meetings of a few partnerships. Nothing tells what somebody decided, such as to end early.
    """

    mentees: int | None
    mentors: int | None
    places: int | None
    active: int | None
    over: int | None
    """Completed or ended, together."""
    meetings_this_month: int | None


def programme_figures(applications: CohortStatus, partnerships: PartnershipStatus) -> ProgrammeFigures:
    """The figures of a programme. `partnerships` counts them in all rounds, the past ones included."""
    mentors, active = _shown(applications.mentors), _shown(len(partnerships.active))
    return ProgrammeFigures(
        mentees=_shown(applications.mentees),
        mentors=mentors,
        places=mentors and applications.places,
        active=active,
        over=_shown(partnerships.ended + partnerships.closed + partnerships.never_met),
        meetings_this_month=active and _shown(partnerships.meetings_this_month),
    )


def _shown(count: int) -> int | None:
    return count if count >= LEAST_SHOWN else None
