"""The payloads Slack sends to an app: commands, interactions and events, with every field."""

from typing import Any

from sandbox.blocks import random_name
from sandbox.members import Member
from sandbox.types import JSON
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace


def command(workspace: Workspace, member: Member, conversation: Conversation, name: str, text: str) -> dict[str, str]:
    """The form fields of a slash command (docs.slack.dev/interactivity/implementing-slash-commands)."""
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": conversation.id,
        "channel_name": conversation.payload_name(),
        "user_id": member.id,
        "user_name": member.handle,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": _response_url(workspace, member, conversation),
        "trigger_id": workspace.triggers.issue(member.id),
    }


def message_action(
    workspace: Workspace, member: Member, conversation: Conversation, message: Message, entry: JSON
) -> JSON:
    """A block_actions payload from a message (docs.slack.dev/reference/interaction-payloads/block_actions-payload).

    As in Slack, an ephemeral message is named in the container but not included.
    """
    is_ephemeral = message.only_for is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": is_ephemeral,
    }
    if "thread_ts" in message.payload:
        container["thread_ts"] = message.payload["thread_ts"]
    payload = _interaction(workspace, member, "block_actions") | {
        "container": container,
        "trigger_id": workspace.triggers.issue(member.id),
        "channel": {"id": conversation.id, "name": conversation.payload_name()},
        "state": {"values": message.state_for(member.id)},
        "response_url": _response_url(workspace, member, conversation, message.ts),
        "actions": [entry],
    }
    return payload if is_ephemeral else payload | {"message": message.api_payload()}


def view_action(workspace: Workspace, member: Member, view: View, entry: JSON) -> JSON:
    """A block_actions payload from a modal or a Home tab."""
    is_modal = view.source["type"] == "modal"
    return _interaction(workspace, member, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.triggers.issue(member.id, view.id if is_modal else None),
        "view": workspace.view_payload(view),
        "actions": [entry],
    }


def view_submission(workspace: Workspace, member: Member, view: View) -> JSON:
    """A view_submission payload (docs.slack.dev/reference/interaction-payloads/view-interactions-payload)."""
    return _interaction(workspace, member, "view_submission") | {
        "trigger_id": workspace.triggers.issue(member.id, view.id),
        "view": workspace.view_payload(view),
        "response_urls": _view_response_urls(workspace, member, view),
    }


def view_closed(workspace: Workspace, member: Member, view: View, *, is_cleared: bool) -> JSON:
    """A view_closed payload. `is_cleared`: the whole stack was closed at once."""
    return _interaction(workspace, member, "view_closed") | {
        "view": workspace.view_payload(view),
        "is_cleared": is_cleared,
    }


def event_callback(workspace: Workspace, event: JSON) -> JSON:
    """The envelope of an event (docs.slack.dev/apis/events-api)."""
    authorization = {
        "enterprise_id": None,
        "team_id": workspace.team_id,
        "user_id": workspace.app.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.ids.next("Ev"),
        "event_time": int(workspace.calendar.now().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{random_name(48)}",
    }


def _interaction(workspace: Workspace, member: Member, kind: str) -> JSON:
    team_id = member.team_id or workspace.team_id
    return {
        "type": kind,
        "user": {"id": member.id, "username": member.handle, "name": member.handle, "team_id": team_id},
        "api_app_id": workspace.app.id,
        "token": workspace.app.verification_token,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _response_url(workspace: Workspace, member: Member, conversation: Conversation, ts: str | None = None) -> str:
    return workspace.url + workspace.response_urls.issue(member.id, conversation.id, ts)


def _view_response_urls(workspace: Workspace, member: Member, view: View) -> list[dict[str, Any]]:
    """A response URL for each conversation chosen in an element with `response_url_enabled`."""
    found = []
    for slot in view.slots():
        if not slot.element.get("response_url_enabled"):
            continue
        state = view.state[slot.block_id][slot.action_id]
        channel = state.get("selected_conversation") or state.get("selected_channel")
        conversation = workspace.conversations.get(channel) if channel else None
        if conversation:
            url = _response_url(workspace, member, conversation)
            entry = {"block_id": slot.block_id, "action_id": slot.action_id}
            found.append(entry | {"channel_id": conversation.id, "response_url": url})
    return found
