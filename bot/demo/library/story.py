"""A library in which a programme has been running for weeks: who applied, who was matched, and who has met."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from bot.app import BotApp
from bot.demo.acts import accept, apply, approve_and_release, asked, house_of, list_choices, log_meeting, propose
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
from bot.demo.texts import PROMISES
from sandbox import Member, OnProgress, Progress, Sandbox, StartingPerson, Story

_SEED = 7
_OWNERS = DOZEN[:2]
_WEEKS = 3
_SAY_YES = 0.95
_WAYS = (["in-person", "video"], ["video"], ["video", "phone"], ["in-person", "walking"])


@dataclass(frozen=True)
class Library:
    """How many `people` there are, how many of them ask and offer, and how many think of logging a meeting in a
    week.
    """

    people: int
    mentees: int
    mentors: int
    meetings: int

    @property
    def staff(self) -> list[Worker]:
        return [Worker(number) for number in range(self.people - len(_OWNERS))]

    def members(self) -> Iterator[Member]:
        """The owners of the programme first."""
        yield from _OWNERS
        random = Random(_SEED)
        for worker in self.staff:
            handle = worker.name.lower().replace(" ", ".")
            title = " · ".join(filter(None, (worker.grade, worker.department)))
            hair = "short" if worker.name in SHORT_HAIRED else ""
            yield Member(worker.id, handle, worker.name, title=title, time_zone=random.choice(ZONES), avatar=hair)

    def applicants(self, random: Random) -> tuple[list[Worker], list[Worker]]:
        """Who offers to be a mentor, and who asks for one."""
        ordered = by_standing(random, self.staff[1:])  # the director has other things to do
        return ordered[: self.mentors], random.sample(ordered[self.mentors :], self.mentees)

    def play(self, sandbox: Sandbox, tell: OnProgress) -> None:
        """Weeks ago people applied and were matched; since then most have been introduced, and some have met."""
        random = Random(_SEED)
        house, owner, began = house_of(sandbox), _OWNERS[0].id, sandbox.calendar.now()
        offering, asking = self.applicants(random)
        list_choices(
            sandbox.person(owner),
            topics="\n".join(TOPICS),
            departments="\n".join(DEPARTMENTS),
            grades="\n".join(GRADES),
        )
        deeds = [("/mentor volunteer", worker) for worker in offering] + [("/mentor request", one) for one in asking]
        random.shuffle(deeds)
        for done, (command, worker) in enumerate(deeds, 1):
            apply(sandbox, worker.id, command, _says(random, worker, offers=worker in offering))
            tell(Progress("People are arriving", done, len(deeds)))
        tell(Progress("The owners match them", 0, 0))
        propose(sandbox, house, owner)
        approve_and_release(sandbox, house)
        sandbox.run_until(began + timedelta(days=1, hours=6))
        _answer(sandbox, house, tell, random)
        self._meet(sandbox, house, tell, random, asking, began)

    def _meet(
        self,
        sandbox: Sandbox,
        app: BotApp,
        tell: OnProgress,
        random: Random,
        asking: Sequence[Worker],
        began: datetime,
    ) -> None:
        """Some meet and log it, some do not; what falls due on the way comes at its own hour."""
        for week in range(_WEEKS):
            tell(Progress("Weeks go by", week, _WEEKS))
            sandbox.run_until(began + timedelta(weeks=week, days=4, hours=5))
            for worker in random.sample(asking, self.meetings):
                minutes, way = random.choice(("30", "45", "60")), random.choice(("in-person", "video"))
                log_meeting(sandbox, app, worker.id, {"minutes": minutes, "way": way})
        sandbox.run_until(began + timedelta(weeks=_WEEKS))


def _says(random: Random, worker: Worker, *, offers: bool) -> Mapping[str, Any]:
    topics = random.sample(TOPICS, 3)
    says = {
        "topics": topics,
        "hopes": written(random, offer if offers else hope, topics),
        "months": random.choice(("6", "6", "9", "12")),
        "ways": random.choice(_WAYS),
        "languages": random.choice(LANGUAGES),
        "department": worker.department,
        "grade": worker.grade,
        "manager": worker.manager.id if worker.manager else None,
        **PROMISES,
    }
    return says | ({"started_on": "2016-09-05", "places": random.choice("112")} if offers else {})


def _answer(sandbox: Sandbox, app: BotApp, tell: OnProgress, random: Random) -> None:
    """Nearly all say yes; whoever does not come to it hears that the offer has lapsed."""
    everybody = sorted(asked(app))
    for done, (user, match) in enumerate(everybody, 1):
        if random.random() < _SAY_YES:
            accept(sandbox, user, match)
        tell(Progress("They say yes and are introduced", done, len(everybody)))
    app.run_until_idle()


def weeks_ago(now: datetime) -> datetime:
    """At ten on the Monday that lies as many whole weeks back as the story takes."""
    monday = now.date() - timedelta(days=now.weekday())
    return datetime.combine(monday - timedelta(weeks=_WEEKS), time(10), now.tzinfo)


_LARGE = Library(people=150, mentees=40, mentors=30, meetings=9)
_OFFERING, _ASKING = _LARGE.applicants(Random(_SEED))

STORY = Story(
    "library-150",
    "A library of 150, three weeks into a round",
    "Seventy people have applied, the owners have matched them, most have been introduced and some have met.",
    tuple(_LARGE.members()),
    _LARGE.play,
    first=(
        StartingPerson(_OWNERS[0].id, "runs the programme: type /mentor status to see where the round stands"),
        StartingPerson(_OFFERING[0].id, "offered to be a mentor: read what has come of it"),
        StartingPerson(_ASKING[1].id, "asked for a mentor: read what has come of it"),
    ),
    starts_at=weeks_ago,
)
