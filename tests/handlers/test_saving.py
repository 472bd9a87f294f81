"""A form that takes longer than Slack waits is acknowledged all the same, and shows the result when it is there."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.submissions import SubmissionThreads
from mentoring.programmes.settings import Part
from messages import saving
from messages.ids import APPLICATION_FORM, MEETING_FORM, OPEN_SETUP, SAVING_VIEW, SETUP_FORM
from messages.payloads import check_view
from sandbox.blocks import visible_texts
from sandbox.person import Person
from tests.handlers.requests import clicked
from tests.handlers.starting_points import partners
from tests.handlers.support import direct_messages, last_payload, post, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, LocalBot, typed
from tests.local_bot import local_bot as open_town

ADA = "U0ADA"
ARRIVED = "Your application for a mentor has arrived"


class Late(SubmissionThreads):
    """Nothing is done in time, and everything when it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def start(self, work: Callable[[], Any]) -> "Future[Any]":
        started: Future[Any] = Future()
        self._waiting.append((started, work))
        return started

    def is_done_in_time(self, started: "Future[Any]") -> bool:
        return False

    def go_on(self) -> None:
        while self._waiting:
            started, work = self._waiting.pop(0)
            started.set_result(work())


class NeverInTime(SubmissionThreads):
    """Threads that do their work at once, and a Slack that does not wait for it."""

    def is_done_in_time(self, started: "Future[Any]") -> bool:
        return False


@pytest.fixture
def looks_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """For forms that are gone: ten tries to find them take no seconds."""
    monkeypatch.setattr("handlers.modals._PAUSE", timedelta(milliseconds=5))


@pytest.fixture
def late() -> Late:
    return Late()


@pytest.fixture
def town(tmp_path: Path, late: Late) -> Iterator[LocalBot]:
    with open_town(tmp_path, submissions=late) as opened:
        yield opened


def fills_in(town: LocalBot, **says: str) -> Person:
    town.knows(ADA, REQUEST["manager"])
    ada = town.person(ADA)
    ada.command("/mentor request")
    ada.await_view(APPLICATION_FORM)
    ada.fill({**REQUEST, **says})
    return ada


def shown(person: Person) -> str:
    assert person.view is not None
    return "\n".join(visible_texts(person.view["blocks"]))


def goes_on(town: LocalBot, late: Late) -> None:
    late.go_on()
    town.settle()


def test_it_says_that_it_is_being_saved_and_then_that_it_is(town: LocalBot, late: Late) -> None:
    ada = fills_in(town)
    sent = ada.submit()
    assert sent.error == ""
    assert [view["callback_id"] for view in ada.views] == [APPLICATION_FORM, SAVING_VIEW]
    assert "Saving…" in shown(ada)
    assert rows(town)["applications"] == []
    goes_on(town, late)
    assert "Saved." in shown(ada)
    assert [row["person"] for row in rows(town)["applications"]] == [ADA]
    assert [message["text"] for message in direct_messages(town, ADA)] == [ARRIVED]
    ada.close()
    assert ada.views == []


def test_a_refusal_is_shown_there_and_the_form_below_has_all_that_was_typed(town: LocalBot, late: Late) -> None:
    ada = fills_in(town, manager=ADA)
    before = typed(ada)
    ada.submit()
    goes_on(town, late)
    assert "You can’t choose yourself. Choose your manager." in shown(ada)
    assert "Your manager" in shown(ada)
    ada.close()
    assert typed(ada) == before
    assert ada.view is not None
    assert ada.view["callback_id"] == APPLICATION_FORM
    assert rows(town)["applications"] == []


def test_an_error_of_ours_is_told_there_too(town: LocalBot, late: Late, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = fills_in(town)
    before = typed(ada)
    ada.submit()
    monkeypatch.setattr("handlers.applications.submit_application", None)
    goes_on(town, late)
    assert "something went wrong on our side" in shown(ada)
    ada.close()
    assert typed(ada) == before


@pytest.mark.usefixtures("looks_again_soon")
def test_who_sends_the_form_again_meanwhile_has_applied_once(town: LocalBot, late: Late) -> None:
    ada = fills_in(town)
    ada.submit()
    post(town, last_payload(town, "view_submission"))
    goes_on(town, late)
    assert len(rows(town)["applications"]) == 1
    assert [message["text"] for message in direct_messages(town, ADA)] == [ARRIVED]


@pytest.mark.usefixtures("looks_again_soon")
def test_who_closes_it_meanwhile_has_still_applied(town: LocalBot, late: Late) -> None:
    ada = fills_in(town)
    ada.submit()
    ada.close(everything=True)
    goes_on(town, late)
    assert [message["text"] for message in direct_messages(town, ADA)] == [ARRIVED]


def test_where_nothing_fits_above_the_form_it_is_replaced_and_given_back_as_it_was(town: LocalBot, late: Late) -> None:
    ada = fills_in(town, manager=ADA)
    before = typed(ada)
    form = ada.views[0]
    for title in ("one", "two"):
        _push_below(town, ada, title)
    assert len(ada.views) == 3
    ada.submit()
    assert [view["callback_id"] for view in ada.views][-1] == SAVING_VIEW
    assert len(ada.views) == 3
    goes_on(town, late)
    assert ada.view is not None
    assert ada.view["callback_id"] == APPLICATION_FORM
    assert "You can’t choose yourself" in shown(ada)
    assert typed(ada) == before
    assert ada.view["private_metadata"] == form["private_metadata"]
    ada.fill({"manager": REQUEST["manager"]})
    ada.submit()
    goes_on(town, late)
    assert "Saved." in shown(ada)
    ada.close()
    assert len(ada.views) == 2


def _push_below(town: LocalBot, ada: Person, title: str) -> None:
    """Put a view below the form, as if it had been opened from there."""
    views = town.slack.workspace.views
    with town.slack.workspace.lock:
        stack = views.stack(ADA)
        form = stack.pop()
        below = views.push(ADA, saving.saving(title)) if stack else views.open(ADA, saving.saving(title))
        form.root_id, form.previous_id = below.root_id, below.id
        views.stack(ADA).append(form)


def test_a_locked_database_does_not_cost_the_acknowledgement(tmp_path: Path) -> None:
    with open_town(tmp_path, submissions=NeverInTime()) as town:
        ada = fills_in(town)
        town.settle()
        assert town.storage.file is not None
        with closing(sqlite3.connect(town.storage.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert ada.submit().error == ""
            assert "Saving…" in shown(ada)
            other.execute("ROLLBACK")
        town.bot._submissions.close()
        town.settle()
        assert "Saved." in shown(ada)
        assert len(rows(town)["applications"]) == 1


def test_a_form_of_another_version_is_acknowledged_while_the_database_is_locked(tmp_path: Path) -> None:
    with open_town(tmp_path, submissions=NeverInTime()) as town:
        ada = fills_in(town, hopes="Half a thought.")
        town.settle()
        with town.slack.workspace.lock:
            town.slack.workspace.views.stack(ADA)[-1].source["callback_id"] = "request-form"
        assert town.storage.file is not None
        with closing(sqlite3.connect(town.storage.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert ada.submit().error == ""
            assert "Saving…" in shown(ada)
            other.execute("ROLLBACK")
        town.bot._submissions.close()
        town.settle()
        assert "We kept what you typed." in shown(ada)
        assert "Half a thought." in shown(ada)
        assert {row["form"].partition("@")[0] for row in rows(town)["drafts"]} == {
            "request-form:mentee",
            "application-form:mentee",
        }
        ada.close()
        assert ada.views == [], "the form below could only be sent in vain"


def test_the_list_below_shows_the_meeting_too(tmp_path: Path) -> None:
    late = Late()
    with open_town(tmp_path) as town:
        partners(town)
    with open_town(tmp_path, submissions=late) as town:
        ada, story = town.person(ADA), Story(town)
        story.opens(ADA, lambda person: person.command("/mentor status"), "partnerships-view")
        story.opens(ADA, lambda person: person.click("Log a meeting"), MEETING_FORM)
        ada.fill({"met_on": town.slack.calendar.now().date().isoformat(), "minutes": "60", "way": "video"})
        ada.submit()
        goes_on(town, late)
        assert "Saved." in shown(ada)
        assert "60 minutes" in "\n".join(visible_texts(ada.views[0]["blocks"]))


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.RULES])  # those need lists first
def test_every_part_of_the_settings_is_given_back_as_it_was_sent(town: LocalBot, part: Part) -> None:
    owner = town.person(OWNER)
    post(town, clicked(town, OWNER, OPEN_SETUP, part))
    owner.await_view(SETUP_FORM)
    before = typed(owner)
    owner.submit()
    sent = last_payload(town, "view_submission")["view"]
    again = saving.given_back(sent, {})
    check_view(again)
    answered = town.slack.call("views.update", {"view_id": owner.views[0]["id"], "view": again}, town.slack.bot_token)
    assert answered.body["ok"], answered.body
    owner.close()
    assert typed(owner) == before
