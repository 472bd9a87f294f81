"""A partnership lived from its introduction to its end, with nothing but its own promises to keep it going."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Notification, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import next_working_time, workday_start
from mentoring.feedback.answers import FeedbackForm, Question, record_survey
from mentoring.partnerships.endings import end
from mentoring.partnerships.jobs import job_key, plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import JOBS, MET_SINCE, Due, NotBefore, PartnershipJobContext, judge
from mentoring.partnerships.partnership import Partnership
from tests.mentoring.values import PROGRAMME

_MOST_STEPS = 500
_NEVER = timedelta(days=9999)
_ASKS = {JobKind.SURVEY, JobKind.SURVEY_REMINDER}


@dataclass(frozen=True)
class Said:
    """What somebody got, and when."""

    at: datetime
    notice: Notification


@dataclass
class PartnershipTimeline:
    """`people` are mentee and mentor; `meets` the days on which they meet, each logged that day.

    `delays` say, in turn, how late the programme comes by after something falls due; `answers` how long each person
    takes for the survey (who is not in it never answers); `ends_after` when somebody ends it, if somebody does.
    `sends` say, in turn, how long a message that was decided on waits until it is delivered.
    """

    partnership: Partnership
    people: tuple[Person, Person]
    meets: tuple[date, ...] = ()
    delays: tuple[timedelta, ...] = (timedelta(0),)
    answers: Mapping[str, timedelta] = field(default_factory=dict)
    ends_after: timedelta | None = None
    programme: Programme = PROGRAMME
    sends: tuple[timedelta, ...] = (timedelta(0),)
    waiting: list[Said] = field(default_factory=list)
    scheduled_jobs: dict[str, ScheduledJob] = field(default_factory=dict)
    done: dict[str, ScheduledJob] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    answered: dict[str, datetime] = field(default_factory=dict)
    over_at: datetime | None = None

    def live(self, until: datetime | None = None) -> "PartnershipTimeline":
        """Until nothing is promised any more, or nothing before this moment; then it can be lived on."""
        if not self.scheduled_jobs and not self.done:
            for promise in plan_partnership_jobs(self.partnership, self.people, self.programme):
                self.scheduled_jobs[promise.key] = promise
        now, late, self._takes = self.partnership.introduced_at, cycle(self.delays), cycle(self.sends)
        for _ in range(_MOST_STEPS):
            due = min((promise.due for promise in self.scheduled_jobs.values()), default=None)
            send = min((each.at for each in self.waiting), default=None)
            if send and (due is None or send <= due):
                now = max(now, send)
                self._end(now)
                self._answer(now)
                self._deliver(now)
                continue
            if due is None or (until and due >= until):
                return self
            now = max(now, due + next(late))
            self._end(now)
            self._answer(now)
            for promise in self._due(now):
                self._keep(run_partnership_job(promise, self._standing(promise.kind, promise.person, now), now), now)
                self._deliver(now)
        raise AssertionError("It never ends.")

    def heard(self, person: str) -> list[Said]:
        return [said for said in self.said if said.notice.recipient == person]

    def _due(self, now: datetime) -> Iterator[ScheduledJob]:
        """What is due, the longest due first; what is promised meanwhile, and due already, too."""
        while due := [promise for promise in self.scheduled_jobs.values() if promise.due <= now]:
            yield min(due, key=lambda promise: (promise.due, promise.key))

    def _deliver(self, now: datetime) -> None:
        """What waits is judged again, and said if it still makes sense."""
        for each in [each for each in self.waiting if each.at <= now]:
            self.waiting.remove(each)
            person = next(one for one in self.people if one.id == each.notice.recipient)
            if (decent := next_working_time(person, self.programme, now)) > now:
                self.waiting.append(Said(decent, each.notice))
                continue
            job = JOBS.get(each.notice.kind)
            judged = judge(job, each.notice.key, self._standing(job, each.notice.recipient, now), now) if job else Due()
            match judged:
                case Due():
                    self.said.append(Said(now, each.notice))
                case NotBefore(day, why) if why != MET_SINCE:
                    self.waiting.append(Said(workday_start(person, self.programme, day), each.notice))

    def _standing(self, kind: JobKind, to: str, now: datetime) -> PartnershipJobContext:
        person = next((one for one in self.people if one.id == to), Person(""))
        return PartnershipJobContext(
            partnership=self.partnership,
            person=person,
            programme=self.programme,
            met_on=tuple(day for day in self.meets if day <= now.date()),
            answered=kind in _ASKS and to in self.answered,
            check_in_at=self._check_in_at(to, now),
            sent_at={JOBS[said.notice.kind]: said.at for said in self.heard(to) if said.notice.kind in JOBS},
            unsent=frozenset(
                JOBS[each.notice.kind]
                for each in self.waiting
                if each.notice.recipient == to and each.notice.kind in JOBS
            ),
        )

    def _check_in_at(self, person: str, now: datetime) -> datetime | None:
        key = job_key(JobKind.CHECK_IN, self.partnership.id, person)
        if key in self.done:
            return self.done[key].due
        return max(self.scheduled_jobs[key].due, now) if key in self.scheduled_jobs else None

    def _keep(self, outcome: Outcome, now: datetime) -> None:
        for value in outcome.changes:
            match value:
                case ScheduledJob():
                    self.scheduled_jobs[value.key] = value
                case JobDone():
                    self.scheduled_jobs.pop(value.job.key, None)
                    self.done[value.job.key] = value.job
                case Partnership():
                    self.partnership = value
                    self.over_at = value.over_at
        people = {one.id: one for one in self.people}
        self.waiting += [
            Said(next_working_time(people[notice.recipient], self.programme, now + next(self._takes)), notice)
            for notice in outcome.notifications
        ]

    def _answer(self, now: datetime) -> None:
        """Who was asked answers after a while; the second answer closes the partnership."""
        for person in self.people:
            asked = [said.at for said in self.heard(person.id) if said.notice.kind.value == Question.SURVEY.value]
            takes = self.answers.get(person.id)
            if not asked or takes is None or person.id in self.answered or asked[0] + takes > now:
                continue
            if self.partnership.is_active:
                outcome = record_survey(
                    self.partnership,
                    FeedbackForm(4),
                    by=person,
                    asked=True,
                    before=None,
                    other_answered=bool(self.answered),
                    now=now,
                )
                self.answered[person.id] = now
                self._keep(outcome, now)

    def _end(self, now: datetime) -> None:
        """Somebody ends it."""
        ended = self.partnership.introduced_at + (self.ends_after or _NEVER)
        if ended <= now and self.partnership.is_active:
            self._keep(end(self.partnership, by=self.people[0].id, owners=(), now=ended), ended)
