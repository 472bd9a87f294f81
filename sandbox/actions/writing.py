"""What people type: slash commands, messages, and a look at the app's Home tab."""

from typing import Literal

from sandbox.actions.context import ActionContext, ActionResult
from sandbox.block_kit import check_message
from sandbox.delivery import payloads
from sandbox.traffic import RecordedDelivery
from sandbox.types import JSON
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.messages import escape, message_event, post_as_bot, post_as_person, with_mentions

_CODES = {"dropped": "dispatch_failed", "refused": "invalid_command_response"}


def command(desk: ActionContext, user: str, line: str, channel: str | None = None) -> ActionResult:
    """Type a line that begins with a command's slash, in `channel` or (None) the direct message with the bot."""
    workspace = desk.workspace
    member, place = desk.person(user), desk.conversation(user, channel)
    name, _, text = line.strip().partition(" ")
    found = workspace.app.command(name)
    if found is None or workspace.is_external(member):
        return ActionResult("unknown_command", f"{name} is not a valid command.")
    with workspace.lock:
        since = workspace.last_serial
        text = with_mentions(workspace, text.strip()) if found.should_escape else escape(text.strip())
        payload = payloads.command(workspace, member, place, name, text)
    delivery = desk.send("command", payload)
    if delivery.ok:
        _post_response(desk, delivery, user, place)
    code = _CODES.get(delivery.error, delivery.error)
    return ActionResult(code, _sentence(name, code), desk.messages_since(user, since))


def _sentence(name: str, code: str) -> str:
    if code == "operation_timeout":
        return f"{name} failed because the app did not respond."
    return f'{name} failed with the error "{code}"' if code else ""


def _post_response(desk: ActionContext, delivery: RecordedDelivery, user: str, place: Conversation) -> None:
    """Post what the app said in its acknowledgement; an illegal message is refused and noted."""
    body = delivery.response.body if delivery.response else None
    message: JSON | None = {"text": body} if isinstance(body, str) else body
    if not message or not (message.get("text") or message.get("blocks")):
        return
    findings = check_message(message)
    if findings:
        delivery.error, delivery.problems = "refused", [str(finding) for finding in findings]
        return
    only_for = None if message.get("response_type") == "in_channel" else user
    text, blocks = message.get("text") or "", message.get("blocks") or ()
    with desk.workspace.lock:
        post_as_bot(desk.workspace, place, text=text, blocks=blocks, only_for=only_for)


def say(
    desk: ActionContext, user: str, text: str, channel: str | None = None, thread_ts: str | None = None
) -> ActionResult:
    """Write a message; the app hears of it where it subscribes to such messages and is in the conversation."""
    workspace, app = desk.workspace, desk.workspace.app
    desk.person(user)
    place = desk.conversation(user, channel)
    if place.kind == "im" and not app.accepts_messages:
        return ActionResult("messages_turned_off", "Sending messages to this app has been turned off.")
    with workspace.lock:
        message = post_as_person(workspace, place, user, text, thread_ts)
        queued = []
        if app.bot_user_id in place.members:
            subscription, event = message_event(place, message.payload)
            queued.append(workspace.send_event(subscription, event))
            if place.kind in ("channel", "group") and f"<@{app.bot_user_id}>" in message.payload["text"]:
                mention = {key: value for key, value in event.items() if key != "channel_type"}
                queued.append(workspace.send_event("app_mention", mention | {"type": "app_mention"}))
    for waiting in queued:
        if waiting:
            waiting.result()
    return ActionResult()


def open_home(desk: ActionContext, user: str, tab: Literal["home", "messages"] = "home") -> ActionResult:
    """Open a tab of the app's home, of which the app is told (docs.slack.dev/reference/events/app_home_opened)."""
    workspace = desk.workspace
    desk.person(user)
    place = desk.conversation(user, None)
    with workspace.lock:
        home = workspace.views.home(user)
        event: JSON = {
            "type": "app_home_opened",
            "user": user,
            "channel": place.id,
            "tab": tab,
            "event_ts": workspace.ids.timestamp(),
        }
        if home and tab == "home":
            event["view"] = workspace.view_payload(home)
        waiting = workspace.send_event("app_home_opened", event)
    if waiting:
        waiting.result()
    return ActionResult()
