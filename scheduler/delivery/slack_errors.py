"""What a failed call to Slack means: try later, never again, or stop for this workspace; and whether it may have been
performed all the same.

Source: https://docs.slack.dev/apis/web-api/rate-limits and the error lists of the methods used.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http.client import HTTPException
from socket import gaierror
from ssl import SSLCertVerificationError
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

_FIRST = timedelta(seconds=2)
_LONGEST = timedelta(minutes=10)
_A_MINUTE = timedelta(minutes=1)


class FailureKind(StrEnum):
    """Whether to retry a failed call, give up, or stop sending for the workspace."""

    RETRY = "later"
    PERMANENT = "never"
    STOP = "stop"


@dataclass(frozen=True)
class SlackFailure:
    """`reason` is Slack's code or ours, never a text; `wait` is what Slack asked for, if it did.

    `may_have_arrived`: nobody can say whether the call was performed; `was_answered` whether it at least is over.
    `is_general`: it is not about what was sent, so the next call of the method would fare no better.
    """

    kind: FailureKind
    reason: str
    wait: timedelta | None = None
    may_have_arrived: bool = False
    was_answered: bool = False
    affects_method: bool = False


_NEVER = frozenset(
    {
        "account_inactive_user",
        "cannot_dm_bot",
        "cant_delete_message",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_user_combination",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "metadata_too_large",
        "msg_too_long",
        "no_text",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
_STOP = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "org_login_required", "token_expired", "token_revoked"}
    | {"two_factor_setup_required"}
)
_NOT_ALLOWED = frozenset({"ekm_access_denied", "missing_scope", "not_allowed_token_type", "team_access_not_granted"})
"""Our app lacks something for this method, until somebody gives it."""
NEEDS_MENDING = _STOP | _NOT_ALLOWED
_STUMBLED = frozenset({"fatal_error", "internal_error", "service_unavailable"})
"""Slack broke off somewhere; what it was doing may be done."""
_CODE = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
EXPECTED = (SlackApiError, HTTPException, OSError)
"""What a call may raise for reasons that lie outside this process (URLError and timeouts are OSErrors)."""


def classify(error: Exception) -> SlackFailure:
    """The meaning of an error of `EXPECTED`; what we do not know is tried again later."""
    if not isinstance(error, SlackApiError):
        arrived = not _never_left(error)
        return SlackFailure(FailureKind.RETRY, type(error).__name__, may_have_arrived=arrived, affects_method=True)
    status = getattr(error.response, "status_code", 0)
    headers = getattr(error.response, "headers", None) or {}
    code = _code(error)
    if status == 429 or code == "ratelimited":
        return SlackFailure(FailureKind.RETRY, "ratelimited", _retry_after(headers), affects_method=True)
    if code in _STOP:
        return SlackFailure(FailureKind.STOP, code, affects_method=True)
    if code in _NOT_ALLOWED:
        return SlackFailure(FailureKind.RETRY, code, _A_MINUTE, affects_method=True)
    if code in _NEVER:
        return SlackFailure(FailureKind.PERMANENT, code)
    # Without a word of Slack's own it is a proxy that speaks, or Slack fell silent in the middle of it.
    stumbled = code in _STUMBLED or status >= 500 or (not code and not 400 <= status < 500)
    return SlackFailure(
        FailureKind.RETRY,
        code or f"http_{status}",
        may_have_arrived=stumbled,
        was_answered=bool(code),
        affects_method=stumbled or not code,
    )


def back_off(attempts: int, uniform: Callable[[float, float], float] = random.uniform) -> timedelta:
    """How long to wait after so many attempts: doubling, at most ten minutes, with jitter so that nobody returns in
    step.
    """
    longest: timedelta = min(_LONGEST, _FIRST * (1 << min(attempts, 12)))
    return longest * uniform(0.5, 1.0)


def _never_left(error: Exception) -> bool:
    """Whether the connection was never made, so that nothing can have gone over it."""
    cause = error.reason if isinstance(error, URLError) else error
    return isinstance(cause, ConnectionRefusedError | gaierror | SSLCertVerificationError)


def _code(error: SlackApiError) -> str:
    """Slack's code, or "": where a proxy answered with a page, the SDK puts that page in the code's place."""
    try:
        code = str(error.response.get("error") or "")
    except (AttributeError, ValueError, TypeError):
        return ""
    return code if _CODE.fullmatch(code) else ""


def _retry_after(headers: dict[str, str]) -> timedelta:
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        return timedelta(seconds=max(1, int(lower.get("retry-after", "1"))))
    except ValueError:
        return timedelta(seconds=1)
