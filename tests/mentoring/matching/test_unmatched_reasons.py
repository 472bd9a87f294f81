"""Who is left without a match, and why."""

from dataclasses import replace

from mentoring.applications.application import Role
from mentoring.core.programmes import Segment
from mentoring.matching.round import MatchingRound
from mentoring.matching.unmatched import UnmatchedReason, unmatched_by_reason
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    CULTURE,
    DEE,
    JOBS,
    match,
    mentee,
    mentor,
    names,
    partnership,
    round_of,
    withdrawn,
)
from tests.mentoring.values import COHORT, PROGRAMME


def left(round_: MatchingRound, role: Role = Role.MENTEE) -> dict[UnmatchedReason, list[str]]:
    return {why: [one.person for one in found] for why, found in unmatched_by_reason(round_, role).items()}


def test_each_reason_names_those_whom_it_is_about() -> None:
    round_ = round_of(
        mentee(ADA),
        mentee(CHI),
        mentee("U1", CULTURE),
        mentee("U2", JOBS),
        mentee("U3", department="Loans"),
        mentor(BEN),
        mentor(DEE, JOBS),
        matches=[match(ADA, BEN)],
        private_answers=[names(mentee("U2"), manager=DEE)],
        programme=replace(PROGRAMME, departments=("Loans", "IT"), for_mentees=Segment(("IT", ""))),
    )
    assert left(round_) == {
        UnmatchedReason.OUTSIDE: ["U3"],
        UnmatchedReason.NO_SHARED_TOPIC: ["U1"],
        UnmatchedReason.RULED_OUT: ["U2"],
        UnmatchedReason.TAKEN: [CHI],
    }
    assert left(round_, Role.MENTOR) == {UnmatchedReason.RULED_OUT: [DEE]}


def test_whoever_could_be_matched_is_open_and_whoever_has_somebody_is_not_left() -> None:
    assert left(round_of(mentee(ADA), mentor(BEN))) == {UnmatchedReason.OPEN: [ADA]}
    assert left(round_of(mentee(ADA), mentor(BEN), matches=[match(ADA, BEN)])) == {}
    assert left(round_of(mentee(ADA), mentor(BEN), partnerships=[partnership(ADA, BEN)])) == {}


def test_who_withdrew_or_comes_late_or_is_the_same_is_nobody_to_be_matched_with() -> None:
    late = replace(mentor(BEN), sent_on=COHORT.ends_on)
    for other in (withdrawn(mentor(BEN)), late, mentor(ADA)):
        assert left(round_of(mentee(ADA), other)) == {UnmatchedReason.NO_SHARED_TOPIC: [ADA]}


def test_a_mentor_whose_mentees_have_all_found_somebody_reads_so() -> None:
    round_ = round_of(mentee(ADA), mentor(BEN, places=2), mentor(DEE), matches=[match(ADA, BEN)])
    assert left(round_, Role.MENTOR) == {UnmatchedReason.TAKEN: [BEN, DEE]}
