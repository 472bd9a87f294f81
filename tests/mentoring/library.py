"""A made-up library, from a seed: who works under whom, in which department and grade, what they ask for and offer, and
what they write. All that matching looks at is in it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.demo.library.people import (
    DEPARTMENTS,
    GRADES,
    LANGUAGES,
    TOPICS,
    ZONES,
    Worker,
    by_standing,
    hope,
    offer,
    written,
)
from mentoring.applications.application import Application, MeetingMode, PrivateAnswers, Role
from mentoring.core.people import AccountStatus, Person
from mentoring.matching.match import Match, MatchState
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import match, mentee, mentor, round_of
from tests.mentoring.values import NOON, PROGRAMME

_WAYS = (
    (MeetingMode.IN_PERSON, MeetingMode.VIDEO),
    (MeetingMode.VIDEO,),
    (MeetingMode.VIDEO, MeetingMode.PHONE),
    (MeetingMode.IN_PERSON, MeetingMode.WALKING),
)


def library(
    seed: int = 1, *, mentees: int = 110, mentors: int = 50, both: int = 10, most_places: int = 3
) -> MatchingRound:
    """A round in which so many ask and so many offer, `both` of them doing both; who offers has up to `most_places`."""
    random = Random(seed)
    staff = [Worker(number) for number in range(mentees + mentors - both)]
    # People higher in the hierarchy mentor more often.
    ordered = by_standing(random, staff)
    offering, asking = ordered[:mentors], ordered[mentors - both :]
    sent = [_applies(random, worker, Role.MENTOR, most_places) for worker in offering]
    sent += [_applies(random, worker, Role.MENTEE, 1) for worker in asking]
    return round_of(
        *sent,
        private_answers=[_confides(random, one, offering if one.role is Role.MENTEE else asking) for one in sent],
        matches=_before(random, asking, offering),
        people=[Person(worker.id, AccountStatus.MEMBER, worker.name, random.choice(ZONES)) for worker in staff],
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
        languages=", ".join(random.choice(LANGUAGES)),
        department=worker.department,
        grade=worker.grade,
        sent_on=NOON.date() - waited,
        sent_at=NOON - waited,
    )


def _confides(random: Random, one: Application, others: Sequence[Worker]) -> PrivateAnswers:
    writes = hope if one.role is Role.MENTEE else offer
    manager = Worker(int(one.person[1:])).manager
    return PrivateAnswers(
        one.id,
        written(random, writes, one.topics),
        manager.id if manager else "",
        random.choice(others).id if random.random() < 0.1 else "",
    )


def _before(random: Random, asking: Sequence[Worker], offering: Sequence[Worker]) -> list[Match]:
    """Some for whom it did not work out in this round already."""
    twos = {(random.choice(asking).id, random.choice(offering).id) for _ in range(len(asking) // 20)}
    return [match(one, other, MatchState.DECLINED) for one, other in sorted(twos) if one != other]
