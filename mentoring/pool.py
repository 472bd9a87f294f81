"""Who could be matched in a cohort: what they sent, where they work, and the places that are free."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mentoring.application import Application, Confidence, Role, State, segment_for
from mentoring.ban import Ban
from mentoring.match import STANDING, Alternative, Match
from mentoring.partnership import Partnership, places_taken
from mentoring.person import Person
from mentoring.programme import Cohort, Programme
from mentoring.staff import StaffRecord, chain_above


@dataclass(frozen=True)
class Pool:
    """What matching decides on. `confided` is by application id; `people` by Slack user id, everyone who applied;
    `staff`, too, and everybody above them; `declined` any two people of whom one said no to the other, in whatever
    round.
    """

    programme: Programme
    cohort: Cohort
    owners: tuple[str, ...]
    applications: Mapping[str, Application]
    confided: Mapping[str, Confidence]
    matches: Mapping[str, Match]
    partnerships: tuple[Partnership, ...]
    people: Mapping[str, Person]
    staff: Mapping[str, StaffRecord] = field(default_factory=dict)
    bans: frozenset[Ban] = frozenset()
    declined: frozenset[frozenset[str]] = frozenset()

    @cached_property
    def version(self) -> tuple[object, ...]:
        """Changes whenever something that matching decides on does."""
        return (
            self.programme.version,
            tuple(sorted((a.id, a.version) for a in self.applications.values())),
            tuple(sorted((m.id, m.version) for m in self.matches.values())),
            tuple(sorted((p.id, p.version) for p in self.partnerships)),
            tuple(sorted(person.id for person in self.people.values() if person.is_away)),
            frozenset(self.staff.values()),
            self.bans,
            self.declined,
        )

    def free_places(self, application: Application, *, leaving_out: str = "") -> int:
        """How many more partners this application can take now: none while its author is away.

        `leaving_out` is a match that does not count.
        """
        if self.cohort.closed_on or application.waits_for_next(self.cohort) or self.is_away(application):
            return 0
        standing = self._standing[application.id]
        left_out = self.matches.get(leaving_out)
        if left_out and left_out.state in STANDING and application.id in applications_of(left_out):
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

    def is_there(self, other: Alternative) -> bool:
        """Whether what they sent still stands."""
        application = self.applications.get(other.application)
        return application is not None and application.state is State.OPEN

    def pool(self, role: Role) -> list[Application]:
        """Who of this role could be matched now, longest waiting first."""
        found = [a for a in self.applications.values() if a.role is role and self.free_places(a)]
        return sorted(found, key=lambda a: (a.sent_at, a.id))

    def is_inside(self, application: Application) -> bool:
        """Whether its author is of the segment that the programme is for, in their role (D2.6)."""
        segment = segment_for(application.role, self.programme)
        return segment.holds(self.department_of(application), self.grade_of(application))

    def department_of(self, application: Application) -> str:
        """As they said, or else as the organisation's list has it."""
        return application.department or self._record(application).department

    def grade_of(self, application: Application) -> str:
        """As they said, or else as the organisation's list has it."""
        return application.grade or self._record(application).grade

    def rank_of(self, application: Application) -> int | None:
        """Where their grade stands in the programme's list, from the most junior; None where it does not."""
        return self._ranks.get(self.grade_of(application))

    def above(self, person: str) -> frozenset[str]:
        """Everybody above them, any number of levels up: by the organisation's list and by what applicants said."""
        if person not in self._above:
            self._above[person] = frozenset(chain_above(person, self._managers))
        return self._above[person]

    def has_had_somebody(self, application: Application) -> bool:
        """Whether there was a partnership by this application."""
        return application.id in self._partnered

    @cached_property
    def _taken(self) -> Counter[str]:
        """By application id, the places that partnerships take."""
        return places_taken(self.partnerships)

    @cached_property
    def _standing(self) -> Counter[str]:
        """By application id, the places that proposals and offers take."""
        return Counter(each for m in self.matches.values() if m.state in STANDING for each in applications_of(m))

    @cached_property
    def _partnered(self) -> frozenset[str]:
        """The applications by which there was a partnership."""
        return frozenset(id_ for p in self.partnerships for id_ in (p.mentee_application, p.mentor_application))

    @cached_property
    def _managers(self) -> dict[str, frozenset[str]]:
        """Who stands right above whom."""
        found: dict[str, set[str]] = {}
        for record in self.staff.values():
            if record.manager:
                found.setdefault(record.person, set()).add(record.manager)
        for id_, confided in self.confided.items():
            if confided.manager and id_ in self.applications:
                found.setdefault(self.applications[id_].person, set()).add(confided.manager)
        return {person: frozenset(managers) for person, managers in found.items()}

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        """Whom `above` has looked up already."""
        return {}

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {grade: rank for rank, grade in enumerate(self.programme.grades)}

    def _record(self, application: Application) -> StaffRecord:
        return self.staff.get(application.person) or StaffRecord(application.person)


def applications_of(match: Match) -> tuple[str, str]:
    return match.mentee_application, match.mentor_application
