"""Offers that are out: remind, extend, take back, and ask again; never saying which of the two has answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.core.errors import CohortOver, NotForYou
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.errors import (
    AlreadyExtended,
    AlreadyReminded,
    CannotAskAgain,
    CannotExtend,
    ConflictOfInterest,
    NotPending,
    OfferEnding,
    OfferOver,
)
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match, MatchState, ending_of
from mentoring.matching.offers import answer_offer
from mentoring.matching.open_offers import ask_again, expired, extend, recall, remind
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    OWNER,
    SECOND,
    STARTED,
    after,
    changed,
    match,
    mentee,
    mentor,
    notice_to,
    offered,
    round_of,
    told,
)
from tests.mentoring.values import COHORT

OWNERS = (OWNER, SECOND)
NOW = STARTED + timedelta(days=2)
WEEK = timedelta(days=7)
OUT = offered()
HALF = offered(accepted_by=(ADA,))
GONE = match(ADA, BEN, MatchState.EXPIRED, approvals=OWNERS)


def desk(*matches: Match, owners: tuple[str, ...] = OWNERS) -> MatchingRound:
    return round_of(mentee(ADA), mentor(BEN), mentee(CHI), matches=matches, owners=owners)


def seen(one: Match) -> str:
    assert one.answer_by is not None
    return one.answer_by.isoformat()


def test_a_reminder_reaches_those_who_are_silent_and_tells_nobody_else() -> None:
    assert told(remind(desk(HALF), HALF, by=OWNER, now=NOW, reminded=False)) == [(NotificationKind.OFFER_REMINDER, BEN)]
    both = remind(desk(OUT), OUT, by=OWNER, now=NOW, reminded=False)
    assert [each.recipient for each in both.notifications] == [ADA, BEN]
    assert all(each.due == NOW and each.refs == {"match": OUT.id} for each in both.notifications)
    assert both.changes == ()
    with pytest.raises(AlreadyReminded):
        remind(desk(OUT), OUT, by=SECOND, now=NOW, reminded=True)


def test_an_extension_moves_the_lapse_and_reminds_the_silent_one_again() -> None:
    outcome = extend(desk(HALF), HALF, seen(HALF), by=OWNER, now=NOW)
    (extended,) = changed(outcome, Match)
    assert extended.answer_by == STARTED + 2 * WEEK
    jobs = {(job.kind, job.person): job for job in changed(outcome, ScheduledJob)}
    assert jobs.keys() == {
        (JobKind.OFFER_LAPSE, ""),
        (JobKind.OFFER_RUNNING_OUT, ""),
        (JobKind.OFFER_REMINDER, BEN),
    }
    assert jobs[JobKind.OFFER_LAPSE, ""].due == extended.answer_by
    assert STARTED + WEEK < jobs[JobKind.OFFER_RUNNING_OUT, ""].due < extended.answer_by
    assert STARTED + WEEK < jobs[JobKind.OFFER_REMINDER, BEN].due < extended.answer_by
    assert [each.kind for each in changed(outcome, MatchDecision)] == [DecisionKind.EXTENDED]
    assert outcome.notifications == ()


def test_two_owners_extend_it_once_and_four_weeks_are_the_most() -> None:
    round_, one = desk(OUT), OUT
    for _ in range(3):
        before = seen(one)
        round_ = after(round_, extend(round_, one, before, by=OWNER, now=NOW))
        one = round_.matches[OUT.id]
        with pytest.raises(AlreadyExtended):
            extend(round_, one, before, by=SECOND, now=NOW)
    with pytest.raises(CannotExtend):
        extend(round_, one, seen(one), by=OWNER, now=NOW)


def test_both_hear_the_same_of_a_match_that_is_taken_back_and_nothing_bars_the_pair() -> None:
    for one in (OUT, HALF):
        round_ = desk(one)
        outcome = recall(round_, one, by=OWNER, now=NOW)
        ada, ben = (notice_to(outcome, person) for person in (ADA, BEN))
        assert (ada.kind, ada.refs) == (ben.kind, ben.refs) == (NotificationKind.OFFER_OVER, {"match": one.id})
        assert notice_to(outcome, SECOND).refs == {"match": one.id, "by": OWNER}
        assert OWNER not in {each.recipient for each in outcome.notifications}, "they have just done it"
        gone = after(round_, outcome)
        assert gone.broken_rule(gone.applications[f"{ADA}-mentee"], gone.applications[f"{BEN}-mentor"]) is None
        taken = gone.matches[one.id]
        assert ending_of(taken, declined=False, withdrawn=False) is OfferEnding.RECALLED
        with pytest.raises(OfferOver):
            answer_offer(gone, taken, by=BEN, accepts=True, now=NOW, new_id="p")


def test_a_match_that_expired_without_an_answer_is_asked_again_with_its_approvals() -> None:
    round_ = desk(GONE)
    assert expired(round_.matches.values()) == [GONE]
    outcome = ask_again(round_, GONE, by=OWNER, now=NOW, new_id="again")
    (again,) = changed(outcome, Match)
    assert (again.id, again.state, again.approvals, again.paired_by) == ("again", MatchState.OFFERED, OWNERS, "")
    assert told(outcome) == [(NotificationKind.MATCH_OFFERED, ADA), (NotificationKind.MATCH_OFFERED, BEN)]
    asked = after(round_, outcome)
    assert expired(asked.matches.values()) == []
    with pytest.raises(NotPending) as refused:
        ask_again(asked, GONE, by=SECOND, now=NOW, new_id="once-more")
    assert refused.value.state == MatchState.OFFERED


def test_with_an_approval_missing_it_is_proposed_and_the_other_owner_is_asked() -> None:
    alone = replace(GONE, approvals=(OWNER,))
    outcome = ask_again(desk(alone), alone, by=OWNER, now=NOW, new_id="again")
    assert [each.state for each in changed(outcome, Match)] == [MatchState.PROPOSED]
    assert [(job.kind, job.person) for job in changed(outcome, ScheduledJob)] == [(JobKind.APPROVALS_WANTED, SECOND)]
    assert outcome.notifications == ()


def test_every_hard_rule_is_checked_before_they_are_asked_again() -> None:
    taken = desk(GONE, offered(CHI, BEN))
    with pytest.raises(CannotAskAgain) as refused:
        ask_again(taken, GONE, by=OWNER, now=NOW, new_id="again")
    assert (refused.value.broken_rule, refused.value.role) == (HardRule.NO_PLACE, "mentor")
    lapsed = replace(GONE, state=MatchState.LAPSED, accepted_by=(ADA,))
    assert expired(desk(lapsed).matches.values()) == []
    with pytest.raises(NotPending):
        ask_again(desk(lapsed), lapsed, by=OWNER, now=NOW, new_id="again")


@pytest.mark.parametrize(
    "state", [each for each in MatchState if each not in (MatchState.OFFERED, MatchState.PROPOSED)]
)
def test_what_is_not_out_any_more_says_what_became_of_it(state: MatchState) -> None:
    over = match(ADA, BEN, state)
    with pytest.raises(NotPending) as refused:
        remind(desk(over), over, by=OWNER, now=NOW, reminded=False)
    assert refused.value.state == state
    with pytest.raises(NotPending):
        extend(desk(over), over, "", by=OWNER, now=NOW)
    with pytest.raises(NotPending):
        recall(desk(over), over, by=OWNER, now=NOW)


def test_only_owners_who_are_no_part_of_it_may_and_only_while_the_round_is_open() -> None:
    for by, owners, why in ((CHI, OWNERS, NotForYou), (ADA, (ADA, SECOND), ConflictOfInterest)):
        round_ = desk(OUT, owners=owners)
        with pytest.raises(why):
            remind(round_, OUT, by=by, now=NOW, reminded=False)
        with pytest.raises(why):
            extend(round_, OUT, seen(OUT), by=by, now=NOW)
        with pytest.raises(why):
            recall(round_, OUT, by=by, now=NOW)
        with pytest.raises(why):
            ask_again(replace(round_, matches={GONE.id: GONE}), GONE, by=by, now=NOW, new_id="again")
    closed = replace(desk(OUT), cohort=replace(COHORT, closed_on=NOW.date()))
    with pytest.raises(CohortOver):
        remind(closed, OUT, by=OWNER, now=NOW, reminded=False)
    with pytest.raises(CohortOver):
        ask_again(replace(closed, matches={GONE.id: GONE}), GONE, by=OWNER, now=NOW, new_id="again")
