"""The applications, matches and people of a cohort, and its free places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mentoring.applications.application import Application, ApplicationState, PrivateAnswers, Role, segment_for
from mentoring.core.people import (
    AccountStatus,
    Ineligibility,
    Person,
    StaffRecord,
    chain_above,
    ineligibility,
)
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.hard_rules import Exclusion, HardRule
from mentoring.matching.match import HOLDS_PLACE, Alternative, Match
from mentoring.partnerships.partnership import Partnership, places_taken

_USUAL = frozenset({AccountStatus.MEMBER, AccountStatus.UNKNOWN})
"""Accounts that keep nobody out of the pool."""


@dataclass(frozen=True)
class Pool:
    """Applications, matches and people of a cohort.

    `owners` and `committee` are those who count: who may decide, and how many approvals a match needs, does not depend
    on the `absent_owners` and the `absent_committee`, whose account is closed. If all owners are absent, `owners` are
    all of them. `private_answers` is by application id; `people` and `staff` are by Slack user id: all applicants, and
    in `staff` also everyone above them. `declined` are pairs of people of whom one declined the other, in any round of
    the programme. `not_available` are pairs that another programme keeps apart: by an exclusion, a declined match or a
    declined rematch. Which of them it is, this programme does not learn.
    """

    programme: Programme
    cohort: Cohort
    owners: tuple[str, ...]
    applications: Mapping[str, Application]
    private_answers: Mapping[str, PrivateAnswers]
    matches: Mapping[str, Match]
    partnerships: tuple[Partnership, ...]
    people: Mapping[str, Person]
    staff: Mapping[str, StaffRecord] = field(default_factory=dict)
    exclusions: frozenset[Exclusion] = frozenset()
    declined: frozenset[frozenset[str]] = frozenset()
    not_available: frozenset[frozenset[str]] = frozenset()
    absent_owners: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    absent_committee: tuple[str, ...] = ()

    @cached_property
    def version(self) -> tuple[object, ...]:
        """Changes whenever the input of matching does."""
        return (
            self.programme.version,
            tuple(sorted((a.id, a.version) for a in self.applications.values())),
            tuple(sorted((m.id, m.version) for m in self.matches.values())),
            tuple(sorted((p.id, p.version) for p in self.partnerships)),
            tuple(sorted((p.id, p.account_status) for p in self.people.values() if p.account_status not in _USUAL)),
            tuple(sorted(p.id for p in self.people.values() if p.leave)),
            frozenset((person.id, person.time_zone) for person in self.people.values()),
            frozenset(self.staff.values()),
            self.exclusions,
            self.declined,
            self.not_available,
        )

    def free_places(self, application: Application, *, ignoring: str = "") -> int:
        """How many more partners this application can take now: none while the applicant may not take part.

        `ignoring` is the id of a match that does not take a place.
        """
        if self.cohort.closed_on or application.waits_for_next(self.cohort) or self.cannot_take_part(application):
            return 0
        held = self._places_held[application.id]
        ignored = self.matches.get(ignoring)
        if ignored and ignored.state in HOLDS_PLACE and application.id in applications_of(ignored):
            held -= 1
        return max(0, self.places_left(application) - held)

    def is_unavailable(self, application: Application) -> bool:
        """Whether the applicant is absent or on leave."""
        person = self.people.get(application.person)
        return person is not None and person.is_unavailable

    def cannot_take_part(self, application: Application) -> HardRule | None:
        """AWAY or NOT_ADMITTED if the applicant's account keeps them out now, or ON_LEAVE. An unknown account keeps
        nobody out.
        """
        person = self.people.get(application.person)
        why = ineligibility(person, self.programme.admits) if person else None
        if why in (None, Ineligibility.UNKNOWN):
            return HardRule.ON_LEAVE if person and person.leave else None
        return HardRule.AWAY if why is Ineligibility.DEACTIVATED else HardRule.NOT_ADMITTED

    def has_open_place(self, application: Application) -> bool:
        """Whether the application has a place left, in this round or the next."""
        return self.places_left(application) > 0

    def places(self, application: Application) -> int:
        """The places that it offers: no more than the programme allows now."""
        return min(application.places, self.programme.most_places)

    def places_left(self, application: Application) -> int:
        """The places that no partnership takes; none if the application is withdrawn."""
        if application.state is not ApplicationState.OPEN:
            return 0
        return max(0, self.places(application) - self._taken[application.id])

    def is_still_open(self, other: Alternative) -> bool:
        """Whether the application of the alternative is still open."""
        application = self.applications.get(other.application)
        return application is not None and application.state is ApplicationState.OPEN

    def pool(self, role: Role) -> list[Application]:
        """The applications of this role with a free place, longest waiting first."""
        found = [a for a in self.applications.values() if a.role is role and self.free_places(a)]
        return sorted(found, key=lambda a: (a.sent_at, a.id))

    def is_inside(self, application: Application) -> bool:
        """Whether the applicant belongs to the programme's segment for their role (D2.6)."""
        segment = segment_for(application.role, self.programme)
        return segment.holds(self.department_of(application), self.grade_of(application))

    def department_of(self, application: Application) -> str:
        """The department of the application, or else of the staff record."""
        return application.department or self._record(application).department

    def grade_of(self, application: Application) -> str:
        """The grade of the application, or else of the staff record."""
        return application.grade or self._record(application).grade

    def rank_of(self, application: Application) -> int | None:
        """The index of their grade in the programme's list, most junior first; None if it is not in the list."""
        return self._ranks.get(self.grade_of(application))

    def managers_above(self, person: str) -> frozenset[str]:
        """Everyone in the line of management above `person`, by staff records and by applications."""
        if person not in self._managers_above:
            self._managers_above[person] = frozenset(chain_above(person, self._managers))
        return self._managers_above[person]

    def applications_in(self, match: Match) -> tuple[Application, ...]:
        """Those of the match's two applications that are in the round."""
        return tuple(self.applications[id_] for id_ in applications_of(match) if id_ in self.applications)

    def partnerships_from(self, application: Application) -> Sequence[Partnership]:
        """The partnerships that this application led to."""
        return self._partnerships_from.get(application.id, ())

    @cached_property
    def _taken(self) -> Counter[str]:
        """The places that partnerships take, by application id."""
        return places_taken(self.partnerships)

    @cached_property
    def _places_held(self) -> Counter[str]:
        """The places that proposals and offers take, by application id."""
        return Counter(each for m in self.matches.values() if m.state in HOLDS_PLACE for each in applications_of(m))

    @cached_property
    def _partnerships_from(self) -> dict[str, list[Partnership]]:
        """The partnerships that each application led to, by its id."""
        found: dict[str, list[Partnership]] = {}
        for partnership in self.partnerships:
            for application in (partnership.mentee_application, partnership.mentor_application):
                found.setdefault(application, []).append(partnership)
        return found

    @cached_property
    def _managers(self) -> dict[str, frozenset[str]]:
        """The direct managers of each person."""
        found: dict[str, set[str]] = {}
        for record in self.staff.values():
            if record.manager:
                found.setdefault(record.person, set()).add(record.manager)
        for id_, answers in self.private_answers.items():
            if answers.manager and id_ in self.applications:
                found.setdefault(self.applications[id_].person, set()).add(answers.manager)
        return {person: frozenset(managers) for person, managers in found.items()}

    @cached_property
    def _managers_above(self) -> dict[str, frozenset[str]]:
        """Cache of `managers_above`."""
        return {}

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {grade: rank for rank, grade in enumerate(self.programme.grades)}

    def _record(self, application: Application) -> StaffRecord:
        return self.staff.get(application.person) or StaffRecord(application.person)


def applications_of(match: Match) -> tuple[str, str]:
    return match.mentee_application, match.mentor_application
