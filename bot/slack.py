"""The web client, and who Slack says we are."""

from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.settings import Settings

PATIENCE_SECONDS = 10
"""How long a call of the delivery may take."""
FORM_SECONDS = 4
"""How long opening a form may take: its trigger is dead by then anyway."""


class SlackUnreachable(Exception):
    """`args[0]` is one sentence for the operator."""


class SlackAuthFailed(Exception):
    """Slack does not accept our token. `args[0]` is one sentence for the operator, naming the variable."""


@dataclass(frozen=True)
class Identity:
    """Who the bot token makes us; ids are Slack's."""

    workspace: str
    workspace_name: str
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str]


def web_client(settings: Settings, *, seconds: int = PATIENCE_SECONDS) -> WebClient:
    """A client that never repeats a call by itself: a dropped connection may have been a delivered message."""
    return WebClient(token=settings.bot_token, base_url=settings.slack_api_url, timeout=seconds, retry_handlers=[])


def fetch_identity(client: WebClient) -> Identity:
    """Ask Slack (https://docs.slack.dev/reference/methods/auth.test). Raises SlackAuthFailed, SlackUnreachable."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        if code := error.response.get("error"):
            raise SlackAuthFailed(f"SLACK_BOT_TOKEN was refused by Slack ({code}). Copy it again.") from None
        raise SlackUnreachable(f"Slack answered with HTTP {error.response.status_code}. Please try again.") from None
    except OSError as error:
        raise SlackUnreachable(f"Slack cannot be reached at {client.base_url} ({type(error).__name__}).") from None
    headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
    return Identity(
        workspace=answer["team_id"],
        workspace_name=answer.get("team") or "",
        bot_id=answer.get("bot_id") or "",
        bot_user_id=answer["user_id"],
        scopes=frozenset(scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()),
    )
