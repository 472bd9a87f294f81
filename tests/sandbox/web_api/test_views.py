"""views.*: triggers, stacks, hashes and Home tabs."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox.errors import SlackError
from sandbox.workspace.triggers import Triggers
from tests.sandbox.support import ADA, PEOPLE, Json, TinyApp, client_of, entry, manifest, modal, refused, section


@pytest.fixture
def trigger(app: TinyApp, ada: Person) -> str:
    """A new trigger id, from a command of Ada."""
    ada.command("/go")
    return str(app.last["trigger_id"])


@pytest.fixture
def opened(client: WebClient, trigger: str) -> Json:
    """A modal that Ada has open."""
    view: Json = client.views_open(trigger_id=trigger, view=modal())["view"]
    return view


def pushing_trigger(app: TinyApp, ada: Person) -> str:
    """A trigger id from a click inside the view on top."""
    ada.click("more")
    return str(app.last["trigger_id"])


def with_button() -> Json:
    element = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
    return modal(section("Some text", accessory=element))


def test_an_opened_view_is_shown_to_the_person(client: WebClient, trigger: str, ada: Person) -> None:
    view = client.views_open(trigger_id=trigger, view=modal(private_metadata="mine", external_id="x1"))["view"]
    assert view["state"] == {"values": {}}
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    assert (view["private_metadata"], view["external_id"]) == ("mine", "x1")
    assert ada.view is not None
    assert ada.view["id"] == view["id"]
    assert ada.view["state"]["values"] == {"name": {"it": {"type": "plain_text_input", "value": None}}}


def test_a_trigger_opens_one_view(client: WebClient, trigger: str) -> None:
    client.views_open(trigger_id=trigger, view=modal())
    with refused("exchanged_trigger_id"):
        client.views_open(trigger_id=trigger, view=modal())


def test_a_view_that_is_refused_leaves_its_trigger_usable(client: WebClient, trigger: str, ada: Person) -> None:
    with refused("invalid_arguments") as answers:
        client.views_open(trigger_id=trigger, view=modal(title={"type": "plain_text", "text": "x" * 25}))
    assert any("json-pointer:/view/title" in line for line in answers[0]["response_metadata"]["messages"])
    assert ada.view is None
    client.views_open(trigger_id=trigger, view=modal())


def test_expired_and_unknown_triggers_are_refused(sandbox: Sandbox, client: WebClient, trigger: str) -> None:
    sandbox.expire_triggers()
    with refused("expired_trigger_id"):
        client.views_open(trigger_id=trigger, view=modal())
    with refused("invalid_trigger_id"):
        client.views_open(trigger_id="1.2.three", view=modal())
    with refused("invalid_arguments"):
        client.api_call("views.open", json={"view": modal()})


def test_a_trigger_expires_after_three_seconds() -> None:
    now = 100.0
    triggers = Triggers(lambda: now)
    trigger_id = triggers.issue(ADA)
    now += 2.9
    assert triggers.check(trigger_id).user == ADA
    now += 0.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.check(trigger_id)


@pytest.mark.parametrize(
    ("view", "error"),
    [
        (modal(private_metadata="x" * 3001), "invalid_arguments"),
        (modal(callback_id="x" * 256), "invalid_arguments"),
        (modal(*[{"type": "divider"}] * 101), "invalid_arguments"),
        ({key: value for key, value in modal().items() if key != "submit"}, "invalid_arguments"),
        ({"type": "home", "blocks": []}, "invalid_arguments"),
        (modal(*[section("x" * 2900, block_id=f"b{number}") for number in range(90)]), "view_too_large"),
        ("no view", "invalid_arguments"),
        (None, "invalid_arguments"),
    ],
)
def test_invalid_views_are_refused(client: WebClient, trigger: str, view: Any, error: str) -> None:
    with refused(error):
        client.api_call("views.open", json={"trigger_id": trigger, "view": view})


def test_three_views_stack_and_a_fourth_does_not(client: WebClient, app: TinyApp, ada: Person, trigger: str) -> None:
    root = client.views_open(trigger_id=trigger, view=with_button())["view"]
    second = client.views_push(trigger_id=pushing_trigger(app, ada), view=with_button())["view"]
    third = client.views_push(trigger_id=pushing_trigger(app, ada), view=with_button())["view"]
    assert [view["id"] for view in ada.views] == [root["id"], second["id"], third["id"]]
    assert (third["root_view_id"], third["previous_view_id"]) == (root["id"], second["id"])
    with refused("push_limit_reached"):
        client.views_push(trigger_id=pushing_trigger(app, ada), view=with_button())


def test_nothing_can_be_pushed_from_outside_a_modal(client: WebClient, trigger: str) -> None:
    with refused("not_found"):
        client.views_push(trigger_id=trigger, view=modal())


def test_an_update_keeps_the_state_of_remaining_inputs(client: WebClient, opened: Json, ada: Person) -> None:
    ada.fill({"Name": "Ada"})
    new = modal(entry("Name", "name"), entry("Town", "town"))
    updated = client.views_update(view_id=opened["id"], view=new)["view"]
    assert updated["id"] == opened["id"]
    assert updated["hash"] != opened["hash"]
    assert ada.view is not None
    values = ada.view["state"]["values"]
    assert (values["name"]["it"]["value"], values["town"]["it"]["value"]) == ("Ada", None)


def test_an_outdated_hash_is_a_conflict(client: WebClient, opened: Json) -> None:
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())
    with refused("hash_conflict"):
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())


def test_a_closed_view_cannot_be_updated(client: WebClient, opened: Json, ada: Person) -> None:
    ada.close()
    with refused("not_found"):
        client.views_update(view_id=opened["id"], view=modal())
    with refused("invalid_arguments"):
        client.api_call("views.update", json={"view": modal()})


def test_external_ids_find_a_view_and_are_unique(
    client: WebClient, trigger: str, app: TinyApp, sandbox: Sandbox
) -> None:
    view = client.views_open(trigger_id=trigger, view=modal(external_id="only"))["view"]
    assert client.views_update(external_id="only", view=modal(external_id="only"))["view"]["id"] == view["id"]
    sandbox.person("U0BOB").command("/go")
    with refused("duplicate_external_id"):
        client.views_open(trigger_id=app.last["trigger_id"], view=modal(external_id="only"))


def test_a_home_tab_is_published_per_person(client: WebClient, ada: Person, sandbox: Sandbox) -> None:
    home = {"type": "home", "blocks": [section("Welcome")]}
    first = client.views_publish(user_id=ADA, view=home)["view"]
    assert ada.home is not None
    assert ada.home["id"] == first["id"]
    assert sandbox.person("U0BOB").home is None
    client.views_publish(user_id=ADA, view=home, hash=first["hash"])
    with refused("hash_conflict"):
        client.views_publish(user_id=ADA, view=home, hash=first["hash"])
    with refused("user_not_found"):
        client.views_publish(user_id="U0NOBODY", view=home)
    with refused("invalid_arguments"):
        client.views_publish(user_id=ADA, view=modal())


def test_publishing_needs_a_home_tab() -> None:
    tabs = {"messages_tab_enabled": True, "home_tab_enabled": False}
    with Sandbox(manifest(app_home=tabs), PEOPLE) as sandbox, refused("not_enabled"):
        client_of(sandbox).views_publish(user_id=ADA, view={"type": "home", "blocks": []})
