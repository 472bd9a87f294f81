"""A cohort's matching, loaded whole: who is in the pool, what stands on the desk, and who must not be paired."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from mentoring.application import Application, Confidence, Role, State
from mentoring.error import Bar
from mentoring.match import DID_NOT_WORK, STANDING, Match, MatchState
from mentoring.partnership import Partnership, places_taken
from mentoring.person import Person
from mentoring.programme import Cohort, Programme


@dataclass(frozen=True)
class Round:
    """What matching decides on. `confided` is by application id; `people` by Slack user id, everyone who applied."""

    programme: Programme
    cohort: Cohort
    owners: tuple[str, ...]
    applications: Mapping[str, Application]
    confided: Mapping[str, Confidence]
    matches: Mapping[str, Match]
    partnerships: tuple[Partnership, ...]
    people: Mapping[str, Person]

    @cached_property
    def version(self) -> tuple[object, ...]:
        """Changes whenever something that matching decides on does."""
        return (
            self.programme.version,
            tuple(sorted((a.id, a.version) for a in self.applications.values())),
            tuple(sorted((m.id, m.version) for m in self.matches.values())),
            tuple(sorted((p.id, p.version) for p in self.partnerships)),
            tuple(sorted(person.id for person in self.people.values() if person.is_away)),
        )

    def free_places(self, application: Application, *, leaving_out: str = "") -> int:
        """How many more partners this application can take now: none while its author is away.

        `leaving_out` is a match that does not count.
        """
        if self.cohort.closed_on or application.waits_for_next(self.cohort) or self.is_away(application):
            return 0
        standing = self._standing[application.id]
        left_out = self.matches.get(leaving_out)
        if left_out and left_out.state in STANDING and application.id in _applications(left_out):
            standing -= 1
        return max(0, self.places_left(application) - standing)

    def is_away(self, application: Application) -> bool:
        """Whether its author has left; what they sent waits for them."""
        person = self.people.get(application.person)
        return person is not None and person.is_away

    def has_room(self, application: Application) -> bool:
        """Whether somebody could still be matched, in this round or the next."""
        return self.places_left(application) > 0

    def places_left(self, application: Application) -> int:
        """Places that no partnership takes; none where the application is withdrawn."""
        if application.state is not State.OPEN:
            return 0
        return max(0, application.places - self._taken[application.id])

    def pool(self, role: Role) -> list[Application]:
        """Who of this role could be matched now, longest waiting first."""
        found = [a for a in self.applications.values() if a.role is role and self.free_places(a)]
        return sorted(found, key=lambda a: (a.sent_at, a.id))

    def bar(self, mentee: Application, mentor: Application, *, leaving_out: str = "") -> Bar | None:
        """The hard rule that keeps these two apart, if one does; whether they have places left is not asked here.

        Two people are matched once at a time, whoever mentors whom; `leaving_out` is a match that does not count.
        """
        if mentee.person == mentor.person:
            return Bar.ONESELF
        if self.is_away(mentee) or self.is_away(mentor):
            return Bar.AWAY
        if self._manages(mentor, mentee.person) or self._manages(mentee, mentor.person):
            return Bar.CHAIN_OF_COMMAND
        if not set(mentee.topics) & set(mentor.topics):
            return Bar.NO_SHARED_TOPIC
        two = frozenset({mentee.person, mentor.person})
        partnerships = self._partnerships_of.get(two, [])
        if any(p.is_active for p in partnerships):
            return Bar.ALREADY_PARTNERS
        before = [m for m in self._matches_of.get(two, []) if m.id != leaving_out]
        if any(m.state in DID_NOT_WORK for m in before) or any(p.cohort_id == self.cohort.id for p in partnerships):
            return Bar.DID_NOT_WORK
        return Bar.NO_PLACE if any(m.state in STANDING for m in before) else None

    def related(self, person: str) -> frozenset[str]:
        """Whom `bar` may keep from this person for who they are. Of anybody else in the pool it asks a shared topic
        alone.
        """
        return frozenset({person, *self._relations.get(person, ())})

    def has_had_somebody(self, application: Application) -> bool:
        """Whether there was a partnership by this application."""
        return application.id in self._partnered

    def on_the_desk(self) -> list[Match]:
        """What the owners have to decide on, best first."""
        desk = [m for m in self.matches.values() if m.state is MatchState.PROPOSED]
        return sorted(desk, key=lambda m: (-m.score, m.id))

    def undecided(self) -> list[Match]:
        """What proposing anew replaces: nobody has approved it, and no owner chose it."""
        return [m for m in self.on_the_desk() if not m.approvals and not m.paired_by]

    def without_undecided(self) -> "Round":
        """The round with the places free again that undecided proposals take."""
        undecided = {m.id for m in self.undecided()}
        return replace(self, matches={id_: m for id_, m in self.matches.items() if id_ not in undecided})

    @cached_property
    def _taken(self) -> Counter[str]:
        """By application id, the places that partnerships take."""
        return places_taken(self.partnerships)

    @cached_property
    def _standing(self) -> Counter[str]:
        """By application id, the places that proposals and offers take."""
        return Counter(each for m in self.matches.values() if m.state in STANDING for each in _applications(m))

    @cached_property
    def _partnered(self) -> frozenset[str]:
        """The applications by which there was a partnership."""
        return frozenset(id_ for p in self.partnerships for id_ in (p.mentee_application, p.mentor_application))

    @cached_property
    def _relations(self) -> dict[str, set[str]]:
        """By person, whom they were matched or partners with, who manages them and whom they manage."""
        matched = [match.people for match in self.matches.values()]
        partners = [partnership.people for partnership in self.partnerships]
        managed = [
            (self.applications[id_].person, confided.manager)
            for id_, confided in self.confided.items()
            if confided.manager and id_ in self.applications
        ]
        found: dict[str, set[str]] = {}
        for one, other in (*matched, *partners, *managed):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    @cached_property
    def _matches_of(self) -> dict[frozenset[str], list[Match]]:
        """By the two people."""
        return _by_two(self.matches.values())

    @cached_property
    def _partnerships_of(self) -> dict[frozenset[str], list[Partnership]]:
        """By the two people."""
        return _by_two(self.partnerships)

    def _manages(self, application: Application, person: str) -> bool:
        """Whether `person` is the applicant's manager, by what the applicant said."""
        confided = self.confided.get(application.id)
        return bool(confided and confided.manager == person)


def _applications(match: Match) -> tuple[str, str]:
    return match.mentee_application, match.mentor_application


_Pair = TypeVar("_Pair", Match, Partnership)


def _by_two(pairs: Iterable[_Pair]) -> dict[frozenset[str], list[_Pair]]:
    found: dict[frozenset[str], list[_Pair]] = {}
    for pair in pairs:
        found.setdefault(frozenset(pair.people), []).append(pair)
    return found
