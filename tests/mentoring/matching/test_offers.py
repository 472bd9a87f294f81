"""Both are asked in private: they accept and are introduced, or it did not work out and nobody is to blame."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.applications.application import Application, ApplicationState
from mentoring.applications.errors import AlreadyWithdrawn
from mentoring.core.errors import NotForYou
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.matching.errors import AlreadyAccepted, NotYourOffer, OfferOver
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import FAILED, Match, MatchState
from mentoring.matching.offers import answer_offer, close_offer, make_offer, withdraw
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.partnership import Partnership
from tests.mentoring.factories import (
    ADA,
    BEN,
    CAREER,
    CHI,
    CULTURE,
    DEE,
    JOBS,
    KOLKATA,
    NEW_YORK,
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
from tests.mentoring.values import at, person

LATER = STARTED + timedelta(days=2)
TWO = (mentee(ADA), mentor(BEN))
OPEN = round_of(*TWO, matches=[offered()], owners=(OWNER, SECOND))
CLOSED_STATES = [state for state in MatchState if state not in (MatchState.OFFERED, MatchState.ACCEPTED)]


def says(round_: MatchingRound, by: str, *, accepts: bool, id: str = f"{ADA}-{BEN}") -> Outcome:
    return answer_offer(round_, round_.matches[id], by=by, accepts=accepts, now=LATER, new_id="s1")


def both_accept(round_: MatchingRound, first: str = ADA) -> Outcome:
    """What comes of the second yes."""
    half = after(round_, says(round_, first, accepts=True))
    return says(half, BEN if first == ADA else ADA, accepts=True)


# Asking.


def test_each_is_asked_in_private_and_a_reminder_and_a_lapse_are_promised() -> None:
    people = [person(ADA, time_zone=KOLKATA), person(BEN, time_zone=NEW_YORK)]
    round_ = round_of(*TWO, people=people)
    outcome = make_offer(round_, match(approvals=(OWNER,)), STARTED)
    assert changed(outcome, Match) == [offered(version=2)]
    assert told(outcome) == [(NotificationKind.MATCH_OFFERED, ADA), (NotificationKind.MATCH_OFFERED, BEN)]
    assert all(not notice.second_recipient and notice.due is None for notice in outcome.notifications)
    # Five days after a Monday is a Saturday: the reminder comes on the Friday.
    assert [(one.kind, one.person, one.due) for one in changed(outcome, ScheduledJob)] == [
        (JobKind.OFFER_REMINDER, ADA, at("2027-01-08T03:30")),
        (JobKind.OFFER_REMINDER, BEN, at("2027-01-08T14:00")),
        (JobKind.OFFER_LAPSE, "", at("2027-01-11T10:00")),
        (JobKind.OFFER_RUNNING_OUT, "", at("2027-01-07T10:00")),  # Friday begins in Kiritimati
    ]


# Accepting.


@pytest.mark.parametrize(("first", "second"), [(ADA, BEN), (BEN, ADA)])
def test_the_first_yes_is_thanked_and_the_other_hears_nothing_of_it(first: str, second: str) -> None:
    outcome = says(OPEN, first, accepts=True)
    assert changed(outcome, Match) == [offered(accepted_by=(first,), version=2)]
    assert told(outcome) == [(NotificationKind.OFFER_ACCEPTED, first)]
    assert outcome.notifications[0].is_reply
    assert changed(outcome, Partnership) == []


@pytest.mark.parametrize("first", [ADA, BEN])
def test_the_second_yes_begins_a_partnership_for_the_shorter_time_on_the_topics_they_share(first: str) -> None:
    ada = mentee(ADA, JOBS, CAREER, CULTURE, months=9)
    outcome = both_accept(round_of(ada, mentor(BEN, CAREER, JOBS, months=7), matches=[offered()]), first)
    assert changed(outcome, Partnership) == [
        Partnership(
            id="s1",
            cohort_id="c1",
            match_id=f"{ADA}-{BEN}",
            mentee_application=f"{ADA}-mentee",
            mentor_application=f"{BEN}-mentor",
            mentee=ADA,
            mentor=BEN,
            topics=(JOBS, CAREER),
            months=7,
            introduced_at=LATER,
        )
    ]
    (accepted,) = changed(outcome, Match)
    assert (accepted.state, set(accepted.accepted_by), accepted.version) == (MatchState.ACCEPTED, {ADA, BEN}, 3)


def test_both_are_introduced_in_one_conversation_the_second_hears_so_and_nobody_else_is_told() -> None:
    receipt, notice = both_accept(OPEN).notifications
    assert (receipt.kind, receipt.is_reply) == (NotificationKind.OFFER_ACCEPTED, True)
    assert (notice.kind, {notice.recipient, notice.second_recipient}) == (NotificationKind.INTRODUCED, {ADA, BEN})
    assert dict(notice.refs) == {"partnership": "s1"}


def test_a_new_partnership_has_all_its_promises_for_each_of_the_two() -> None:
    promises = changed(both_accept(OPEN), ScheduledJob)
    each = [
        JobKind.FIRST_MEETING,
        JobKind.SECOND_MEETING,
        JobKind.MONTHLY,
        JobKind.CHECK_IN,
        JobKind.END_QUESTION,
        JobKind.SURVEY,
    ]
    for user in (ADA, BEN):
        assert [one.kind for one in promises if one.person == user] == each
    assert [one.kind for one in promises if not one.person] == [JobKind.CLOSE]
    assert {dict(one.refs)["partnership"] for one in promises} == {"s1"}


def test_who_said_yes_may_think_better_of_it_while_the_other_has_not_answered() -> None:
    half = after(OPEN, says(OPEN, ADA, accepts=True))
    outcome = says(half, ADA, accepts=False)
    assert changed(outcome, Match)[0].state is MatchState.DECLINED
    assert told(outcome)[:2] == [(NotificationKind.OFFER_DECLINED, ADA), (NotificationKind.OFFER_OVER, BEN)]


@pytest.mark.parametrize("accepts", [True, False])
def test_only_the_two_are_asked(accepts: bool) -> None:
    for somebody in (CHI, OWNER, ""):
        with pytest.raises(NotYourOffer):
            says(OPEN, somebody, accepts=accepts)


@pytest.mark.parametrize("state", CLOSED_STATES)
@pytest.mark.parametrize("accepts", [True, False])
def test_an_offer_that_is_not_open_is_answered_by_nobody(state: MatchState, accepts: bool) -> None:
    with pytest.raises(OfferOver):
        says(round_of(*TWO, matches=[match(ADA, BEN, state)]), ADA, accepts=accepts)


@pytest.mark.parametrize("state", sorted(FAILED))
def test_who_said_yes_and_says_it_again_hears_that_it_is_over_once_it_is(state: MatchState) -> None:
    with pytest.raises(OfferOver):
        says(round_of(*TWO, matches=[match(ADA, BEN, state, accepted_by=(ADA,))]), ADA, accepts=True)


# It did not work out.


@pytest.mark.parametrize(("who", "other"), [(ADA, BEN), (BEN, ADA)])
def test_who_declines_is_thanked_and_the_other_and_the_owners_hear_that_it_did_not_work_out(
    who: str, other: str
) -> None:
    outcome = says(OPEN, who, accepts=False)
    assert changed(outcome, Match) == [replace(offered(version=2), state=MatchState.DECLINED)]
    assert sorted(told(outcome)) == sorted(
        [
            (NotificationKind.OFFER_DECLINED, who),
            (NotificationKind.OFFER_OVER, other),
            (NotificationKind.OWNERS_OFFER_OVER, OWNER),
            (NotificationKind.OWNERS_OFFER_OVER, SECOND),
        ]
    )


def test_both_hear_the_same_when_an_offer_lapses() -> None:
    outcome = close_offer(offered(), MatchState.LAPSED, owners=(OWNER,))
    assert told(outcome) == [
        (NotificationKind.OFFER_OVER, ADA),
        (NotificationKind.OFFER_OVER, BEN),
        (NotificationKind.OWNERS_OFFER_OVER, OWNER),
    ]
    assert changed(outcome, Match)[0].state is MatchState.LAPSED


@pytest.mark.parametrize(("who", "other"), [(ADA, BEN), (BEN, ADA)])
def test_what_the_other_gets_does_not_say_whether_somebody_declined_withdrew_or_never_answered(
    who: str, other: str
) -> None:
    declined = says(OPEN, who, accepts=False)
    lapsed = close_offer(offered(), MatchState.LAPSED, owners=OPEN.owners)
    one = next(a for a in TWO if a.person == who)
    gone = withdraw(OPEN, one, by=who)
    assert notice_to(declined, other) == notice_to(lapsed, other) == notice_to(gone, other)
    for owner in OPEN.owners:
        assert notice_to(declined, owner) == notice_to(lapsed, owner) == notice_to(gone, owner)


@pytest.mark.parametrize("accepted_by", [(), (ADA,), (BEN,)])
@pytest.mark.parametrize("who", [ADA, BEN])
def test_no_notice_says_who_declined_or_who_had_accepted(who: str, accepted_by: tuple[str, ...]) -> None:
    round_ = round_of(*TWO, matches=[offered(id="m1", accepted_by=accepted_by)], owners=(OWNER, SECOND))
    for notice in says(round_, who, accepts=False, id="m1").notifications:
        assert dict(notice.refs) == {"match": "m1"}
        assert notice.recipient == who or who not in notice.key


@pytest.mark.parametrize("owner", [ADA, BEN])
def test_an_owner_who_is_one_of_the_two_hears_no_more_than_the_others(owner: str) -> None:
    round_ = replace(OPEN, owners=(owner, SECOND))
    other = BEN if owner == ADA else ADA
    outcome = says(round_, other, accepts=False)
    assert told(outcome, NotificationKind.OWNERS_OFFER_OVER) == [(NotificationKind.OWNERS_OFFER_OVER, SECOND)]
    assert notice_to(outcome, owner).kind is NotificationKind.OFFER_OVER


def test_both_are_free_again_and_not_for_each_other() -> None:
    over_ = after(OPEN, says(OPEN, ADA, accepts=False))
    assert all(over_.free_places(one) == 1 for one in TWO)
    assert over_.broken_rule(*TWO) is HardRule.DID_NOT_WORK


# Withdrawing and applying while an offer is open.


@pytest.mark.parametrize(("one", "other"), [(TWO[0], BEN), (TWO[1], ADA)])
def test_withdrawing_while_an_offer_is_open_ends_it_like_declining(one: Application, other: str) -> None:
    outcome = withdraw(OPEN, one, by=one.person)
    assert changed(outcome, Application)[0].state is ApplicationState.WITHDRAWN
    assert [found.state for found in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert sorted(told(outcome)) == sorted(
        [
            (NotificationKind.APPLICATION_WITHDRAWN, one.person),
            (NotificationKind.OFFER_OVER, other),
            (NotificationKind.OWNERS_OFFER_OVER, OWNER),
            (NotificationKind.OWNERS_OFFER_OVER, SECOND),
        ]
    )


def test_a_mentor_who_withdraws_leaves_every_offer_and_proposal_and_no_partnership() -> None:
    ben = mentor(BEN, places=3)
    matches = [offered(ADA), match(CHI), match(DEE, state=MatchState.ACCEPTED), match("U5", state=MatchState.LAPSED)]
    outcome = withdraw(round_of(ben, mentee(ADA), mentee(CHI), matches=matches), ben, by=BEN)
    assert {one.mentee: one.state for one in changed(outcome, Match)} == {
        ADA: MatchState.OVERTAKEN,
        CHI: MatchState.OVERTAKEN,
    }
    assert changed(outcome, Partnership) == []


def test_withdrawing_the_request_leaves_what_concerns_the_offer() -> None:
    request = mentee(ADA)
    round_ = round_of(request, mentor(ADA), matches=[offered(CHI, ADA)])
    assert changed(withdraw(round_, request, by=ADA), Match) == []


def test_nobody_withdraws_for_somebody_else_nor_twice() -> None:
    with pytest.raises(NotForYou):
        withdraw(OPEN, mentee(ADA), by=BEN)
    gone = after(OPEN, withdraw(OPEN, mentee(ADA), by=ADA))
    with pytest.raises(AlreadyWithdrawn):
        withdraw(gone, gone.applications[f"{ADA}-mentee"], by=ADA)


def test_who_changes_their_application_while_an_offer_is_open_is_introduced_by_what_holds_then() -> None:
    now = replace(OPEN, applications={one.id: replace(one, months=8, version=2) for one in TWO})
    assert changed(both_accept(now), Partnership)[0].months == 8


# Whatever they answer.


@given(st.lists(st.tuples(st.sampled_from((ADA, BEN, CHI)), st.booleans()), max_size=6), st.booleans())
def test_an_offer_ends_once_and_everybody_hears_it_once(answers: list[tuple[str, bool]], lapses: bool) -> None:
    round_, owed = OPEN, list[Notification]()
    for who, accepts in answers:
        try:
            outcome = says(round_, who, accepts=accepts)
        except (NotYourOffer, OfferOver, AlreadyAccepted):
            continue
        round_, owed = after(round_, outcome), [*owed, *outcome.notifications]
    (state,) = [one.state for one in round_.matches.values()]
    if lapses and state is MatchState.OFFERED:
        outcome = close_offer(next(iter(round_.matches.values())), MatchState.LAPSED, owners=OPEN.owners)
        owed += outcome.notifications
        state = MatchState.LAPSED
    assert len({notice.key for notice in owed}) == len(owed)
    endings = {NotificationKind.INTRODUCED, NotificationKind.OFFER_OVER, NotificationKind.OFFER_DECLINED}
    heard = [
        user
        for notice in owed
        if notice.kind in endings
        for user in (notice.recipient, notice.second_recipient)
        if user
    ]
    assert sorted(heard) == ([] if state is MatchState.OFFERED else [ADA, BEN])
    assert len(round_.partnerships) == (state is MatchState.ACCEPTED)
