"""A match: two people who are proposed to each other, approved by owners, and then offered the match (D1.19)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.core.owners import OPERATOR
from mentoring.matching.errors import AlreadyAccepted, NotYourOffer, OfferEnding, OfferOver
from mentoring.matching.hard_rules import HardRule


class MatchState(StrEnum):
    """PROPOSED until it is released, REFUSED by an owner or OVERTAKEN by events. OFFERED until it is ACCEPTED by both,
    DECLINED, EXPIRED because neither answered in time, LAPSED because one did not, CLOSED with its round, RECALLED by
    an owner, or OVERTAKEN.
    """

    PROPOSED = "proposed"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    CLOSED = "closed"
    RECALLED = "recalled"


DAYS_TO_ANSWER = 7
HOLDS_PLACE = frozenset({MatchState.PROPOSED, MatchState.OFFERED})
"""States in which a match takes a place of its mentee and its mentor."""
FAILED = frozenset({MatchState.DECLINED, MatchState.LAPSED, MatchState.EXPIRED, MatchState.CLOSED, MatchState.RECALLED})
"""States that only an offer comes to that was not accepted by both. It may be OVERTAKEN too."""


class ReasonKind(StrEnum):
    """Why two people fit, or (NO_SHARED_HOURS) a warning. Stored with the match: a value is never renamed without a
    migration.
    """

    SHARED_TOPICS = "shared-topics"
    WISHED = "wished"
    GRADES_ABOVE = "grades-above"
    SAME_GRADE = "same-grade"
    CLOSE_GRADES = "close-grades"
    OTHER_DEPARTMENT = "other-department"
    SAME_WAYS = "same-ways"
    SAME_LANGUAGE = "same-language"
    SAME_MONTHS = "same-months"
    HOPES = "hopes"
    SAME_HOURS = "same-hours"
    NO_SHARED_HOURS = "no-shared-hours"
    WAITED = "waited"
    MUTUAL = "mutual"


@dataclass(frozen=True)
class Reason:
    """`facts` are topics of the programme, codes (ways to meet) or a number as text (grades, shared hours a day)
    or the code of a length; never private answers.
    """

    kind: ReasonKind
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """The next best partner for one of the two people, whether free or not: their application, Slack user id and the
    score of that pair.
    """

    application: str
    person: str
    score: int


@dataclass(frozen=True)
class Match:
    """Two people (Slack user ids) with their score (0–100) and the reasons.

    `approvals` are the approvers (owners and the committee) who approved it, `paired_by` the one who made it by hand,
    `pinned_by` the one who pinned it. `exempted` are hard rules that were set aside for it. `other_mentor` is the next
    best mentor for this mentee, `other_mentee` the next best mentee for this mentor. `offered_at` (calendar, aware) is
    when it was released; `accepted_by` are the people who have accepted so far. `answer_until` is set if the owners
    have extended the offer.
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
    exempted: tuple[HardRule, ...] = ()
    other_mentor: Alternative | None = None
    other_mentee: Alternative | None = None
    offered_at: datetime | None = None
    accepted_by: tuple[str, ...] = ()
    answer_until: datetime | None = None
    version: int = 1

    @property
    def people(self) -> tuple[str, str]:
        return self.mentee, self.mentor

    @property
    def answer_by(self) -> datetime | None:
        """When the offer lapses (calendar, aware); None before it is released."""
        if self.answer_until is not None or self.offered_at is None:
            return self.answer_until
        return self.offered_at + timedelta(days=DAYS_TO_ANSWER)

    def other(self, person: str) -> str:
        return self.mentor if person == self.mentee else self.mentee

    @property
    def is_agreed(self) -> bool:
        """Whether nobody's answer is missing: both have accepted, or were not asked."""
        return set(self.accepted_by) == set(self.people)

    @property
    def awaits_answer(self) -> bool:
        """Whether it is an open offer that one of the two has not answered."""
        return self.state is MatchState.OFFERED and not self.is_agreed

    @property
    def awaits_start(self) -> bool:
        """Whether the two are introduced when the round starts."""
        return self.state is MatchState.OFFERED and self.is_agreed

    @property
    def ran_out(self) -> bool:
        """Whether its time ran out and neither of the two had answered, which is nobody's no."""
        return self.state is MatchState.EXPIRED or (self.state is MatchState.LAPSED and not self.accepted_by)

    @property
    def did_not_work(self) -> bool:
        """Whether the two were asked and one of them did not want to, or did not answer the other's yes.

        These are never told apart, since the difference would say who declined.
        """
        return self.state is MatchState.DECLINED or (self.state is MatchState.LAPSED and not self.ran_out)

    def application_of(self, person: str) -> str:
        """The id of the application with which `person` is in it."""
        return self.mentee_application if person == self.mentee else self.mentor_application

    def may_approve(self, approvers: Sequence[str]) -> tuple[str, ...]:
        """The approvers who may decide on it; see `deciders`."""
        return deciders(approvers, self.people)

    def still_needs(self, approvers: Sequence[str], needed: int) -> int:
        """How many approvals are missing of `needed`, or of one if only one of the `approvers` may decide (D1.19)."""
        if OPERATOR in self.approvals:
            return 0
        eligible = self.may_approve(approvers)
        return max(0, min(needed, len(eligible)) - len(set(self.approvals) & set(eligible)))

    def held_by_others(self, by: str) -> set[str]:
        """The approvers besides `by` who have approved or pinned it."""
        return {*self.approvals, self.pinned_by} - {by, ""}

    def changed(self, **values: object) -> "Match":
        return replace(self, version=self.version + 1, **values)  # type: ignore[arg-type]


def deciders(approvers: Sequence[str], people: Sequence[str]) -> tuple[str, ...]:
    """The approvers who are not among `people`, or all of them if there is no other."""
    return tuple(each for each in approvers if each not in people) or tuple(approvers)


_SAME_FOR_BOTH = {MatchState.CLOSED: OfferEnding.CLOSED, MatchState.RECALLED: OfferEnding.RECALLED}


def ending_of(match: Match, *, declined: bool, withdrawn: bool) -> OfferEnding:
    """Why an offer is over, as one of its people may know it: never what the other did.

    `declined` says whether this person declined it, `withdrawn` whether they have withdrawn their application.
    """
    if match.ran_out:
        return OfferEnding.EXPIRED
    if match.state in _SAME_FOR_BOTH:
        return _SAME_FOR_BOTH[match.state]
    if declined:
        return OfferEnding.DECLINED
    return OfferEnding.WITHDRAWN if withdrawn else OfferEnding.FAILED


def check_offered(match: Match, by: str, *, declined: bool = False, withdrawn: bool = False) -> None:
    """Raise NotYourOffer unless the offer is for `by`, AlreadyAccepted if both have accepted, OfferOver unless it is
    open. `declined` and `withdrawn` as for `ending_of`.
    """
    if by not in match.people:
        raise NotYourOffer
    if match.state is MatchState.ACCEPTED:
        raise AlreadyAccepted(introduced=True)
    if match.state is not MatchState.OFFERED:
        known = match.state in FAILED or (match.state is MatchState.OVERTAKEN and match.offered_at is not None)
        raise OfferOver(ending_of(match, declined=declined, withdrawn=withdrawn) if known else None)
