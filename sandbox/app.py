"""The installed app: what its manifest says it may do, and the secrets it holds."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

EVENT_SCOPES = {
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_mention": "app_mentions:read",
    "user_change": "users:read",
    "team_join": "users:read",
}
"""The scope each event needs before Slack accepts a subscription to it."""


@dataclass(frozen=True)
class SlashCommand:
    """A command of the manifest; `should_escape` turns typed @names into mentions."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass
class InstalledApp:
    """An app installed in the workspace from its manifest (docs.slack.dev/reference/app-manifest).

    `revoked` is empty, or the error with which its tokens are refused. While it is not `installed` nobody can use it,
    and it hears of nothing.
    """

    manifest: Mapping[str, Any]
    id: str = "A0LOCAL"
    bot_id: str = "B0APPBOT"
    bot_user_id: str = "U0APPBOT"
    bot_token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(24)}")
    app_token: str = field(default_factory=lambda: f"xapp-1-{secrets.token_hex(24)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))
    revoked: str = ""
    installed: bool = True

    @property
    def name(self) -> str:
        return str(self._at("display_information", "name") or "App")

    @property
    def description(self) -> str:
        """What the app says of itself, the longer of its two texts where it has both; empty when it says nothing."""
        return str(
            self._at("display_information", "long_description") or self._at("display_information", "description") or ""
        )

    @property
    def bot_name(self) -> str:
        return str(self._at("features", "bot_user", "display_name") or self.name)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The bot token's scopes."""
        return tuple(self._at("oauth_config", "scopes", "bot") or ())

    @property
    def commands(self) -> tuple[SlashCommand, ...]:
        listed = self._at("features", "slash_commands") or ()
        return tuple(
            SlashCommand(
                entry["command"],
                entry.get("description", ""),
                entry.get("usage_hint", ""),
                bool(entry.get("should_escape")),
            )
            for entry in listed
        )

    def command(self, name: str) -> SlashCommand | None:
        """The command called `name` (with its slash); None when the app has none, lacks the scope, or was removed."""
        if "commands" not in self.scopes or not self.installed:
            return None
        return next((command for command in self.commands if command.command == name), None)

    @property
    def is_interactive(self) -> bool:
        return bool(self._at("settings", "interactivity", "is_enabled"))

    @property
    def has_home_tab(self) -> bool:
        return bool(self._at("features", "app_home", "home_tab_enabled"))

    @property
    def has_messages_tab(self) -> bool:
        return bool(self._at("features", "app_home", "messages_tab_enabled"))

    @property
    def accepts_messages(self) -> bool:
        """Whether people may write to the bot in its messages tab."""
        return self.has_messages_tab and not self._at("features", "app_home", "messages_tab_read_only_enabled")

    def subscribes_to(self, event: str) -> bool:
        """Whether the app is installed, and its manifest subscribes to `event` and holds the scope it needs."""
        scope = EVENT_SCOPES.get(event)
        listed = self._at("settings", "event_subscriptions", "bot_events") or ()
        return self.installed and event in listed and (scope is None or scope in self.scopes)

    def remove(self) -> None:
        """It is removed from the workspace, and its tokens with it."""
        self.installed, self.revoked = False, "account_inactive"

    def reinstall(self, *, same_token: bool = False) -> None:
        """It is back, with a new bot token unless `same_token`. Its app-level token is the app's and stays."""
        self.installed, self.revoked = True, ""
        if not same_token:
            self.bot_token = f"xoxb-{secrets.token_hex(24)}"

    def _at(self, *keys: str) -> Any:
        found: Any = self.manifest
        for key in keys:
            if not isinstance(found, Mapping):
                return None
            found = found.get(key)
        return found
