"""The hard rules and proposals of a cohort's matching."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from mentoring.applications.application import Application, Role
from mentoring.core.outcome import Outcome
from mentoring.core.people import (
    AccountStatus,
    zone_named,
)
from mentoring.matching.hard_rules import EXEMPTIBLE, Exclusion, HardRule
from mentoring.matching.hours import begins, shared
from mentoring.matching.match import HOLDS_PLACE, Match, MatchState
from mentoring.matching.pool import Pool, applications_of
from mentoring.partnerships.partnership import Partnership

_OF_ONE_PERSON = (HardRule.AWAY, HardRule.ON_LEAVE, HardRule.NOT_ADMITTED)


@dataclass(frozen=True)
class Obstacle:
    """A hard rule that a match breaks now. `role` says whose place or account it is about, if the rule is about one."""

    rule: HardRule
    role: Role | None = None


def _without(people: tuple[str, ...], person: str) -> tuple[str, ...]:
    return tuple(each for each in people if each != person)


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
        least = self.programme.grade_gap
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
