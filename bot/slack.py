"""The web client, and the identity that Slack gives the token."""

from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.settings import Settings
from mentoring.core.clean_text import clean_line

CALL_SECONDS = 10
"""Timeout of a call, except to open a form."""
FORM_SECONDS = 4
"""Timeout of opening a form: its trigger has expired by then anyway."""


class SlackUnreachable(Exception):
    """`args[0]` is one message for the app admin."""


class SlackAuthFailed(Exception):
    """Slack rejects a token. `args[0]` is one message for the app admin that names the variable."""


@dataclass(frozen=True)
class Identity:
    """The bot's identity, from its token; ids are Slack's."""

    workspace: str
    workspace_name: str
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str]


def web_client(settings: Settings, *, seconds: int = CALL_SECONDS) -> WebClient:
    """A client that never retries by itself: a message may have arrived although the connection was lost."""
    return WebClient(token=settings.bot_token, base_url=settings.slack_api_url, timeout=seconds, retry_handlers=[])


def fetch_identity(client: WebClient) -> Identity:
    """Call auth.test (https://docs.slack.dev/reference/methods/auth.test). Raises SlackAuthFailed, SlackUnreachable."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        if code := error.response.get("error"):
            raise SlackAuthFailed(f"Slack rejected SLACK_BOT_TOKEN ({code}). Copy it again.") from None
        raise SlackUnreachable(f"Slack answered with HTTP {error.response.status_code}. Try again later.") from None
    except OSError as error:
        raise SlackUnreachable(f"Slack cannot be reached at {client.base_url} ({type(error).__name__}).") from None
    headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
    return Identity(
        workspace=answer["team_id"],
        workspace_name=clean_line(answer.get("team") or ""),
        bot_id=answer.get("bot_id") or "",
        bot_user_id=answer["user_id"],
        scopes=frozenset(scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()),
    )
