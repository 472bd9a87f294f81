"""Somebody who may not, at every door: foreign ids, old buttons and forms that nobody gave them.

The doors are those that the Bolt app knows; a handler that is new and not walked through fails the first test.
"""

import json
from collections.abc import Iterator
from itertools import islice, product

import pytest
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse

from bot.manifest import EVENTS
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.programmes.settings import Part
from messages import ids
from messages.ids import COMMAND, Subcommand
from tests.handlers.support import Json, last_payload, post, rows
from tests.handlers.test_settings import sets
from tests.local_bot import OFFER, OWNER, PEOPLE, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

ADA = "U0ADA"
PRIVATE = ("Marker-hopes", "Marker-draft", "Marker-languages", "U0BOSS", "U0CHI")
"""What Ada has said in confidence: her words, her manager, her wish, what she has not sent yet."""

SPONSOR = "U0SECOND"
FACILITATOR = "U0BEN"
STRANGERS = ("U0DEE", "U0GUEST", "U0FAR", "U0GONE", SPONSOR, FACILITATOR)
"""A member who is nobody special, a guest, somebody of another workspace, a closed account, a sponsor, who may read
figures and nothing else, and a facilitator, who may read the list of partnerships and nothing else.
"""

NAMES = sorted(value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str))
"""Everything under which Slack may send something back."""

SILENT = (ids.LOOK_UP_PERSON,)
"""What is answered by nothing at all, whoever does it."""

FROM_AN_APP = ("bot_id", "bot_profile", "app_id")

SHOWING = ("respond", "views.open", "views.push")
"""The calls by which somebody is shown something."""


@pytest.fixture(scope="module")
def raided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBot]:
    """A peer programme in which Ada has applied twice and has a form that was refused."""
    with open_town(tmp_path_factory.mktemp("raided")) as town:
        sets(town, Part.BASICS, {"name": "Fen and Fell"})
        sets(town, Part.ROLES, {"type": "peer"})
        says = {"hopes": PRIVATE[0], "other_languages": PRIVATE[2], "wish": "U0CHI"}
        town.apply(ADA, "/mentor request", {**REQUEST, **says})
        town.apply(ADA, "/mentor volunteer", {**OFFER, **says})
        ada = town.person(ADA)
        ada.command("/mentor volunteer")
        ada.await_view()
        ada.fill({"hopes": PRIVATE[1], "started_on": "2026-11-01"})
        assert not ada.submit().closed
        town.person(OWNER).command("/mentor status")
        town.person("U0BEN").say("hello")
        town.knows(*STRANGERS)
        with town.storage.begin(town.slack.team_id) as tx:
            programme, _ = programme_and_cohort(tx)
            tx.roles.give(RoleGiven(programme.id, ProgrammeRole.SPONSOR, SPONSOR, OWNER))
            tx.roles.give(RoleGiven(programme.id, ProgrammeRole.FACILITATOR, FACILITATOR, OWNER))
        yield town


each_stranger = pytest.mark.parametrize(
    ("stranger", "every"),
    [(STRANGERS[0], 30), *(pytest.param(stranger, 1, marks=pytest.mark.long) for stranger in STRANGERS)],
)
"""With each thirtieth request in `make test`, and with all of them in `make check`."""


def _opened_by(user: str) -> tuple[tuple[object, object], ...]:
    """Who opens which tab; the others are what no Slack would send."""
    return (user, "home"), (user, "messages"), (None, "home"), ({}, "home"), (user, None)


OF_A_MESSAGE = ("message", "channel", "response_url")


class Doors:
    """All requests there could be, made by hand from the payloads of people who may. What no handler takes is tried
    once under each name.
    """

    def __init__(self, town: LocalBot) -> None:
        self._town = town
        self._workspace = town.slack.workspace
        self._command = last_payload(town, "command")
        self._form = last_payload(town, "view_submission")
        self._click = last_payload(town, "block_actions")
        self._event = last_payload(town, "event")
        application = rows(town)["applications"][0]["id"]
        self.values = (
            "",
            application,
            application[::-1],
            *Part,
            "U0BOSS",
            "../../etc/passwd",
            "'; DROP TABLE people;--",
        )

    def commands(self, user: str) -> Iterator[Json]:
        for word in ("", *Subcommand, "banana"):
            yield {**self._command, "command": COMMAND, "text": word, "user_id": user, **self._fresh(user)}

    def events(self, user: str) -> Iterator[Json]:
        """What somebody brings about: they write, or their account changes; and what no Slack would send."""
        message = {key: value for key, value in self._event["event"].items() if key not in FROM_AN_APP}
        with self._workspace.lock:
            account = self._workspace.user_payload(self._workspace.member(user))
        unknown = {**account, "id": f"{user}X"}
        events = [
            {**message, "user": user},
            *({"type": "app_home_opened", "user": who, "tab": tab} for who, tab in _opened_by(user)),
            *({"type": "user_change", "user": changed} for changed in (account, unknown, user, {}, None)),
            *({"type": "team_join", "user": new} for new in (account, unknown, user, {}, None)),
            *({"type": "tokens_revoked", **tokens} for tokens in ({}, {"tokens": {"oauth": [user], "bot": []}})),
        ]
        for serial, event in enumerate(events):
            yield {**self._event, "event": event, "event_id": f"Ev{user}{serial}"}

    def removals(self) -> Iterator[Json]:
        """What Slack alone brings about."""
        for event in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0APPBOT"]}}):
            yield {**self._event, "event": event, "event_id": f"Ev{event['type']}"}

    def clicks(self, user: str, *names: str) -> Iterator[Json]:
        """Buttons of a message, with an address to answer at, and pickers of somebody else's form, without one."""
        who = {**self._click, "user": {**self._click["user"], "id": user}}
        for name in names or NAMES:
            for value in self.values:
                button = {"type": "button", "action_id": name, "block_id": "b", "value": value, "action_ts": "1.0"}
                payload = {**who, "actions": [button], **self._fresh(user)}
                yield payload
                if not _is_handled(self._town, payload):
                    break

    def picks(self, user: str) -> Iterator[Json]:
        view = self._form["view"]
        who = {key: value for key, value in self._click.items() if key not in ("message", "channel", "response_url")}
        who |= {"user": {**self._click["user"], "id": user}, "container": {"type": "view", "view_id": view["id"]}}
        for name in NAMES:
            for picked in ("U0BOSS", "U0NOBODY", None):
                choice = {"type": "users_select", "action_id": name, "block_id": "b", "selected_user": picked}
                payload = {**who, "view": view, "actions": [choice], "trigger_id": self._fresh(user)["trigger_id"]}
                yield payload
                if not _is_handled(self._town, payload):
                    break

    def homes(self, user: str) -> Iterator[Json]:
        """Buttons of a Home tab, which has no conversation to answer in."""
        view = {**self._form["view"], "type": "home", "id": "V0HOME", "callback_id": ids.HOME_VIEW}
        for payload in self.clicks(user):
            rest = {name: value for name, value in payload.items() if name not in OF_A_MESSAGE}
            yield {**rest, "container": {"type": "view", "view_id": view["id"]}, "view": view}

    def forms(self, user: str) -> Iterator[Json]:
        view = self._form["view"]
        metas = (
            view["private_metadata"],
            *(json.dumps({"form": part, "version": version}) for part in Part for version in (0, 1, 2, 99)),
            *(json.dumps({"form": role, "version": 1}) for role in ("mentee", "mentor", "owner", "")),
            "",
            "garbage",
            "[]",
            "null",
            '{"form": {"form": "mentee"}}',
        )
        states: tuple[Json | None, ...] = ({"values": {}}, None, {"values": {"hopes": {"hopes": {"value": {"a": 1}}}}})
        for name in NAMES:
            for meta, state in product(metas, states):
                shown = {**view, "callback_id": name, "private_metadata": meta, "state": state}
                yield {**self._form, "user": {**self._form["user"], "id": user}, "view": shown}
                if not name.endswith("-form"):  # all others are forms of another version, and taken alike
                    break

    def _fresh(self, user: str) -> dict[str, str]:
        """A trigger and an address to answer at that are the person's own."""
        with self._workspace.lock:
            place = self._workspace.direct_message([user])
            path = self._workspace.response_urls.issue(user, place.id)
            return {"trigger_id": self._workspace.triggers.issue(user), "response_url": self._workspace.url + path}

    def all(self, user: str) -> Iterator[Json]:
        yield from self.commands(user)
        yield from self.events(user)
        yield from self.clicks(user)
        yield from self.picks(user)
        yield from self.homes(user)
        yield from self.forms(user)


def test_the_walk_comes_to_every_door_that_the_app_has(raided: LocalBot) -> None:
    unseen = list(raided.bot.app._listeners)
    assert unseen
    doors = Doors(raided)
    taken = {payload["event"]["type"] for payload in (*doors.events("U0DEE"), *doors.removals())}
    assert taken == {event.partition(".")[0] for event in EVENTS}
    for payload in (*doors.all("U0DEE"), *doors.removals()):
        request, response = BoltRequest(body=payload, mode="socket_mode"), BoltResponse(status=200)
        unseen = [one for one in unseen if not one.matches(req=request, resp=response)]
    assert unseen == [], "a handler that no stranger has tried"


@each_stranger
@pytest.mark.parametrize("kind", ["commands", "events", "clicks", "picks", "homes", "forms"])
def test_nothing_changes_nobody_hears_and_nothing_private_shows(
    raided: LocalBot, stranger: str, every: int, kind: str
) -> None:
    before, heard = _held(raided, stranger), _heard(raided, stranger)
    shown = [post(raided, payload) for payload in islice(getattr(Doors(raided), kind)(stranger), None, None, every)]
    raided.settle()
    assert {status for status, _ in shown} == {200}
    if kind == "forms":
        bodies = [body for _, body in shown if isinstance(body, dict)]
        assert all(body.get("errors") or body["view"]["callback_id"] == ids.UNKNOWN_FORM_VIEW for body in bodies)
        assert len([body for _, body in shown if body]) > len(shown) / 2
    assert _held(raided, stranger) == before
    assert _heard(raided, stranger) == heard
    them = raided.person(stranger)
    everything = json.dumps([shown, them.inbox(), them.views, them.home], default=str)
    for private in PRIVATE:
        assert private not in everything


@each_stranger
def test_every_command_and_every_button_is_answered(raided: LocalBot, stranger: str, every: int) -> None:
    doors = Doors(raided)
    handled = [name for name in NAMES if name not in SILENT and _is_handled(raided, next(doors.clicks(stranger, name)))]
    assert ids.OPEN_APPLICATION in handled
    for payload in islice((*doors.commands(stranger), *doors.clicks(stranger, *handled)), None, None, every):
        before = len(raided.slack.calls)
        _, body = post(raided, payload)
        raided.settle()
        assert body or any(call.method in SHOWING for call in raided.slack.calls[before:]), payload


@pytest.mark.parametrize("name", [ids.OPEN_APPLICATION, ids.WITHDRAW, ids.OPEN_SETUP])
def test_an_old_button_is_answered_with_a_sentence(raided: LocalBot, name: str) -> None:
    """One that they once had: to an application of others, or to a set-up that is no longer theirs."""
    already = len(raided.slack.calls)
    clicks = [post(raided, payload) for payload in Doors(raided).clicks("U0DEE", name)]
    raided.settle()
    said = [str(call.args["text"]) for call in raided.slack.calls[already:] if call.method == "respond"]
    assert clicks == [(200, "")] * len(said)
    assert all(text.endswith(".") for text in said)
    assert not [call for call in raided.slack.calls[already:] if call.method == "views.open"]


@pytest.mark.parametrize("every", [60, pytest.param(1, marks=pytest.mark.long)])
def test_another_workspace_is_told_that_this_is_not_its_app(raided: LocalBot, every: int) -> None:
    before = rows(raided)
    for payload in (*islice(Doors(raided).all("U0DEE"), None, None, every), *Doors(raided).removals()):
        elsewhere = _elsewhere(payload)
        status, body = post(raided, elsewhere)
        assert status == 200
        assert body in ("", "This app is not set up for your workspace.")
    assert rows(raided) == before


def test_a_request_that_nobody_handles_is_acknowledged_and_changes_nothing(raided: LocalBot) -> None:
    before = rows(raided)
    click = next(Doors(raided).clicks("U0DEE"))
    for odd in (
        {"type": "shortcut", "callback_id": "x"},
        {"type": "message_action"},
        {"type": "view_closed"},
        {"actions": [{"action_id": "x"}]},
    ):
        status, _ = post(raided, {**click, **odd})
        assert status == 200
    assert rows(raided) == before


def _is_handled(town: LocalBot, payload: Json) -> bool:
    request = BoltRequest(body=payload, mode="socket_mode")
    return any(one.matches(req=request, resp=BoltResponse(status=200)) for one in town.bot.app._listeners)


def _elsewhere(payload: Json) -> Json:
    changed: Json = json.loads(json.dumps(payload).replace("T0LOCAL", "T0ELSEWHERE"))
    return changed


def _held(town: LocalBot, stranger: str) -> dict[str, list[Json]]:
    """All that is kept but whom Slack was asked about, and what is the stranger's own: their Home, drafts, and the
    help, data and figures they asked for; and that a sponsor wants no monthly page.
    """
    held = {table: list(found) for table, found in rows(town).items() if table != "people"}
    held["homes"] = [row for row in held["homes"] if row["person"] != stranger]
    held["drafts"] = [row for row in held["drafts"] if row["person"] != stranger]
    held["sponsor_page_stops"] = [row for row in held["sponsor_page_stops"] if row["person"] != SPONSOR]
    theirs = ((stranger, "help"), (stranger, "own-data"), (SPONSOR, "cohort-status"))
    held["outbox"] = [row for row in held["outbox"] if (row["recipient"], row["kind"]) not in theirs]
    return held


def _heard(town: LocalBot, stranger: str) -> dict[str, list[Json]]:
    others = [member.id for member in PEOPLE if member.id != stranger and not member.is_bot]
    return {user: town.person(user).inbox() for user in others}
