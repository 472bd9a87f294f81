"""What they read for whom there was nobody, when the matches of a round went out."""

from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Weights
from mentoring.matching.match import MatchState
from messages.ids import OPEN_REQUEST, OPEN_STATUS, OPEN_VOLUNTEER, WITHDRAW
from messages.notifications import NotificationObsolete
from tests.messages.contexts import scene_of, told
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
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
        "We have no mentor for you yet",
        "It is not about you",
        "You stay in the pool",
        "There is nothing that you need to do",
        "first in the queue",
        "comes along to the next round",
        "one more topic",
        "`/mentor`",
        f"Ask <@{OWEN}>",
    ):
        assert needed in words
    assert buttons(told(KIND)) == [(OPEN_STATUS, None), (OPEN_REQUEST, None), (WITHDRAW, REQUEST.id)]


def test_a_mentor_is_thanked() -> None:
    scene = scene_of(KIND, BEN, application=OTHERS_OFFER)
    assert "We have no mentee for you yet" in said(told(KIND, scene))
    assert "Thank you for offering your time" in said(told(KIND, scene))
    assert buttons(told(KIND, scene)) == [(OPEN_STATUS, None), (OPEN_VOLUNTEER, None), (WITHDRAW, OTHERS_OFFER.id)]


def test_a_locked_screen_does_not_show_it() -> None:
    assert told(KIND).text == "Where your request for a mentor stands"


def test_nobody_is_promised_a_place_in_the_queue_that_they_do_not_have() -> None:
    back = scene_of(KIND, own=(replace(ENDED, back=(ADA,)),))
    unweighed = scene_of(KIND, programme=replace(PLAIN, weights=Weights(waiting=0)))
    for scene in (back, unweighed):
        assert "queue" not in said(told(KIND, scene))
        assert "comes along to the next round" in said(told(KIND, scene))


@pytest.mark.parametrize("somebody", [{"own": (PARTNERSHIP,)}, {"own": (ENDED,)}, {"asked": (ASKED,)}])
def test_who_has_found_somebody_meanwhile_does_not_read_it(somebody: dict[str, Any]) -> None:
    with pytest.raises(NotificationObsolete, match="somebody-since"):
        told(KIND, scene_of(KIND, **somebody))


def test_what_came_to_nothing_or_is_of_another_application_is_nobody() -> None:
    elsewhere = replace(OTHER_PARTNERSHIP, mentee_application="A9")
    lapsed = replace(ASKED, state=MatchState.LAPSED)
    assert told(KIND, scene_of(KIND, own=(elsewhere,), asked=(lapsed,))) == told(KIND)


def test_it_is_not_said_when_the_round_is_over_or_another_one() -> None:
    for scene, cohort in (
        (scene_of(KIND, cohort=replace(COHORT, closed_on=LATER)), COHORT.id),
        (scene_of(KIND), "an earlier one"),
    ):
        with pytest.raises(NotificationObsolete, match="round-over"):
            told(KIND, scene, cohort=cohort)


def test_it_is_not_said_to_who_waits_for_the_next_round_by_now() -> None:
    with pytest.raises(NotificationObsolete, match="waits-for-next"):
        told(KIND, scene_of(KIND, application=late(REQUEST)))
