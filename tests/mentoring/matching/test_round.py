"""Who can be matched, and whom the hard rules keep apart."""

from dataclasses import replace
from datetime import date

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Person
from mentoring.matching.errors import CannotPair
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import HOLDS_PLACE, MatchState
from mentoring.matching.pairing import check_pair
from mentoring.matching.review import release
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import (
    ADA,
    BEN,
    CAREER,
    CHI,
    CULTURE,
    JOBS,
    OWNER,
    match,
    mentee,
    mentor,
    names,
    new_ids,
    offered,
    partnership,
    round_of,
    withdrawn,
)
from tests.mentoring.values import COHORT, at, person

CLOSED = replace(COHORT, closed_on=date(2027, 3, 1))
OVER = (PartnershipState.ENDED, PartnershipState.CLOSED)


def test_nothing_keeps_two_strangers_with_a_topic_in_common_apart() -> None:
    request, offer = mentee(ADA, CAREER, JOBS), mentor(BEN, JOBS, CULTURE)
    assert round_of(request, offer).broken_rule(request, offer) is None


def test_nobody_mentors_themself() -> None:
    request, offer = mentee(ADA), mentor(ADA)
    assert round_of(request, offer).broken_rule(request, offer) is HardRule.ONESELF


@pytest.mark.parametrize("who", [Role.MENTEE, Role.MENTOR])
def test_nobody_is_matched_with_their_manager_or_their_report_whoever_said_so(who: Role) -> None:
    request, offer = mentee(ADA), mentor(BEN)
    says = names(request, manager=BEN) if who is Role.MENTEE else names(offer, manager=ADA)
    assert round_of(request, offer, private_answers=[says]).broken_rule(request, offer) is HardRule.CHAIN_OF_COMMAND


def test_two_who_share_a_manager_may_be_matched() -> None:
    request, offer = mentee(ADA), mentor(BEN)
    both = [names(request, manager=CHI), names(offer, manager=CHI)]
    assert round_of(request, offer, private_answers=both).broken_rule(request, offer) is None


def test_a_wish_does_not_keep_anybody_apart() -> None:
    request, offer = mentee(ADA), mentor(BEN)
    assert round_of(request, offer, private_answers=[names(request, wish=BEN)]).broken_rule(request, offer) is None


def test_two_without_a_topic_in_common_are_kept_apart() -> None:
    request, offer = mentee(ADA, CAREER), mentor(BEN, JOBS)
    assert round_of(request, offer).broken_rule(request, offer) is HardRule.NO_SHARED_TOPIC


def test_two_who_are_partners_are_kept_apart_whoever_mentors_whom() -> None:
    for running in (partnership(ADA, BEN), partnership(BEN, ADA), partnership(ADA, BEN, cohort_id="c0")):
        request, offer = mentee(ADA), mentor(BEN)
        assert round_of(request, offer, partnerships=[running]).broken_rule(request, offer) is HardRule.ALREADY_PARTNERS


@pytest.mark.parametrize("state", MatchState)
def test_the_same_two_are_not_matched_again_in_the_round_unless_their_proposal_was_overtaken(state: MatchState) -> None:
    request, offer = mentee(ADA), mentor(BEN)
    expected = {MatchState.DECLINED: HardRule.DID_NOT_WORK, MatchState.REFUSED: HardRule.REJECTED}.get(state)
    if state in HOLDS_PLACE:
        expected = HardRule.NO_PLACE
    for before in (match(ADA, BEN, state), match(BEN, ADA, state)):
        assert round_of(request, offer, matches=[before]).broken_rule(request, offer) is expected
    assert round_of(request, offer, matches=[match(ADA, CHI, state)]).broken_rule(request, offer) is None


@pytest.mark.parametrize("accepted_by", [(), (ADA,), (BEN,)])
def test_an_offer_that_ran_out_keeps_two_apart_like_a_no_only_if_one_of_them_had_said_yes(
    accepted_by: tuple[str, ...],
) -> None:
    """Else who is proposed again, or is not, would tell whether somebody declined."""
    request, offer = mentee(ADA), mentor(BEN)
    lapsed = match(ADA, BEN, MatchState.LAPSED, accepted_by=accepted_by)
    expected = HardRule.DID_NOT_WORK if accepted_by else None
    assert round_of(request, offer, matches=[lapsed]).broken_rule(request, offer) is expected


@pytest.mark.parametrize("state", OVER)
def test_two_whose_partnership_is_over_are_kept_apart_until_the_next_round(state: PartnershipState) -> None:
    request, offer = mentee(ADA), mentor(BEN)
    for before in (partnership(ADA, BEN, state=state), partnership(BEN, ADA, state=state)):
        assert round_of(request, offer, partnerships=[before]).broken_rule(request, offer) is HardRule.DID_NOT_WORK
        earlier = replace(before, cohort_id="c0")
        assert round_of(request, offer, partnerships=[earlier]).broken_rule(request, offer) is None


def test_a_mentor_has_as_many_places_as_they_offered_less_those_proposed_offered_and_taken() -> None:
    offer = mentor(BEN, places=3)
    assert round_of(offer).free_places(offer) == 3
    assert round_of(offer, matches=[match(ADA)]).free_places(offer) == 2
    assert round_of(offer, matches=[match(ADA), offered(CHI)]).free_places(offer) == 1
    taken = round_of(offer, matches=[match(ADA), offered(CHI)], partnerships=[partnership("U0DEE", BEN)])
    assert taken.free_places(offer) == 0
    assert taken.free_places(offer, ignoring=match(ADA).id) == 1


@pytest.mark.parametrize("state", [state for state in MatchState if state not in HOLDS_PLACE])
def test_what_came_to_nothing_takes_no_place(state: MatchState) -> None:
    request = mentee(ADA)
    assert round_of(request, matches=[match(ADA, BEN, state)]).free_places(request) == 1


def test_a_partnership_that_is_over_takes_a_place_until_one_goes_back_to_the_pool() -> None:
    request, offer = mentee(ADA), mentor(BEN)
    for state in OVER:
        over = partnership(state=state)
        assert not round_of(request, partnerships=[over]).has_open_place(request)
        returned = round_of(request, offer, partnerships=[replace(over, back=(ADA,))])
        assert returned.has_open_place(request)
        assert not returned.has_open_place(offer)


def test_who_was_mentor_and_mentee_goes_back_with_the_application_that_the_partnership_was_about() -> None:
    request, offer = mentee(ADA), mentor(ADA)
    round_ = round_of(request, offer, partnerships=[partnership(ADA, BEN)])
    assert (round_.free_places(request), round_.free_places(offer)) == (0, 1)


def test_a_withdrawn_application_has_no_place() -> None:
    gone = withdrawn(mentor(places=3))
    assert (round_of(gone).free_places(gone), round_of(gone).has_open_place(gone)) == (0, False)


def test_who_missed_the_deadline_waits_for_the_next_round_and_still_has_room() -> None:
    late = mentee(sent_on=date(2026, 12, 22))
    assert (round_of(late).free_places(late), round_of(late).has_open_place(late)) == (0, True)


def test_nobody_is_matched_once_the_cohort_is_closed() -> None:
    round_ = round_of(mentee(), mentor(), cohort=CLOSED)
    assert round_.pool(Role.MENTEE) == round_.pool(Role.MENTOR) == []


def test_the_pool_holds_who_could_be_matched_longest_waiting_first() -> None:
    first, second = mentee("U2", sent_at=at("2026-11-24T09:00")), mentee("U1", sent_at=at("2026-11-25T09:00"))
    taken = mentee("U3", sent_at=at("2026-11-23T09:00"))
    round_ = round_of(second, first, taken, mentor(BEN), matches=[offered("U3", CHI)])
    assert round_.pool(Role.MENTEE) == [first, second]
    assert round_.pool(Role.MENTOR) == [mentor(BEN)]


def test_the_desk_shows_proposals_alone_and_the_best_first() -> None:
    matches = [match("U1", score=50), match("U2", score=90), match("U3", score=50), offered("U4", score=99)]
    assert [one.mentee for one in round_of(matches=matches).proposals()] == ["U2", "U1", "U3"]


def test_what_an_owner_approved_or_chose_is_no_longer_undecided() -> None:
    matches = [match("U1"), match("U2", approvals=("U0OWNER",)), match("U3", paired_by="U0OWNER"), offered("U4")]
    round_ = round_of(matches=matches)
    assert [one.mentee for one in round_.undecided_proposals()] == ["U1"]
    assert [one.mentee for one in round_.without_undecided_proposals().matches.values()] == ["U2", "U3", "U4"]


def test_the_version_of_a_round_changes_with_everything_that_matching_decides_on() -> None:
    round_ = round_of(mentee(), mentor(), matches=[match()], partnerships=[partnership()])
    assert round_.version == replace(round_).version
    others = [
        replace(round_, programme=replace(round_.programme, version=2)),
        round_of(withdrawn(mentee()), mentor(), matches=[match()], partnerships=[partnership()]),
        round_of(mentee(), mentor(), matches=[match(version=2)], partnerships=[partnership()]),
        round_of(mentee(), mentor(), matches=[match()], partnerships=[partnership(version=2)]),
        round_of(mentee(), mentor(), mentor(CHI), matches=[match()], partnerships=[partnership()]),
    ]
    versions = [one.version for one in (round_, *others)]
    assert len(set(versions)) == len(versions)


def gone(user: str) -> Person:
    return replace(person(user, AccountStatus.DEACTIVATED), left_at=at("2027-01-10T10:00"))


def test_whoever_has_left_is_out_of_the_pool_and_keeps_their_place_for_later() -> None:
    request, offer = mentee(ADA), mentor(BEN)
    away = round_of(request, offer, people=[gone(BEN)])
    assert away.pool(Role.MENTOR) == []
    assert away.free_places(offer) == 0
    assert away.has_open_place(offer)
    assert away.pool(Role.MENTEE) == [request]


@pytest.mark.parametrize("who", [ADA, BEN])
def test_nobody_is_paired_with_somebody_who_has_left(who: str) -> None:
    request, offer = mentee(ADA), mentor(BEN)
    away = round_of(request, offer, people=[gone(who)])
    assert away.broken_rule(request, offer) is HardRule.AWAY
    with pytest.raises(CannotPair) as refused:
        check_pair(away, request.id, offer.id, by=OWNER)
    assert refused.value == CannotPair(HardRule.AWAY, Role.MENTEE if who == ADA else Role.MENTOR)


def test_what_was_solved_with_somebody_who_has_left_since_does_not_hold() -> None:
    request, offer = mentee(ADA), mentor(BEN)
    assert round_of(request, offer).version != round_of(request, offer, people=[gone(BEN)]).version


def test_an_approved_match_with_somebody_who_has_left_is_overtaken_when_it_is_released() -> None:
    approved = match(ADA, BEN, approvals=(OWNER,))
    away = round_of(mentee(ADA), mentor(BEN), matches=[approved], people=[gone(ADA)])
    outcome = release(away, by=OWNER, now=at("2027-01-11T10:00"), new_id=new_ids())
    assert outcome == Outcome((approved.changed(state=MatchState.OVERTAKEN),))
