"""chat.postMessage, postEphemeral, update, delete and getPermalink."""

from typing import Any

from sandbox.block_kit import POSTED_TEXT, UPDATED_TEXT, check_message
from sandbox.errors import SlackError
from sandbox.types import JSON
from sandbox.web_api.method import SPECIAL, TIER_3, TIER_4, Args, Method, MethodContext
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.messages import edit, post_as_bot, remove
from sandbox.workspace.rate_limits import (
    POSTS_PER_CHANNEL_BURST,
    POSTS_PER_CHANNEL_PER_MINUTE,
    POSTS_PER_WORKSPACE_PER_MINUTE,
)
from sandbox.workspace.workspace import Workspace


def post_message(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    workspace.rate_limits.consume(("chat.postMessage",), POSTS_PER_WORKSPACE_PER_MINUTE)
    conversation = _postable(workspace, args.required("channel"))
    channel_key = ("chat.postMessage", conversation.id)
    workspace.rate_limits.consume(channel_key, POSTS_PER_CHANNEL_PER_MINUTE, POSTS_PER_CHANNEL_BURST)
    content, metadata = _content(args), args.values.get("metadata") or None
    thread_ts = args.text("thread_ts") or None
    message = post_as_bot(workspace, conversation, **content, thread_ts=thread_ts, metadata=metadata)
    return {"channel": conversation.id, "ts": message.ts, "message": message.api_payload(with_metadata=True)}


def post_ephemeral(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    conversation = _postable(workspace, args.required("channel"))
    user = args.required("user")
    if user not in conversation.members:
        raise SlackError("user_not_in_channel")
    message = post_as_bot(workspace, conversation, **_content(args), only_for=user)
    return {"message_ts": message.ts}


def update(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    conversation, message = _own_message(workspace, args, "cant_update_message")
    # Fields that are not given stay. New text alone removes the blocks, and only then is the message marked "edited".
    says_more = "text" in args or "blocks" in args
    if says_more:
        content = _content(args, UPDATED_TEXT)
        changes: JSON = {"text": content["text"], "blocks": content["blocks"] or None}
        edit(workspace, conversation, message, changes, marked=not content["blocks"])
    elif "metadata" not in args:
        raise SlackError("no_text")
    if "metadata" in args:
        require_sendable({"text": "-", "metadata": args.values["metadata"]})
        message.metadata = args.values["metadata"] or None
        workspace.change_listener.message_changed(conversation, message)
    answered = message.api_payload(with_metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "text": answered["text"], "message": answered}


def delete(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    conversation, message = _own_message(workspace, args, "cant_delete_message")
    remove(workspace, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def get_permalink(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    conversation = workspace.conversation(args.required("channel"))
    ts = args.required("message_ts")
    if conversation.message(ts) is None:
        raise SlackError("message_not_found")
    path = f"archives/{conversation.id}/p{ts.replace('.', '')}"
    return {"channel": conversation.id, "permalink": f"https://{workspace.domain}.slack.com/{path}"}


def _postable(workspace: Workspace, channel: str) -> Conversation:
    """The conversation to post in: one that the bot is in, or the direct message with a person named by id."""
    if channel in workspace.members:
        if workspace.members[channel].is_bot:
            raise SlackError("cannot_dm_bot")
        conversation = workspace.direct_message([channel])
    else:
        named = workspace.conversations.channel_named(channel.removeprefix("#"))
        conversation = named or workspace.conversation(channel)
    if workspace.app.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel" if conversation.kind == "channel" else "channel_not_found")
    if conversation.kind == "im" and not workspace.app.has_messages_tab:
        raise SlackError("messages_tab_disabled")
    return conversation


def _content(args: Args, longest_text: int = POSTED_TEXT) -> dict[str, Any]:
    """Text and blocks. Raises SlackError if Slack refuses them."""
    given = {name: args.values.get(name) for name in ("text", "blocks", "attachments", "metadata")}
    require_sendable({name: value if value != "" else None for name, value in given.items()}, longest_text)
    return {"text": args.text("text"), "blocks": args.values.get("blocks") or []}


def require_sendable(payload: JSON, longest_text: int = POSTED_TEXT) -> None:
    """Raises SlackError with every problem of a message, if there is one."""
    problems = check_message(payload, longest_text=longest_text)
    if problems:
        raise SlackError(problems[0].error, [str(problem) for problem in problems])


def _own_message(workspace: Workspace, args: Args, refusal: str) -> tuple[Conversation, Message]:
    conversation = workspace.conversation(args.required("channel"))
    message = conversation.message(args.required("ts"))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if message.payload["user"] != workspace.app.bot_user_id:
        raise SlackError(refusal)
    return conversation, message


METHODS = (
    Method("chat.postMessage", post_message, None, ("chat:write",)),
    Method("chat.postEphemeral", post_ephemeral, TIER_4, ("chat:write",)),
    Method("chat.update", update, TIER_3, ("chat:write",)),
    Method("chat.delete", delete, TIER_3, ("chat:write",)),
    Method("chat.getPermalink", get_permalink, SPECIAL),
)
