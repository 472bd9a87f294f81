"""Who waits and cannot be matched hears where they stand, though nothing can be released."""

from datetime import timedelta

import pytest

from messages.ids import TELL_WAITING
from sandbox.lookup import message_text
from tests.handlers.requests import all_heard, answers, clicked
from tests.handlers.starting_points import ADA, later, nobody_for_ada
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_cohorts import open_next, today
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, LocalBot

pytestmark = pytest.mark.timeout(180)


def stands(town: LocalBot) -> list[str]:
    """What Ada was told about where she stands."""
    said = [message_text(message) for message in direct_messages(town, ADA)]
    return [each for each in said if "You get at most 3 messages like this in a round." in each]


def test_without_any_mentor_nobody_waits_for_seventy_days_in_silence(town: LocalBot) -> None:
    nobody_for_ada(town)
    later(town, days=69)
    (said,) = [message_text(message) for message in direct_messages(town, ADA)]
    assert "You’re still waiting for a mentor" in said
    assert "You can still be matched." in said
    assert "Withdraw, if you no longer want a match." in said


def test_the_owner_has_it_told_from_the_message_about_matches(town: LocalBot) -> None:
    nobody_for_ada(town)
    answers(town, clicked(town, OWNER, "propose-matches"))
    town.settle()
    shown = direct_messages(town, OWNER)[-1]
    (cohort,) = button_values(shown, TELL_WAITING)
    assert "You can let people without a match know where they stand." in message_text(shown)
    (said,) = answers(town, clicked(town, OWNER, TELL_WAITING, cohort))
    assert "1 person is told where they stand" in said
    assert len(all_heard(town)[ADA]) == 1
    (said,) = answers(town, clicked(town, OWNER, TELL_WAITING, cohort))
    assert "Everyone without a match has been told in the last 4 weeks" in said
    assert len(all_heard(town)[ADA]) == 1


def test_new_dates_are_told_and_three_messages_in_a_round_are_the_most(town: LocalBot) -> None:
    """The first change is told at once; of two more within the week, the newest is."""
    nobody_for_ada(town)
    for weeks in (1, 2, 3):
        open_next(Story(town), today(town) + timedelta(weeks=weeks))  # the form for the dates of any round
        later(town, hours=1)
    later(town, days=9)
    assert len(stands(town)) == 2
    assert all("*The dates of the round have changed.*" in said for said in stands(town))
    later(town, days=250)
    assert len(stands(town)) == 3


def test_the_look_at_who_waits_is_planned_once(town: LocalBot) -> None:
    planned = [row for row in rows(town)["scheduled_jobs"] if row["kind"] == "still-waiting"]
    assert len(planned) == 1
