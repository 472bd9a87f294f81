"""An owner reads once what did not arrive, and sends it again with one click."""

from typing import Any

import pytest

from messages.ids import LET_REST, SEND_AGAIN
from sandbox.lookup import message_text
from storage.notifications.outbox_statements import DeliveryState
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import undelivered
from tests.handlers.support import buttons, rows
from tests.local_bot import OWNER, LocalBot

ADA = "U0ADA"


def press(town: LocalBot, user: str, action: str) -> str:
    return click(town, user, action, report_of(town))


def report_of(town: LocalBot) -> dict[str, Any]:
    return next(one for one in town.person(OWNER).inbox() if "delivered" in one["text"])


def click(town: LocalBot, user: str, action: str, report: dict[str, Any]) -> str:
    block = next(
        one["block_id"]
        for one in report["blocks"]
        for element in one.get("elements", ())
        if element.get("action_id") == action
    )
    before = len(town.person(user).inbox())
    town.person(user).click(f"{block}/{action}", message=report)
    town.settle()
    return " ".join(str(one["text"]) for one in town.person(user).inbox()[before:])


def state(town: LocalBot) -> dict[DeliveryState, int]:
    with town.database() as tx:
        return tx.outbox.counts()


def test_a_message_that_failed_is_told_once_with_what_to_do_and_goes_out_again(town: LocalBot) -> None:
    undelivered(town)
    told = [one for one in town.person(OWNER).inbox() if "delivered" in one["text"]]
    assert [one["text"] for one in told] == ["1 message wasn’t delivered"]
    assert town.person(ADA).inbox() == []
    before = report_of(town)
    assert "on its way again" in press(town, OWNER, SEND_AGAIN)
    assert len(town.person(ADA).inbox()) == 1
    (report,) = [one for one in town.person(OWNER).inbox() if one["ts"] == before["ts"]]
    assert message_text(report) == (
        "These messages have been dealt with\n*These messages have been dealt with.* You don’t need to do anything."
    )
    assert buttons(report) == set()
    (failed,) = [row["id"] for row in rows(town)["outbox"] if row["recipient"] == ADA]
    assert "already been dealt with" in answers(town, clicked(town, OWNER, SEND_AGAIN, str(failed)))[0]
    assert len(town.person(ADA).inbox()) == 1


def test_an_owner_may_leave_it_at_that(town: LocalBot) -> None:
    undelivered(town)
    assert "won’t send it again" in press(town, OWNER, LET_REST)
    assert town.person(ADA).inbox() == []
    assert DeliveryState.FAILED not in state(town)


@pytest.mark.parametrize("action", [SEND_AGAIN, LET_REST])
def test_a_report_says_to_whom_and_why_and_what_helps(town: LocalBot, action: str) -> None:
    undelivered(town)
    (report,) = [one for one in town.person(OWNER).inbox() if "delivered" in one["text"]]
    said = str(report["blocks"])
    assert f"<@{ADA}>" in said
    assert "a setting of your workspace" in said
    assert action in said
