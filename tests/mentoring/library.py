"""A made-up library, from a seed: who works under whom, in which department and grade, what they ask for and offer, and
what they write. All that matching looks at is in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from mentoring.application import Application, Confidence, Role, Way
from mentoring.match import Match, MatchState
from mentoring.person import Person, Standing
from mentoring.round import Round
from tests.mentoring.factories import match, mentee, mentor, round_of
from tests.mentoring.library_texts import CLOSING, FIRST, LAST, SUBJECTS, TOPICS, hope, offer
from tests.mentoring.values import NOON, PROGRAMME

GRADES = ("Assistant", "Librarian", "Senior librarian", "Team lead", "Head of department", "Director")
DEPARTMENTS = ("Archives", "Cataloguing", "Digital services", "Lending", "Reading rooms", "Research support")
_REPORTS = 6
"""How many work under each."""
_ZONES = ("Europe/London",) * 7 + ("America/New_York",) * 2 + ("Asia/Kolkata",)
_LANGUAGES = ("English",) * 6 + ("English, Welsh", "English; French", "Hindi, English", "Portuguese")
_WAYS = ((Way.IN_PERSON, Way.VIDEO), (Way.VIDEO,), (Way.VIDEO, Way.PHONE), (Way.IN_PERSON, Way.WALKING))


@dataclass(frozen=True)
class Worker:
    """Somebody at the library; `number` is their place in the tree, 0 at its top."""

    number: int

    @property
    def id(self) -> str:
        return f"U{self.number:05}"

    @property
    def name(self) -> str:
        names, again = divmod(self.number, len(FIRST))
        return f"{FIRST[again]} {LAST[(names + again) % len(LAST)]}"

    @property
    def manager(self) -> "Worker | None":
        return Worker((self.number - 1) // _REPORTS) if self.number else None

    @property
    def depth(self) -> int:
        return self.manager.depth + 1 if self.manager else 0

    @property
    def department(self) -> str:
        """That of the head of department above them; the director's own is none."""
        above: Worker = self
        while above.depth > 1 and above.manager:
            above = above.manager
        return DEPARTMENTS[above.number % len(DEPARTMENTS)] if above.number else ""

    @property
    def grade(self) -> str:
        """By who stands above and below them; at the foot of the tree not everybody has the same."""
        from_top = self.depth if self.depth < 3 else 3 + self.number % 3
        return GRADES[max(0, len(GRADES) - 1 - from_top)]


def library(seed: int = 1, *, mentees: int = 110, mentors: int = 50, both: int = 10, most_places: int = 3) -> Round:
    """A round in which so many ask and so many offer, `both` of them doing both; who offers has up to `most_places`."""
    random = Random(seed)
    staff = [Worker(number) for number in range(mentees + mentors - both)]
    # Whoever stands higher in the tree mentors more often.
    by_standing = sorted(staff, key=lambda worker: worker.number * random.uniform(0.4, 1.6))
    offering, asking = by_standing[:mentors], by_standing[mentors - both :]
    sent = [_applies(random, worker, Role.MENTOR, most_places) for worker in offering]
    sent += [_applies(random, worker, Role.MENTEE, 1) for worker in asking]
    return round_of(
        *sent,
        confided=[_confides(random, one, offering if one.role is Role.MENTEE else asking) for one in sent],
        matches=_before(random, asking, offering),
        people=[Person(worker.id, Standing.MEMBER, worker.name, random.choice(_ZONES)) for worker in staff],
        programme=replace(PROGRAMME, topics=TOPICS, departments=DEPARTMENTS, grades=GRADES),
    )


def _applies(random: Random, worker: Worker, role: Role, most_places: int) -> Application:
    waited = timedelta(days=random.choice([0] * 9 + [150]))
    return (mentee if role is Role.MENTEE else mentor)(
        worker.id,
        *random.sample(TOPICS, 3),
        places=min(most_places, random.choice((1, 1, 2, 3))),
        months=random.choice((6, 6, 9, 12)),
        ways=random.choice(_WAYS),
        languages=random.choice(_LANGUAGES),
        department=worker.department,
        grade=worker.grade,
        sent_on=NOON.date() - waited,
        sent_at=NOON - waited,
    )


def _confides(random: Random, one: Application, others: Sequence[Worker]) -> Confidence:
    writes = hope if one.role is Role.MENTEE else offer
    manager = Worker(int(one.person[1:])).manager
    return Confidence(
        one.id,
        f"{writes(random.choice(one.topics), random.choice(SUBJECTS))} {random.choice(CLOSING)}".strip(),
        manager.id if manager else "",
        random.choice(others).id if random.random() < 0.1 else "",
    )


def _before(random: Random, asking: Sequence[Worker], offering: Sequence[Worker]) -> list[Match]:
    """Some for whom it did not work out in this round already."""
    twos = {(random.choice(asking).id, random.choice(offering).id) for _ in range(len(asking) // 20)}
    return [match(one, other, MatchState.DECLINED) for one, other in sorted(twos) if one != other]
