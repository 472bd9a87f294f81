"""Settings from environment variables, and the workspace that a command is for.

Blanks, line breaks and invisible characters around a value are removed: they come with copying, and files end in line
breaks. An error is a sentence that names the variable and never its value.
"""

import os
import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.logs import hide_secrets
from mentoring.core.clean_text import clean_line
from storage import Storage

SLACK = "https://slack.com/api/"
SLACK_DOMAINS = ("slack.com", "slack-gov.com")
DATABASE = "sqlite:///mentor-bot.db"

_SENTENCES = {
    "slack_bot_token": "SLACK_BOT_TOKEN must be the app’s bot token. It begins with xoxb-, without quotation marks.",
    "slack_app_token": "SLACK_APP_TOKEN must be an app-level token. It begins with xapp-, without quotation marks.",
    "slack_signing_secret": "SLACK_SIGNING_SECRET must be the app’s signing secret: only letters and digits.",
    "slack_api_url": "SLACK_API_URL must be an http or https address, without a password. "
    "Leave it out to use Slack’s own.",
    "mentor_owners": "MENTOR_OWNERS must be Slack member ids separated by commas, such as U012AB3CD,U045EF6GH.",
    "port": "PORT must be a number from 1 to 65535.",
    "database_wait_seconds": "DATABASE_WAIT_SECONDS must be a number from 0 to 3600.",
    "database_url": "DATABASE_URL must begin with sqlite:/// or postgresql://.",
}
_NOT_ON_ONE_LINE = "{} has a line break or another invisible character in it. Copy the value again."
_USER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
_TOKEN = re.compile(r"[A-Za-z0-9._-]+")
_SIGNING_SECRET = re.compile(r"[A-Za-z0-9]+")
_PASSWORD = re.compile(r"://[^:/@]*:(.*)@")


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
    database_wait_seconds: int = Field(default=30, ge=0, le=3600)
    mentor_owners: Annotated[tuple[str, ...], NoDecode] = ()
    port: int = Field(default=3000, ge=1, le=65535)

    @model_validator(mode="before")
    @classmethod
    def _are_stripped(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        stripped = {name: _stripped(value) if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("*", mode="before")
    @classmethod
    def _is_on_one_line(cls, value: object) -> object:
        if isinstance(value, str) and not value.isprintable():
            raise PydanticCustomError("invisible", "invisible")
        return value

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None, info: object) -> SecretStr | None:
        prefix = "xoxb-" if getattr(info, "field_name", "") == "slack_bot_token" else "xapp-"
        if token and not (token.get_secret_value().startswith(prefix) and _TOKEN.fullmatch(token.get_secret_value())):
            raise ValueError("token")
        return token

    @field_validator("slack_signing_secret")
    @classmethod
    def _looks_like_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not _SIGNING_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("secret")
        return secret

    @field_validator("slack_api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("address")
        if " " in url or parts.username is not None or parts.query or parts.fragment:
            raise ValueError("address")  # it is shown in messages, so it must not hold a secret
        return url.rstrip("/") + "/"

    @field_validator("mentor_owners", mode="before")
    @classmethod
    def _are_user_ids(cls, owners: object) -> object:
        if not isinstance(owners, str):
            return owners
        ids = tuple(dict.fromkeys(filter(None, map(_stripped, owners.split(",")))))
        if not all(_USER_ID.fullmatch(owner) for owner in ids):
            raise ValueError("ids")
        return ids

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
    """Read the environment. Missing variables are None or their default. Raises InvalidSettings for wrong values.

    From here on, the log never shows a secret that is set, right or wrong.
    """
    for name, value in os.environ.items():
        if name.upper() in _SECRETS:
            hide_secrets(_stripped(value))
        elif name.upper() == "DATABASE_URL":
            hide_secrets(*_passwords(value))
    try:
        return Settings()
    except ValidationError as error:
        wrong = {str(problem["loc"][0]): problem["type"] for problem in error.errors(include_input=False)}
        raise InvalidSettings(*(_sentence(name, kind) for name, kind in wrong.items())) from None


_SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")


def _sentence(name: str, kind: str) -> str:
    return _NOT_ON_ONE_LINE.format(name.upper()) if kind == "invisible" else _SENTENCES[name]


def _stripped(value: str) -> str:
    """`value` without the blanks and invisible characters around it, such as line breaks and byte order marks."""
    visible = [place for place, character in enumerate(value) if character.isprintable() and not character.isspace()]
    return value[visible[0] : visible[-1] + 1] if visible else ""


def _passwords(url: str) -> list[str]:
    """The password in a database URL, as it is written and as it is meant; none or both."""
    found = _PASSWORD.search(url)
    return [found[1], unquote(found[1])] if found else []


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


def no_programme(storage: Storage) -> str:
    """The message for a database in which the workspace has no programme. It may be the wrong one."""
    return f"{NO_PROGRAMME} The database is {storage.name}."


def named_workspace(storage: Storage, wanted: str | None, *, empty: str) -> str:
    """The workspace `wanted`, or the only one there is. Raises InvalidSettings, with `empty` for one without any."""
    wanted = clean_line(wanted or "")
    known = storage.workspaces()
    if wanted and wanted not in known:
        raise InvalidSettings(f"The database {storage.name} has no workspace {wanted}.")
    if not wanted and len(known) > 1:
        raise InvalidSettings(f"The database {storage.name} holds several workspaces. Choose one with --workspace.")
    if not known:
        raise InvalidSettings(f"{empty} It is {storage.name}.")
    return wanted or known[0]
