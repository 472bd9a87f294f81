"""Slash commands, messages, and opening the app's Home tab."""

from collections.abc import Sequence
from typing import Literal

from sandbox.actions.context import ActionContext, ActionResult
from sandbox.block_kit import check_message
from sandbox.delivery import payloads
from sandbox.traffic import RecordedDelivery
from sandbox.types import JSON
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.files import SharedFile
from sandbox.workspace.messages import escape, keep_files, message_event, post_as_bot, post_as_person, with_mentions

_CODES = {"dropped": "dispatch_failed", "refused": "invalid_command_response"}


def command(context: ActionContext, user: str, line: str, channel: str | None = None) -> ActionResult:
    """Send a slash command in `channel`, or (None) in the direct message with the bot."""
    workspace = context.workspace
    member, conversation = context.person(user), context.conversation(user, channel)
    name, _, text = line.strip().partition(" ")
    found = workspace.app.command(name)
    if found is None or workspace.is_external(member):
        return ActionResult("unknown_command", f"{name} is not a valid command.")
    with workspace.lock:
        serial = workspace.last_serial
        text = with_mentions(workspace, text.strip()) if found.should_escape else escape(text.strip())
        payload = payloads.command(workspace, member, conversation, name, text)
    delivery = context.send("command", payload)
    if delivery.ok:
        _post_response(context, delivery, user, conversation)
    code = _CODES.get(delivery.error, delivery.error)
    return ActionResult(code, _sentence(name, code), context.messages_since(user, serial))


def _sentence(name: str, code: str) -> str:
    if code == "operation_timeout":
        return f"{name} failed because the app did not respond."
    return f'{name} failed with the error "{code}"' if code else ""


def _post_response(context: ActionContext, delivery: RecordedDelivery, user: str, conversation: Conversation) -> None:
    """Post the message in the app's acknowledgement. An invalid message is refused and recorded."""
    body = delivery.response.body if delivery.response else None
    message: JSON | None = {"text": body} if isinstance(body, str) else body
    if not message or not (message.get("text") or message.get("blocks")):
        return
    problems = check_message(message)
    if problems:
        delivery.error, delivery.problems = "refused", [str(problem) for problem in problems]
        return
    only_for = None if message.get("response_type") == "in_channel" else user
    text, blocks = message.get("text") or "", message.get("blocks") or ()
    with context.workspace.lock:
        post_as_bot(context.workspace, conversation, text=text, blocks=blocks, only_for=only_for)


def say(
    context: ActionContext,
    user: str,
    text: str,
    channel: str | None = None,
    thread_ts: str | None = None,
    files: Sequence[tuple[str, bytes]] = (),
) -> ActionResult:
    """Post a message, with files (names and contents) or none. It is sent to the
    app if the app subscribes to it and its bot is in the conversation.
    """
    workspace, app = context.workspace, context.workspace.app
    context.person(user)
    conversation = context.conversation(user, channel)
    if conversation.kind == "im" and not app.accepts_messages:
        return ActionResult("messages_turned_off", "Sending messages to this app has been turned off.")
    with workspace.lock:
        created = int(workspace.calendar.now().timestamp())
        shared = [
            SharedFile(workspace.ids.next("F"), name, user, conversation.id, created, data) for name, data in files
        ]
        message = post_as_person(workspace, conversation, user, text, thread_ts, shared)
        keep_files(workspace, message, shared)
        queued = []
        if app.bot_user_id in conversation.members:
            subscription, event = message_event(conversation, message.payload)
            queued.append(workspace.send_event(subscription, event))
            if conversation.kind in ("channel", "group") and f"<@{app.bot_user_id}>" in message.payload["text"]:
                mention = {key: value for key, value in event.items() if key != "channel_type"}
                queued.append(workspace.send_event("app_mention", mention | {"type": "app_mention"}))
    for waiting in queued:
        if waiting:
            waiting.result()
    return ActionResult()


def open_home(context: ActionContext, user: str, tab: Literal["home", "messages"] = "home") -> ActionResult:
    """Open a tab of the app's home and send `app_home_opened` (docs.slack.dev/reference/events/app_home_opened)."""
    workspace = context.workspace
    context.person(user)
    conversation = context.conversation(user, None)
    with workspace.lock:
        home = workspace.views.home(user)
        event: JSON = {
            "type": "app_home_opened",
            "user": user,
            "channel": conversation.id,
            "tab": tab,
            "event_ts": workspace.ids.timestamp(),
        }
        if home and tab == "home":
            event["view"] = workspace.view_payload(home)
        waiting = workspace.send_event("app_home_opened", event)
    if waiting:
        waiting.result()
    return ActionResult()
