"""A cohort's matching, loaded whole: who is in the pool, what stands on the desk, and who must not be paired."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from mentoring.application import Application
from mentoring.ban import Ban
from mentoring.bar import EXCEPTIONS, Bar
from mentoring.match import DID_NOT_WORK, STANDING, Match, MatchState
from mentoring.outcome import Outcome
from mentoring.partnership import Partnership
from mentoring.pool import Pool


@dataclass(frozen=True)
class Round(Pool):
    """A pool, its rules and its desk."""

    def bar(
        self, mentee: Application, mentor: Application, *, leaving_out: str = "", excepting: Collection[Bar] = ()
    ) -> Bar | None:
        """The hard rule that keeps these two apart, if one does; whether they have places left is not asked here.

        Two people are matched once at a time, whoever mentors whom; `leaving_out` is a match that does not count,
        `excepting` the rules from which the committee makes an exception for these two.
        """
        found = (bar for bar in self._bars(mentee, mentor, leaving_out) if bar not in excepting)
        return next(found, None)

    def exceptions(self, mentee: Application, mentor: Application) -> tuple[Bar, ...]:
        """The rules that keep these two apart, and from which the committee may make an exception (D2.14)."""
        return tuple(bar for bar in self._bars(mentee, mentor, "") if bar in EXCEPTIONS)

    def _bars(self, mentee: Application, mentor: Application, leaving_out: str) -> Iterator[Bar]:
        """Every hard rule that keeps them apart, the weightiest first."""
        if mentee.person == mentor.person:
            yield Bar.ONESELF
        if self.is_away(mentee) or self.is_away(mentor):
            yield Bar.AWAY
        if not (self.is_inside(mentee) and self.is_inside(mentor)):
            yield Bar.OUTSIDE
        if mentor.person in self.above(mentee.person) or mentee.person in self.above(mentor.person):
            yield Bar.CHAIN_OF_COMMAND
        if not self.stands_high_enough(self.rank_of(mentee), self.rank_of(mentor)):
            yield Bar.GRADES
        two = frozenset({mentee.person, mentor.person})
        if two in self._banned:
            yield Bar.FORBIDDEN
        if not set(mentee.topics) & set(mentor.topics):
            yield Bar.NO_SHARED_TOPIC
        partnerships = self._partnerships_of.get(two, [])
        if any(p.is_active for p in partnerships):
            yield Bar.ALREADY_PARTNERS
        before = [m for m in self._matches_of.get(two, []) if m.id != leaving_out]
        tried = any(m.state in DID_NOT_WORK for m in before) or any(map(self._did_not_work, partnerships))
        if tried or two in self.declined:
            yield Bar.DID_NOT_WORK
        if any(m.state in STANDING for m in before):
            yield Bar.NO_PLACE

    def stands_high_enough(self, mentee: int | None, mentor: int | None) -> bool:
        """Whether a mentor of this rank may mentor a mentee of that one (D2.13); a rank that is not known is no
        hindrance.
        """
        least = self.programme.least_gap
        return not least or mentee is None or mentor is None or mentor - mentee >= least

    def related(self, person: str) -> frozenset[str]:
        """Whom `bar` may keep from this person for who they are. Of anybody else in the pool it asks a shared topic,
        the segment and the grades alone.
        """
        return frozenset({person, *self._relations.get(person, ())})

    def on_the_desk(self) -> list[Match]:
        """What the owners have to decide on, best first."""
        desk = [m for m in self.matches.values() if m.state is MatchState.PROPOSED]
        return sorted(desk, key=lambda m: (-m.score, m.id))

    def undecided(self) -> list[Match]:
        """What proposing anew replaces: nobody has approved it, no owner chose or pinned it, and no exception was made
        for it.
        """
        return [m for m in self.on_the_desk() if not (m.approvals or m.paired_by or m.pinned_by or m.excepted)]

    def without_undecided(self) -> "Round":
        """The round with the places free again that undecided proposals take."""
        undecided = {m.id for m in self.undecided()}
        return replace(self, matches={id_: m for id_, m in self.matches.items() if id_ not in undecided})

    def after(self, outcome: Outcome) -> "Round":
        """The round once the matches and bans of the outcome are kept."""
        changed = {change.id: change for change in outcome.changes if isinstance(change, Match)}
        bans = {change for change in outcome.changes if isinstance(change, Ban)}
        return replace(self, matches={**self.matches, **changed}, bans=self.bans | bans) if changed or bans else self

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
        apart = [(ban.one, ban.other) for ban in self.bans]
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
        return frozenset(frozenset((ban.one, ban.other)) for ban in self.bans)

    def _did_not_work(self, partnership: Partnership) -> bool:
        """Whether they were together in this round, or would rather not be again."""
        return bool(partnership.not_again) or partnership.cohort_id == self.cohort.id


_Pair = TypeVar("_Pair", Match, Partnership)


def _by_two(pairs: Iterable[_Pair]) -> dict[frozenset[str], list[_Pair]]:
    found: dict[frozenset[str], list[_Pair]] = {}
    for pair in pairs:
        found.setdefault(frozenset(pair.people), []).append(pair)
    return found
