from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.applications.application import Application, Role
from mentoring.core.programmes import Segment
from mentoring.core.roles import ProgrammeRole
from messages import help
from messages.ids import (
    LOG_MEETING,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_HELP,
    OPEN_PARTNERSHIPS,
    OPEN_PEOPLE,
    OPEN_REQUEST,
    OPEN_REVIEW,
    OPEN_SETUP,
    OPEN_STATUS,
    OPEN_VOLUNTEER,
    OPENS,
    WITHDRAW,
    Subcommand,
)
from messages.payloads import Message
from tests.messages.examples import (
    BEN,
    COHORT,
    CUSTOM,
    ENDED,
    IN_TIME,
    OFFER,
    OTHER_PARTNERSHIP,
    OTHERS_OFFER,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    gone,
    withdrawn,
)
from tests.messages.pressing import buttons, confirmed


def helped(*sent: Application, owner: bool = False, days: int = 0) -> Message:
    by_role = {application.role: application for application in sent}
    return help.help(PLAIN, COHORT, (ProgrammeRole.OWNER,) if owner else (), by_role, IN_TIME + timedelta(days=days))


def test_a_newcomer_can_ask_or_offer() -> None:
    assert buttons(helped()) == [(OPEN_REQUEST, None), (OPEN_VOLUNTEER, None)]
    assert "How it works" in str(helped().blocks)


def test_an_applicant_can_look_change_withdraw_and_take_the_other_role_too() -> None:
    assert buttons(helped(REQUEST)) == [
        (OPEN_STATUS, None),
        (OPEN_REQUEST, None),
        (WITHDRAW, REQUEST.id),
        (OPEN_VOLUNTEER, None),
    ]


def test_withdrawing_asks_once_more() -> None:
    assert confirmed(helped(REQUEST, OFFER), WITHDRAW)


def test_what_was_withdrawn_can_be_sent_again() -> None:
    assert buttons(helped(withdrawn(REQUEST), OFFER)) == [
        (OPEN_REQUEST, None),
        (OPEN_STATUS, None),
        (OPEN_VOLUNTEER, None),
        (WITHDRAW, OFFER.id),
    ]


def test_an_owner_finds_the_round_the_matches_and_the_set_up_first_and_may_take_part_as_well() -> None:
    assert [action for action, _ in buttons(helped(owner=True))] == [
        OPEN_STATUS,
        OPEN_PEOPLE,
        OPEN_ALL_PARTNERSHIPS,
        OPEN_REVIEW,
        OPEN_SETUP,
        OPEN_REQUEST,
        OPEN_VOLUNTEER,
    ]


@pytest.mark.parametrize("days", [-30, 600])
def test_nothing_is_offered_that_would_be_refused(days: int) -> None:
    assert buttons(helped(days=days)) == []
    assert buttons(helped(withdrawn(REQUEST), days=days)) == []
    assert buttons(helped(REQUEST, days=days)) == [(OPEN_STATUS, None), (WITHDRAW, REQUEST.id)]


def test_nobody_is_matched_once_the_round_is_over() -> None:
    assert OPEN_REVIEW not in [action for action, _ in buttons(helped(owner=True, days=600))]


def test_a_partner_logs_a_meeting_first_and_is_not_asked_to_withdraw() -> None:
    said = help.help(PLAIN, COHORT, (), {Role.MENTEE: REQUEST}, IN_TIME, (PARTNERSHIP,))
    assert buttons(said) == [(LOG_MEETING, "R1"), (OPEN_PARTNERSHIPS, "R1"), (OPEN_VOLUNTEER, None)]


def test_with_several_partnerships_the_form_asks_which() -> None:
    said = help.help(PLAIN, COHORT, (), {Role.MENTEE: REQUEST}, IN_TIME, (PARTNERSHIP, OTHER_PARTNERSHIP, ENDED))
    assert buttons(said)[:2] == [(LOG_MEETING, None), (OPEN_PARTNERSHIPS, None)]


def test_while_the_other_is_away_nothing_is_expected_and_a_meeting_may_still_be_logged() -> None:
    away = {BEN: gone(BEN)}
    said = help.help(PLAIN, COHORT, (), {Role.MENTEE: REQUEST}, IN_TIME, (PARTNERSHIP,), away)
    assert "You don’t need to do anything" in str(said.blocks)
    assert buttons(said)[:2] == [(LOG_MEETING, "R1"), (OPEN_PARTNERSHIPS, "R1")]


def test_with_one_who_is_there_and_one_who_is_away_it_goes_on() -> None:
    away = {BEN: gone(BEN)}
    said = help.help(PLAIN, COHORT, (), {}, IN_TIME, (PARTNERSHIP, OTHER_PARTNERSHIP), away)
    assert "Met? Log it" in str(said.blocks)


def test_a_mentor_with_a_place_left_can_still_change_or_withdraw() -> None:
    said = help.help(PLAIN, COHORT, (), {Role.MENTOR: OTHERS_OFFER}, IN_TIME, (PARTNERSHIP,))
    assert (WITHDRAW, OTHERS_OFFER.id) in buttons(said)


def test_a_partnership_that_is_over_is_no_longer_offered_here() -> None:
    said = help.help(PLAIN, COHORT, (), {Role.MENTEE: REQUEST}, IN_TIME, (ENDED,))
    assert buttons(said) == buttons(helped(REQUEST))


def test_after_the_deadline_one_may_still_apply_and_knows_what_it_means() -> None:
    late = helped(days=30)
    assert "waiting list" in str(late.blocks)
    assert len(buttons(late)) == 2


def test_who_applied_in_time_is_not_put_on_the_waiting_list() -> None:
    assert "waiting list" not in str(helped(REQUEST, OFFER, days=30).blocks)
    top, *_, other_role, _ = map(str, helped(REQUEST, days=30).blocks)
    assert "waiting list" not in top
    assert "If you apply now, you join the waiting list for the next round." in other_role


@pytest.mark.parametrize(
    ("segment", "open_to"),
    [
        (Segment(), "Open to all members."),
        (Segment(("Collections", "IT")), "Open to people in Collections or IT."),
        (Segment(grades=("Assistant",)), "Open to people of grade Assistant."),
        (Segment(("IT",), ("Assistant", "Librarian")), "Open to people of grade Assistant or Librarian in IT."),
    ],
)
def test_help_says_whom_the_programme_is_open_to(segment: Segment, open_to: str) -> None:
    programme = replace(PLAIN, for_mentees=segment, for_mentors=segment, service_months=18)
    said = str(help.help(programme, COHORT, (), {}, IN_TIME).blocks)
    assert open_to in said
    assert f"{open_to.removesuffix('.')} who have worked here for at least 18 months." in said


def test_guests_read_that_they_may_apply_where_they_may() -> None:
    assert "all members and guests" in str(help.help(CUSTOM, COHORT, (), {}, IN_TIME).blocks)


def test_only_a_programme_that_asks_first_says_so() -> None:
    assert "You can say no" in str(helped().blocks)
    at_once = help.help(replace(PLAIN, ask_first=False), COHORT, (), {}, IN_TIME)
    assert "You can say no" not in str(at_once.blocks)


def test_a_service_of_nothing_is_not_mentioned() -> None:
    said = help.help(replace(PLAIN, service_months=0), COHORT, (), {}, IN_TIME)
    assert "worked here" not in str(said.blocks)


@pytest.mark.parametrize("nearest", [each for each in Subcommand if each is not Subcommand.HELP])
def test_a_misspelt_word_gets_the_nearest_one_as_a_button(nearest: Subcommand) -> None:
    said = help.did_you_mean(nearest, CUSTOM)
    assert buttons(said) == [(OPENS[nearest], None), (OPEN_HELP, None)]


@pytest.mark.parametrize("nearest", [None, Subcommand.HELP])
def test_a_word_like_none_of_ours_leads_to_help(nearest: Subcommand | None) -> None:
    assert buttons(help.did_you_mean(nearest, None)) == [(OPEN_HELP, None)]


def test_the_buttons_speak_the_programmes_words() -> None:
    said = str(help.help(CUSTOM, COHORT, (), {Role.MENTEE: REQUEST}, IN_TIME).blocks)
    assert "Volunteer as a guide" in said
    assert "applied for a guide" in said
    assert "mentor" not in said.replace("/mentor", "")
