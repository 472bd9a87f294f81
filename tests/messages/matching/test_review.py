"""The review of proposals: its pages, buttons and forms."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mentoring.applications.application import Application
from mentoring.core.fields import FieldName
from mentoring.matching.errors import CannotPair
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match, MatchState
from messages import matching
from messages.errors.at_fields import field_errors
from messages.forms import meta_of
from messages.ids import (
    APPROVE,
    OPEN_APPLICATION,
    PAIR_BY_HAND,
    PAIR_FORM,
    PROPOSE,
    REFUSE,
    RELEASE,
    REVIEW_PAGE,
    TELL_WAITING,
    UNDO_REFUSAL,
    WHAT_WOULD_HELP,
    WHY_NOT,
)
from messages.payloads import check_view
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CLEO,
    COHORT,
    IN_TIME,
    MATCH,
    MATCHING,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    RUNNING,
    SUE,
    late,
    round_of,
)
from tests.messages.pressing import buttons, confirmed, inputs, options, said

MANY = tuple(replace(MATCH, id=f"M{n:02}", score=n) for n in range(30))


def view(*matches: Match, by: str = OWEN, page: int = 0, **more: Any) -> dict[str, Any]:
    today = more.pop("today", MATCHING)
    made = matching.view(round_of(*matches, **more), page, by=by, today=today)
    check_view(made)
    return made


def pressed(shown: dict[str, Any], match: Match) -> list[str]:
    """What can be done about a match."""
    return [action for action, value in buttons(shown) if value == match.id]


def test_with_people_and_no_proposals_the_way_is_to_propose_or_to_pair() -> None:
    assert buttons(view()) == [(PROPOSE, None), (PAIR_BY_HAND, None), (WHY_NOT, None), (WHAT_WOULD_HELP, None)]


def test_without_people_nothing_is_offered_that_would_come_to_nothing() -> None:
    for applications in ((), (OTHERS_OFFER,)):
        assert buttons(view(applications=applications)) == []


@pytest.mark.parametrize("others", [(), (late(OTHERS_OFFER),)])
def test_whoever_cannot_be_matched_can_be_told_where_they_stand(others: tuple[Application, ...]) -> None:
    shown = view(applications=(REQUEST, *others))
    assert [each for each in buttons(shown) if each[0] != WHAT_WOULD_HELP] == [(TELL_WAITING, COHORT.id)]
    assert "You can let people without a match know where they stand." in said(shown)
    without_result = matching.view(round_of(), 0, by=OWEN, today=MATCHING, just_proposed=True)
    assert (TELL_WAITING, COHORT.id) in buttons(without_result)


def test_what_would_help_is_asked_while_a_mentee_has_no_match_and_a_mentor_has_applied() -> None:
    for both in ((REQUEST, OTHERS_OFFER), (REQUEST, late(OTHERS_OFFER)), (late(REQUEST), OTHERS_OFFER)):
        assert (WHAT_WOULD_HELP, None) in buttons(view(applications=both))
    for one in (REQUEST, OTHERS_OFFER):
        assert (WHAT_WOULD_HELP, None) not in buttons(view(applications=(one,)))
    assert (WHAT_WOULD_HELP, None) not in buttons(view(MATCH))


def test_an_empty_review_says_what_to_do_next() -> None:
    assert "Press Propose matches" in said(view())
    assert "There are no open applications" in said(view(applications=()))
    assert "No mentor has a free place" in said(view(applications=(REQUEST,)))
    assert "No mentee needs a match right now" in said(view(applications=(OTHERS_OFFER,)))
    assert "No two available people can be matched under your rules" in said(
        matching.view(round_of(), 0, by=OWEN, today=MATCHING, just_proposed=True)
    )


def test_in_a_closed_round_nobody_is_matched() -> None:
    closed = replace(round_of(MATCH), cohort=replace(COHORT, closed_on=RUNNING))
    shown = matching.view(closed, 0, by=OWEN, today=RUNNING)
    assert buttons(shown) == []
    assert "closed on 1 March 2027" in said(shown)


def test_a_proposal_shows_both_people_why_and_whose_approval_is_missing() -> None:
    words = said(view(replace(MATCH, approvals=(SUE,))))
    for needed in (f"<@{ADA}>", f"<@{BEN}>", "86 of 100", "One asked for the other", "2 grades higher"):
        assert needed in words
    assert f"Approved by <@{SUE}>. Needs 1 approval: yours." in words
    assert "Needs 2 approvals: yours and <@USUE>’s." in said(view(MATCH))
    assert "Needs 1 approval. These owners can give it: <@UBEN> or <@USUE>." in said(
        view(replace(MATCH, approvals=(OWEN,), mentor=CLEO), owners=(OWEN, BEN, SUE))
    )


def test_both_applications_can_be_read_from_the_review() -> None:
    read = [value for action, value in buttons(view(MATCH)) if action == OPEN_APPLICATION]
    assert read == [REQUEST.id, OTHERS_OFFER.id]


def test_buttons_with_the_same_label_are_told_apart_by_a_screen_reader() -> None:
    shown = str(view(MATCH))
    for reads in (
        "View the application of Ada",
        "View the application of Ben",
        "Approve Ada and Ben",
        "Reject Ada and",
    ):
        assert reads in shown


def test_an_application_that_was_erased_leaves_its_proposal_readable_and_to_reject() -> None:
    assert pressed(view(MATCH, applications=()), MATCH) == [REFUSE]


def test_a_rejection_of_someone_who_was_erased_is_not_listed() -> None:
    refused = replace(MATCH, state=MatchState.REFUSED)
    assert "Rejected in this round" in said(view(refused))
    assert "Rejected in this round" not in said(view(replace(refused, mentee="")))


def test_one_approves_once_and_decides_nothing_that_one_is_part_of() -> None:
    assert pressed(view(MATCH), MATCH) == [APPROVE, REFUSE]
    assert pressed(view(replace(MATCH, approvals=(OWEN,))), MATCH) == [REFUSE]
    assert pressed(view(replace(MATCH, approvals=(OWEN, SUE)), by=CLEO, owners=(OWEN, SUE, CLEO)), MATCH) == [REFUSE]
    part_of_it = view(MATCH, by=ADA, owners=(OWEN, ADA, SUE))
    assert pressed(part_of_it, MATCH) == []
    assert "You’re in this match" in said(part_of_it)


def test_a_sole_owner_decides_even_on_their_own() -> None:
    assert pressed(view(MATCH, by=ADA, owners=(ADA,)), MATCH) == [APPROVE, REFUSE]


def test_refusing_and_releasing_ask_once_more() -> None:
    shown = view(replace(MATCH, approvals=(OWEN, SUE)))
    assert confirmed(shown, REFUSE)
    assert confirmed(shown, RELEASE)


def test_the_release_says_what_happens_to_people() -> None:
    ready = replace(MATCH, approvals=(OWEN, SUE))
    assert "Send 1 match" in said(view(ready))
    assert "ask both people in private" in said(view(ready))
    assert "introduce both people in a group message" in said(view(ready, programme=replace(PLAIN, ask_first=False)))


def test_the_release_says_what_those_hear_who_have_nobody() -> None:
    ready = replace(MATCH, approvals=(OWEN, SUE))
    cleo = replace(REQUEST, id="A5", person=CLEO)
    both_ways = replace(OTHERS_OFFER, id="A6", person=CLEO)
    told = "1 person is left without a match. We tell them, unless they were told in the last week."
    assert said(view(ready, applications=(REQUEST, OTHERS_OFFER, cleo, both_ways))).count(told) == 2, (
        "before the button is pressed, and when it asks"
    )
    half = replace(MATCH, id="M2", mentee=CLEO, mentee_application="A5")
    left = said(view(ready, half, applications=(REQUEST, OTHERS_OFFER, cleo, both_ways)))
    assert "People without a match are told when the last proposals are sent." in left
    assert "left without a match" not in left
    assert "told in this round" not in said(view(ready)), "there is nobody to tell"


def test_before_the_last_day_to_apply_the_owner_is_told_so_and_asked() -> None:
    ready = replace(MATCH, approvals=(OWEN, SUE))
    cleo = replace(REQUEST, id="A5", person=CLEO)
    shown = view(ready, applications=(REQUEST, OTHERS_OFFER, cleo), today=IN_TIME)
    still_open = "Applications are still open, until Sunday 31 January 2027."
    stays = "We tell them that they stay in the round, unless they were told in the last week."
    assert said(shown).count(still_open) == said(shown).count(stays) == 2
    assert confirmed(shown, RELEASE)
    assert still_open in said(view(ready, today=COHORT.apply_by))
    assert "still open" not in said(view(ready, today=COHORT.apply_by + timedelta(days=1)))


def test_proposing_again_asks_first_and_only_where_something_is_replaced() -> None:
    assert confirmed(view(MATCH), PROPOSE)
    ready = view(replace(MATCH, approvals=(SUE,)), applications=(REQUEST, replace(OTHERS_OFFER, places=3)))
    assert PROPOSE not in [action for action, _ in buttons(ready)]


def test_a_pair_made_by_hand_says_by_whom() -> None:
    assert f"Paired and approved by <@{SUE}>." in said(view(replace(MATCH, paired_by=SUE, approvals=(SUE,))))


def test_the_page_is_remembered_and_kept_within_what_there_is() -> None:
    assert matching.page_of(view(*MANY, page=1)) == 1
    assert matching.page_of(view(*MANY, page=9)) == 2
    assert matching.page_of(view(*MANY, page=-1)) == 0
    assert matching.page_of(view(page=3)) == 0


def test_one_turns_pages_where_there_are_any() -> None:
    def turns(page: int) -> list[str | None]:
        return [value for action, value in buttons(view(*MANY, page=page)) if action == REVIEW_PAGE]

    assert (turns(0), turns(1), turns(2)) == (["1"], ["0", "2"], ["1"])
    assert REVIEW_PAGE not in [action for action, _ in buttons(view(MATCH))]
    approve = [value for action, value in buttons(view(*MANY)) if action == APPROVE]
    assert approve == [f"M{n:02}" for n in range(29, 17, -1)]


def test_who_is_asked_is_shown_and_not_who_has_said_yes() -> None:
    waiting, answered = (said(view(replace(ASKED, accepted_by=accepted))) for accepted in ((), (ADA,)))
    assert waiting == answered
    assert "*Waiting for answers*\n• " in waiting


def test_who_waits_for_the_next_round_is_counted_apart() -> None:
    words = said(view(applications=(REQUEST, late(replace(REQUEST, id="A5", person=CLEO)))))
    assert f"Mentees without a match, longest wait first*\n• No mentor shares a topic: <@{ADA}>." in words
    assert "1 late application is waiting for the next round." in words


def test_who_meets_already_is_not_without_a_match() -> None:
    assert "Without a match" not in said(
        view(applications=(REQUEST, replace(OTHERS_OFFER, places=1)), partnerships=(PARTNERSHIP,))
    )


@pytest.mark.parametrize("state", [each for each in MatchState if each is not MatchState.PROPOSED])
def test_only_proposals_can_be_decided_on(state: MatchState) -> None:
    shown = view(replace(MATCH, state=state, offered_at=ASKED.offered_at))
    assert pressed(shown, MATCH) == ([UNDO_REFUSAL] if state is MatchState.REFUSED else [])


def test_the_form_offers_who_is_free_by_name_and_what_they_ask_for() -> None:
    form = matching.pair_form(round_of(), {}, by=OWEN, root="V1")
    check_view(form)
    assert options(form, FieldName.MENTEE) == [("A1", "Ada · Career planning, Work/life issues")]
    assert options(form, FieldName.MENTOR) == [("A7", "Ben · IT · Organisational culture, Career planning")]
    assert (meta_of(form).form, meta_of(form).root) == (PAIR_FORM, "V1")


def test_somebody_without_a_name_can_still_be_chosen() -> None:
    form = matching.pair_form(replace(round_of(), people={}), {}, by=OWEN)
    assert options(form, FieldName.MENTEE)[0][1].startswith("Name not known yet")


def test_in_a_crowd_one_is_found_by_slacks_own_search() -> None:
    crowd = [replace(REQUEST, id=f"A{n}", person=f"U{n:03}") for n in range(1000, 1130)]
    form = matching.pair_form(round_of(applications=(*crowd, OTHERS_OFFER)), {}, by=OWEN)
    check_view(form)
    assert inputs(form)[FieldName.MENTEE]["element"]["type"] == "users_select"
    assert "130 available" in inputs(form)[FieldName.MENTEE]["hint"]["text"]
    assert options(form, FieldName.MENTOR)
    assert matching.pair_values(round_of(applications=(*crowd, OTHERS_OFFER)), crowd[0], OTHERS_OFFER) == {
        FieldName.MENTEE: crowd[0].person,
        FieldName.MENTOR: OTHERS_OFFER.id,
    }


def test_with_nobody_to_pair_the_form_says_so() -> None:
    form = matching.pair_form(round_of(applications=(REQUEST,)), {}, by=OWEN)
    check_view(form)
    assert inputs(form) == {}


def test_what_was_chosen_is_read_and_gaps_stay_empty() -> None:
    assert matching.parse_pair({"mentee": "A1", "mentor": "A7", "reason": "So."}) == ("A1", "A7", "So.")
    assert matching.parse_pair({"mentee": None}) == ("", "", "")
    with pytest.raises(ValueError, match="validation error") as raised:
        matching.parse_pair({"mentee": ["a secret"]})
    assert "secret" not in str(raised.value)


def test_a_missing_place_stands_at_the_person_who_has_none() -> None:
    form = matching.pair_form(round_of(), {}, by=OWEN)
    assert list(field_errors(CannotPair(HardRule.NO_PLACE, "mentor"), form, PLAIN)) == [FieldName.MENTOR]
    assert list(field_errors(CannotPair(HardRule.ONESELF, None), form, PLAIN)) == [FieldName.MENTEE]
