"""The web client, the identity that Slack gives the token, and what a failed call of a command means."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from slack_sdk import WebClient

from bot.settings import Settings
from mentoring.core.clean_text import clean_line
from scheduler.delivery.slack_errors import EXPECTED, NEEDS_OPERATOR, FailureKind, SlackFailure, classify

CALL_SECONDS = 10
"""Timeout of a call, except to open a form."""
FORM_SECONDS = 4
"""Timeout of opening a form: its trigger has expired by then anyway."""


_sdk_log = logging.getLogger("slack_sdk.web.mentor-bot")
_sdk_log.setLevel(logging.CRITICAL)  # it quotes the pages that proxies answer with; our own logs name the failure

_REJECTIONS = NEEDS_OPERATOR | {
    *("access_denied", "deprecated_endpoint", "enterprise_is_restricted", "forbidden_team", "method_deprecated"),
    "no_permission",
}
"""Errors of the calls made here that only an operator can fix. For other methods, some of them concern one person."""

_Result = TypeVar("_Result")


class SlackUnreachable(Exception):
    """Slack cannot be reached, or fails at the moment. `args[0]` is one message for the app admin."""


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
    return WebClient(
        token=settings.bot_token,
        base_url=settings.slack_api_url,
        timeout=seconds,
        retry_handlers=[],
        logger=_sdk_log,
    )


def fetch_identity(client: WebClient) -> Identity:
    """Call auth.test (https://docs.slack.dev/reference/methods/auth.test). Raises SlackAuthFailed, SlackUnreachable."""
    return ask_slack(
        lambda: _identity(client),
        address=client.base_url,
        rejected="Slack rejected SLACK_BOT_TOKEN ({}). Copy it again.",
    )


def _identity(client: WebClient) -> Identity:
    answer = client.auth_test()
    headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
    return Identity(
        workspace=_text(answer["team_id"]),
        workspace_name=clean_line(answer.get("team") or ""),
        bot_id=answer.get("bot_id") or "",
        bot_user_id=_text(answer["user_id"]),
        scopes=frozenset(scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()),
    )


def open_connection(client: WebClient, app_token: str) -> str:
    """Call apps.connections.open (https://docs.slack.dev/reference/methods/apps.connections.open) and return the
    address of a WebSocket. Raises SlackAuthFailed, SlackUnreachable.
    """
    return ask_slack(
        lambda: _text(client.apps_connections_open(app_token=app_token)["url"]),
        address=client.base_url,
        rejected="Slack rejected SLACK_APP_TOKEN ({}). Create a new one.",
    )


def _text(value: object) -> str:
    """A value that Slack always gives. Raises TypeError if it is missing."""
    if not isinstance(value, str):
        raise TypeError
    return value


def ask_slack(call: Callable[[], _Result], *, address: str, rejected: str) -> _Result:
    """The result of `call`.

    Raises SlackAuthFailed with the sentence `rejected`, which has a place for Slack's error code, only if Slack says
    what an operator must change. Raises SlackUnreachable for everything that may pass by itself.
    """
    try:
        return call()
    except EXPECTED as error:
        failure = classify(error)
        if failure.reason in _REJECTIONS:
            raise SlackAuthFailed(rejected.format(failure.reason)) from None
        raise SlackUnreachable(_why(failure, address)) from None
    except (AttributeError, LookupError, TypeError, ValueError):  # JSON, or a page, of another shape than Slack's
        raise SlackUnreachable(
            f"The server at {address} answered with something that is not Slack’s. {_LATER}"
        ) from None


_LATER = "If it lasts, check the network and https://slack-status.com."


def _why(failure: SlackFailure, address: str) -> str:
    """A sentence that never quotes an answer: a proxy's would be a page."""
    if failure.reason == "ratelimited":
        seconds = round(failure.wait.total_seconds()) if failure.wait else 1
        how_long = f"{seconds} seconds" if seconds > 1 else "a moment"
        return f"Slack receives too many calls from this app, and asks to wait {how_long}. Try again then."
    if failure.reason.startswith("http_"):
        return f"Slack, or a proxy on the way, answered with HTTP {failure.reason.removeprefix('http_')}. {_LATER}"
    if failure.was_answered or failure.kind is not FailureKind.RETRY:
        return f"Slack failed ({failure.reason}). {_LATER}"
    return f"Slack cannot be reached at {address} ({failure.reason}). {_LATER}"
