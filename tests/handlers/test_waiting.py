"""Who waits and cannot be matched hears where they stand, though nothing can be released."""

import pytest

from messages.ids import TELL_WAITING
from sandbox.lookup import message_text
from tests.handlers.requests import all_heard, answers, clicked
from tests.handlers.starting_points import ADA, later, nobody_for_ada
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import button_values
from tests.local_bot import OWNER, LocalBot

pytestmark = pytest.mark.timeout(180)


def test_without_any_mentor_nobody_waits_for_seventy_days_in_silence(town: LocalBot) -> None:
    nobody_for_ada(town)
    later(town, days=69)
    (said,) = [message_text(message) for message in direct_messages(town, ADA)]
    assert "You’re still waiting for a mentor" in said
    assert "You can still be matched." in said
    assert "You can also withdraw." in said


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


def test_the_look_at_who_waits_is_planned_once(town: LocalBot) -> None:
    planned = [row for row in rows(town)["scheduled_jobs"] if row["kind"] == "still-waiting"]
    assert len(planned) == 1
