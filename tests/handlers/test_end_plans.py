"""Changing the end together: in the message before it, at Home and in the list of partnerships."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from messages import ids
from tests.handlers.requests import all_heard, answers, clicked
from tests.handlers.starting_points import ADA, BEN, TWO_MONTHS_LONGER, introduced, later
from tests.handlers.support import post, rows
from tests.journeys.story import Story, messages_of
from tests.local_bot import LocalBot
from tests.one_programme import programme_and_cohort

QUESTION_DAY = 140
"""Days from the day after the introduction until both have been asked, six weeks before 23 May 2027."""


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced yesterday, a Monday, for half a year; the partnership's id."""
    found = introduced(town, ADA, BEN)
    later(town, days=1)
    return found


def proposes(town: LocalBot, user: str, pair: str, choice: str, day: str = "") -> Any:
    """They fill in the form, opened by a button under a message; what Slack is answered."""
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.PROPOSE_END, pair))
    person = town.person(user)
    person.await_view(ids.END_FORM)
    person.fill({"end_choice": choice, **({"end_day": day} if day else {})})
    submitted = person.submit()
    town.settle()
    return submitted


def says(town: LocalBot, user: str, action: str, value: str) -> list[str]:
    found = answers(town, clicked(town, user, action, value))
    town.settle()
    return found


def ends_on(town: LocalBot) -> str:
    return str(rows(town)["partnerships"][0]["ends_on"])


def shown_to(town: LocalBot, user: str) -> str:
    """All that the person's messages with the bot show."""
    return str(messages_of(town.slack, user))


def test_one_proposes_the_other_agrees_and_the_end_moves_with_its_survey(town: LocalBot, pair: str) -> None:
    assert proposes(town, ADA, pair, str(TWO_MONTHS_LONGER)).closed
    assert "proposes to end on 23 July 2027" in shown_to(town, BEN)
    assert ends_on(town) == "2027-05-23"
    assert says(town, BEN, ids.AGREE_TO_END, f"{pair}:1") == [""]
    assert ends_on(town) == "2027-07-23"
    assert "You’ve both agreed.* Your partnership ends on 23 July 2027" in shown_to(town, BEN)
    assert "agrees.* Your partnership ends on 23 July 2027" in shown_to(town, ADA)
    surveys = {job["due"][:10] for job in rows(town)["scheduled_jobs"] if job["kind"] == "survey"}
    assert surveys == {"2027-07-23"}


def test_the_other_may_decline_without_a_reason_and_the_end_stays(town: LocalBot, pair: str) -> None:
    proposes(town, ADA, pair, str(TWO_MONTHS_LONGER))
    says(town, BEN, ids.DECLINE_END, f"{pair}:1")
    assert "would like to keep the end as it is" in shown_to(town, ADA)
    assert ends_on(town) == "2027-05-23"
    (said,) = says(town, BEN, ids.AGREE_TO_END, f"{pair}:1")
    assert "no longer open. Your partnership ends on 23 May 2027" in said


def test_what_is_taken_back_or_replaced_says_so_and_its_old_button_changes_nothing(town: LocalBot, pair: str) -> None:
    proposes(town, ADA, pair, str(TWO_MONTHS_LONGER))
    proposes(town, BEN, pair, "day", "2027-06-30")
    assert "There’s nothing to answer here any more" in shown_to(town, BEN)
    (said,) = says(town, BEN, ids.AGREE_TO_END, f"{pair}:1")
    assert "no longer open" in said
    says(town, BEN, ids.TAKE_BACK_END, f"{pair}:2")
    assert "has taken back what they proposed" in shown_to(town, ADA)
    (said,) = says(town, ADA, ids.AGREE_TO_END, f"{pair}:2")
    assert "no longer open" in said
    assert ends_on(town) == "2027-05-23"


def test_to_propose_what_the_other_has_proposed_is_to_agree(town: LocalBot, pair: str) -> None:
    proposes(town, ADA, pair, str(TWO_MONTHS_LONGER))
    proposes(town, BEN, pair, "day", str(TWO_MONTHS_LONGER))
    assert ends_on(town) == str(TWO_MONTHS_LONGER)


def test_an_end_that_the_programme_no_longer_allows_is_not_agreed_to(town: LocalBot, pair: str) -> None:
    assert proposes(town, ADA, pair, str(TWO_MONTHS_LONGER)).closed
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        lengths = tuple(each for each in programme.lengths if each.months <= 6)
        tx.save(Outcome((replace(programme, lengths=lengths, version=programme.version + 1),)))
    (said,) = says(town, BEN, ids.AGREE_TO_END, f"{pair}:1")
    assert "23 May 2027" in said
    assert ends_on(town) == "2027-05-23"


def test_nobody_agrees_to_their_own_proposal(town: LocalBot, pair: str) -> None:
    proposes(town, ADA, pair, str(TWO_MONTHS_LONGER))
    says(town, ADA, ids.AGREE_TO_END, f"{pair}:1")
    assert ends_on(town) == "2027-05-23"


@pytest.mark.parametrize(
    ("choice", "day", "field", "sentence"),
    [
        ("day", "", "end_day", "Fill this in"),
        ("day", "2027-05-23", "end_day", "the end that you have already"),
        ("day", "2027-04-01", "end_day", "Choose a day from 23 May 2027 to 23 November 2027"),
        ("day", "2027-12-24", "end_day", "Choose a day from 23 May 2027 to 23 November 2027"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(
    town: LocalBot, pair: str, choice: str, day: str, field: str, sentence: str
) -> None:
    refused = proposes(town, ADA, pair, choice, day)
    assert sentence in refused.errors[field]
    assert [row["form"].split(":")[0] for row in rows(town)["drafts"]] == [ids.END_FORM]
    assert rows(town)["end_proposals"] == []


def test_completed_early_brings_the_survey_at_once_and_the_same_thanks(town: LocalBot, pair: str) -> None:
    Story(town).logs(ADA, BEN, "2026-11-24")
    proposes(town, BEN, pair, "now")
    says(town, ADA, ids.AGREE_TO_END, f"{pair}:1")
    (found,) = rows(town)["partnerships"]
    today = town.slack.calendar.now().date()
    assert (found["state"], found["completed_on"], found["ends_on"]) == ("active", str(today), str(today))
    later(town, days=1)
    for user in (ADA, BEN):
        assert "You’ve both completed your partnership with" in shown_to(town, user)
    later(town, days=30)
    assert rows(town)["partnerships"][0]["state"] == "closed"
    kinds = [row["kind"] for row in rows(town)["outbox"] if row["recipient"] == ADA]
    assert kinds.count("survey") == 1
    assert not {"first-meeting-nudge", "second-meeting-nudge", "check-in", "end-question"} & set(kinds)


def test_both_are_asked_once_and_see_the_others_answer_once_both_have_answered(town: LocalBot, pair: str) -> None:
    later(town, days=QUESTION_DAY)
    assert [row["recipient"] for row in rows(town)["outbox"] if row["kind"] == "end-question"].count(ADA) == 1
    assert "Would you like to go on for a while" in shown_to(town, ADA)
    before = shown_to(town, BEN)
    says(town, ADA, ids.KEEP_END, f"{pair}:2027-05-23")
    assert "You’d like to end as planned, on 23 May 2027" in shown_to(town, ADA)
    assert shown_to(town, BEN) == before
    assert says(town, BEN, ids.KEEP_END, f"{pair}:2027-05-23") == [""]
    for user in (ADA, BEN):
        assert "You’d both like to end as planned, on 23 May 2027" in shown_to(town, user)


def test_the_question_shows_what_the_other_proposes_and_then_what_became_of_it(town: LocalBot, pair: str) -> None:
    later(town, days=QUESTION_DAY)
    proposes(town, BEN, pair, str(TWO_MONTHS_LONGER))
    assert "Would you like to go on for a while" not in shown_to(town, ADA)
    says(town, ADA, ids.AGREE_TO_END, f"{pair}:1")
    (said,) = says(town, ADA, ids.KEEP_END, f"{pair}:2027-05-23")
    assert "no longer open. Your partnership ends on 23 July 2027" in said
    later(town, days=60)
    assert [row["recipient"] for row in rows(town)["outbox"] if row["kind"] == "end-question"].count(ADA) == 1


def test_once_the_end_has_come_nothing_is_left_to_answer(town: LocalBot, pair: str) -> None:
    later(town, days=QUESTION_DAY)
    proposes(town, BEN, pair, str(TWO_MONTHS_LONGER))
    later(town, days=46)
    assert "came to its agreed end on 23 May 2027" in shown_to(town, ADA)
    (said,) = says(town, ADA, ids.AGREE_TO_END, f"{pair}:1")
    assert "has come to its agreed end on 23 May 2027, so this is no longer possible" in said


def test_from_the_list_the_view_and_the_list_below_show_what_was_agreed(town: LocalBot, pair: str) -> None:
    proposes(town, ADA, pair, str(TWO_MONTHS_LONGER))
    post(town, clicked(town, BEN, ids.OPEN_PARTNERSHIPS, pair))
    town.settle()
    person = town.person(BEN)
    assert "proposes to end on 23 July 2027" in str(person.view)
    person.click(ids.CHANGE_END)
    person.await_view(ids.END_VIEW)
    person.click(ids.AGREE_TO_END)
    town.settle()
    assert "Your partnership ends on 23 July 2027" in str(person.view)
    assert ends_on(town) == str(date(2027, 7, 23))
    heard = all_heard(town)[ADA]
    assert len([each for each in heard if "About the end" in str(each)]) <= 2
