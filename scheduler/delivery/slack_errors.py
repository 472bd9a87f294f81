"""Classifies failed calls to Slack: retry, give up or stop; and whether Slack may have performed the call anyway.

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

_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=10)
_A_MINUTE = timedelta(minutes=1)
_AN_HOUR = timedelta(hours=1)


class FailureKind(StrEnum):
    """Whether to retry a failed call, give up, or stop sending for the workspace."""

    RETRY = "later"
    PERMANENT = "never"
    STOP = "stop"


@dataclass(frozen=True)
class SlackFailure:
    """What a failed call means.

    - `reason`: a code of Slack's or ours.
    - `wait`: how long Slack asked us to wait, or None.
    - `may_have_arrived`: it is unknown whether Slack performed the call.
    - `was_answered`: Slack answered, so the call is no longer under way.
    - `affects_method`: the failure does not depend on what was sent, so other calls of the method would fail too.
    """

    kind: FailureKind
    reason: str
    wait: timedelta | None = None
    may_have_arrived: bool = False
    was_answered: bool = False
    affects_method: bool = False


_PERMANENT = frozenset(
    {
        "account_inactive_user",
        "cannot_dm_bot",
        "cant_delete_file",
        "cant_delete_message",
        "cant_update_message",
        "channel_not_found",
        "delete_not_allowed",
        "edit_window_closed",
        "file_deleted",
        "file_deleting_disabled",
        "file_not_found",
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
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
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
NOT_ALLOWED = frozenset({"ekm_access_denied", "missing_scope", "not_allowed_token_type", "team_access_not_granted"})
"""Our app lacks a permission for this method."""
NEEDS_OPERATOR = _STOP | NOT_ALLOWED
"""Errors that only an operator can fix."""
TURNED_OFF = frozenset({"not_enabled"})
"""A part of the app that its settings leave out, such as the Home tab. The rest goes on without it."""
_SERVER_ERRORS = frozenset({"fatal_error", "internal_error", "service_unavailable"})
"""Slack failed while it performed the call, which may have taken effect."""
_CODE = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
EXPECTED = (SlackApiError, HTTPException, OSError)
"""Exceptions of a call that have a cause outside this process. URLError and timeouts are OSErrors."""


def classify(error: Exception) -> SlackFailure:
    """Classify one of the EXPECTED exceptions. Unknown errors are retried."""
    if not isinstance(error, SlackApiError):
        may_have_arrived = not _never_connected(error)
        return SlackFailure(
            FailureKind.RETRY, type(error).__name__, may_have_arrived=may_have_arrived, affects_method=True
        )
    status = getattr(error.response, "status_code", 0)
    headers = getattr(error.response, "headers", None) or {}
    code = _code(error)
    if status == 429 or code == "ratelimited":
        return SlackFailure(FailureKind.RETRY, "ratelimited", _retry_after(headers), affects_method=True)
    if code in _STOP:
        return SlackFailure(FailureKind.STOP, code, affects_method=True)
    if code in NOT_ALLOWED:
        return SlackFailure(FailureKind.RETRY, code, _A_MINUTE, affects_method=True)
    if code in TURNED_OFF:
        return SlackFailure(FailureKind.RETRY, code, _AN_HOUR, affects_method=True)
    if code in _PERMANENT:
        return SlackFailure(FailureKind.PERMANENT, code)
    # Without an error code the answer is a proxy's, or Slack broke off while it performed the call.
    is_server_error = code in _SERVER_ERRORS or status >= 500 or (not code and not 400 <= status < 500)
    return SlackFailure(
        FailureKind.RETRY,
        code or f"http_{status}",
        may_have_arrived=is_server_error,
        was_answered=bool(code),
        affects_method=is_server_error or not code,
    )


def back_off(attempts: int, uniform: Callable[[float, float], float] = random.uniform) -> timedelta:
    """How long to wait after `attempts` attempts: exponential, at most ten minutes, with jitter."""
    longest: timedelta = min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(attempts, 12)))
    return longest * uniform(0.5, 1.0)


def _never_connected(error: Exception) -> bool:
    """Whether no connection was made, so that nothing can have been sent."""
    cause = error.reason if isinstance(error, URLError) else error
    return isinstance(cause, ConnectionRefusedError | gaierror | SSLCertVerificationError)


def _code(error: SlackApiError) -> str:
    """Slack's error code, or "". If a proxy answers with a web page, the SDK returns the page as the code."""
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
