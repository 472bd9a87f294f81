"""The owners' desk: what is put on it, what is paired by hand, and what goes out when an owner presses Release."""

from dataclasses import replace
from datetime import date

import pytest

from mentoring.applications.application import Role
from mentoring.applications.errors import NoSuchApplication
from mentoring.core.errors import CohortOver, NotForYou
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Programme
from mentoring.matching.decisions import approve
from mentoring.matching.errors import CannotPair, NothingToRelease
from mentoring.matching.hard_rules import Exclusion, HardRule, sorted_pair
from mentoring.matching.match import Alternative, Match, MatchState
from mentoring.matching.offers import withdraw
from mentoring.matching.optimiser import manual_match, propose
from mentoring.matching.pairing import ManualPair, check_pair, pair
from mentoring.matching.review import difference, release, replace_proposals
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.partnership import Partnership
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    JOBS,
    OWNER,
    SECOND,
    STARTED,
    THIRD,
    after,
    changed,
    match,
    mentee,
    mentor,
    names,
    new_ids,
    offered,
    partnership,
    round_of,
    told,
    withdrawn,
)
from tests.mentoring.values import COHORT, NOON, PROGRAMME

FOUR = (mentee(ADA), mentor(BEN), mentee(CHI), mentor(DEE))
AT_ONCE = replace(PROGRAMME, ask_first=False)


def let_go(round_: MatchingRound, by: str = OWNER) -> Outcome:
    return release(round_, by=by, now=STARTED, new_id=new_ids("s"))


def states(round_: MatchingRound) -> dict[str, MatchState]:
    return {one.id: one.state for one in round_.matches.values()}


def ready(mentee: str = ADA, mentor: str = BEN) -> Match:
    return match(mentee, mentor, approvals=(OWNER,))


# Putting proposals on the desk.


def test_proposals_are_kept() -> None:
    round_ = round_of(*FOUR, owners=(OWNER, SECOND, THIRD))
    found = propose(round_, new_ids())
    assert replace_proposals(round_, found, by=SECOND) == Outcome(found)


def test_nobody_hears_of_no_proposals() -> None:
    assert replace_proposals(round_of(owners=(OWNER, SECOND)), (), by=OWNER) == Outcome()


def test_proposing_again_replaces_those_alone_who_go_together_for_other_reasons_by_now() -> None:
    ids = new_ids()
    round_ = round_of(*FOUR)
    first = after(round_, replace_proposals(round_, propose(round_, ids), by=OWNER))
    changed_since = replace(
        first, applications={**first.applications, f"{ADA}-mentee": replace(mentee(ADA), months=9, version=2)}
    )
    again = after(changed_since, replace_proposals(changed_since, propose(changed_since, ids), by=OWNER))
    of_ada, of_chi = (next(one.id for one in first.matches.values() if one.mentee == user) for user in (ADA, CHI))
    assert again.matches[of_ada].state is MatchState.OVERTAKEN
    assert again.matches[of_chi] == first.matches[of_chi].changed(
        other_mentor=first.matches[of_chi].other_mentor, other_mentee=Alternative(f"{ADA}-mentee", ADA, 54)
    )
    (new,) = again.matches.keys() - first.matches.keys()
    assert (again.matches[new].mentee, again.matches[new].score) == (ADA, 54)


def test_what_is_proposed_again_stays_untouched() -> None:
    ids = new_ids()
    round_ = round_of(*FOUR, owners=(OWNER, SECOND))
    first = after(round_, replace_proposals(round_, propose(round_, ids), by=OWNER))
    more = mentee("U0EVE", JOBS), mentor("U0FAY", JOBS)
    grown = replace(first, applications={**first.applications, **{one.id: one for one in more}})
    outcome = replace_proposals(grown, propose(grown, ids), by=OWNER)
    (new,) = changed(outcome, Match)
    assert new.people == ("U0EVE", "U0FAY")
    found = difference(grown, propose(grown, ids))
    assert ([one.people for one in found.added], found.gone, found.renewed) == ([new.people], (), ())
    assert found.kept == tuple(grown.undecided_proposals())


def test_what_is_not_proposed_any_more_goes() -> None:
    round_ = round_of(mentee(ADA), mentor(BEN), mentee(CHI, JOBS), mentor(DEE, JOBS), owners=(OWNER, SECOND))
    first = after(round_, replace_proposals(round_, propose(round_, new_ids()), by=OWNER))
    banned = replace(
        first, exclusions=frozenset({Exclusion(*sorted_pair(ADA, BEN), by=OWNER, at=NOON, programme_id="p1")})
    )
    outcome = replace_proposals(banned, propose(banned, new_ids("n")), by=OWNER)
    of_ada = next(one for one in first.matches.values() if one.mentee == ADA)
    assert outcome == Outcome((of_ada.changed(state=MatchState.OVERTAKEN),))


def test_another_who_would_be_next_is_told_in_place() -> None:
    first = round_of(*FOUR[:3], matches=[match(ADA, BEN, other_mentee=Alternative(f"{CHI}-mentee", CHI, 54))])
    again = replace(first.matches[f"{ADA}-{BEN}"], id="m9", other_mentee=Alternative(f"{CHI}-mentee", CHI, 60))
    outcome = replace_proposals(first, (again,), by=OWNER)
    assert outcome == Outcome((first.matches[f"{ADA}-{BEN}"].changed(other_mentee=again.other_mentee),))
    better = replace(again, score=61)
    assert replace_proposals(first, (better,), by=OWNER).changes == (
        first.matches[f"{ADA}-{BEN}"].changed(score=61, other_mentee=again.other_mentee),
    )


def test_what_an_owner_has_decided_on_stays_on_the_desk() -> None:
    stays = [
        ready(ADA, BEN),
        match("U5", "U6", paired_by=SECOND),
        offered("U7", "U8"),
        match("U9", "U6", pinned_by=OWNER),
        match("U9", "U8", exempted=(HardRule.GRADES,)),
    ]
    outcome = replace_proposals(round_of(matches=[*stays, match(CHI, DEE)]), (), by=OWNER)
    assert [(one.id, one.state) for one in changed(outcome, Match)] == [(f"{CHI}-{DEE}", MatchState.OVERTAKEN)]


def test_only_owners_and_the_operator_propose_and_release() -> None:
    round_ = round_of(*FOUR, matches=[ready()])
    for by in (ADA, SECOND, ""):
        with pytest.raises(NotForYou):
            replace_proposals(round_, (), by=by)
        with pytest.raises(NotForYou):
            let_go(round_, by)


def test_nothing_is_proposed_once_the_cohort_is_closed() -> None:
    with pytest.raises(CohortOver):
        replace_proposals(round_of(cohort=replace(COHORT, closed_on=date(2027, 3, 1))), (), by=OWNER)


# Pairing by hand.


def test_an_owner_pairs_two_who_are_free() -> None:
    assert check_pair(round_of(*FOUR), f"{ADA}-mentee", f"{DEE}-mentor", by=OWNER) == ManualPair(
        mentee(ADA), mentor(DEE), ()
    )


@pytest.mark.parametrize("by", [ADA, SECOND])
def test_nobody_else_pairs_anybody(by: str) -> None:
    with pytest.raises(NotForYou):
        check_pair(round_of(*FOUR), f"{ADA}-mentee", f"{DEE}-mentor", by=by)


def test_the_operator_pairs_for_the_committee_and_that_approves() -> None:
    outcome = pair(round_of(*FOUR), f"{ADA}-mentee", f"{DEE}-mentor", by=OPERATOR, now=STARTED, new_id="m1")
    (paired,) = changed(outcome, Match)
    assert (paired.paired_by, paired.approvals) == (OPERATOR, (OPERATOR,))
    assert paired.still_needs((OWNER, SECOND), 2) == 0


@pytest.mark.parametrize(
    ("mentee_id", "mentor_id"),
    [("nobody", f"{DEE}-mentor"), (f"{ADA}-mentee", ""), (f"{BEN}-mentor", f"{ADA}-mentee"), ("", "")],
)
def test_a_pair_is_a_mentee_and_a_mentor_who_applied(mentee_id: str, mentor_id: str) -> None:
    with pytest.raises(NoSuchApplication):
        check_pair(round_of(*FOUR), mentee_id, mentor_id, by=OWNER)


@pytest.mark.parametrize(
    ("round_", "refusal"),
    [
        (round_of(mentee(ADA), mentor(ADA, places=2), *FOUR[2:]), (HardRule.ONESELF, None)),
        (round_of(mentee(ADA), mentor(BEN, JOBS)), (HardRule.NO_SHARED_TOPIC, None)),
        (round_of(*FOUR, matches=[match(ADA, DEE)]), (HardRule.NO_PLACE, Role.MENTEE)),
        (round_of(*FOUR, matches=[offered(CHI, BEN)]), (HardRule.NO_PLACE, Role.MENTOR)),
        (round_of(withdrawn(mentee(ADA)), mentor(BEN)), (HardRule.NO_PLACE, Role.MENTEE)),
        (round_of(mentee(ADA), mentor(BEN, sent_on=date(2026, 12, 22))), (HardRule.NO_PLACE, Role.MENTOR)),
        (round_of(*FOUR, partnerships=[partnership(BEN, ADA)]), (HardRule.ALREADY_PARTNERS, None)),
        (round_of(*FOUR, matches=[match(ADA, BEN, MatchState.DECLINED)]), (HardRule.DID_NOT_WORK, None)),
        (round_of(*FOUR, matches=[match(BEN, ADA)]), (HardRule.NO_PLACE, None)),
    ],
)
def test_an_owner_pairs_within_the_hard_rules_only(round_: MatchingRound, refusal: tuple[HardRule, str | None]) -> None:
    offer = next(one for one in round_.applications.values() if one.role is Role.MENTOR)
    with pytest.raises(CannotPair) as caught:
        check_pair(round_, f"{ADA}-mentee", offer.id, by=OWNER)
    assert (caught.value.broken_rule, caught.value.role) == refusal


# Releasing.


def test_two_are_asked_once_their_match_has_all_the_approvals_it_needs() -> None:
    outcome = let_go(round_of(*FOUR[:2], matches=[ready(ADA, BEN)]))
    assert changed(outcome, Match) == [ready(ADA, BEN).changed(state=MatchState.OFFERED, offered_at=STARTED)]
    assert told(outcome) == [(NotificationKind.MATCH_OFFERED, ADA), (NotificationKind.MATCH_OFFERED, BEN)]
    assert [one.kind for one in changed(outcome, ScheduledJob)] == [
        JobKind.OFFER_REMINDER,
        JobKind.OFFER_REMINDER,
        JobKind.OFFER_LAPSE,
        JobKind.OFFER_RUNNING_OUT,
    ]


@pytest.mark.parametrize(
    ("owners", "approvals", "goes_out"),
    [
        ((OWNER,), (), False),
        ((OWNER,), (OWNER,), True),
        ((OWNER, SECOND), (OWNER,), False),
        ((OWNER, SECOND), (SECOND, OWNER), True),
        ((OWNER, SECOND), (OWNER, THIRD), False),
        ((OWNER, ADA), (OWNER,), True),
        ((OWNER, ADA), (ADA,), False),
        ((OWNER, SECOND), (OPERATOR,), True),
    ],
)
def test_only_what_is_approved_goes_out(owners: tuple[str, ...], approvals: tuple[str, ...], goes_out: bool) -> None:
    round_ = round_of(*FOUR, matches=[match(ADA, BEN, approvals=approvals)], owners=owners)
    if goes_out:
        assert states(after(round_, let_go(round_))) == {f"{ADA}-{BEN}": MatchState.OFFERED}
    else:
        with pytest.raises(NothingToRelease):
            let_go(round_)


def test_what_is_not_approved_yet_stays_on_the_desk() -> None:
    round_ = round_of(*FOUR, matches=[ready(ADA, BEN), match(CHI, DEE)])
    assert states(after(round_, let_go(round_))) == {
        f"{ADA}-{BEN}": MatchState.OFFERED,
        f"{CHI}-{DEE}": MatchState.PROPOSED,
    }


@pytest.mark.parametrize("state", [state for state in MatchState if state is not MatchState.PROPOSED])
def test_nothing_is_released_twice(state: MatchState) -> None:
    with pytest.raises(NothingToRelease):
        let_go(round_of(*FOUR, matches=[match(ADA, BEN, state, approvals=(OWNER,))]))


@pytest.mark.parametrize("programme", [PROGRAMME, AT_ONCE])
@pytest.mark.parametrize(
    "round_",
    [
        round_of(withdrawn(mentee(ADA)), mentor(BEN), matches=[ready()]),
        round_of(mentee(ADA), withdrawn(mentor(BEN)), matches=[ready()]),
        round_of(mentor(BEN), matches=[ready()]),
        round_of(*FOUR[:2], matches=[ready()], partnerships=[partnership(CHI, BEN)]),
        round_of(*FOUR[:2], matches=[ready(), offered(CHI, BEN)]),
        round_of(mentee(ADA, JOBS), mentor(BEN), matches=[ready()]),
        round_of(*FOUR[:2], matches=[ready()], private_answers=[names(mentee(ADA), manager=BEN)]),
        round_of(*FOUR[:2], matches=[ready()], partnerships=[partnership(BEN, ADA)]),
    ],
    ids=[
        "the mentee withdrew",
        "the mentor withdrew",
        "the mentee was erased",
        "the mentor was taken",
        "the mentor was offered to somebody",
        "they changed to another topic",
        "they said who their manager is",
        "they became partners the other way round",
    ],
)
def test_a_match_that_events_have_overtaken_goes_to_nobody(round_: MatchingRound, programme: Programme) -> None:
    outcome = let_go(replace(round_, programme=programme))
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert (outcome.notifications, changed(outcome, Partnership), changed(outcome, ScheduledJob)) == ((), [], [])


def test_withdrawing_takes_a_proposal_off_the_desk_so_that_there_is_nothing_to_release() -> None:
    round_ = round_of(*FOUR, matches=[ready()])
    gone = withdraw(round_, mentee(ADA), by=ADA)
    assert [one.state for one in changed(gone, Match)] == [MatchState.OVERTAKEN]
    assert told(gone) == [(NotificationKind.APPLICATION_WITHDRAWN, ADA)]
    with pytest.raises(NothingToRelease):
        let_go(after(round_, gone))


def test_a_mentor_with_two_places_gets_two_offers_at_once() -> None:
    round_ = round_of(mentee(ADA), mentee(CHI), mentor(BEN, places=2), matches=[ready(ADA, BEN), ready(CHI, BEN)])
    assert set(states(after(round_, let_go(round_))).values()) == {MatchState.OFFERED}


def test_where_the_programme_does_not_ask_both_are_introduced_at_once() -> None:
    outcome = let_go(round_of(*FOUR[:2], matches=[ready(ADA, BEN)], programme=AT_ONCE))
    (introduced,) = changed(outcome, Partnership)
    assert introduced == partnership(ADA, BEN, id="s1", months=6)
    (accepted,) = changed(outcome, Match)
    assert (accepted.state, accepted.accepted_by, accepted.version) == (MatchState.ACCEPTED, (ADA, BEN), 2)
    assert [(one.kind, one.recipient, one.second_recipient) for one in outcome.notifications] == [
        (NotificationKind.INTRODUCED, ADA, BEN)
    ]
    assert JobKind.OFFER_LAPSE not in {one.kind for one in changed(outcome, ScheduledJob)}


def test_partners_who_are_introduced_together_have_ids_of_their_own() -> None:
    outcome = let_go(round_of(*FOUR, matches=[ready(ADA, BEN), ready(CHI, DEE)], programme=AT_ONCE))
    assert [one.id for one in changed(outcome, Partnership)] == ["s1", "s2"]
    assert len({promise.key for promise in changed(outcome, ScheduledJob)}) == len(changed(outcome, ScheduledJob)) == 26


def test_all_owners_hear_that_the_operator_released() -> None:
    round_ = round_of(*FOUR, owners=(OWNER, SECOND), matches=[match(ADA, BEN)])
    approved = after(round_, approve(round_, match(ADA, BEN), by=OPERATOR, now=STARTED))
    outcome = let_go(approved, OPERATOR)
    assert told(outcome, NotificationKind.OPERATOR_RELEASED) == [
        (NotificationKind.OPERATOR_RELEASED, OWNER),
        (NotificationKind.OPERATOR_RELEASED, SECOND),
    ]
    assert changed(outcome, Match)[0].approvals == (OPERATOR,)
    assert told(let_go(approved), NotificationKind.OPERATOR_RELEASED) == []


def test_a_pair_by_hand_goes_out_like_any_other() -> None:
    round_ = round_of(*FOUR)
    two = check_pair(round_, f"{ADA}-mentee", f"{DEE}-mentor", by=OWNER)
    round_ = after(round_, Outcome((manual_match(round_, two.mentee, two.mentor, by=OWNER, new_id="m9"),)))
    assert states(after(round_, let_go(round_))) == {"m9": MatchState.OFFERED}
