"""Somebody leaves, and what follows for everybody else; and what goes on when they are back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest

from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Person, ProfileUpdate
from mentoring.core.programmes import Programme
from mentoring.matching.match import Match, MatchState
from mentoring.partnerships.partnership import Partnership, PartnershipState, pause_of
from mentoring.people.absences import AbsenceContext, AffectedProgramme, affected_since, update_profile
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    KOLKATA,
    NEW_YORK,
    OWNER,
    SECOND,
    changed,
    match,
    notice_to,
    offered,
    partnership,
    told,
)
from tests.mentoring.values import PROGRAMME, at, person

MONDAY = at("2027-03-01T10:00")
BACK = at("2027-04-12T10:00")
BENS_OTHER = partnership(CHI, BEN, id="s2")


def gone(user: str = BEN, left_at: datetime | None = MONDAY, **facts: str) -> Person:
    return replace(person(user, AccountStatus.DEACTIVATED, **facts), left_at=left_at)


def involved(
    before: Person,
    *partnerships: Partnership,
    matches: Iterable[Match] = (),
    owners: tuple[str, ...] = (OWNER,),
    others: Iterable[Person] = (),
    programme: Programme | None = PROGRAMME,
) -> AbsenceContext:
    """Everybody lives in London but those among `others`."""
    usual = {user: person(user) for user in (ADA, CHI, DEE, *owners)}
    people = usual | {one.id: one for one in others} | {before.id: before}
    affected = AffectedProgramme(programme.id, owners, partnerships, tuple(matches)) if programme else None
    return AbsenceContext(before, (affected,) if affected else (), people)


def leaves(*partnerships: Partnership, **more: object) -> Outcome:
    return update_profile(involved(person(BEN), *partnerships, **more), gone(left_at=None), MONDAY)  # type: ignore[arg-type]


def returns(*partnerships: Partnership, **more: object) -> Outcome:
    return update_profile(involved(gone(), *partnerships, **more), person(BEN), BACK)  # type: ignore[arg-type]


def test_who_leaves_is_known_to_have_left_since_then_and_keeps_their_time_zone() -> None:
    before = person(BEN, time_zone=NEW_YORK)
    outcome = update_profile(involved(before), gone(left_at=None, time_zone="UTC"), MONDAY)
    assert outcome == Outcome((ProfileUpdate(gone(time_zone=NEW_YORK), MONDAY),))


def test_the_partner_and_the_owners_hear_it_and_the_leaver_nothing() -> None:
    assert told(leaves(partnership())) == [
        (NotificationKind.PARTNER_LEFT, ADA),
        (NotificationKind.OWNERS_PERSON_LEFT, OWNER),
    ]


def test_of_two_partnerships_each_partner_hears_of_theirs_and_an_owner_once_of_both() -> None:
    outcome = leaves(partnership(), BENS_OTHER, owners=(OWNER, SECOND))
    assert told(outcome) == [
        (NotificationKind.PARTNER_LEFT, ADA),
        (NotificationKind.PARTNER_LEFT, CHI),
        (NotificationKind.OWNERS_PERSON_LEFT, OWNER),
        (NotificationKind.OWNERS_PERSON_LEFT, SECOND),
    ]
    assert notice_to(outcome, CHI).refs == {"partnership": "s2"}
    assert notice_to(outcome, OWNER).refs == {"person": BEN, "left": MONDAY.isoformat(), "programme": "p1"}


def test_the_partnership_itself_stays_as_it_is() -> None:
    assert changed(leaves(partnership()), Partnership) == []


def test_a_departure_is_told_once_however_often_slack_says_it() -> None:
    again = update_profile(involved(gone(), partnership()), gone(left_at=None), BACK)
    assert again == Outcome((ProfileUpdate(gone(), BACK),))


def test_another_departure_is_another_thing_to_tell() -> None:
    later = update_profile(involved(person(BEN), partnership()), gone(left_at=None), BACK)
    assert {n.key for n in leaves(partnership()).notifications}.isdisjoint(n.key for n in later.notifications)


def test_somebody_known_to_be_deactivated_before_departures_were_told_is_told_of_now() -> None:
    outcome = update_profile(involved(gone(left_at=None), partnership()), gone(left_at=None), MONDAY)
    assert (NotificationKind.PARTNER_LEFT, ADA) in told(outcome)


@pytest.mark.parametrize("state", [PartnershipState.ENDED, PartnershipState.CLOSED])
def test_nobody_hears_of_a_departure_after_the_partnership_is_over(state: PartnershipState) -> None:
    assert told(leaves(partnership(state=state, over_at=at("2027-02-01T10:00")))) == []


def test_an_owner_who_is_part_of_it_hears_of_it_as_the_partner_alone() -> None:
    assert told(leaves(partnership(OWNER, BEN))) == [(NotificationKind.PARTNER_LEFT, OWNER)]


def test_when_an_owner_leaves_the_other_owners_hear_that_nothing_waits_for_them() -> None:
    outcome = update_profile(involved(person(OWNER), owners=(OWNER, SECOND)), gone(OWNER, None), MONDAY)
    assert told(outcome) == [(NotificationKind.OWNER_LEFT, SECOND)]
    assert notice_to(outcome, SECOND).refs == {"person": OWNER, "left": MONDAY.isoformat(), "programme": "p1"}
    alone = update_profile(involved(person(OWNER), owners=(OWNER,)), gone(OWNER, None), MONDAY)
    assert told(alone) == []


def test_when_a_facilitator_leaves_the_owners_hear_it_and_who_is_an_approver_too_leaves_as_one() -> None:
    def told_of(facilitators: tuple[str, ...], committee: tuple[str, ...] = ()) -> list[tuple[NotificationKind, str]]:
        context = involved(person(BEN), owners=(OWNER, SECOND))
        (programme,) = context.programmes
        of_roles = replace(context, programmes=(replace(programme, facilitators=facilitators, committee=committee),))
        return told(update_profile(of_roles, gone(left_at=None), MONDAY))

    owners = [(NotificationKind.OWNER_LEFT, OWNER), (NotificationKind.OWNER_LEFT, SECOND)]
    assert told_of(facilitators=(BEN,)) == owners
    assert told_of(facilitators=(BEN,), committee=(BEN, CHI)) == [*owners, (NotificationKind.OWNER_LEFT, CHI)]
    assert told_of(facilitators=(CHI,)) == []


def test_who_is_away_too_is_not_written_to() -> None:
    assert told(leaves(partnership(), others=[gone(ADA), gone(OWNER)])) == []


def test_before_there_is_a_programme_only_the_person_is_kept() -> None:
    assert leaves(partnership(), programme=None).notifications == ()


def test_an_offer_is_over_and_the_other_hears_only_that_it_did_not_work_out() -> None:
    outcome = leaves(matches=[offered(ADA, BEN)])
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert told(outcome) == [(NotificationKind.OFFER_OVER, ADA), (NotificationKind.OWNERS_OFFER_OVER, OWNER)]


def test_a_proposal_leaves_the_desk_and_nobody_hears_of_it() -> None:
    outcome = leaves(matches=[match(ADA, BEN)])
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert told(outcome) == []


def test_who_is_back_is_no_longer_known_as_gone_and_all_hear_that_it_goes_on() -> None:
    outcome = returns(partnership())
    assert changed(outcome, ProfileUpdate) == [ProfileUpdate(person(BEN), BACK)]
    assert told(outcome) == [
        (NotificationKind.WELCOME_BACK, BEN),
        (NotificationKind.PARTNER_BACK, ADA),
        (NotificationKind.OWNERS_PERSON_BACK, OWNER),
    ]


def test_who_is_back_in_two_partnerships_gets_one_word() -> None:
    outcome = returns(partnership(), BENS_OTHER)
    assert told(outcome, NotificationKind.WELCOME_BACK) == [(NotificationKind.WELCOME_BACK, BEN)]
    assert told(outcome, NotificationKind.PARTNER_BACK) == [
        (NotificationKind.PARTNER_BACK, ADA),
        (NotificationKind.PARTNER_BACK, CHI),
    ]


def test_it_does_not_go_on_while_the_other_one_is_away() -> None:
    assert told(returns(partnership(), others=[gone(ADA)])) == [
        (NotificationKind.WELCOME_BACK, BEN),
        (NotificationKind.OWNERS_PERSON_BACK, OWNER),
    ]


def test_what_ended_meanwhile_is_what_they_come_back_to() -> None:
    ended = partnership(state=PartnershipState.ENDED, over_at=at("2027-03-20T10:00"))
    assert told(returns(ended)) == [(NotificationKind.WELCOME_BACK, BEN)]


def test_who_comes_back_to_nothing_is_left_in_peace() -> None:
    over_before = partnership(state=PartnershipState.CLOSED, over_at=at("2027-02-20T10:00"))
    assert told(returns(over_before)) == []
    assert told(returns()) == []


def test_a_new_name_or_zone_is_kept_without_a_word() -> None:
    moved = Person(BEN, AccountStatus.MEMBER, "Benedict", KOLKATA)
    assert update_profile(involved(person(BEN), partnership()), moved, MONDAY) == Outcome(
        (ProfileUpdate(moved, MONDAY),)
    )


def test_a_partnership_is_paused_while_it_is_active_and_one_of_the_two_is_away() -> None:
    earlier = gone(ADA, at("2027-02-01T10:00"))
    assert pause_of(partnership(), {BEN: person(BEN)}) is None
    assert pause_of(partnership(state=PartnershipState.ENDED), {BEN: gone()}) is None
    one, both = pause_of(partnership(), {BEN: gone()}), pause_of(partnership(), {BEN: gone(), ADA: earlier})
    assert one is not None
    assert both is not None
    assert (one.unavailable, one.since) == ((gone(),), MONDAY)
    assert (both.unavailable, both.since) == ((earlier, gone()), earlier.left_at)


def test_an_absence_affects_what_ran_then_and_nothing_that_began_later() -> None:
    running, later = partnership(ADA, BEN, id="s1"), partnership(CHI, BEN, id="s2", introduced_at=BACK)
    ended_before = replace(running, id="s3", state=PartnershipState.ENDED, over_at=at("2027-02-01T10:00"))
    ended_since = replace(running, id="s4", state=PartnershipState.ENDED, over_at=BACK)
    assert affected_since((running, later, ended_before, ended_since), MONDAY) == (running, ended_since)
