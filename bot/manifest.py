"""The Slack app's manifest, built from what the bot uses (https://docs.slack.dev/reference/app-manifest)."""

from typing import Any

import yaml

from bot.http_server import PATH
from messages.ids import COMMAND, Subcommand

NAME = "mentor-bot"
READ_ADDRESSES = "users:read.email"
"""Only for the import of people, which finds them by the e-mail addresses in the organisation's list."""
READ_PROFILE_FIELDS = "users.profile:read"
"""Only for custom profile fields, if an administrator maps some; the workspace can refuse it and keep the rest."""
SHARE_FILES = "files:write"
"""Only for calendar files of meetings; without it, people get the time in words."""
SCOPES = (
    "chat:write",
    "commands",
    "files:read",
    SHARE_FILES,
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:write",
    "users:read",
    READ_ADDRESSES,
    READ_PROFILE_FIELDS,
)
"""Exactly the scopes that the calls and events need; a test derives the same from the calls that were made."""
OPTIONAL_SCOPES = (SHARE_FILES, READ_PROFILE_FIELDS)
"""Those of SCOPES that may be refused when the app is installed (https://docs.slack.dev/changelog, 2026-03-12)."""
EVENTS = ("app_home_opened", "message.im", "user_change", "team_join", "app_uninstalled", "tokens_revoked")


def manifest(url: str | None = None) -> dict[str, Any]:
    """For Socket Mode, or for HTTP at `url` (https, without a path)."""
    request_url = f"{url.rstrip('/')}{PATH}" if url else None
    at_url = {"request_url": request_url} if request_url else {}
    return {
        "display_information": {
            "name": NAME,
            "description": "Find a mentor or become one.",
            "background_color": "#24544d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    **({"url": request_url} if request_url else {}),
                    "description": "Find a mentor or become one",
                    "usage_hint": " | ".join(Subcommand),
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}},
        "settings": {
            "event_subscriptions": {**at_url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **at_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(contents: dict[str, Any]) -> str:
    return yaml.safe_dump(contents, sort_keys=False, allow_unicode=True, width=100)
