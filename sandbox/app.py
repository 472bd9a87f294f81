"""The installed app: its manifest, tokens and secrets."""

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
    "file_shared": "files:read",
    "reaction_added": "reactions:read",
    "user_change": "users:read",
    "team_join": "users:read",
}
"""The scope that Slack requires for each event subscription."""


@dataclass(frozen=True)
class SlashCommand:
    """A slash command of the manifest. With `should_escape`, typed @names become mentions."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass
class InstalledApp:
    """An app installed from its manifest (docs.slack.dev/reference/app-manifest).

    `revoked` is empty, or the error with which calls are refused. While `installed` is false, nobody can use the app
    and it receives no events.
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
        """The long description, else the short one, else an empty string."""
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
        """The command called `name` (with its slash). None if there is none, the scope is missing, or the app was
        removed.
        """
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
        """Whether the app is installed, subscribes to `event` in its manifest and holds the required scope."""
        scope = EVENT_SCOPES.get(event)
        listed = self._at("settings", "event_subscriptions", "bot_events") or ()
        return self.installed and event in listed and (scope is None or scope in self.scopes)

    def remove(self) -> None:
        """Remove the app from the workspace and revoke its tokens."""
        self.installed, self.revoked = False, "account_inactive"

    def reinstall(self, *, same_token: bool = False) -> None:
        """Install the app again, with a new bot token unless `same_token`. The app-level token does not change."""
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
