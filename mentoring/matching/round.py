"""The data of a cohort's matching: the pool, free places, hard rules and proposals."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from mentoring.applications.application import Application, ApplicationState, PrivateAnswers, Role, segment_for
from mentoring.core.outcome import Outcome
from mentoring.core.people import (
    AccountStatus,
    Ineligibility,
    Person,
    StaffRecord,
    chain_above,
    ineligibility,
    zone_named,
)
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.hard_rules import EXEMPTIBLE, Exclusion, HardRule
from mentoring.matching.hours import begins, shared
from mentoring.matching.match import HOLDS_PLACE, Alternative, Match, MatchState
from mentoring.partnerships.partnership import Partnership, places_taken

_OF_ONE_PERSON = (HardRule.AWAY, HardRule.ON_LEAVE, HardRule.NOT_ADMITTED)
_USUAL = frozenset({AccountStatus.MEMBER, AccountStatus.UNKNOWN})
"""Accounts that keep nobody out of the pool."""


@dataclass(frozen=True)
class Obstacle:
    """A hard rule that a match breaks now. `role` says whose place or account it is about, if the rule is about one."""

    rule: HardRule
    role: Role | None = None


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

    def has_had_partner(self, application: Application) -> bool:
        """Whether this application ever led to a partnership."""
        return application.id in self._partnered

    @cached_property
    def _taken(self) -> Counter[str]:
        """The places that partnerships take, by application id."""
        return places_taken(self.partnerships)

    @cached_property
    def _places_held(self) -> Counter[str]:
        """The places that proposals and offers take, by application id."""
        return Counter(each for m in self.matches.values() if m.state in HOLDS_PLACE for each in applications_of(m))

    @cached_property
    def _partnered(self) -> frozenset[str]:
        """The ids of applications that led to a partnership."""
        return frozenset(id_ for p in self.partnerships for id_ in (p.mentee_application, p.mentor_application))

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


def _without(people: tuple[str, ...], person: str) -> tuple[str, ...]:
    return tuple(each for each in people if each != person)


def applications_of(match: Match) -> tuple[str, str]:
    return match.mentee_application, match.mentor_application


@dataclass(frozen=True)
class MatchingRound(Pool):
    """A pool with its hard rules and proposals."""

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who decides on proposals: the owners and the committee, each once. Absent ones only if no one is present."""
        everybody = tuple(dict.fromkeys((*self.owners, *self.committee)))
        return tuple(each for each in everybody if each not in self.absent_owners) or everybody

    def still_needs(self, match: Match) -> int:
        """How many approvals a proposal still needs."""
        return match.still_needs(self.approvers, self.programme.approvals)

    def with_acting(self, by: str) -> "MatchingRound":
        """The round in which the approver `by` counts: they are doing something, so their account is open again."""
        if by in self.absent_owners:
            owners = tuple(dict.fromkeys((*self.owners, by)))
            return replace(self, owners=owners, absent_owners=_without(self.absent_owners, by))
        if by in self.absent_committee:
            away = _without(self.absent_committee, by)
            return replace(self, committee=(*self.committee, by), absent_committee=away)
        return self

    def broken_rule(
        self, mentee: Application, mentor: Application, *, ignoring: str = "", exempted: Collection[HardRule] = ()
    ) -> HardRule | None:
        """The first hard rule that this pair breaks, or None. Free places are not checked here.

        Two people may have one open match at a time, in either role. `ignoring` is the id of a match that does not
        count; `exempted` are rules that are set aside for this pair.
        """
        broken = (rule for rule in self._broken_rules(mentee, mentor, ignoring) if rule not in exempted)
        return next(broken, None)

    def obstacle(self, match: Match, taken: Mapping[str, int]) -> Obstacle | None:
        """The first hard rule that `match` breaks now, apart from those set aside for it, or None.

        `taken` counts the places that are taken besides those of partnerships and its own, by application id.
        """
        two = []
        for role, id_ in ((Role.MENTEE, match.mentee_application), (Role.MENTOR, match.mentor_application)):
            application = self.applications.get(id_)
            if application is None:
                return Obstacle(HardRule.NO_PLACE, role)
            if rule := self.cannot_take_part(application):
                return Obstacle(rule, role)
            waits = match.state is MatchState.PROPOSED and application.waits_for_next(self.cohort)
            if waits or self.places_left(application) <= taken.get(id_, 0):
                return Obstacle(HardRule.NO_PLACE, role)
            two.append(application)
        rule = self.broken_rule(*two, ignoring=match.id, exempted=match.exempted)
        return Obstacle(rule) if rule else None

    def places_offered(self) -> Counter[str]:
        """The places that open offers take, by application id."""
        return Counter(
            each for m in self.matches.values() if m.state is MatchState.OFFERED for each in applications_of(m)
        )

    def places_decided(self, *, besides: Match | None = None) -> Counter[str]:
        """The places that open offers and approved proposals take, without the match `besides`, by application id."""
        decided = (
            m
            for m in self.matches.values()
            if (besides is None or m.id != besides.id)
            and (m.state is MatchState.OFFERED or (m.state is MatchState.PROPOSED and m.approvals))
        )
        return Counter(each for m in decided for each in applications_of(m))

    def exemptible_rules(self, mentee: Application, mentor: Application) -> tuple[HardRule, ...]:
        """The rules that this pair breaks and that the owners can set aside (D2.14)."""
        return tuple(rule for rule in self._broken_rules(mentee, mentor, "") if rule in EXEMPTIBLE)

    def _broken_rules(self, mentee: Application, mentor: Application, ignoring: str) -> Iterator[HardRule]:
        """Every hard rule that this pair breaks, most important first."""
        if mentee.person == mentor.person:
            yield HardRule.ONESELF
        unavailable = {self.cannot_take_part(mentee), self.cannot_take_part(mentor)}
        yield from (rule for rule in _OF_ONE_PERSON if rule in unavailable)
        if not (self.is_inside(mentee) and self.is_inside(mentor)):
            yield HardRule.OUTSIDE
        if mentor.person in self.managers_above(mentee.person) or mentee.person in self.managers_above(mentor.person):
            yield HardRule.CHAIN_OF_COMMAND
        if not self.meets_grade_gap(self.rank_of(mentee), self.rank_of(mentor)):
            yield HardRule.GRADES
        two = frozenset({mentee.person, mentor.person})
        if two in self._excluded:
            yield HardRule.FORBIDDEN
        if two in self.not_available:
            yield HardRule.NOT_AVAILABLE
        if not set(mentee.topics) & set(mentor.topics):
            yield HardRule.NO_SHARED_TOPIC
        if not self.meets_hours(self.work_begins.get(mentee.person), self.work_begins.get(mentor.person)):
            yield HardRule.NO_SHARED_HOURS
        partnerships = self._partnerships_of.get(two, [])
        if any(p.is_active for p in partnerships):
            yield HardRule.ALREADY_PARTNERS
        before = [m for m in self._matches_of.get(two, []) if m.id != ignoring]
        if any(m.state is MatchState.REFUSED for m in before):
            yield HardRule.REJECTED
        tried = any(m.did_not_work for m in before) or any(map(self._did_not_work, partnerships))
        if tried or two in self.declined:
            yield HardRule.DID_NOT_WORK
        if any(m.state in HOLDS_PLACE for m in before):
            yield HardRule.NO_PLACE

    def meets_grade_gap(self, mentee: int | None, mentor: int | None) -> bool:
        """Whether the mentor's rank is high enough for the mentee's (D2.13). An unknown rank (None) is."""
        least = self.programme.least_gap
        return not least or mentee is None or mentor is None or mentor - mentee >= least

    def meets_hours(self, mentee: int | None, mentor: int | None) -> bool:
        """Whether two working days that begin then (see `work_begins`) share an hour, where the programme wants it. One
        that is not known (None) does.
        """
        if not self.programme.shared_hours or mentee is None or mentor is None:
            return True
        return shared(mentee, mentor, self.programme) > 0

    @cached_property
    def work_begins(self) -> dict[str, int]:
        """The minute of the day (UTC) at which each applicant's working day begins on the first day of the cohort, by
        Slack user id. Leaves out people whose own time zone is not known.
        """
        known = [p for p in self.people.values() if p.account_status is not AccountStatus.UNKNOWN]
        zones = {p.time_zone: p for p in known if zone_named(p.time_zone)}
        by_zone = {zone: begins(p, self.programme, self.cohort) for zone, p in zones.items()}
        return {p.id: by_zone[p.time_zone] for p in known if p.time_zone in by_zone}

    def pair_dependent(self, person: str) -> frozenset[str]:
        """The people for whom `broken_rule` depends on their history with `person`, exclusions or management.

        For everyone else in the pool it depends only on shared topics, segment, grades and working hours.
        """
        return frozenset({person, *self._related.get(person, ())})

    def proposals(self) -> list[Match]:
        """All proposals, best first."""
        found = [m for m in self.matches.values() if m.state is MatchState.PROPOSED]
        return sorted(found, key=lambda m: (-m.score, m.id))

    def undecided_proposals(self) -> list[Match]:
        """Proposals that a proposal run may replace: not approved, pinned, paired by hand or exempted from a rule."""
        return [m for m in self.proposals() if not (m.approvals or m.paired_by or m.pinned_by or m.exempted)]

    def without_undecided_proposals(self) -> "MatchingRound":
        """The round without its undecided proposals, whose places are free again."""
        undecided = {m.id for m in self.undecided_proposals()}
        return replace(self, matches={id_: m for id_, m in self.matches.items() if id_ not in undecided})

    def with_outcome(self, outcome: Outcome) -> "MatchingRound":
        """The round with the matches and exclusions of `outcome` applied."""
        changed = {change.id: change for change in outcome.changes if isinstance(change, Match)}
        exclusions = {change for change in outcome.changes if isinstance(change, Exclusion)}
        return (
            replace(self, matches={**self.matches, **changed}, exclusions=self.exclusions | exclusions)
            if changed or exclusions
            else self
        )

    @cached_property
    def _related(self) -> dict[str, set[str]]:
        """By person: matches, partners, applicants above or below them, and people excluded or declined."""
        matched = [match.people for match in self.matches.values()]
        partners = [partnership.people for partnership in self.partnerships]
        applicants = {application.person for application in self.applications.values()}
        managed = [
            (person, manager)
            for person in applicants
            for manager in self.managers_above(person)
            if manager in applicants
        ]
        excluded = [(each.one, each.other) for each in self.exclusions]
        found: dict[str, set[str]] = {}
        for one, other in (
            *matched,
            *partners,
            *managed,
            *excluded,
            *map(tuple, self.declined),
            *map(tuple, self.not_available),
        ):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    @cached_property
    def _matches_of(self) -> dict[frozenset[str], list[Match]]:
        """By the two people."""
        return _by_pair(self.matches.values())

    @cached_property
    def _partnerships_of(self) -> dict[frozenset[str], list[Partnership]]:
        """By the two people."""
        return _by_pair(self.partnerships)

    @cached_property
    def _excluded(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset((each.one, each.other)) for each in self.exclusions)

    def _did_not_work(self, partnership: Partnership) -> bool:
        """Whether it was in this round, or one of the two has declined a rematch."""
        return bool(partnership.declined_rematch) or partnership.cohort_id == self.cohort.id


_Pair = TypeVar("_Pair", Match, Partnership)


def _by_pair(pairs: Iterable[_Pair]) -> dict[frozenset[str], list[_Pair]]:
    found: dict[frozenset[str], list[_Pair]] = {}
    for pair in pairs:
        found.setdefault(frozenset(pair.people), []).append(pair)
    return found
