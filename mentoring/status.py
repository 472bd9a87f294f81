"""Where a cohort stands, in counts (D0.15): nothing here names what anybody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.application import Application, Role, State
from mentoring.outcome import Kind, Notice
from mentoring.person import Person
from mentoring.programme import Cohort, Programme


@dataclass(frozen=True)
class TopicCount:
    """How many mentees ask for a topic and how many places mentors offer for it."""

    topic: str
    asked: int
    offered: int

    @property
    def is_gap(self) -> bool:
        return self.asked > self.offered


@dataclass(frozen=True)
class CohortStatus:
    """`waiting` are all open applications, who waits longest first; `late` those that missed the deadline."""

    mentees: int
    mentors: int
    places: int
    withdrawn: int
    topics: tuple[TopicCount, ...]
    waiting: tuple[Application, ...]
    late: tuple[Application, ...]


def cohort_status(programme: Programme, cohort: Cohort, applications: Sequence[Application]) -> CohortStatus:
    """Count the cohort's applications. Topics keep the programme's order; ones dropped from its list but still asked
    follow.
    """
    standing = sorted((a for a in applications if a.state is State.OPEN), key=lambda a: (a.sent_at, a.id))
    current = [a for a in standing if not a.waits_for_next(cohort)]
    mentees = [a for a in current if a.role is Role.MENTEE]
    mentors = [a for a in current if a.role is Role.MENTOR]
    former = dict.fromkeys(t for a in current for t in a.topics if t not in programme.topics)
    return CohortStatus(
        mentees=len(mentees),
        mentors=len(mentors),
        places=sum(a.places for a in mentors),
        withdrawn=sum(a.state is State.WITHDRAWN for a in applications),
        topics=tuple(
            TopicCount(
                topic,
                sum(topic in a.topics for a in mentees),
                sum(a.places for a in mentors if topic in a.topics),
            )
            for topic in (*programme.topics, *former)
        ),
        waiting=tuple(current),
        late=tuple(a for a in standing if a.waits_for_next(cohort)),
    )


def applications_closed(
    programme: Programme, cohort: Cohort, owners: Sequence[Person], now: datetime
) -> tuple[Notice, ...]:
    """What the owners are owed once the deadline has passed, so that no application waits unseen.

    Each owner hears it on a weekday, within the programme's hours, on their own clock; nothing once matching has begun.
    """
    return tuple(
        Notice(f"applications-closed:{cohort.id}:{cohort.apply_by}:{owner.id}", Kind.APPLICATIONS_CLOSED, owner.id)
        for owner in owners
        if cohort.apply_by < owner.today(now) <= cohort.starts_on and _at_work(owner.local(now), programme)
    )


def _at_work(local: datetime, programme: Programme) -> bool:
    starts, ends = programme.workday
    return local.weekday() < 5 and starts <= local.time() < ends
