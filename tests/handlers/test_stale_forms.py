"""A form that was left open: what it is about is over or changed meanwhile, and whoever sends it hears what is the case
now, changes nothing, and finds what they typed again.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mentoring.core.outcome import Outcome
from messages import ids
from tests.handlers import acts, report_story
from tests.handlers.acts import form
from tests.handlers.agreement_story import MEETINGS, switch, with_agreements
from tests.handlers.report_story import with_report
from tests.handlers.requests import all_heard, answers, clicked, held
from tests.handlers.starting_points import (
    ADA,
    ANOTHER_TIME,
    BEN,
    CHECK_IN_DAY,
    MET,
    TODO,
    after_days,
    founded,
    logged,
    one_applied,
    partners,
    proposed,
    regular_offered,
    time_booked,
    two_proposed,
)
from tests.handlers.support import Json, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot

Begin = Callable[[LocalBot], str]


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


LOG = form(acts.button(ids.LOG_MEETING), ids.MEETING_FORM, lambda _: {**MET, **TODO})
CORRECT = form(acts.button(ids.CORRECT_MEETING), ids.MEETING_FORM, lambda _: {"notes": "Mine."})
REQUESTS = form(acts.command("request"), ids.APPLICATION_FORM, lambda _: {**REQUEST, "hopes": "Mine."})
PAIRS = form(acts.button(ids.PAIR_BY_HAND), ids.PAIR_FORM, lambda _: dict(acts.PAIR))
CHECKS_IN = form(acts.button(ids.OPEN_CHECK_IN), ids.CHECK_IN_FORM, lambda _: acts.WENT_ON)


APPROVES = form(acts.button(ids.APPROVE_SEVERAL), ids.APPROVALS_FORM, lambda _: {})


def sets_dates(town: LocalBot, user: str, _: str) -> Json:
    return clicked(town, user, ids.OPEN_SETUP, "dates")


AGREES = form(acts.button(ids.OPEN_AGREEMENT), ids.AGREEMENT_FORM, lambda _: dict(MEETINGS))
REPORTS = form(acts.button(ids.WRITE_REPORT), ids.REPORT_FORM, lambda _: {"next_steps-1": "Mine."})
PLACE = form(acts.button(ids.CHANGE_PLACE), ids.PLACE_FORM, lambda _: {"meeting_place": "Mine."})
REGULAR = form(
    lambda town, user, _: clicked(town, user, ids.MEET_REGULARLY, rows(town)["partnerships"][0]["id"]),
    ids.REGULAR_FORM,
    lambda _: {"first_meeting": int(ANOTHER_TIME.timestamp())},
)
OTHER_PLACE = form(acts.button(ids.CHANGE_PLACE), ids.PLACE_FORM, lambda _: {"meeting_place": "Theirs."})
ENDS = form(acts.button(ids.CHANGE_END), ids.END_FORM, lambda _: {"end_choice": "now"})
DATES = form(sets_dates, ids.SETUP_FORM, lambda _: {"apply_by": "2026-12-22"})


def by_click(user: str, action: str) -> Callable[[LocalBot, str], object]:
    return lambda town, about: answers(town, clicked(town, user, action, about))


def keeps(town: LocalBot, match: str) -> None:
    answers(town, acts.deed(ids.MenuAction.PIN)(town, SECOND_OWNER, match))


def withdraws(town: LocalBot, _: str) -> None:
    answers(town, clicked(town, ADA, ids.WITHDRAW, f"mentee-{ADA}"))


def corrects_elsewhere(town: LocalBot, about: str) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        meeting = tx.meetings.get(about)
        assert meeting
        tx.save(Outcome((replace(meeting, minutes=30, version=meeting.version + 1),)))


def closes(town: LocalBot, _: str) -> None:
    answers(town, clicked(town, SECOND_OWNER, ids.CLOSE_COHORT, str(rows(town)["cohorts"][0]["id"])))


def changes_the_topics(town: LocalBot, _: str) -> None:
    def opens(town: LocalBot, user: str, _: str) -> Json:
        return clicked(town, user, ids.OPEN_SETUP, "choices")

    answers(town, form(opens, ids.SETUP_FORM, lambda _: {"topics": "Knots"})(town, OWNER, ""))


def both_finish(town: LocalBot, partnership: str) -> None:
    for user in (ADA, BEN):
        answers(town, clicked(town, user, ids.FINISH_REPORT, f"{partnership}:1:0"))


STALE_FORMS = (
    ("a request that was withdrawn", one_applied, REQUESTS, ADA, withdraws, "You withdrew this application while"),
    ("a request after the round", founded, REQUESTS, ADA, closes, "This round has ended"),
    ("a request whose topics changed", founded, REQUESTS, ADA, changes_the_topics, "no longer on the list"),
    ("a pause of what ended", partners, acts.PAUSES, ADA, by_click(BEN, ids.END_PARTNERSHIP), "has already ended"),
    ("a log of what ended", partners, LOG, ADA, by_click(BEN, ids.END_PARTNERSHIP), "has already ended"),
    (
        "a correction of what was corrected",
        logged,
        CORRECT,
        ADA,
        corrects_elsewhere,
        "This changed while you had it open",
    ),
    ("a pair of one who withdrew", one_applied, PAIRS, OWNER, withdraws, "isn’t available"),
    ("a pair in a closed round", one_applied, PAIRS, OWNER, closes, "already closed"),
    (
        "a swap of what was refused",
        two_proposed,
        acts.swaps,
        OWNER,
        by_click(SECOND_OWNER, ids.REFUSE),
        "has been rejected",
    ),
    (
        "an approval of what was refused",
        proposed,
        APPROVES,
        OWNER,
        by_click(SECOND_OWNER, ids.REFUSE),
        "has been rejected",
    ),
    ("an approval of one who withdrew", proposed, APPROVES, OWNER, withdraws, "no longer available"),
    ("an approval in a closed round", proposed, APPROVES, OWNER, closes, "already closed"),
    ("a swap of what another owner keeps", two_proposed, acts.swaps, OWNER, keeps, "has approved or kept one"),
    (
        "an agreement of what ended",
        with_agreements,
        AGREES,
        ADA,
        by_click(BEN, ids.END_PARTNERSHIP),
        "has already ended",
    ),
    (
        "an agreement that the programme no longer has",
        with_agreements,
        AGREES,
        ADA,
        lambda town, _: switch(town, on=False),
        "doesn’t use agreements",
    ),
    ("a report of what ended", with_report, REPORTS, ADA, by_click(BEN, ids.END_PARTNERSHIP), "has already ended"),
    (
        "a report that the programme no longer has",
        with_report,
        REPORTS,
        ADA,
        lambda town, _: report_story.switch(town, on=False),
        "doesn’t use progress reports",
    ),
    (
        "a report that both have finished meanwhile",
        with_report,
        REPORTS,
        ADA,
        both_finish,
        "No meeting is logged for a report yet",
    ),
    (
        "a check-in of what ended",
        after_days(CHECK_IN_DAY),
        CHECKS_IN,
        ADA,
        by_click(BEN, ids.END_PARTNERSHIP),
        "has already ended",
    ),
    (
        "a place of a meeting that was cancelled",
        time_booked,
        PLACE,
        ADA,
        by_click(BEN, ids.CANCEL_PLANNED),
        "not open any more",
    ),
    (
        "a place that the other has changed",
        time_booked,
        PLACE,
        ADA,
        lambda town, planned: answers(town, OTHER_PLACE(town, BEN, planned)),
        "This changed while you had it open",
    ),
    (
        "a regular time where the other's was taken",
        regular_offered,
        REGULAR,
        ADA,
        by_click(BEN, ids.TAKE_REGULAR),
        "You two meet at a regular time already",
    ),
    (
        "another end of what ended",
        partners,
        ENDS,
        ADA,
        by_click(BEN, ids.END_PARTNERSHIP),
        "has already ended",
    ),
    ("dates of a round that was closed", founded, DATES, OWNER, closes, "saved a change first"),
)


@pytest.mark.parametrize(
    ("begin", "make", "user", "over", "says"), [row[1:] for row in STALE_FORMS], ids=[row[0] for row in STALE_FORMS]
)
def test_a_form_that_was_left_open_says_what_is_the_case_changes_nothing_and_keeps_what_was_typed(
    town: LocalBot,
    begin: Begin,
    make: Callable[[LocalBot, str, str], Json],
    user: str,
    over: Callable[[LocalBot, str], object],
    says: str,
) -> None:
    about = begin(town)
    sent = make(town, user, about)
    over(town, about)
    before, heard = held(town, "drafts"), all_heard(town)
    (said,) = answers(town, sent)
    assert says in said, said
    assert (held(town, "drafts"), all_heard(town)) == (before, heard)
    assert len(rows(town)["drafts"]) == 1


def test_a_correction_that_was_refused_comes_back_with_all_that_was_typed(town: LocalBot) -> None:
    meeting = logged(town)
    sent = CORRECT(town, ADA, meeting)
    corrects_elsewhere(town, meeting)
    answers(town, sent)
    Story(town).leaves(ADA)
    again = form(acts.button(ids.CORRECT_MEETING), ids.MEETING_FORM, lambda _: {})(town, ADA, meeting)
    assert "Mine." in str(again["view"]["state"])
    assert answers(town, again) == [""]
    assert [row["notes"] for row in rows(town)["meeting_notes"]] == ["Mine."]
    assert rows(town)["drafts"] == []


def test_an_application_sent_again_by_a_proxy_after_it_was_withdrawn_stays_withdrawn(town: LocalBot) -> None:
    founded(town)
    sent = REQUESTS(town, ADA, "")
    answers(town, sent)
    answers(town, clicked(town, ADA, ids.WITHDRAW, str(rows(town)["applications"][0]["id"])))
    heard = all_heard(town)
    answers(town, sent)
    assert [row["state"] for row in rows(town)["applications"]] == ["withdrawn"]
    assert all_heard(town) == heard
