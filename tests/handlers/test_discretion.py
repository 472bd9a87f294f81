"""What people type stays out of logs and out of what lock screens show, whatever goes wrong."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import product
from typing import Any, NoReturn

import pytest

from mentoring.programmes.settings import Part
from messages.ids import OPEN_SETUP, UNKNOWN_FORM_VIEW, WITHDRAW
from sandbox.person import Person
from tests.handlers.conftest import Logs
from tests.handlers.support import last_payload, post, rows
from tests.handlers.test_settings import opens as opens_setup
from tests.handlers.test_settings import sets
from tests.local_bot import OFFER, OWNER, PEOPLE, REQUEST, LocalBot, typed

MARK = "Quokka"
"""Planted in all that people type."""

PRIVATE = {"hopes": f"{MARK}-hopes.pdf", "other_languages": f"{MARK}-languages"}
SAID = {**REQUEST, **PRIVATE, "wish": "U0DEE"}
ADA = "U0ADA"


@pytest.fixture
def marked(logs: Logs, town: LocalBot) -> LocalBot:
    """A programme full of marks: in its own words and lists, and in an application and a draft of Ada's."""
    sets(town, Part.BASICS, {"name": f"{MARK} club", "purpose": f"{MARK} purpose"})
    sets(town, Part.CHOICES, {"topics": f"Career planning\n{MARK} topic", "departments": f"{MARK} department"})
    town.apply(ADA, "/mentor request", {**SAID, "department": f"{MARK} department"})
    ada = town.person(ADA)
    ada.command("/mentor volunteer")
    ada.await_view()
    says = {**OFFER, **PRIVATE, "department": f"{MARK} department", "started_on": "2026-11-01"}
    ada.fill(says)
    assert not ada.submit().closed
    return town


def test_nothing_that_people_type_is_logged_when_all_goes_well(marked: LocalBot, logs: Logs) -> None:
    ada = marked.person(ADA)
    ada.close()
    ada.say(f"{MARK}: here is {MARK}.docx")
    ada.command(f"/mentor {MARK}")
    ada.command("/mentor status")
    marked.person(OWNER).command("/mentor status")
    ada.click(WITHDRAW)
    marked.settle()
    assert MARK not in logs.text


def test_no_lock_screen_shows_a_hope_a_language_a_manager_or_a_wish(marked: LocalBot) -> None:
    ada = marked.person(ADA)
    ada.command("/mentor status")
    marked.person(OWNER).command("/mentor status")
    marked.settle()
    texts = [
        message["text"]
        for member in PEOPLE
        if not member.is_bot
        for message in marked.person(member.id).inbox()
        if message["user"] != member.id
    ]
    assert len(texts) > 6
    for private in (*PRIVATE.values(), "U0BOSS", "U0DEE", f"{MARK} topic", f"{MARK} department"):
        assert not [text for text in texts if private in text]


@pytest.mark.parametrize(
    "table", ["programmes", "applications", "application_private_answers", "drafts", "outbox", "people"]
)
def test_a_broken_table_is_logged_without_what_was_typed(marked: LocalBot, logs: Logs, table: str) -> None:
    ada = marked.person(ADA)
    ada.fill({"started_on": "2020-01-01"})
    with broken(marked, table):
        ada.submit()
        ada.say(f"{MARK}?")
        ada.command(f"/mentor {MARK}")
        ada.command("/mentor status")
        ada.command("/mentor request")
        _press(marked.person(OWNER), "/mentor setup")
    assert "Reference" in logs.text
    assert MARK not in logs.text


@pytest.mark.parametrize(
    "where", ["handlers.applications.submit_application", "handlers.applications.application_forms.parse"]
)
def test_an_unknown_error_gives_a_reference_that_the_log_holds_and_keeps_what_was_typed(
    marked: LocalBot, logs: Logs, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(where, _raise)
    ada = marked.person(ADA)
    refused = ada.submit()
    assert not refused.closed
    (sentence,) = refused.errors.values()
    reference = sentence.rsplit(" ", 1)[1]
    assert f"Reference {reference}: RuntimeError from ValueError" in logs.text
    assert MARK not in logs.text
    kept = typed(ada)
    ada.close()
    ada.command("/mentor volunteer")
    assert typed(ada) == kept
    assert kept["hopes"] == PRIVATE["hopes"]


@pytest.mark.parametrize(
    ("where", "command"),
    [
        ("handlers.home.home_message", "/mentor"),
        ("handlers.commands.words_of_help.did_you_mean", f"/mentor {MARK}"),
        ("handlers.status.status.mine", "/mentor status"),
        ("handlers.applications.application_forms.form", "/mentor request"),
        ("handlers.programmes.forms_of_setup.card", "/mentor setup"),
    ],
)
def test_whatever_breaks_behind_a_command_the_person_gets_a_reference(
    marked: LocalBot, logs: Logs, monkeypatch: pytest.MonkeyPatch, where: str, command: str
) -> None:
    monkeypatch.setattr(where, _raise)
    reply = marked.person(OWNER if "setup" in command else ADA).command(command)
    assert reply.ok
    reference = reply.messages[-1]["text"].rsplit("`", 2)[1]
    assert f"Reference {reference}:" in logs.text
    assert MARK not in logs.text


def test_a_form_that_slack_would_refuse_gives_a_reference_too(
    marked: LocalBot, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": f"{MARK} in a title that is far too long"}}
    monkeypatch.setattr("handlers.applications.application_forms.form", lambda *_, **__: {**view, "blocks": []})
    reply = marked.person(OWNER).command("/mentor request")
    reference = reply.messages[-1]["text"].rsplit("`", 2)[1]
    assert f"Reference {reference}: InvalidPayload" in logs.text
    assert MARK not in logs.text


def test_an_event_that_breaks_is_logged_and_not_sent_again(
    marked: LocalBot, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.commands.Notification", _raise)
    marked.person(ADA).say(f"{MARK}!")
    event = next(d for d in reversed(marked.slack.deliveries) if d.kind == "event")
    assert event.ok
    assert "Reference" in logs.text
    assert MARK not in logs.text


@pytest.mark.parametrize("method", ["chat.postMessage", "views.open", "users.info", "respond"])
def test_what_slack_refuses_is_logged_without_what_was_typed(marked: LocalBot, logs: Logs, method: str) -> None:
    ada = marked.person(ADA)
    ada.close()
    for error in ("invalid_blocks", "internal_error"):
        marked.slack.faults.fail(method, error, times=2)
        ada.say(f"{MARK}?")
        ada.command("/mentor request")
        ada.click(WITHDRAW)
        _press(marked.person(OWNER), "/mentor setup")
        marked.knows("U0BEN")
        marked.settle()
    assert MARK not in logs.text


def test_a_message_that_cannot_be_written_is_logged_without_what_it_says(
    marked: LocalBot, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.delivery.renderer.render", _raise)
    marked.person(ADA).say(f"{MARK}?")
    marked.settle()
    assert "could not be rendered\nRuntimeError" in logs.text
    assert MARK not in logs.text


ODD_STATES: list[Any] = [
    {"hopes": {"hopes": {"type": "plain_text_input", "value": {"text": MARK}}}},
    {"hopes": {"hopes": {"type": "plain_text_input", "value": [MARK]}}},
    {"months": {"months": {"type": "static_select", "selected_option": {"value": MARK}}}},
    {"ways": {"ways": {"type": "checkboxes", "selected_options": [{"value": MARK}]}}},
    {"topics": {"topics": {"type": "checkboxes", "selected_options": [{"value": [MARK]}]}}},
    {"started_on": {"started_on": {"type": "datepicker", "selected_date": MARK}}},
    {"manager": {"look-up-person": {"type": "users_select", "selected_user": MARK * 50}}},
    {"hopes": MARK},
    [MARK],
    MARK,
]


def test_a_state_of_a_shape_that_is_none_is_logged_without_what_was_typed(marked: LocalBot, logs: Logs) -> None:
    payload = last_payload(marked, "view_submission")
    held = rows(marked)["applications"]
    metas = (payload["view"]["private_metadata"], json.dumps({"form": MARK}), f"{{{MARK}", f'"{MARK}"')
    for values, meta in product(ODD_STATES, metas):
        shown = {**payload["view"], "state": {"values": values}, "private_metadata": meta}
        status, body = post(marked, {**payload, "view": shown})
        assert status == 200
        assert isinstance(body, dict)
        assert body.get("errors") or body["view"]["callback_id"] == UNKNOWN_FORM_VIEW, values
    marked.settle()
    assert rows(marked)["applications"] == held
    assert logs.text.count("Reference") + logs.text.count("A form of another version") >= len(ODD_STATES)
    assert MARK not in logs.text


def test_requests_that_are_no_slack_request_are_logged_without_what_is_in_them(marked: LocalBot, logs: Logs) -> None:
    click = last_payload(marked, "block_actions")
    for odd in ({**click, "actions": []}, {**click, "actions": MARK}, {**click, "user": MARK}, {"text": MARK}):
        post(marked, odd)
    assert MARK not in logs.text


def test_neither_token_nor_the_signing_secret_is_ever_logged(marked: LocalBot, logs: Logs) -> None:
    marked.slack.revoke_token()
    marked.person(ADA).say("hello")
    marked.person(ADA).close()
    marked.person(ADA).command("/mentor request")
    marked.settle()
    written = logs.text
    assert "token" in written
    for secret in (marked.slack.bot_token, marked.slack.app_token, marked.slack.signing_secret):
        assert secret not in written


def test_a_draft_of_the_set_up_is_kept_when_the_programme_cannot_be_read(marked: LocalBot, logs: Logs) -> None:
    owner = opens_setup(marked, Part.BASICS)
    owner.fill({"purpose": f"{MARK}, at length."})
    with broken(marked, "cohorts"):
        refused = owner.submit()
    assert not refused.closed
    owner.close()
    assert typed(opens_setup(marked, Part.BASICS))["purpose"] == f"{MARK}, at length."
    assert MARK not in logs.text


@contextmanager
def broken(town: LocalBot, table: str) -> Iterator[None]:
    """While inside, a table of the town's database is not there."""
    _rename(town, table, "gone")
    try:
        yield
    finally:
        _rename(town, "gone", table)


def _rename(town: LocalBot, before: str, after: str) -> None:
    assert town.storage.file is not None
    with closing(sqlite3.connect(town.storage.file, timeout=10)) as database:
        database.execute("PRAGMA legacy_alter_table = ON")
        database.execute(f'ALTER TABLE "{before}" RENAME TO "{after}"')
        database.commit()


def _press(owner: Person, command: str) -> None:
    if any(OPEN_SETUP in str(message.get("blocks")) for message in owner.command(command).messages):
        owner.click(OPEN_SETUP)


def _raise(*_: object, **__: object) -> NoReturn:
    try:
        raise ValueError(f"{MARK}: what somebody typed")
    except ValueError as cause:
        raise RuntimeError(f"also {MARK}") from cause
