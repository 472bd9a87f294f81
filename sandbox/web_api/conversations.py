"""conversations.open, history, replies, info, list and members, and users.conversations."""

from collections.abc import Sequence

from sandbox.errors import SlackError
from sandbox.types import JSON
from sandbox.web_api.method import TIER_2, TIER_3, TIER_4, Args, Method, MethodContext, paginate
from sandbox.workspace.conversations import HISTORY_SCOPES, READ_SCOPES, Conversation, ConversationKind, Message
from sandbox.workspace.workspace import Workspace

MAX_PEOPLE = 8
_TYPES: dict[str, ConversationKind] = {
    "public_channel": "channel",
    "private_channel": "group",
    "mpim": "mpim",
    "im": "im",
}


def open_(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    people = list(dict.fromkeys(args.names("users")))
    if args.text("channel"):
        found = workspace.conversation(args.text("channel"))
        if found.kind not in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        workspace.require_scope(f"{found.kind}:write")
        return _open_response(workspace, found, args, was_open=True)
    if not people:
        raise SlackError("users_list_not_supplied")
    workspace.require_scope("im:write" if len(people) == 1 else "mpim:write")
    _check_people(workspace, people)
    was_open = workspace.conversations.direct_between((workspace.app.bot_user_id, *people)) is not None
    if not was_open and args.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    return _open_response(workspace, workspace.direct_message(people), args, was_open=was_open)


def _check_people(workspace: Workspace, people: Sequence[str]) -> None:
    if len(people) > MAX_PEOPLE:
        raise SlackError("too_many_users")
    members = [workspace.member(user) for user in people]
    if any(member.deactivated for member in members):
        raise SlackError("user_disabled")
    if any(member.is_bot for member in members):
        raise SlackError("cannot_dm_bot")


def _open_response(workspace: Workspace, conversation: Conversation, args: Args, *, was_open: bool) -> JSON:
    if not args.flag("return_im"):
        channel: JSON = {"id": conversation.id}
    else:
        channel = channel_object(workspace, conversation) | _read_state(conversation, workspace.app.bot_user_id)
    repeated = {"no_op": True, "already_open": True} if was_open else {}
    return repeated | {"channel": channel}


def _read_state(conversation: Conversation, user: str) -> JSON:
    kept = list(conversation.permanent())
    unread = sum(1 for message in kept if message.payload["user"] != user)
    return {
        "last_read": conversation.last_read.get(user, "0000000000.000000"),
        "latest": kept[-1].api_payload() if kept else None,
        "unread_count": unread,
        "unread_count_display": unread,
        "is_open": True,
    }


def history(context: MethodContext, args: Args) -> JSON:
    conversation = _readable(context.workspace, args, HISTORY_SCOPES)
    roots = [m for m in conversation.permanent() if m.payload.get("thread_ts", m.ts) == m.ts]
    found = list(reversed(_within_range(roots, args)))
    messages, cursor = paginate(found, args, default=100, most=999)
    with_metadata = args.flag("include_all_metadata")
    answer: JSON = {
        "messages": [_as_root(conversation, message, with_metadata) for message in messages],
        "has_more": bool(cursor),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def replies(context: MethodContext, args: Args) -> JSON:
    conversation = _readable(context.workspace, args, HISTORY_SCOPES)
    ts = args.required("ts")
    thread = [m for m in conversation.permanent() if ts in (m.ts, m.payload.get("thread_ts"))]
    if not thread or thread[0].ts != ts:
        raise SlackError("thread_not_found")
    messages, cursor = paginate([thread[0], *_within_range(thread[1:], args)], args, default=1000, most=1000)
    with_metadata = args.flag("include_all_metadata")
    return {
        "messages": [_as_root(conversation, message, with_metadata) for message in messages],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _within_range(messages: Sequence[Message], args: Args) -> list[Message]:
    """The messages between `oldest` and `latest`, including the ends only with `inclusive`."""
    oldest, latest = _timestamp(args, "oldest"), _timestamp(args, "latest")
    ends = args.flag("inclusive")

    def lies_between(message: Message) -> bool:
        micros = _micros(message.ts)
        is_after = oldest is None or micros > oldest or (ends and micros == oldest)
        return is_after and (latest is None or micros < latest or (ends and micros == latest))

    return [message for message in messages if lies_between(message)]


def _timestamp(args: Args, name: str) -> int | None:
    try:
        return _micros(args.text(name)) if args.text(name) not in ("", "now") else None
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6] or 0)


def _as_root(conversation: Conversation, message: Message, with_metadata: bool) -> JSON:
    shown = message.api_payload(with_metadata=with_metadata)
    thread = [m for m in conversation.permanent() if m.payload.get("thread_ts") == message.ts and m is not message]
    if not thread:
        return shown
    users = list(dict.fromkeys(str(reply.payload["user"]) for reply in thread))
    return shown | {
        "thread_ts": message.ts,
        "reply_count": len(thread),
        "reply_users_count": len(users),
        "latest_reply": thread[-1].ts,
        "reply_users": users,
    }


def info(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    conversation = _readable(workspace, args, READ_SCOPES)
    channel = channel_object(workspace, conversation)
    if args.flag("include_num_members"):
        channel["num_members"] = len(conversation.members)
    return {"channel": channel}


def list_(context: MethodContext, args: Args) -> JSON:
    return _listed(
        context.workspace, args, context.workspace.conversations.visible_to(context.workspace.app.bot_user_id)
    )


def of_user(context: MethodContext, args: Args) -> JSON:
    """The conversations of a person, or of the bot: public channels, and others only if the bot is in them too."""
    workspace, bot = context.workspace, context.workspace.app.bot_user_id
    user = workspace.member(args.text("user", bot)).id
    theirs = workspace.conversations.for_user(user)
    return _listed(workspace, args, [one for one in theirs if one.kind == "channel" or bot in one.members])


def _listed(workspace: Workspace, args: Args, everything: Sequence[Conversation]) -> JSON:
    """One page of those of the wanted types."""
    wanted = args.names("types") or ["public_channel"]
    if not set(wanted) <= set(_TYPES):
        raise SlackError("invalid_types")
    kinds = [_TYPES[name] for name in wanted]
    for kind in kinds:
        workspace.require_scope(READ_SCOPES[kind])
    found, cursor = paginate([one for one in everything if one.kind in kinds], args, default=100, most=999)
    channels = [channel_object(workspace, conversation) for conversation in found]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def members(context: MethodContext, args: Args) -> JSON:
    conversation = _readable(context.workspace, args, READ_SCOPES)
    people, cursor = paginate(conversation.members, args, default=100, most=1000)
    return {"members": people, "response_metadata": {"next_cursor": cursor}}


def _readable(workspace: Workspace, args: Args, scopes: dict[ConversationKind, str]) -> Conversation:
    """The requested conversation, if the token's scopes allow reading its kind. Raises SlackError."""
    conversation = workspace.conversation(args.required("channel"))
    workspace.require_scope(scopes[conversation.kind])
    if scopes is HISTORY_SCOPES and workspace.app.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def channel_object(workspace: Workspace, conversation: Conversation) -> JSON:
    """The conversation object (docs.slack.dev/reference/objects/conversation-object)."""
    bot = workspace.app.bot_user_id
    shared: JSON = {
        "id": conversation.id,
        "created": conversation.created,
        "is_archived": False,
        "is_im": conversation.kind == "im",
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
        "updated": conversation.created * 1000,
    }
    if conversation.kind == "im":
        other = next((user for user in conversation.members if user != bot), bot)
        is_gone = workspace.members[other].deactivated
        return shared | {"user": other, "is_user_deleted": is_gone, "priority": 0}
    blank = {"value": "", "creator": "", "last_set": 0}
    return shared | {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.kind != "group",
        "is_group": conversation.kind == "group",
        "is_mpim": conversation.kind == "mpim",
        "is_private": conversation.kind != "channel",
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [workspace.team_id],
        "unlinked": 0,
        "creator": conversation.members[0] if conversation.members else "",
        "is_member": bot in conversation.members,
        "topic": dict(blank),
        "purpose": dict(blank),
        "previous_names": [],
    }


METHODS = (
    Method("conversations.open", open_, TIER_3),
    Method("conversations.history", history, TIER_3),
    Method("conversations.replies", replies, TIER_3),
    Method("conversations.info", info, TIER_3),
    Method("conversations.list", list_, TIER_2),
    Method("conversations.members", members, TIER_4),
    Method("users.conversations", of_user, TIER_3),
)
