"""A cohort's matching loaded whole: the pool, free places, the rules between two people, and proposals."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from mentoring.applications.application import Application, ApplicationState, PrivateAnswers, Role, segment_for
from mentoring.core.outcome import Outcome
from mentoring.core.people import Person, StaffRecord, chain_above
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.hard_rules import EXEMPTIBLE, Exclusion, HardRule
from mentoring.matching.match import DID_NOT_WORK, STANDING, Alternative, Match, MatchState
from mentoring.partnerships.partnership import Partnership, places_taken


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
    confided: Mapping[str, PrivateAnswers]
    matches: Mapping[str, Match]
    partnerships: tuple[Partnership, ...]
    people: Mapping[str, Person]
    staff: Mapping[str, StaffRecord] = field(default_factory=dict)
    exclusions: frozenset[Exclusion] = frozenset()
    declined: frozenset[frozenset[str]] = frozenset()

    @cached_property
    def version(self) -> tuple[object, ...]:
        """Changes whenever something that matching decides on does."""
        return (
            self.programme.version,
            tuple(sorted((a.id, a.version) for a in self.applications.values())),
            tuple(sorted((m.id, m.version) for m in self.matches.values())),
            tuple(sorted((p.id, p.version) for p in self.partnerships)),
            tuple(sorted(person.id for person in self.people.values() if person.is_absent)),
            frozenset(self.staff.values()),
            self.exclusions,
            self.declined,
        )

    def free_places(self, application: Application, *, leaving_out: str = "") -> int:
        """How many more partners this application can take now: none while its author is away.

        `leaving_out` is a match that does not count.
        """
        if self.cohort.closed_on or application.waits_for_next(self.cohort) or self.is_absent(application):
            return 0
        standing = self._standing[application.id]
        left_out = self.matches.get(leaving_out)
        if left_out and left_out.state in STANDING and application.id in applications_of(left_out):
            standing -= 1
        return max(0, self.places_left(application) - standing)

    def is_absent(self, application: Application) -> bool:
        """Whether its author has left; what they sent waits for them."""
        person = self.people.get(application.person)
        return person is not None and person.is_absent

    def has_open_place(self, application: Application) -> bool:
        """Whether somebody could still be matched, in this round or the next."""
        return self.places_left(application) > 0

    def places_left(self, application: Application) -> int:
        """Places that no partnership takes; none where the application is withdrawn."""
        if application.state is not ApplicationState.OPEN:
            return 0
        return max(0, application.places - self._taken[application.id])

    def is_there(self, other: Alternative) -> bool:
        """Whether what they sent still stands."""
        application = self.applications.get(other.application)
        return application is not None and application.state is ApplicationState.OPEN

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


@dataclass(frozen=True)
class MatchingRound(Pool):
    """A pool, its rules and its proposals."""

    def broken_rule(
        self, mentee: Application, mentor: Application, *, leaving_out: str = "", excepting: Collection[HardRule] = ()
    ) -> HardRule | None:
        """The first hard rule that this pair breaks, or None. Free places are not checked here.

        Two people are matched once at a time, whoever mentors whom; `leaving_out` is a match that does not count,
        `excepting` the rules from which the committee makes an exception for these two.
        """
        found = (bar for bar in self._bars(mentee, mentor, leaving_out) if bar not in excepting)
        return next(found, None)

    def exemptible_rules(self, mentee: Application, mentor: Application) -> tuple[HardRule, ...]:
        """The rules that keep these two apart, and from which the committee may make an exception (D2.14)."""
        return tuple(bar for bar in self._bars(mentee, mentor, "") if bar in EXEMPTIBLE)

    def _bars(self, mentee: Application, mentor: Application, leaving_out: str) -> Iterator[HardRule]:
        """Every hard rule that keeps them apart, the weightiest first."""
        if mentee.person == mentor.person:
            yield HardRule.ONESELF
        if self.is_absent(mentee) or self.is_absent(mentor):
            yield HardRule.AWAY
        if not (self.is_inside(mentee) and self.is_inside(mentor)):
            yield HardRule.OUTSIDE
        if mentor.person in self.above(mentee.person) or mentee.person in self.above(mentor.person):
            yield HardRule.CHAIN_OF_COMMAND
        if not self.stands_high_enough(self.rank_of(mentee), self.rank_of(mentor)):
            yield HardRule.GRADES
        two = frozenset({mentee.person, mentor.person})
        if two in self._banned:
            yield HardRule.FORBIDDEN
        if not set(mentee.topics) & set(mentor.topics):
            yield HardRule.NO_SHARED_TOPIC
        partnerships = self._partnerships_of.get(two, [])
        if any(p.is_active for p in partnerships):
            yield HardRule.ALREADY_PARTNERS
        before = [m for m in self._matches_of.get(two, []) if m.id != leaving_out]
        tried = any(m.state in DID_NOT_WORK for m in before) or any(map(self._did_not_work, partnerships))
        if tried or two in self.declined:
            yield HardRule.DID_NOT_WORK
        if any(m.state in STANDING for m in before):
            yield HardRule.NO_PLACE

    def stands_high_enough(self, mentee: int | None, mentor: int | None) -> bool:
        """Whether a mentor of this rank may mentor a mentee of that one (D2.13); a rank that is not known is no
        hindrance.
        """
        least = self.programme.least_gap
        return not least or mentee is None or mentor is None or mentor - mentee >= least

    def pair_dependent(self, person: str) -> frozenset[str]:
        """The people whom `broken_rule` may keep from this person for who they are.

        For all others in the pool it checks the shared topic, the segment and the grades only.
        """
        return frozenset({person, *self._relations.get(person, ())})

    def proposals(self) -> list[Match]:
        """What the owners have to decide on, best first."""
        found = [m for m in self.matches.values() if m.state is MatchState.PROPOSED]
        return sorted(found, key=lambda m: (-m.score, m.id))

    def undecided(self) -> list[Match]:
        """What proposing anew replaces: nobody has approved it, no owner chose or pinned it, and no exception was made
        for it.
        """
        return [m for m in self.proposals() if not (m.approvals or m.paired_by or m.pinned_by or m.excepted)]

    def without_undecided(self) -> "MatchingRound":
        """The round with the places free again that undecided proposals take."""
        undecided = {m.id for m in self.undecided()}
        return replace(self, matches={id_: m for id_, m in self.matches.items() if id_ not in undecided})

    def after(self, outcome: Outcome) -> "MatchingRound":
        """The round once the matches and bans of the outcome are kept."""
        changed = {change.id: change for change in outcome.changes if isinstance(change, Match)}
        bans = {change for change in outcome.changes if isinstance(change, Exclusion)}
        return (
            replace(self, matches={**self.matches, **changed}, exclusions=self.exclusions | bans)
            if changed or bans
            else self
        )

    @cached_property
    def _relations(self) -> dict[str, set[str]]:
        """By person, whom they were matched or partners with, who of the applicants stands above or below them, and
        whom the committee keeps from them.
        """
        matched = [match.people for match in self.matches.values()]
        partners = [partnership.people for partnership in self.partnerships]
        applicants = {application.person for application in self.applications.values()}
        managed = [
            (person, manager) for person in applicants for manager in self.above(person) if manager in applicants
        ]
        apart = [(ban.one, ban.other) for ban in self.exclusions]
        found: dict[str, set[str]] = {}
        for one, other in (*matched, *partners, *managed, *apart, *map(tuple, self.declined)):
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

    @cached_property
    def _banned(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset((ban.one, ban.other)) for ban in self.exclusions)

    def _did_not_work(self, partnership: Partnership) -> bool:
        """Whether they were together in this round, or would rather not be again."""
        return bool(partnership.declined_rematch) or partnership.cohort_id == self.cohort.id


_Pair = TypeVar("_Pair", Match, Partnership)


def _by_two(pairs: Iterable[_Pair]) -> dict[frozenset[str], list[_Pair]]:
    found: dict[frozenset[str], list[_Pair]] = {}
    for pair in pairs:
        found.setdefault(frozenset(pair.people), []).append(pair)
    return found
