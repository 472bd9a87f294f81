"""Presses of owners are counted by programme and month, and nothing of what they were, nor of what others press."""

import inspect
import re
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

import handlers
from handlers import effort
from handlers.bolt_adapter import BoltAdapter
from handlers.request_runner import Handler
from messages import ids
from sandbox.blocks import visible_texts
from tests.handlers.requests import answers, clicked, typed_command
from tests.handlers.starting_points import ADA, BEN, offered, partners
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


def counted(town: LocalBot) -> dict[str, int]:
    return {row["owner"]: row["presses"] for row in rows(town)["owner_effort"]}


def test_each_button_form_and_command_of_an_owner_is_one_press(town: LocalBot) -> None:
    person = town.person(OWNER)
    person.command("/mentor setup")
    town.settle()
    assert counted(town) == {OWNER: 1}
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.OPEN_SETUP, "basics"))
    town.settle()
    assert counted(town) == {OWNER: 2}
    person.submit()
    town.settle()
    assert counted(town) == {OWNER: 3}
    answers(town, typed_command(town, SECOND_OWNER, ""))
    assert counted(town) == {OWNER: 3, SECOND_OWNER: 1}
    assert {
        (row["month"], set(row) - {"workspace", "programme_id", "owner", "month"} == {"presses"})
        for row in rows(town)["owner_effort"]
    } == {("2026-11-01", True)}


def test_a_press_that_is_refused_is_a_press_all_the_same(town: LocalBot) -> None:
    answers(town, clicked(town, OWNER, ids.APPROVE, "no-such-match"))
    assert counted(town) == {OWNER: 1}


def test_nobody_else_is_counted_whatever_they_press(town: LocalBot) -> None:
    pair = partners(town)
    for user in (ADA, BEN):
        answers(town, clicked(town, user, ids.LOG_MEETING, pair), typed_command(town, user, "status"))
        answers(town, clicked(town, user, ids.OPEN_REVIEW), typed_command(town, user, "setup"))
    assert counted(town) == {}


def test_what_an_owner_does_as_a_participant_is_not_counted(town: LocalBot) -> None:
    story = Story(town)
    story.asks(OWNER, REQUEST)
    story.leaves(OWNER)
    assert counted(town) == {}
    answers(town, typed_command(town, OWNER, "status"), typed_command(town, OWNER, ""))
    answers(town, clicked(town, OWNER, ids.OPEN_STATUS), clicked(town, OWNER, ids.OPEN_LEAVE))
    assert counted(town) == {}, "an application of theirs is there: they may ask about that"
    answers(town, clicked(town, OWNER, ids.OPEN_REVIEW))
    assert counted(town) == {OWNER: 1}


@pytest.mark.parametrize(("user", "presses"), [(ADA, {}), (OWNER, {OWNER: 2})])
def test_a_pause_counts_if_an_owner_asks_for_it_and_not_if_one_of_the_two_does(
    town: LocalBot, user: str, presses: dict[str, int]
) -> None:
    pair = partners(town)
    action, value = (ids.OVERSEE, f"pause:{pair}") if user == OWNER else (ids.OPEN_PAUSE, pair)
    answers(town, clicked(town, user, action, value))
    town.settle()
    town.person(user).fill({"back_on": "2027-01-04"})
    town.person(user).submit()
    town.settle()
    assert counted(town) == presses


def test_help_in_confidence_is_never_counted(town: LocalBot) -> None:
    for action in (ids.OPEN_CASE, ids.SAY_TALKED, ids.CLOSE_CASE, ids.OPEN_REFERRALS, ids.ASK_FOR_HELP):
        answers(town, clicked(town, OWNER, action))
    assert counted(town) == {}


def test_a_count_that_cannot_be_saved_holds_nothing_up(town: LocalBot) -> None:
    town.errands.slow = True
    answers(town, clicked(town, OWNER, ids.OPEN_REVIEW))
    assert town.person(OWNER).await_view(ids.REVIEW_VIEW)
    assert counted(town) == {}
    town.errands.go_on()
    assert counted(town) == {OWNER: 1}


def test_owners_read_it_with_the_status_and_on_the_first_monday_of_a_month(town: LocalBot) -> None:
    offered(town)
    answers(town, *(clicked(town, OWNER, ids.OPEN_REVIEW) for _ in range(23)))
    answers(town, clicked(town, SECOND_OWNER, ids.OPEN_REVIEW))
    town.slack.timeline = town.bot
    for day in (30, 37):
        town.slack.run_until(datetime(2026, 11, 1, 20, tzinfo=UTC) + timedelta(days=day - 1))
        town.settle()
    line = "In November, this programme took you about 20 presses and"
    weekly = [each for each in direct_messages(town, OWNER) if "what needs you this week" in each["text"]]
    told = ["\n".join(visible_texts(each["blocks"])) for each in weekly]
    assert [line in each for each in told] == [False, True], "on 30 November the month is not over"
    assert "All owners together: about 20 presses and" in told[-1]
    answers(town, clicked(town, SECOND_OWNER, ids.OPEN_STATUS))
    town.settle()
    status = "\n".join(visible_texts(direct_messages(town, SECOND_OWNER)[-1]["blocks"]))
    assert "In November, this programme took you 1 press and" in status


class _Adapter:
    """Leaves the handlers as they are."""

    def action(self, handler: Handler, **_: object) -> Handler:
        return handler

    def submission(self, handler: Handler) -> Handler:
        return handler


ASKS_WHO_IT_IS = re.compile(r"\b(require_owner|require_approver|load_round_for_owner|load_round_for_approver)\(")


def test_whatever_only_owners_can_use_is_counted() -> None:
    """A handler that asks for an owner belongs to a button or form that is counted."""
    adapter = cast(BoltAdapter, _Adapter())
    for found, counted_ids in (
        (handlers._buttons(adapter), effort.OWNERS_BUTTONS),
        (handlers._forms(adapter), effort.OWNERS_FORMS),
    ):
        assert counted_ids <= found.keys()
        of_owners = {id for id, handler in found.items() if ASKS_WHO_IT_IS.search(_source(handler))}
        assert of_owners - effort.FIELDS <= counted_ids


def _source(handler: object) -> str:
    return inspect.getsource(handler) if inspect.isfunction(handler) else ""
