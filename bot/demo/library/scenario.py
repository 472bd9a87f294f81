"""A large library, three weeks after applications opened: people have applied, been matched, and met."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from bot.app import BotApp
from bot.demo.acts import (
    accept,
    agree,
    apply,
    approve_and_release,
    asked,
    bot_of,
    each,
    list_choices,
    log_meeting,
    propose,
    save_settings,
)
from bot.demo.cast import PEOPLE as DOZEN
from bot.demo.library.people import (
    DEPARTMENTS,
    GRADES,
    LANGUAGES,
    SHORT_HAIRED,
    TOPICS,
    ZONES,
    Worker,
    by_standing,
    hope,
    offer,
    written,
)
from bot.demo.texts import ALL_FORMS, CONFIRMATIONS, FormTexts
from mentoring.core.fields import FieldName
from mentoring.programmes.settings import Part
from sandbox import Member, OnProgress, Person, Progress, Sandbox, Scenario, StartingPerson

_SEED = 7
_OWNERS = DOZEN[:2]
_WEEKS = 3
_AGREEING = 6
"""How many mentees write an agreement."""
_ACCEPTED = 0.95
"""The share of people who accept their match."""
_APPLY_WITHIN = timedelta(weeks=1)
_WAYS = (["in-person", "video"], ["video"], ["video", "phone"], ["in-person", "walking"])


@dataclass(frozen=True)
class Library:
    """The number of `people`, of `mentees` and `mentors` among them, and of `meetings` logged in a week. `late` more
    apply after the last day, every third of them as a mentee. `least_gap` and `at_least` are rules of matching, because
    of which some people have no match.
    """

    people: int
    mentees: int
    mentors: int
    meetings: int
    late: int = 0
    least_gap: int = 0
    at_least: int = 0

    @property
    def staff(self) -> list[Worker]:
        return [Worker(number) for number in range(self.people - len(_OWNERS))]

    def members(self) -> Iterator[Member]:
        """All people, the programme owners first."""
        yield from _OWNERS
        random = Random(_SEED)
        for worker in self.staff:
            handle = worker.name.lower().replace(" ", ".")
            title = " · ".join(filter(None, (worker.grade, worker.department)))
            hair = "short" if worker.name in SHORT_HAIRED else ""
            yield Member(worker.id, handle, worker.name, title=title, time_zone=random.choice(ZONES), avatar=hair)

    def applicants(self, random: Random) -> tuple[list[Worker], list[Worker]]:
        """The mentors, and the mentees."""
        ordered = by_standing(random, self.staff[1:])  # without the director
        return ordered[: self.mentors], random.sample(ordered[self.mentors :], self.mentees)

    def play(self, sandbox: Sandbox, on_progress: OnProgress) -> None:
        """People apply and are matched. In the weeks since, most have been introduced, and some have met."""
        random = Random(_SEED)
        app, owner, started = bot_of(sandbox), _OWNERS[0].id, sandbox.calendar.now()
        mentors, mentees = self.applicants(random)
        self._set_up(sandbox.person(owner), started)
        applications = [("/mentor volunteer", worker) for worker in mentors]
        applications += [("/mentor request", worker) for worker in mentees]
        random.shuffle(applications)
        for done, (command, worker) in enumerate(applications, 1):
            texts = application(random, worker, is_mentor=worker in mentors)
            each([partial(apply, sandbox, worker.id, command, texts)])
            on_progress(Progress("People are applying", done, len(applications)))
        on_progress(Progress("The owners decide the matches", 0, 0))
        propose(sandbox, app, owner)
        approve_and_release(sandbox, app)
        sandbox.run_until(started + timedelta(days=1, hours=6))
        answer_matches(sandbox, app, on_progress, random)
        self._meet(sandbox, app, on_progress, random, (mentors, mentees), started)

    def _set_up(self, owner: Person, started: datetime) -> None:
        """Save the lists, the forms for two, the rules of matching, and the last day to apply."""
        list_choices(owner, topics="\n".join(TOPICS), departments="\n".join(DEPARTMENTS), grades="\n".join(GRADES))
        save_settings(owner, Part.EXTRAS, ALL_FORMS)
        save_settings(owner, Part.RULES, {FieldName.LEAST_GAP: str(self.least_gap)})
        save_settings(owner, Part.MATCHING, {FieldName.AT_LEAST: str(self.at_least)})
        last_day = (started + _APPLY_WITHIN).date()
        save_settings(owner, Part.DATES, {FieldName.APPLY_BY: last_day.isoformat()})

    def _apply_late(self, sandbox: Sandbox, random: Random, applied: Collection[Worker]) -> None:
        """Some apply after the last day, those highest in the hierarchy first."""
        others = [worker for worker in self.staff[1:] if worker not in applied]
        for number, worker in enumerate(others[: self.late]):
            is_mentor = number % 3 < 2
            texts = application(random, worker, is_mentor=is_mentor)
            command = "/mentor volunteer" if is_mentor else "/mentor request"
            each([partial(apply, sandbox, worker.id, command, texts)])

    def _meet(
        self,
        sandbox: Sandbox,
        app: BotApp,
        on_progress: OnProgress,
        random: Random,
        applied: tuple[Sequence[Worker], Sequence[Worker]],
        started: datetime,
    ) -> None:
        """Move the calendar by three weeks. In each, some mentees log a meeting; in the second, some people apply late,
        and some partners sign an agreement.

        `applied` are the mentors, and the mentees.
        """
        mentors, mentees = applied
        for week in range(_WEEKS):
            on_progress(Progress("Weeks pass", week, _WEEKS))
            sandbox.run_until(started + timedelta(weeks=week, days=4, hours=5))
            if week == 1:
                self._apply_late(sandbox, random, {*mentors, *mentees})
            for worker in random.sample(mentees, self.meetings):
                minutes, way = random.choice(("30", "45", "60")), random.choice(("in-person", "video"))
                each([partial(log_meeting, sandbox, app, worker.id, {"minutes": minutes, "way": way})])
            for worker in mentees[:_AGREEING] if week == 1 else ():
                each([partial(agree, sandbox, app, worker.id)])
        sandbox.run_until(started + timedelta(weeks=_WEEKS))


def application(random: Random, worker: Worker, *, is_mentor: bool) -> FormTexts:
    """What the worker writes in the form."""
    topics = random.sample(TOPICS, 3)
    texts = {
        "topics": topics,
        "hopes": written(random, offer if is_mentor else hope, topics),
        "months": random.choice(("6", "6", "9", "12")),
        "ways": random.choice(_WAYS),
        "languages": list(random.choice(LANGUAGES)),
        "department": worker.department,
        "grade": worker.grade,
        "manager": worker.manager.id if worker.manager else None,
        **CONFIRMATIONS,
    }
    return texts | ({"started_on": "2016-09-05", "places": random.choice("112")} if is_mentor else {})


def answer_matches(sandbox: Sandbox, app: BotApp, on_progress: OnProgress, random: Random) -> None:
    """Most people accept their match. The others do not answer, so that their match expires."""
    unanswered = sorted(asked(app))
    for done, (user, match) in enumerate(unanswered, 1):
        if random.random() < _ACCEPTED:
            each([partial(accept, sandbox, user, match)])
        on_progress(Progress("People accept and are introduced", done, len(unanswered)))
    app.run_until_idle()


def weeks_ago(now: datetime) -> datetime:
    """Ten o'clock on a Monday, as many weeks before this week as the scenario takes."""
    monday = now.date() - timedelta(days=now.weekday())
    return datetime.combine(monday - timedelta(weeks=_WEEKS), time(10), now.tzinfo)


_LARGE = Library(people=150, mentees=40, mentors=30, meetings=9, late=3, least_gap=2, at_least=60)
_MENTORS, _MENTEES = _LARGE.applicants(Random(_SEED))

SCENARIO = Scenario(
    "library-150",
    "A library of 150 people",
    "Applications opened three weeks ago. 73 people have applied, most have been introduced, and some have met.",
    tuple(_LARGE.members()),
    _LARGE.play,
    start_as=(
        StartingPerson(_OWNERS[0].id, "runs the programme: type /mentor match"),
        StartingPerson(_MENTORS[0].id, "has applied as a mentor: type /mentor status"),
        StartingPerson(_MENTEES[1].id, "has applied as a mentee: type /mentor status"),
    ),
    starts_at=weeks_ago,
)
