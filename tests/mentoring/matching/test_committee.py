"""The committee decides on proposals like the owners; exceptions and what is sent stay with the owners."""

from dataclasses import replace

import pytest

from mentoring.core.errors import NotForYou
from mentoring.core.jobs import ScheduledJob
from mentoring.core.people import StaffRecord
from mentoring.matching.approvals import approve_together
from mentoring.matching.decisions import approve
from mentoring.matching.errors import ConflictOfInterest, OwnersExempt
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match
from mentoring.matching.open_offers import recall
from mentoring.matching.pairing import pair
from mentoring.matching.pending_approvals import needs_decision_of, run_approval_job
from mentoring.matching.review import complete_run, release
from mentoring.matching.round import MatchingRound
from mentoring.programmes.cohorts import open_next
from tests.mentoring.factories import (
    ADA,
    BEN,
    OWNER,
    SECOND,
    STARTED,
    changed,
    match,
    mentee,
    mentor,
    offered,
    round_of,
)
from tests.mentoring.values import COHORT, person

CLEO, DAN = "U0CLEO", "U0DAN"
TWO = (mentee(), mentor())
IDS = (TWO[0].id, TWO[1].id)


def desk(proposal: Match | None = None, committee: tuple[str, ...] = (CLEO,), **more: object) -> MatchingRound:
    return round_of(*TWO, matches=[proposal or match()], committee=committee, **more)  # type: ignore[arg-type]


def test_an_owner_and_a_member_of_the_committee_are_two_different_people() -> None:
    round_ = desk()
    assert round_.approvers == (OWNER, CLEO)
    assert round_.still_needs(match()) == 2
    once = changed(approve(round_, match(), by=CLEO, now=STARTED), Match)[0]
    assert round_.still_needs(once) == 1
    assert changed(approve(desk(once), once, by=CLEO, now=STARTED), Match) == []
    twice = changed(approve(desk(once), once, by=OWNER, now=STARTED), Match)[0]
    assert round_.still_needs(twice) == 0


def test_with_one_who_can_approve_one_suffices_and_the_committee_alone_can() -> None:
    away = replace(desk(), absent_owners=(OWNER,))
    assert away.approvers == (CLEO,)
    assert away.still_needs(match(approvals=(CLEO,))) == 0
    assert away.with_acting(OWNER).approvers == (OWNER, CLEO)
    gone = replace(desk(committee=()), absent_committee=(CLEO,))
    assert gone.still_needs(match(approvals=(OWNER,))) == 0
    assert gone.with_acting(CLEO).approvers == (OWNER, CLEO)
    assert gone.with_acting("U0STRANGER") is gone


def test_who_is_in_the_match_leaves_it_to_the_others() -> None:
    with pytest.raises(ConflictOfInterest):
        approve(desk(committee=(ADA,)), match(), by=ADA, now=STARTED)
    assert desk(committee=(ADA,)).still_needs(match()) == 1


def test_the_committee_neither_sends_nor_takes_back_nor_opens_a_round() -> None:
    approved = match(approvals=(OWNER, CLEO))
    with pytest.raises(NotForYou):
        release(desk(approved), by=CLEO, now=STARTED, new_id=str)
    with pytest.raises(NotForYou):
        recall(desk(offered()), offered(), by=CLEO, now=STARTED)
    with pytest.raises(NotForYou):
        open_next(desk(), replace(COHORT, id="c2"), by=CLEO)
    assert release(desk(approved), by=OWNER, now=STARTED, new_id=str).changes


def test_only_an_owner_makes_an_exception() -> None:
    round_ = round_of(*TWO, committee=(CLEO,), staff=[StaffRecord(ADA, manager=BEN)])
    assert round_.exemptible_rules(*TWO) == (HardRule.CHAIN_OF_COMMAND,)
    with pytest.raises(OwnersExempt):
        pair(round_, *IDS, by=CLEO, now=STARTED, new_id="m9", reason="They asked for it.")
    assert pair(round_, *IDS, by=OWNER, now=STARTED, new_id="m9", reason="They asked for it.").changes
    plain = round_of(*TWO, committee=(CLEO,))
    assert changed(pair(plain, *IDS, by=CLEO, now=STARTED, new_id="m9"), Match)[0].approvals == (CLEO,)


def test_those_who_may_still_approve_are_asked_and_reminded() -> None:
    round_ = desk(committee=(CLEO, DAN))
    jobs = changed(approve_together(round_, [match().id], by=DAN, now=STARTED).outcome, ScheduledJob)
    assert {job.person for job in jobs} == {OWNER, CLEO}
    job = next(job for job in jobs if job.person == CLEO)
    assert needs_decision_of(round_, CLEO)
    told = run_approval_job(job, person(CLEO), round_, STARTED)
    assert [each.recipient for each in told.notifications] in ([CLEO], [])
    no_longer = run_approval_job(job, person(CLEO), desk(committee=(DAN,)), STARTED)
    assert no_longer.notifications == ()


def test_new_proposals_are_told_to_all_who_decide() -> None:
    round_ = round_of(*TWO, owners=(OWNER, SECOND), committee=(CLEO,))
    done = complete_run(None, round_, (match(),), by=CLEO, now=STARTED)
    assert {each.recipient for each in done.notifications} == {OWNER, SECOND}
