"""What they read for whom there was nobody, when the matches of a round went out."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Weights
from mentoring.matching.match import MatchState
from messages.ids import OPEN_REQUEST, OPEN_STATUS, OPEN_VOLUNTEER, WITHDRAW
from messages.notifications import NotificationObsolete
from tests.messages.contexts import context_of, told
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CLOSED,
    COHORT,
    ENDED,
    LATER,
    OTHER_PARTNERSHIP,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    late,
)
from tests.messages.pressing import buttons, said

KIND = NotificationKind.UNMATCHED


def test_a_mentee_reads_that_it_is_not_about_them_what_comes_next_and_what_they_can_do() -> None:
    words = said(told(KIND))
    for needed in (
        "We don’t have a mentor for you yet",
        "It isn’t about you",
        "We may still find you a match in this round. We’ll ask you first.",
        "Keep waiting",
        "Withdraw, if you no longer want a match",
        "You get at most 3 messages like this in a round",
        "The time you’ve waited counts in your favour",
        "Otherwise your application moves to the next round",
        "Add a topic",
        "`/mentor`",
        f"Ask <@{OWEN}>",
    ):
        assert needed in words
    assert buttons(told(KIND)) == [(OPEN_STATUS, None), (OPEN_REQUEST, None), (WITHDRAW, REQUEST.id)]


def test_a_mentor_is_thanked() -> None:
    context = context_of(KIND, BEN, application=OTHERS_OFFER)
    assert "We don’t have a mentee for you yet" in said(told(KIND, context))
    assert "Thank you for offering your time" in said(told(KIND, context))
    assert buttons(told(KIND, context)) == [(OPEN_STATUS, None), (OPEN_VOLUNTEER, None), (WITHDRAW, OTHERS_OFFER.id)]


def test_a_locked_screen_does_not_show_it() -> None:
    assert told(KIND).text == "News about your application for a mentor"


def test_nobody_reads_that_their_wait_counts_where_it_does_not() -> None:
    back = context_of(KIND, own_partnerships=(replace(CLOSED, back=(ADA,)),))
    unweighed = context_of(KIND, programme=replace(PLAIN, weights=Weights(waiting=0)))
    for context in (back, unweighed):
        assert "waited" not in said(told(KIND, context))
        assert "your application moves to the next round" in said(told(KIND, context))


def test_nobody_is_promised_what_the_round_does_not_hold() -> None:
    at_once = context_of(KIND, programme=replace(PLAIN, ask_first=False))
    assert "We’ll ask you first" not in said(told(KIND, at_once))
    has_all = context_of(KIND, programme=replace(PLAIN, topics=REQUEST.topics))
    assert "Add a topic" not in said(told(KIND, has_all))
    ended = context_of(KIND, today=COHORT.ends_on.replace(year=2029))
    assert "in this round. " not in said(told(KIND, ended))
    assert "Add a topic" not in said(told(KIND, ended))


@pytest.mark.parametrize(
    "somebody", [{"own_partnerships": (PARTNERSHIP,)}, {"own_partnerships": (ENDED,)}, {"own_matches": (ASKED,)}]
)
def test_who_has_found_somebody_meanwhile_does_not_read_it(somebody: dict[str, Any]) -> None:
    with pytest.raises(NotificationObsolete, match="somebody-since"):
        told(KIND, context_of(KIND, **somebody))


def test_what_came_to_nothing_or_is_of_another_application_is_nobody() -> None:
    elsewhere = replace(OTHER_PARTNERSHIP, mentee_application="A9")
    lapsed = replace(ASKED, state=MatchState.LAPSED)
    assert told(KIND, context_of(KIND, own_partnerships=(elsewhere,), own_matches=(lapsed,))) == told(KIND)


def test_it_is_not_said_when_the_round_is_over_or_another_one() -> None:
    for context, cohort in (
        (context_of(KIND, cohort=replace(COHORT, closed_on=LATER)), COHORT.id),
        (context_of(KIND), "an earlier one"),
    ):
        with pytest.raises(NotificationObsolete, match="round-over"):
            told(KIND, context, cohort=cohort)


def test_it_is_not_said_to_who_waits_for_the_next_round_by_now() -> None:
    with pytest.raises(NotificationObsolete, match="waits-for-next"):
        told(KIND, context_of(KIND, application=late(REQUEST)))


@pytest.mark.parametrize("day", [COHORT.opens_on, COHORT.apply_by])
def test_while_people_can_apply_nobody_is_told_that_the_matches_of_the_round_are_made(day: date) -> None:
    words = said(told(KIND, context_of(KIND, today=day)))
    assert "The first matches of this round are made." in words
    assert (
        "Applications are open until Sunday 31 January 2027, so more people may apply. You stay in the round." in words
    )
    for untrue in ("This round’s matches are made", "we couldn’t match you", "Applications closed"):
        assert untrue not in words
    after = said(told(KIND, context_of(KIND, today=COHORT.apply_by + timedelta(days=1))))
    assert "This round’s matches are made" in after
