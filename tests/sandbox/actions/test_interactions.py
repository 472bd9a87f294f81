"""Interactive elements in messages, modals and Home tabs."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from sandbox import ImpossibleChoiceError, NotVisibleError, Person, Sandbox
from tests.sandbox.support import (
    ADA,
    BOB,
    PEOPLE,
    Json,
    TinyApp,
    actions,
    button,
    client_of,
    entry,
    manifest,
    modal,
    opens,
    options,
    plain,
    refused,
    section,
)

MENU: Json = {"type": "static_select", "action_id": "menu", "options": options("tea", "coffee")}
BOXES: Json = {"type": "checkboxes", "action_id": "boxes", "options": options("milk", "sugar")}


def show(client: WebClient, *elements: Json, person: str = ADA) -> Json:
    return dict(client.chat_postMessage(channel=person, text="Choose", blocks=[actions(*elements)]).data)  # type: ignore[arg-type]


def test_a_click_sends_block_actions_with_its_container(client: WebClient, app: TinyApp, ada: Person) -> None:
    posted = show(client, button("yes", "Yes", value="17", style="primary"))
    assert ada.click("yes").ok
    payload = app.last
    assert payload["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": posted["channel"],
        "is_ephemeral": False,
    }
    assert payload["message"]["ts"] == posted["ts"]
    assert payload["channel"] == {"id": posted["channel"], "name": "directmessage"}
    [action] = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"], action["type"]) == ("yes", "row", "17", "button")
    assert action["text"]["text"] == "Yes"


def test_a_button_is_found_by_its_text_or_block_id(client: WebClient, app: TinyApp, ada: Person) -> None:
    show(client, button("yes", "Yes"), button("no", "No"))
    ada.click("No")
    assert app.last["actions"][0]["action_id"] == "no"
    ada.click("row/yes")
    assert app.last["actions"][0]["action_id"] == "yes"


def test_the_newest_message_with_the_button_is_clicked_by_default(client: WebClient, app: TinyApp, ada: Person) -> None:
    first, second = show(client, button("yes")), show(client, button("yes"))
    ada.click("yes")
    assert app.last["container"]["message_ts"] == second["ts"]
    ada.click("yes", message=ada.inbox()[0])
    assert app.last["container"]["message_ts"] == first["ts"]


def test_declining_a_confirmation_sends_nothing(client: WebClient, app: TinyApp, ada: Person) -> None:
    texts = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    show(client, button("delete", confirm=texts))
    ada.click("delete", confirm=False)
    assert app.got == []
    ada.click("delete")
    assert len(app.got) == 1


@pytest.mark.parametrize(
    ("element", "value", "key", "expected"),
    [
        (MENU, "coffee", "selected_option", {"text": {**plain("Coffee"), "emoji": True}, "value": "coffee"}),
        (MENU, "Tea", "selected_option", {"text": {**plain("Tea"), "emoji": True}, "value": "tea"}),
        (MENU, None, "selected_option", None),
        (
            {**MENU, "type": "radio_buttons"},
            "tea",
            "selected_option",
            {"text": {**plain("Tea"), "emoji": True}, "value": "tea"},
        ),
        (
            {**MENU, "type": "overflow"},
            "tea",
            "selected_option",
            {"text": {**plain("Tea"), "emoji": True}, "value": "tea"},
        ),
        (BOXES, [], "selected_options", []),
        ({"type": "users_select", "action_id": "who"}, BOB, "selected_user", BOB),
        ({"type": "multi_users_select", "action_id": "who"}, [ADA, BOB], "selected_users", [ADA, BOB]),
        ({"type": "datepicker", "action_id": "day"}, "2027-03-01", "selected_date", "2027-03-01"),
        ({"type": "timepicker", "action_id": "hour"}, "09:30", "selected_time", "09:30"),
        ({"type": "datetimepicker", "action_id": "moment"}, 1_800_000_000, "selected_date_time", 1_800_000_000),
    ],
)
def test_each_element_type_has_its_own_state_field(
    client: WebClient, app: TinyApp, ada: Person, element: Json, value: Any, key: str, expected: Any
) -> None:
    if element["type"].startswith("multi_"):
        blocks = [section("Who?", block_id="row", accessory=element)]
        client.chat_postMessage(channel=ADA, text="Who?", blocks=blocks)
    else:
        show(client, element)
    ada.choose(element["action_id"], value)
    [action] = app.last["actions"]
    assert action[key] == expected
    assert action["action_ts"]


def test_several_checkboxes_can_be_selected(client: WebClient, app: TinyApp, ada: Person) -> None:
    show(client, BOXES)
    ada.choose("boxes", ["milk", "Sugar"])
    assert [option["value"] for option in app.last["actions"][0]["selected_options"]] == ["milk", "sugar"]


def test_each_person_has_their_own_state_in_a_message(sandbox: Sandbox, client: WebClient, app: TinyApp) -> None:
    channel = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
    client.chat_postMessage(channel=channel, text="Choose", blocks=[actions(MENU, button("go"))])
    sandbox.person(ADA).choose("menu", "tea")
    sandbox.person(ADA).click("go")
    assert app.last["state"]["values"]["row"]["menu"]["selected_option"]["value"] == "tea"
    sandbox.person(BOB).click("go")
    assert app.last["state"]["values"]["row"]["menu"]["selected_option"] is None


def test_a_person_cannot_choose_what_is_not_offered(client: WebClient, ada: Person, app: TinyApp) -> None:
    show(client, MENU, {"type": "users_select", "action_id": "who"}, {"type": "datepicker", "action_id": "day"})
    for name, value in (("menu", "water"), ("who", "U0NOBODY"), ("day", "some day")):
        with pytest.raises(ImpossibleChoiceError):
            ada.choose(name, value)
    with pytest.raises(NotVisibleError):
        ada.click("nowhere")
    assert app.got == []


def test_a_person_cannot_click_in_a_message_they_cannot_see(sandbox: Sandbox, client: WebClient) -> None:
    posted = show(client, button("yes"), person=BOB)
    with pytest.raises(NotVisibleError):
        sandbox.person(ADA).click("yes", message=posted["message"])


def test_a_click_can_replace_its_message(client: WebClient, app: TinyApp, ada: Person) -> None:
    show(client, button("yes"))
    ada.click("yes")
    WebhookClient(app.last["response_url"]).send(text="Thank you", replace_original=True)
    [message] = ada.inbox()
    assert message["text"] == "Thank you"
    assert "blocks" not in message


def test_a_click_can_delete_its_message(client: WebClient, app: TinyApp, ada: Person) -> None:
    show(client, button("yes"))
    ada.click("yes")
    WebhookClient(app.last["response_url"]).send_dict({"delete_original": True})
    assert ada.inbox() == []


def test_a_click_does_not_include_an_ephemeral_message(app: TinyApp, ada: Person) -> None:
    app.on("command", {"text": "Only you", "blocks": [actions(button("ok"))]})
    ada.command("/go")
    ada.click("ok")
    assert app.last["container"]["is_ephemeral"] is True
    assert "message" not in app.last
    WebhookClient(app.last["response_url"]).send_dict({"delete_original": True})
    assert ada.inbox() == []


def test_a_choice_in_a_modal_is_sent_and_kept(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    view = modal(section("Drink", block_id="drink", accessory=MENU), entry("Name", "name"))
    app.on("command", opens(sandbox, view))
    ada.command("/go")
    ada.choose("menu", "tea")
    assert app.last["container"] == {"type": "view", "view_id": app.last["view"]["id"]}
    assert "response_url" not in app.last
    assert app.last["view"]["state"]["values"]["drink"]["menu"]["selected_option"]["value"] == "tea"
    assert ada.view is not None
    assert ada.view["state"]["values"]["drink"]["menu"]["selected_option"]["value"] == "tea"


def test_inputs_send_block_actions_only_if_they_dispatch(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    view = modal(entry("Quiet", "quiet"), entry("Loud", "loud", dispatch_action=True))
    app.on("command", opens(sandbox, view))
    ada.command("/go")
    ada.fill({"Quiet": "psst"})
    assert len(app.got) == 1
    ada.fill({"Loud": "hello"})
    [action] = app.last["actions"]
    assert (action["block_id"], action["value"]) == ("loud", "hello")
    assert app.last["view"]["state"]["values"]["quiet"]["it"]["value"] == "psst"


def test_a_click_in_the_home_tab_is_a_view_action(client: WebClient, app: TinyApp, ada: Person) -> None:
    client.views_publish(user_id=ADA, view={"type": "home", "blocks": [actions(button("start"))]})
    ada.click("start")
    assert app.last["view"]["type"] == "home"
    with refused("not_found"):
        client.views_push(trigger_id=app.last["trigger_id"], view=modal())


def test_a_failure_of_the_app_is_shown_at_the_button(client: WebClient, app: TinyApp, ada: Person) -> None:
    show(client, button("yes"))
    app.on("block_actions", 500)
    reply = ada.click("yes")
    assert reply.error == "dispatch_failed"
    assert reply.sentence


def test_without_interactivity_in_the_manifest_nothing_is_sent(app: TinyApp) -> None:
    plan = manifest()
    plan["settings"]["interactivity"]["is_enabled"] = False
    with Sandbox(plan, PEOPLE, deliver=app.deliver, own_messages=False) as sandbox:
        show(client_of(sandbox), button("yes"))
        assert sandbox.person(ADA).click("yes").error == "not_interactive"
    assert app.got == []
