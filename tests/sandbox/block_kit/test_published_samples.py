"""Every answer and payload has the fields of the samples that Slack publishes.

The lists name fields of the sample answers at docs.slack.dev/reference/methods/…, of the sample payloads at
docs.slack.dev/reference/interaction-payloads/… and docs.slack.dev/apis/events-api, and of what Slack's own test data
for its SDKs holds. The sandbox may send more fields, never fewer.
"""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from tests.sandbox.support import ADA, BOB, Json, TinyApp, actions, button, modal, opens

BOT_PROFILE = "id deleted name updated app_id icons team_id"
MESSAGE = "bot_id type text user ts app_id team bot_profile"
VIEW = (
    "id team_id type title submit close blocks private_metadata callback_id external_id state hash clear_on_close "
    "notify_on_close root_view_id previous_view_id app_id app_installed_team_id bot_id"
)
USER = (
    "id team_id name deleted color real_name tz tz_label tz_offset profile is_admin is_owner is_primary_owner "
    "is_restricted is_ultra_restricted is_bot updated is_app_user has_2fa"
)
PROFILE = (
    "avatar_hash status_text status_emoji real_name display_name real_name_normalized display_name_normalized email "
    "image_24 image_32 image_48 image_72 image_192 image_512 team title phone skype first_name last_name "
    "status_expiration"
)
IM = (
    "id created is_archived is_im is_org_shared user last_read latest unread_count unread_count_display is_open "
    "priority"
)
CHANNEL = (
    "id name is_channel is_group is_im created creator is_archived is_general unlinked name_normalized is_shared "
    "is_ext_shared is_org_shared pending_shared is_pending_ext_shared is_member is_private is_mpim topic purpose "
    "previous_names shared_team_ids context_team_id updated"
)
INTERACTION = "type team user api_app_id token is_enterprise_install enterprise"
COMMAND = (
    "token team_id team_domain channel_id channel_name user_id user_name command text api_app_id is_enterprise_install "
    "response_url trigger_id"
)
EVENT = (
    "token team_id context_team_id context_enterprise_id api_app_id event type event_id event_time authorizations "
    "is_ext_shared_channel event_context"
)


def lacks(found: Any, fields: str) -> set[str]:
    """The fields of a sample that are not there."""
    return set(fields.split()) - set(found)


METADATA = {"event_type": "a", "event_payload": {}}


@pytest.mark.parametrize(
    ("call", "fields", "inside"),
    [
        (lambda c: c.auth_test(), "url team user team_id user_id bot_id is_enterprise_install", {}),
        (lambda c: c.team_info(), "team", {"team": "id name domain email_domain icon avatar_base_url is_verified"}),
        (lambda c: c.bots_info(), "bot", {"bot": "id deleted name updated app_id user_id icons"}),
        (lambda c: c.users_info(user=ADA), "user", {"user": USER, "user.profile": PROFILE}),
        (lambda c: c.users_lookupByEmail(email="ada@example.com"), "user", {"user": USER, "user.profile": PROFILE}),
        (lambda c: c.users_list(), "members cache_ts response_metadata", {"response_metadata": "next_cursor"}),
        (lambda c: c.conversations_open(users=ADA), "channel", {"channel": "id"}),
        (lambda c: c.conversations_open(users=ADA, return_im=True), "channel", {"channel": IM}),
        (
            lambda c: c.chat_postMessage(channel=ADA, text="Hello", metadata=METADATA),
            "channel ts message",
            {"message": MESSAGE + " metadata", "message.bot_profile": BOT_PROFILE},
        ),
    ],
)
def test_answers_have_the_fields_of_the_samples(
    client: WebClient, call: Callable[[WebClient], Any], fields: str, inside: dict[str, str]
) -> None:
    answer = call(client).data
    assert lacks(answer, "ok " + fields) == set()
    for path, inner in inside.items():
        found = answer
        for step in path.split("."):
            found = found[step]
        assert lacks(found, inner) == set(), path


def test_answers_about_conversations_and_messages_too(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Hello", blocks=[actions(button("go"))])
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    group = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
    history = client.conversations_history(channel=posted["channel"]).data
    assert lacks(history, "ok messages has_more pin_count channel_actions_ts channel_actions_count") == set()
    assert lacks(history["messages"][0], MESSAGE + " blocks") == set()  # type: ignore[call-overload]
    assert lacks(client.conversations_info(channel=group)["channel"], CHANNEL) == set()
    assert lacks(client.conversations_info(channel=posted["channel"])["channel"], "id created is_im user") == set()
    assert lacks(client.conversations_members(channel=group).data, "ok members response_metadata") == set()
    assert lacks(client.conversations_list(types="im,mpim").data, "ok channels response_metadata") == set()
    assert lacks(client.chat_postEphemeral(channel=group, user=ADA, text="x").data, "ok message_ts") == set()
    changed = client.chat_update(**place, text="New").data
    assert lacks(changed, "ok channel ts text message") == set()
    assert lacks(changed["message"], MESSAGE + " edited") == set()  # type: ignore[call-overload]
    link = client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"]).data
    assert lacks(link, "ok channel permalink") == set()
    assert lacks(client.chat_delete(**place).data, "ok channel ts") == set()


def test_views_have_the_fields_of_the_samples(client: WebClient, app: TinyApp, ada: Person) -> None:
    ada.command("/go")
    view = client.views_open(trigger_id=app.last["trigger_id"], view=modal())["view"]
    assert lacks(view, VIEW) == set()
    assert lacks(client.views_update(view_id=view["id"], view=modal())["view"], VIEW) == set()
    published = client.views_publish(user_id=ADA, view={"type": "home", "blocks": []})["view"]
    assert lacks(published, VIEW) == set()


def test_a_command_has_the_fields_of_the_sample(app: TinyApp, ada: Person) -> None:
    ada.command("/go")
    assert set(app.last) == set(COMMAND.split())


def test_clicks_have_the_fields_of_the_samples(client: WebClient, app: TinyApp, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="Press", blocks=[actions(button("go", value="1"))])
    ada.click("go")
    assert lacks(app.last, INTERACTION + " container trigger_id channel message state response_url actions") == set()
    assert lacks(app.last["user"], "id username name team_id") == set()
    assert lacks(app.last["team"], "id domain") == set()
    assert lacks(app.last["message"], MESSAGE + " blocks") == set()
    assert lacks(app.last["actions"][0], "action_id block_id text value type action_ts") == set()


def test_submissions_and_closings_have_the_fields_of_the_samples(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    app.on("command", opens(sandbox, modal(notify_on_close=True)))
    ada.command("/go")
    ada.fill({"Name": "Ada"})
    app.on("view_submission", {"response_action": "errors", "errors": {"name": "No"}})
    ada.submit()
    assert lacks(app.last, INTERACTION + " trigger_id view response_urls") == set()
    assert lacks(app.last["view"], VIEW) == set()
    ada.close()
    assert lacks(app.last, INTERACTION + " view is_cleared") == set()
    assert "trigger_id" not in app.last


def test_events_have_the_fields_of_the_samples(app: TinyApp, ada: Person) -> None:
    ada.say("Hello")
    assert lacks(app.last, EVENT) == set()
    [authorization] = app.last["authorizations"]
    assert lacks(authorization, "enterprise_id team_id user_id is_bot is_enterprise_install") == set()
    event: Json = app.last["event"]
    assert lacks(event, "client_msg_id type text user ts team blocks channel event_ts channel_type") == set()
