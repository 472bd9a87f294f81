"""Somebody else was faster, or holds the database: it is decided again, and only then said."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from messages import ids
from storage import Conflict
from storage.applications import Applications
from storage.conflicts import TRIES
from storage.notifications.outbox import Outbox
from tests.handlers.conftest import Logs
from tests.handlers.requests import all_heard, answers, clicked
from tests.handlers.starting_points import ADA, founded, one_applied
from tests.handlers.support import last_payload, post, rows
from tests.handlers.test_stale_forms import REQUESTS
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town

FASTER = "Another change was being saved at the same moment"


@contextmanager
def others_are_faster(monkeypatch: pytest.MonkeyPatch, times: int) -> Iterator[list[int]]:
    """The next `times` attempts to keep an application find it changed."""
    tries: list[int] = []
    keep = Applications.save

    def beaten(self: Applications, application: Any) -> bool:
        tries.append(1)
        return len(tries) > times and keep(self, application)

    with monkeypatch.context() as patched:
        patched.setattr(Applications, "save", beaten)
        yield tries


def test_who_was_beaten_to_it_is_decided_on_again_and_notices_nothing(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = one_applied(town)
    with others_are_faster(monkeypatch, TRIES - 1) as tries:
        assert answers(town, clicked(town, ADA, ids.WITHDRAW, application)) == [""]
    assert len(tries) == TRIES
    assert all_heard(town)[ADA] == ["Your application for a mentor is withdrawn"]


def test_who_is_beaten_to_it_again_and_again_is_told_and_can_try_again(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch, logs: Logs
) -> None:
    application = one_applied(town)
    with others_are_faster(monkeypatch, TRIES):
        (said,) = answers(town, clicked(town, ADA, ids.WITHDRAW, application))
    assert said.startswith(FASTER)
    assert "reference" not in said
    assert "again and again" in logs.text
    assert all_heard(town)[ADA] == []
    assert answers(town, clicked(town, ADA, ids.WITHDRAW, application)) == [""]
    assert all_heard(town)[ADA] == ["Your application for a mentor is withdrawn"]


def test_a_form_stays_open_then_with_all_that_was_typed_and_can_be_sent_again(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    founded(town)
    sent = REQUESTS(town, ADA, "")
    with others_are_faster(monkeypatch, TRIES):
        (said,) = answers(town, sent)
    assert said.startswith(FASTER)
    assert "Mine." in str(rows(town)["drafts"])
    assert rows(town)["applications"] == []
    assert answers(town, sent) == [""]
    assert len(rows(town)["applications"]) == 1
    assert rows(town)["drafts"] == []


def test_an_event_is_then_not_acknowledged_so_that_slack_sends_it_again(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.person(ADA).say("hello")
    town.settle()
    event = {**last_payload(town, "event"), "event_id": "Ev0AGAIN"}
    event["event"] = {**_said_by_ada(town), "user": ADA}

    def beaten(*_: object, **__: object) -> None:
        raise Conflict("Notice")

    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "enqueue", beaten)
        assert post(town, event)[0] == 503
    assert post(town, event)[0] == 200
    town.settle()
    assert len(all_heard(town)[ADA]) == 2


def test_while_somebody_holds_the_file_whoever_clicks_is_told_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 1)
    with open_town(tmp_path) as town:
        application = one_applied(town)
        assert town.storage.file
        click = clicked(town, ADA, ids.WITHDRAW, application)
        with closing(sqlite3.connect(town.storage.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            post(town, click)
            other.execute("ROLLBACK")
        town.settle()
        (said,) = [message["text"] for message in town.person(ADA).inbox() if message.get("is_ephemeral")]
        assert said.startswith(FASTER)
        assert answers(town, clicked(town, ADA, ids.WITHDRAW, application)) == [""]
        assert all_heard(town)[ADA] == ["Your application for a mentor is withdrawn"]


def _said_by_ada(town: LocalBot) -> dict[str, Any]:
    return next(
        dict(one.payload["event"])
        for one in town.slack.deliveries
        if one.kind == "event" and one.payload["event"]["user"] == ADA
    )
