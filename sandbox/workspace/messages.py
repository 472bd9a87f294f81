"""Posting, editing and deleting messages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sandbox.blocks import complete_blocks, random_name
from sandbox.types import JSON, copied
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.files import SharedFile
from sandbox.workspace.workspace import Post, Workspace

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MENTION = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._-]*)")


def escape(text: str) -> str:
    """Escape & < > as Slack does in text that people type."""
    return re.sub(r"[&<>]", lambda found: _ESCAPES[found.group()], text)


def with_mentions(workspace: Workspace, text: str) -> str:
    """Escaped text with the @handles of members replaced by mentions."""
    mentions = {member.handle: f"<@{member.id}>" for member in workspace.members.values()}
    return _MENTION.sub(lambda found: mentions.get(found.group(1), found.group()), escape(text))


def post_as_bot(
    workspace: Workspace,
    conversation: Conversation,
    *,
    text: str = "",
    blocks: Sequence[JSON] = (),
    thread_ts: str | None = None,
    metadata: JSON | None = None,
    only_for: str | None = None,
    files: Sequence[SharedFile] = (),
) -> Message:
    """Post a message of the app, already validated, with `files` or none, and publish the change."""
    app = workspace.app
    payload: JSON = {
        "user": app.bot_user_id,
        "type": "message",
        "ts": workspace.ids.timestamp(),
        "bot_id": app.bot_id,
        "app_id": app.id,
        "text": text,
        "team": workspace.team_id,
        "bot_profile": bot_profile(workspace),
    }
    if blocks:
        payload["blocks"] = complete_blocks(blocks)
    if files:
        payload |= _with_files(workspace, files)
    if thread_ts:
        payload |= _in_thread(conversation, thread_ts)
    message = Message(workspace.next_serial(), payload, only_for, copied(metadata))
    _add(workspace, conversation, message)
    if not only_for:
        people = tuple(user for user in conversation.members if user != app.bot_user_id)
        workspace.posted.append(Post(conversation.id, message.ts, people))
    if workspace.echoes_own_messages and not only_for:
        workspace.send_event(*message_event(conversation, message.payload))
    return message


def post_as_person(
    workspace: Workspace,
    conversation: Conversation,
    user: str,
    text: str,
    thread_ts: str | None = None,
    files: Sequence[SharedFile] = (),
) -> Message:
    """Post a message of a person, with `files` or none. The caller sends its `message_event` to the app."""
    payload: JSON = {
        "client_msg_id": f"{random_name(8)}-{random_name(4)}-{random_name(12)}".lower(),
        "type": "message",
        "user": user,
        "text": with_mentions(workspace, text),
        "ts": workspace.ids.timestamp(),
        "team": workspace.members[user].team_id or workspace.team_id,
    }
    if text:
        payload["blocks"] = [_rich_text(text)]
    if files:
        payload |= _with_files(workspace, files)
    if thread_ts:
        payload |= _in_thread(conversation, thread_ts)
    conversation.last_read[user] = payload["ts"]
    workspace.change_listener.conversation_changed(conversation)
    message = Message(workspace.next_serial(), payload)
    _add(workspace, conversation, message)
    return message


def _with_files(workspace: Workspace, files: Sequence[SharedFile]) -> JSON:
    described = [file.payload(workspace.team_id, workspace.url) for file in files]
    return {"subtype": "file_share", "files": described, "upload": False, "display_as_bot": False}


def message_event(conversation: Conversation, message: JSON) -> tuple[str, JSON]:
    """The subscription that covers a message, and its event (docs.slack.dev/reference/events/message)."""
    kind = conversation.kind
    subscription = {"channel": "message.channels", "group": "message.groups"}.get(kind, f"message.{kind}")
    place = {"channel": conversation.id, "event_ts": message["ts"], "channel_type": kind}
    return subscription, copied(message) | place


def bot_profile(workspace: Workspace) -> JSON:
    """The `bot_profile` of a bot's messages."""
    app = workspace.app
    icons = {f"image_{size}": f"https://avatars.invalid/{app.bot_id}_{size}.png" for size in (36, 48, 72)}
    return {
        "id": app.bot_id,
        "deleted": False,
        "name": app.name,
        "updated": int(workspace.calendar.now().timestamp()),
        "app_id": app.id,
        "user_id": app.bot_user_id,
        "icons": icons,
        "team_id": workspace.team_id,
    }


def edit(workspace: Workspace, conversation: Conversation, message: Message, changes: JSON, *, marked: bool) -> None:
    """Change fields of a message; None removes a field. `marked` adds Slack's `edited`."""
    before = message.api_payload()
    for key, value in changes.items():
        if value is None:
            message.payload.pop(key, None)
        else:
            message.payload[key] = complete_blocks(value) if key == "blocks" else copied(value)
    message.chosen.clear()
    if marked:
        message.payload["edited"] = {"user": workspace.app.bot_user_id, "ts": workspace.ids.timestamp()}
    workspace.change_listener.message_changed(conversation, message)
    workspace.changes.publish(conversation.members, "messages")
    _send_event(workspace, conversation, "message_changed", message=message.api_payload(), previous_message=before)


def react(workspace: Workspace, conversation: Conversation, message: Message, user: str, name: str) -> None:
    """Add the reaction of `user`, and send `reaction_added`."""
    reactions: list[JSON] = message.payload.setdefault("reactions", [])
    found = next((each for each in reactions if each["name"] == name), None)
    if found is None:
        reactions.append(found := {"name": name, "users": [], "count": 0})
    found["users"].append(user)
    found["count"] += 1
    workspace.change_listener.message_changed(conversation, message)
    workspace.changes.publish(conversation.members, "messages")
    event = {
        "type": "reaction_added",
        "user": user,
        "reaction": name,
        "item_user": message.payload["user"],
        "item": {"type": "message", "channel": conversation.id, "ts": message.ts, "channel_type": conversation.kind},
        "event_ts": workspace.ids.timestamp(),
    }
    workspace.send_event("reaction_added", event)


def keep_files(workspace: Workspace, message: Message, files: Sequence[SharedFile]) -> None:
    """Keep files that were shared by `message`, and send `file_shared` for each to an app that can see them
    (docs.slack.dev/reference/events/file_shared).
    """
    for file in files:
        workspace.files[file.id] = replace(file, ts=message.ts)
        conversation = workspace.conversations.get(file.channel)
        if conversation and workspace.app.bot_user_id in conversation.members:
            event = {
                "type": "file_shared",
                "channel_id": conversation.id,
                "file_id": file.id,
                "user_id": file.user,
                "file": {"id": file.id},
                "event_ts": workspace.ids.timestamp(),
            }
            workspace.send_event("file_shared", event)


def remove_file(workspace: Workspace, file: SharedFile) -> None:
    """A file was deleted: a tombstone is in its place in the message that shares it."""
    conversation = workspace.conversations.get(file.channel)
    message = conversation.message(file.ts) if conversation else None
    if conversation and message:
        shown = [
            {"id": file.id, "mode": "tombstone"} if each["id"] == file.id else each for each in message.payload["files"]
        ]
        edit(workspace, conversation, message, {"files": shown}, marked=False)


def remove(workspace: Workspace, conversation: Conversation, message: Message) -> None:
    """Delete a message for everyone."""
    conversation.messages.remove(message)
    workspace.change_listener.message_deleted(message)
    workspace.changes.publish(conversation.members, "messages")
    _send_event(
        workspace, conversation, "message_deleted", deleted_ts=message.ts, previous_message=message.api_payload()
    )


def _add(workspace: Workspace, conversation: Conversation, message: Message) -> None:
    conversation.messages.append(message)
    workspace.change_listener.message_changed(conversation, message)
    workspace.changes.publish(conversation.members, "messages")


def _send_event(workspace: Workspace, conversation: Conversation, subtype: str, **facts: Any) -> None:
    if workspace.echoes_own_messages:
        event = {"type": "message", "subtype": subtype, "hidden": True, "ts": workspace.ids.timestamp(), **facts}
        workspace.send_event(*message_event(conversation, event))


def _in_thread(conversation: Conversation, thread_ts: str) -> JSON:
    parent = conversation.message(thread_ts)
    found: dict[str, Any] = {"thread_ts": thread_ts}
    return found | ({"parent_user_id": parent.payload["user"]} if parent else {})


def _rich_text(text: str) -> JSON:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": random_name(), "elements": [section]}
