"""What people hear of a match, before and after they are asked."""

from dataclasses import replace

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import Person
from mentoring.matching.match import MatchState, Reason, ReasonKind
from messages.ids import ACCEPT_MATCH, DECLINE_MATCH, OPEN_REVIEW, OPEN_STATUS, WITHDRAW
from messages.notifications import NotificationObsolete
from tests.messages.contexts import OF_A_FAILED_OFFER, OF_A_MATCH, OF_AN_OFFER, context_of, told
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CLEO,
    COHORT,
    HOPES,
    LATER,
    MATCH,
    OFFERED,
    OTHERS_OFFER,
    OWEN,
    PLAIN,
    REQUEST,
    round_of,
    withdrawn,
)
from tests.messages.pressing import buttons, confirmed, said


@pytest.mark.parametrize("kind", OF_A_MATCH)
def test_nothing_is_said_of_a_match_that_is_gone(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="match-gone"):
        told(kind, context_of(kind, match=None))


@pytest.mark.parametrize("kind", [*OF_AN_OFFER, NotificationKind.OFFER_ACCEPTED])
@pytest.mark.parametrize("state", [MatchState.DECLINED, MatchState.LAPSED, MatchState.OVERTAKEN])
def test_nobody_is_asked_about_a_match_that_is_over(kind: NotificationKind, state: MatchState) -> None:
    with pytest.raises(NotificationObsolete, match="offer-over"):
        told(kind, context_of(kind, match=replace(ASKED, state=state)))


@pytest.mark.parametrize("kind", OF_AN_OFFER)
def test_who_has_answered_or_is_not_asked_hears_nothing_more(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="answered"):
        told(kind, context_of(kind, match=replace(ASKED, accepted_by=(ADA,))))
    with pytest.raises(NotificationObsolete, match="not-asked"):
        told(kind, context_of(kind, CLEO))


@pytest.mark.parametrize("kind", OF_A_FAILED_OFFER)
@pytest.mark.parametrize("state", [MatchState.OFFERED, MatchState.ACCEPTED])
def test_a_match_that_stands_is_not_called_over(kind: NotificationKind, state: MatchState) -> None:
    with pytest.raises(NotificationObsolete, match="offer-stands"):
        told(kind, context_of(kind, match=replace(ASKED, state=state)))


def test_who_said_yes_first_is_not_thanked_after_the_introduction() -> None:
    with pytest.raises(NotificationObsolete, match="introduced-since"):
        told(
            NotificationKind.OFFER_ACCEPTED,
            context_of(NotificationKind.OFFER_ACCEPTED, match=replace(ASKED, state=MatchState.ACCEPTED)),
        )


@pytest.mark.parametrize("reader", [ADA, BEN])
def test_an_offer_shows_what_the_form_said_the_other_would_read_and_nothing_else(reader: str) -> None:
    offer = said(told(NotificationKind.MATCH_OFFERED, context_of(NotificationKind.MATCH_OFFERED, reader)))
    other = OTHERS_OFFER if reader == ADA else REQUEST
    assert f"<@{other.person}>" in offer
    for shared in (*other.topics, other.languages, other.department):
        assert shared in offer
    for owners_read in (HOPES.hopes, OFFERED.hopes, f"<@{HOPES.manager}>", "Head of department", "grade", "Preferred"):
        assert owners_read not in offer
    assert buttons(told(NotificationKind.MATCH_OFFERED, context_of(NotificationKind.MATCH_OFFERED, reader))) == [
        (ACCEPT_MATCH, ASKED.id),
        (DECLINE_MATCH, ASKED.id),
    ]


def test_an_offer_without_the_others_application_is_not_made() -> None:
    with pytest.raises(NotificationObsolete, match="profile-gone"):
        told(NotificationKind.MATCH_OFFERED, context_of(NotificationKind.MATCH_OFFERED, profiles={}))


@pytest.mark.parametrize("kind", OF_AN_OFFER)
def test_declining_asks_once_more_and_accepting_does_not(kind: NotificationKind) -> None:
    assert confirmed(told(kind), DECLINE_MATCH)
    assert not confirmed(told(kind), ACCEPT_MATCH)


@pytest.mark.parametrize("kind", [*OF_AN_OFFER, NotificationKind.OFFER_ACCEPTED])
def test_the_day_of_the_lapse_is_named_on_the_readers_own_clock(kind: NotificationKind) -> None:
    assert "Monday 15 February 2027 at <!date^1802700000^{time}|14:00>" in said(told(kind))
    context = context_of(kind)
    far_east = replace(context, reader=replace(context.reader, time_zone="Pacific/Auckland"))
    assert "Tuesday 16 February 2027 at <!date^1802700000^{time}|03:00>" in said(told(kind, far_east))
    unknown = replace(context, reader=Person(ADA))
    assert "<!date^1802700000^{date} at {time}|15 February 2027 at 14:00 (UTC)>" in said(told(kind, unknown))


@pytest.mark.parametrize("kind", OF_AN_OFFER)
def test_no_answer_is_not_called_a_no(kind: NotificationKind) -> None:
    assert "expires" in said(told(kind))
    assert "as a no" not in said(told(kind))


def test_an_offer_says_how_long_it_would_last_which_is_the_shorter_of_the_two_wishes() -> None:
    assert (REQUEST.months, OTHERS_OFFER.months) == (6, 12)
    assert "would last 6 months" in said(told(NotificationKind.MATCH_OFFERED))


def test_the_other_reads_the_same_whether_it_was_declined_or_lapsed() -> None:
    messages = {
        told(
            NotificationKind.OFFER_OVER,
            context_of(NotificationKind.OFFER_OVER, match=replace(ASKED, state=state, accepted_by=accepted)),
        )
        .payload()
        .__repr__()
        for state in (MatchState.DECLINED, MatchState.LAPSED, MatchState.OVERTAKEN)
        for accepted in ((), (ADA,), (BEN,))
        if accepted or state is not MatchState.LAPSED
    }
    assert len(messages) == 1


def test_that_the_time_ran_out_is_said_if_neither_has_answered() -> None:
    ran_out = context_of(NotificationKind.OFFER_OVER, match=replace(ASKED, state=MatchState.LAPSED))
    words = said(told(NotificationKind.OFFER_OVER, ran_out))
    assert "has expired.* Neither of you answered in time. You may be matched again." in words
    assert "did not work out" not in words


def test_the_owners_do_not_hear_who_it_was() -> None:
    messages = {
        str(told(NotificationKind.OWNERS_OFFER_OVER, context_of(NotificationKind.OWNERS_OFFER_OVER, match=match)))
        for match in (
            replace(ASKED, state=MatchState.DECLINED, accepted_by=(ADA,)),
            replace(ASKED, state=MatchState.DECLINED, accepted_by=(BEN,)),
            replace(ASKED, state=MatchState.LAPSED),
        )
    }
    assert len(messages) == 1


@pytest.mark.parametrize("kind", [NotificationKind.OFFER_DECLINED, NotificationKind.OFFER_OVER])
def test_after_an_offer_one_can_still_be_matched_and_can_withdraw(kind: NotificationKind) -> None:
    assert buttons(told(kind)) == [(OPEN_STATUS, None), (WITHDRAW, REQUEST.id)]
    assert "You can still be matched with someone else, and we’ll ask you first." in said(told(kind))
    at_once = context_of(kind, programme=replace(PLAIN, ask_first=False))
    assert "ask you first" not in said(told(kind, at_once))


def test_withdrawing_says_what_becomes_of_another_match_that_one_is_asked_about() -> None:
    kind = NotificationKind.OFFER_OVER
    assert "also ends" not in said(told(kind))
    asked = replace(ASKED, id="M2", mentor=CLEO, mentor_application="A8")
    assert "also ends the match" in said(told(kind, context_of(kind, own_matches=(asked,))))
    assert "also ends the matches" in said(told(kind, context_of(kind, own_matches=(asked, replace(asked, id="M3")))))


@pytest.mark.parametrize("kind", [NotificationKind.OFFER_DECLINED, NotificationKind.OFFER_OVER])
def test_who_has_withdrawn_is_not_told_that_they_can_still_be_matched(kind: NotificationKind) -> None:
    gone = context_of(kind, applications={Role.MENTEE: withdrawn(REQUEST)}, profiles={})
    assert buttons(told(kind, gone)) == []
    assert "still be matched" not in said(told(kind, gone))


def test_nobody_can_still_be_matched_in_a_round_that_is_closed() -> None:
    closed = context_of(NotificationKind.OFFER_OVER, cohort=replace(COHORT, closed_on=LATER))
    assert "still be matched" not in said(told(NotificationKind.OFFER_OVER, closed))


def test_owners_come_to_the_review_in_one_click() -> None:
    for kind in (NotificationKind.REVIEW, NotificationKind.OPERATOR_RELEASED, NotificationKind.OWNERS_OFFER_OVER):
        assert buttons(told(kind))[0] == (OPEN_REVIEW, None)


def test_what_happens_to_people_after_a_release_at_the_command_line_is_said() -> None:
    kind = NotificationKind.OPERATOR_RELEASED
    assert "We are asking the people" in said(told(kind))
    at_once = context_of(kind, programme=replace(PLAIN, ask_first=False))
    assert "We are introducing the people" in said(told(kind, at_once))


def test_owners_hear_that_the_app_admin_approved_only_where_it_was_so() -> None:
    kind = NotificationKind.OPERATOR_RELEASED
    assert "approved" not in said(told(kind))
    assert "They also approved proposals that owners hadn’t." in said(told(kind, match="M1"))


def test_a_sole_owner_is_not_told_that_two_decide() -> None:
    kind = NotificationKind.REVIEW
    assert "owners approve each one" in said(told(kind))
    assert "owners approve each one" not in said(told(kind, context_of(kind, round=round_of(MATCH, owners=(OWEN,)))))


def test_who_is_asked_about_somebody_with_other_working_hours_reads_so() -> None:
    kind = NotificationKind.MATCH_OFFERED
    note = "Your working hours don’t overlap with those of"
    assert note not in said(told(kind))
    apart = replace(ASKED, reasons=(*ASKED.reasons, Reason(ReasonKind.NO_SHARED_HOURS)))
    assert note in said(told(kind, context_of(kind, match=apart)))
