import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentoring.applications.application import Application
from mentoring.feedback.figures import Precision, Summary
from mentoring.home.needs import Need, NeedKind
from mentoring.matching.match import Match, MatchState
from mentoring.oversight.digest import DigestRhythm
from mentoring.partnerships.partnership import Partnership, Pause, RequestedPause
from mentoring.programmes.settings import Part
from mentoring.status import PartnershipStatus, RoundStatus, cohort_status
from messages import status
from messages.ids import (
    ACCEPT_MATCH,
    CLOSE_COHORT,
    DECLINE_MATCH,
    GO_BACK,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_APPLICATION,
    OPEN_PARTNERSHIPS,
    OPEN_PEOPLE,
    OPEN_REQUEST,
    OPEN_REVIEW,
    OPEN_SETUP,
    OPEN_STATUS,
    OPEN_VOLUNTEER,
    TELL_WAITING,
    WITHDRAW,
)
from messages.payloads import Message, check_message
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CLEO,
    CLOSED,
    COHORT,
    ENDED,
    HOPES,
    IN_TIME,
    MATCH,
    MATCHING,
    OFFER,
    OFFERED,
    OTHERS_OFFER,
    PARTNERSHIP,
    PLAIN,
    REPORT,
    REQUEST,
    RUNNING,
    late,
    withdrawn,
)
from tests.messages.pressing import buttons, confirmed, said


def cohort(*sent: Application, today: date = IN_TIME) -> Message:
    return status.cohort(cohort_status(PLAIN, COHORT, sent), PLAIN, COHORT, today)


def blocks(message: Message, kind: str) -> list[dict[str, Any]]:
    return [block for block in message.payload()["blocks"] if block["type"] == kind]


def test_a_person_sees_all_that_they_sent_and_can_change_or_withdraw_it() -> None:
    said = status.mine(PLAIN, COHORT, [(REQUEST, HOPES), (OFFER, OFFERED)], IN_TIME)
    assert buttons(said) == [
        (OPEN_REQUEST, None),
        (WITHDRAW, REQUEST.id),
        (OPEN_VOLUNTEER, None),
        (WITHDRAW, OFFER.id),
    ]
    assert confirmed(said, WITHDRAW)
    assert HOPES.hopes in [block.get("text", {}).get("text") for block in blocks(said, "section")]


def test_who_sent_nothing_is_shown_where_to_begin() -> None:
    assert buttons(status.mine(PLAIN, COHORT, [], IN_TIME)) == [
        (OPEN_REQUEST, None),
        (OPEN_VOLUNTEER, None),
    ]


def test_what_happens_next_depends_on_the_day() -> None:
    def next_step(application: Application, today: date) -> str:
        return str(status.mine(PLAIN, COHORT, [(application, None)], today).blocks[0])

    assert "close on 31 January 2027" in next_step(REQUEST, IN_TIME)
    assert "closed on 31 January 2027" in next_step(REQUEST, MATCHING)
    assert "You can still be matched" in next_step(REQUEST, RUNNING)
    assert "waiting list" in next_step(late(REQUEST), RUNNING)
    assert "ended on" in next_step(REQUEST, COHORT.ends_on + timedelta(days=1))
    assert "You withdrew this application" in next_step(withdrawn(REQUEST), IN_TIME)


def mine(*matches: Match, together: tuple[Partnership, ...] = (), **more: Any) -> Message:
    sent = [(more.get("application", REQUEST), HOPES)]
    return status.mine(PLAIN, more.get("cohort", COHORT), sent, RUNNING, matches, together)


def test_who_is_asked_can_answer_from_their_status() -> None:
    assert buttons(mine(ASKED))[:2] == [(ACCEPT_MATCH, ASKED.id), (DECLINE_MATCH, ASKED.id)]
    answered = mine(replace(ASKED, accepted_by=(ADA,)))
    assert ACCEPT_MATCH not in [action for action, _ in buttons(answered)]
    assert f"You accepted the match with <@{BEN}>" in said(answered)


def test_who_withdraws_while_they_are_asked_is_told_what_becomes_of_the_match() -> None:
    assert "This also ends the match" in said(mine(ASKED))
    assert "This also ends" not in said(mine())


def test_after_a_round_ones_application_waits_for_the_next() -> None:
    for over in (replace(COHORT, closed_on=RUNNING), replace(COHORT, ends_on=RUNNING - timedelta(days=1))):
        words = said(mine(cohort=over))
        assert "When the next round opens, your application moves into it, and the time you’ve waited counts." in words
        back = said(mine(cohort=over, together=(replace(CLOSED, back=(ADA,)),)))
        assert "your application moves into it. You don’t" in back, "the wait of who had somebody does not count"
        assert "the time you’ve waited counts." in said(mine(cohort=over, together=(replace(ENDED, back=(ADA,)),)))


def test_a_match_that_is_not_ones_own_or_not_open_is_not_shown() -> None:
    for match in (MATCH, replace(ASKED, state=MatchState.LAPSED), replace(ASKED, mentee_application="A9")):
        assert str(mine(match)) == str(mine())


def test_who_is_in_a_partnership_comes_to_it_in_one_click() -> None:
    assert buttons(mine(together=(PARTNERSHIP,))) == [(OPEN_PARTNERSHIPS, "R1")]
    assert f"Your partnership with <@{BEN}> lasts until 15 August 2027." in said(mine(together=(PARTNERSHIP,)))


def test_after_a_partnership_the_way_back_is_shown_until_it_is_taken() -> None:
    assert (GO_BACK, "R1") in buttons(mine(together=(ENDED,)))
    back = mine(together=(replace(ENDED, back=(ADA,)),))
    assert (GO_BACK, "R1") not in buttons(back)
    assert "You can be matched again" in said(back)
    closed = mine(together=(ENDED,), cohort=replace(COHORT, closed_on=RUNNING))
    assert (GO_BACK, "R1") not in buttons(closed)


def test_a_mentor_with_a_place_left_is_still_in_the_pool() -> None:
    words = said(mine(together=(PARTNERSHIP,), application=OTHERS_OFFER))
    assert "You have one free place and can be matched." in words
    assert "3 free places" not in words
    again_late = replace(OTHERS_OFFER, sent_on=COHORT.apply_by + timedelta(days=1))
    assert "can be matched" not in said(mine(together=(PARTNERSHIP,), application=again_late))


def report(found: PartnershipStatus = REPORT, today: date = RUNNING, **cohort_changes: Any) -> Message:
    changed = replace(COHORT, **cohort_changes)
    sent = (REQUEST, OTHERS_OFFER, replace(REQUEST, id="A9", person=CLEO))
    return status.cohort(cohort_status(PLAIN, changed, sent), PLAIN, changed, today, found)


def test_an_owner_sees_partnerships_in_numbers_and_who_is_quiet_for_how_long() -> None:
    words = said(report())
    for needed in (
        "*Active*\n2",
        "*Meetings this month*\n4",
        "*Mentees not matched yet*\n1",
        "*Completed*\n3",
        "*Ended early*\n1",
        f"• <@{ADA}> and <@{CLEO}>: 26 days",
        "*Before we begin*: 9 of 12 answered.",
        "6 of 8 answered. Average: 4.2 out of 5.",
    ):
        assert needed in words


def test_answers_are_shown_only_where_enough_have_answered() -> None:
    words = said(report(replace(REPORT, check_ins=Summary(8, 4))))
    assert "*Check-ins*: 4 of 8 answered.\n" in f"{words}\n"
    assert "added for at least five people together." in words
    assert "Meeting on a walk" not in words
    assert "Check-ins" not in said(report(replace(REPORT, check_ins=Summary(0, 0))))


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (Summary(30, 14, 10, 4.2), "14 of 30 answered. Average of 10 answers: 4.2 out of 5."),
        (Summary(30, 14, 14, 4.5, Precision.OR_MORE), "14 of 30 answered. Average: 4.5 or more out of 5."),
        (Summary(30, 14, 14, 1.5, Precision.OR_LESS), "14 of 30 answered. Average: 1.5 or less out of 5."),
        (Summary(30, 14, 14, 3.0, Precision.ABOUT), "14 of 30 answered. Average: about 3.0 out of 5."),
    ],
)
def test_an_average_says_of_how_many_answers_it_is_and_how_exact(summary: Summary, expected: str) -> None:
    assert expected in said(report(replace(REPORT, check_ins=summary)))


def test_an_owner_can_match_see_all_and_close() -> None:
    found = [action for action, _ in buttons(report())]
    assert found[:5] == [OPEN_REVIEW, OPEN_PEOPLE, OPEN_ALL_PARTNERSHIPS, TELL_WAITING, CLOSE_COHORT]
    assert confirmed(report(), CLOSE_COHORT)


def test_a_round_is_closed_once_and_not_before_it_starts() -> None:
    assert CLOSE_COHORT not in [action for action, _ in buttons(report(closed_on=RUNNING))]
    assert CLOSE_COHORT not in [action for action, _ in buttons(report(today=MATCHING))]


def test_in_a_closed_round_nobody_is_matched_and_what_runs_goes_on() -> None:
    closed = report(closed_on=RUNNING)
    assert OPEN_REVIEW not in [action for action, _ in buttons(closed)]
    assert "The round ended on 1 March 2027. 2 partnerships continue to their end dates." in said(closed)
    assert (OPEN_SETUP, Part.DATES) in buttons(closed)


def test_who_has_a_partner_waits_no_longer() -> None:
    waiting = [value for action, value in buttons(report()) if action == OPEN_APPLICATION]
    assert waiting == ["A9", "A7"]
    all_matched = replace(REPORT, taken=Counter(REPORT.taken) + Counter(filter(None, waiting)))
    assert OPEN_APPLICATION not in [action for action, _ in buttons(report(replace(all_matched, quiet=())))]
    assert "You don’t need to do anything." in said(report(replace(all_matched, quiet=())))


def test_before_there_is_a_match_there_are_no_numbers_of_partnerships() -> None:
    none = PartnershipStatus((), 0, 0, 0, 0, (), Summary(0, 0), Summary(0, 0))
    assert "Active" not in said(report(none, today=IN_TIME))


def test_an_owner_sees_every_topic_with_its_gap_first() -> None:
    (table,) = blocks(cohort(REQUEST, OFFER, replace(REQUEST, id="A3", person=BEN)), "table")
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows == [
        ["Topic", "Asked for", "Places offered", "Gap"],
        ["Work/life issues", "2", "0", "2 places short"],
        ["Career planning", "2", "2", "–"],
        ["Organisational culture", "0", "2", "–"],
    ]


def test_who_waits_longest_comes_first_and_each_can_be_opened() -> None:
    younger = replace(REQUEST, id="A3", person=BEN, sent_at=REQUEST.sent_at + timedelta(days=3))
    found = [value for action, value in buttons(cohort(younger, OFFER, REQUEST)) if action == OPEN_APPLICATION]
    assert found == ["A1", "A2", "A3"]


def test_a_crowd_is_cut_to_what_one_message_holds_and_says_so() -> None:
    crowd = [replace(REQUEST, id=f"A{n}") for n in range(40)]
    said = cohort(*crowd, *(late(each) for each in crowd))
    found = [action for action, _ in buttons(said)]
    assert found.count(OPEN_APPLICATION) == status.MOST_WAITING + status.MOST_LATE
    assert "And 25 more" in str(said.blocks)
    assert "And 35 more" in str(said.blocks)


def test_an_empty_round_says_how_to_fill_it() -> None:
    said = cohort()
    assert "no applications yet" in said.text
    assert blocks(said, "table") == []
    assert "Tell people" in str(said.blocks)


def test_missing_places_are_named_in_the_next_step() -> None:
    assert "You need 1 more place." in str(cohort(REQUEST, today=MATCHING).blocks)
    assert "You need" not in str(cohort(REQUEST, OFFER, today=MATCHING).blocks)


@pytest.mark.parametrize("number", [10, 12])
def test_what_needs_an_owner_of_many_programmes_fits_into_one_message(number: int) -> None:
    """Also with everything that there can be for each, and the five things in one of them."""
    rounds = [
        RoundStatus(
            replace(PLAIN, id=f"P{n}"), COHORT, cohort_status(PLAIN, COHORT, [REQUEST]), replace(REPORT, remarks=7)
        )
        for n in range(number)
    ]
    needs = {"P0": [Need(kind, 2, "matches") for kind in list(NeedKind)[1:7]]}
    shown = status.week(rounds, needs, DigestRhythm.WEEKLY)
    check_message(shown.payload())
    assert sum(action == OPEN_STATUS for action, _ in buttons(shown)) < number
    assert re.search(r"And \d+ more. To see one", said(shown))


def test_a_pause_is_said_to_be_asked_for_by_one_of_the_two_only_if_it_was() -> None:
    for by, who in ((ADA, "one of them"), ("U0OWNER", "an owner"), ("", "an owner")):
        paused = replace(PARTNERSHIP, pause=RequestedPause(by, datetime(2026, 12, 1, 9, tzinfo=UTC), None))
        report = replace(REPORT, paused=(Pause(paused, ()),))
        assert f"({who} asked for it)" in said(
            status.cohort(cohort_status(PLAIN, COHORT, ()), PLAIN, COHORT, IN_TIME, report)
        )


def test_nothing_else_needs_an_owner_if_another_message_has_just_told_the_rest() -> None:
    round_ = RoundStatus(PLAIN, COHORT, cohort_status(PLAIN, COHORT, ()), None)
    for told, words in (((), "Nothing needs you right now."), ((PLAIN.id,), "Nothing else needs you right now.")):
        assert words in said(status.week([round_], {}, DigestRhythm.WEEKLY, told))
