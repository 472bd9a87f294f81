"""What a failed call to Slack means: try later, never again, or stop for this workspace.

Source: https://docs.slack.dev/apis/web-api/rate-limits and the error lists of the methods used.
"""

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http.client import HTTPException

from slack_sdk.errors import SlackApiError

_FIRST = timedelta(seconds=2)
_LONGEST = timedelta(minutes=10)


class Meaning(StrEnum):
    LATER = "later"
    NEVER = "never"
    STOP = "stop"


@dataclass(frozen=True)
class Trouble:
    """`reason` is Slack's code or ours, never a text; `wait` is what Slack asked for, if it did."""

    meaning: Meaning
    reason: str
    wait: timedelta | None = None


_NEVER = frozenset(
    {
        "account_inactive_user",
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_user_combination",
        "is_archived",
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
    {"account_inactive", "invalid_auth", "missing_scope", "not_authed", "org_login_required", "token_expired"}
    | {"token_revoked", "two_factor_setup_required", "not_allowed_token_type", "ekm_access_denied"}
)
_CODE = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
EXPECTED = (SlackApiError, HTTPException, OSError)
"""What a call may raise for reasons that lie outside this process (URLError and timeouts are OSErrors)."""


def understand(error: Exception) -> Trouble:
    """The meaning of an error of `EXPECTED`; what we do not know is tried again later."""
    if not isinstance(error, SlackApiError):
        return Trouble(Meaning.LATER, type(error).__name__)
    status = getattr(error.response, "status_code", 0)
    headers = getattr(error.response, "headers", None) or {}
    code = _code(error) or f"http_{status}"
    if status == 429 or code == "ratelimited":
        return Trouble(Meaning.LATER, "ratelimited", _retry_after(headers))
    if code in _STOP:
        return Trouble(Meaning.STOP, code)
    return Trouble(Meaning.NEVER if code in _NEVER else Meaning.LATER, code)


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubling, at most ten minutes, with jitter so that nobody returns in
    step.
    """
    longest: timedelta = min(_LONGEST, _FIRST * (1 << min(attempts, 12)))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


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
