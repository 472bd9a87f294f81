"""Settings from environment variables, and the workspace that a command is for.

An error is a sentence that names the variable and never its value.
"""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from mentoring.core.clean_text import clean_line
from storage import Storage

SLACK = "https://slack.com/api/"
SLACK_DOMAINS = ("slack.com", "slack-gov.com")
DATABASE = "sqlite:///mentor-bot.db"

_SENTENCES = {
    "slack_bot_token": "SLACK_BOT_TOKEN must be the app’s bot token. It begins with xoxb-.",
    "slack_app_token": "SLACK_APP_TOKEN must be an app-level token. It begins with xapp-.",
    "slack_signing_secret": "SLACK_SIGNING_SECRET must be the app’s signing secret, in plain ASCII.",
    "slack_api_url": "SLACK_API_URL must be an http or https address. Leave it out to use Slack’s own.",
    "mentor_owners": "MENTOR_OWNERS must be Slack member ids separated by commas, such as U012AB3CD,U045EF6GH.",
    "port": "PORT must be a number from 1 to 65535.",
    "database_url": "DATABASE_URL must begin with sqlite:/// or postgresql://.",
}
_USER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")


class InvalidSettings(Exception):
    """`args` are one message for each error."""


class Settings(BaseSettings):
    """The environment variables. An empty one counts as not set."""

    model_config = SettingsConfigDict(
        hide_input_in_errors=True, env_ignore_empty=True, extra="ignore", frozen=True, case_sensitive=False
    )

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK
    database_url: SecretStr = SecretStr(DATABASE)
    mentor_owners: Annotated[tuple[str, ...], NoDecode] = ()
    port: int = Field(default=3000, ge=1, le=65535)

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None, info: object) -> SecretStr | None:
        prefix = "xoxb-" if getattr(info, "field_name", "") == "slack_bot_token" else "xapp-"
        if token and not (token.get_secret_value().startswith(prefix) and token.get_secret_value().isascii()):
            raise ValueError("prefix")
        return token

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_ascii(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not secret.get_secret_value().isascii():
            raise ValueError("ascii")
        return secret

    @field_validator("slack_api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("address")
        return url.rstrip("/") + "/"

    @field_validator("mentor_owners", mode="before")
    @classmethod
    def _are_user_ids(cls, owners: object) -> object:
        if not isinstance(owners, str):
            return owners
        ids = tuple(dict.fromkeys(owner.strip() for owner in owners.split(",") if owner.strip()))
        if not all(_USER_ID.fullmatch(owner) for owner in ids):
            raise ValueError("ids")
        return ids

    @field_validator(
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        "slack_api_url",
        "mentor_owners",
        "port",
        mode="before",
    )
    @classmethod
    def _is_normalised(cls, value: object) -> object:
        """Without invisible characters. Not for `database_url`: a password or a path may have them.

        Stands last, because the last validator of this mode runs first.
        """
        return clean_line(value) if isinstance(value, str) else value

    @property
    def bot_token(self) -> str:
        return self.slack_bot_token.get_secret_value() if self.slack_bot_token else ""

    @property
    def app_token(self) -> str:
        return self.slack_app_token.get_secret_value() if self.slack_app_token else ""

    @property
    def signing_secret(self) -> str:
        return self.slack_signing_secret.get_secret_value() if self.slack_signing_secret else ""

    @property
    def is_slack_itself(self) -> bool:
        """Whether this is Slack or GovSlack, with real people, and not a local Slack."""
        host = urlsplit(self.slack_api_url).hostname or ""
        return any(host == domain or host.endswith(f".{domain}") for domain in SLACK_DOMAINS)


def read_settings() -> Settings:
    """Read the environment. Missing variables are None or their default. Raises InvalidSettings for wrong values."""
    try:
        return Settings()
    except ValidationError as error:
        names = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors(include_input=False))
        raise InvalidSettings(*(_SENTENCES[name] for name in names)) from None


def missing_for_run(settings: Settings) -> list[str]:
    """One message for each setting that `run` needs and that is missing."""
    missing = []
    if not settings.bot_token:
        missing.append("SLACK_BOT_TOKEN is not set. Copy the token under “OAuth & Permissions”: it begins with xoxb-.")
    if not (settings.app_token or settings.signing_secret):
        missing.append(
            "SLACK_APP_TOKEN is not set. For Socket Mode, set it to an app-level token: it begins with xapp-. "
            "For HTTP, set SLACK_SIGNING_SECRET instead."
        )
    return missing


NO_PROGRAMME = "There is no programme yet. Set MENTOR_OWNERS, then start `mentor-bot run` once."


def named_workspace(storage: Storage, wanted: str | None, *, empty: str) -> str:
    """The workspace `wanted`, or the only one there is. Raises InvalidSettings, with `empty` for an empty database."""
    wanted = clean_line(wanted or "")
    known = storage.workspaces()
    if wanted and wanted not in known:
        raise InvalidSettings(f"The database has no workspace {wanted}.")
    if not wanted and len(known) > 1:
        raise InvalidSettings("The database holds several workspaces. Choose one with --workspace.")
    if not known:
        raise InvalidSettings(empty)
    return wanted or known[0]
