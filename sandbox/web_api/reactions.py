"""reactions.add: https://docs.slack.dev/reference/methods/reactions.add"""

import re

from sandbox.errors import SlackError
from sandbox.types import JSON
from sandbox.web_api.method import TIER_3, Args, Method, MethodContext
from sandbox.workspace.messages import react

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
_TS = re.compile(r"\d+\.\d+")
_MOST_EMOJI = 50
"""Slack has a limit but does not publish it; this value is an assumption."""


def add(context: MethodContext, args: Args) -> JSON:
    """React to a message with an emoji. Names of custom emoji are accepted too: the workspace has no list of them."""
    workspace = context.workspace
    name, channel, ts = args.text("name").strip(":"), args.text("channel"), args.text("timestamp")
    if not channel or not ts:
        raise SlackError("no_item_specified")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    if not _TS.fullmatch(ts):
        raise SlackError("bad_timestamp")
    conversation = workspace.conversation(channel)
    message = conversation.message(ts)
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    bot = workspace.app.bot_user_id
    reactions = message.payload.get("reactions", [])
    if any(each["name"] == name and bot in each["users"] for each in reactions):
        raise SlackError("already_reacted")
    if len(reactions) >= _MOST_EMOJI and all(each["name"] != name for each in reactions):
        raise SlackError("too_many_emoji")
    react(workspace, conversation, message, bot, name)
    return {}


METHODS = (Method("reactions.add", add, TIER_3, ("reactions:write",)),)
