"""A match: two people proposed to each other, approved by the owners, asked, and then partners or not (D1.19)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mentoring.core.owners import OPERATOR
from mentoring.matching.errors import AlreadyAccepted, NotYourOffer, OfferOver
from mentoring.matching.hard_rules import HardRule


class MatchState(StrEnum):
    """PROPOSED until released; REFUSED by an owner or OVERTAKEN by events before that; OFFERED until both have
    answered.
    """

    PROPOSED = "proposed"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"


STANDING = frozenset({MatchState.PROPOSED, MatchState.OFFERED})
"""A match that still takes a place of its mentor and its mentee."""
DID_NOT_WORK = frozenset({MatchState.REFUSED, MatchState.DECLINED, MatchState.LAPSED})
"""The same two are not proposed again in the cohort."""


class ReasonKind(StrEnum):
    """Why two people go together. Stored with the match."""

    SHARED_TOPICS = "shared-topics"
    WISHED = "wished"
    GRADES_ABOVE = "grades-above"
    OTHER_DEPARTMENT = "other-department"
    SAME_WAYS = "same-ways"
    SAME_LANGUAGE = "same-language"
    SAME_MONTHS = "same-months"
    HOPES = "hopes"
    SAME_HOURS = "same-hours"
    WAITED = "waited"
    MUTUAL = "mutual"


@dataclass(frozen=True)
class Reason:
    """`facts` are the programme's own words (topics), codes (ways) or a number as text (grades, months, hours a day in
    common); never what somebody wrote.
    """

    kind: ReasonKind
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """Who would have been next for one of the two, whether they are free or not: an application, its author and the
    score.
    """

    application: str
    person: str
    score: int


@dataclass(frozen=True)
class Match:
    """`mentee` and `mentor` are Slack user ids; `score` 0–100; `approvals` who approved; `paired_by` an owner who did
    it by hand; `pinned_by` one who keeps it while the rest is solved again; `excepted` the rules from which the
    committee made an exception for it; `other_mentor` the next best for this mentee, `other_mentee` for this mentor.

    `offered_at` is when it was released; `accepted_by` who has said yes so far.
    """

    id: str
    cohort_id: str
    mentee_application: str
    mentor_application: str
    mentee: str
    mentor: str
    score: int
    reasons: tuple[Reason, ...]
    state: MatchState = MatchState.PROPOSED
    approvals: tuple[str, ...] = ()
    paired_by: str = ""
    pinned_by: str = ""
    excepted: tuple[HardRule, ...] = ()
    other_mentor: Alternative | None = None
    other_mentee: Alternative | None = None
    offered_at: datetime | None = None
    accepted_by: tuple[str, ...] = ()
    version: int = 1

    @property
    def people(self) -> tuple[str, str]:
        return self.mentee, self.mentor

    def other(self, person: str) -> str:
        return self.mentor if person == self.mentee else self.mentee

    def may_approve(self, owners: Sequence[str]) -> tuple[str, ...]:
        """The owners who are no part of it; all of them where there is no other."""
        return deciders(owners, self.people)

    def still_needs(self, owners: Sequence[str]) -> int:
        """How many approvals are missing: two decide, or one where only one can (D1.19)."""
        if OPERATOR in self.approvals:
            return 0
        eligible = self.may_approve(owners)
        return max(0, min(2, len(eligible)) - len(set(self.approvals) & set(eligible)))

    def held_by_others(self, by: str) -> set[str]:
        """The owners besides `by` who have approved or kept it, so that nobody takes it from them."""
        return {*self.approvals, self.pinned_by} - {by, ""}

    def changed(self, **values: object) -> "Match":
        return replace(self, version=self.version + 1, **values)  # type: ignore[arg-type]


def deciders(owners: Sequence[str], people: Sequence[str]) -> tuple[str, ...]:
    """The owners who decide about these people: who is none of them, or all where there is no other."""
    return tuple(owner for owner in owners if owner not in people) or tuple(owners)


def check_offered(match: Match, by: str) -> None:
    """Raise NotYourOffer unless `by` is asked, AlreadyAccepted where both have said yes, OfferOver unless it is
    open.
    """
    if by not in match.people:
        raise NotYourOffer
    if match.state is MatchState.ACCEPTED:
        raise AlreadyAccepted(introduced=True)
    if match.state is not MatchState.OFFERED:
        raise OfferOver
