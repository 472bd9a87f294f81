"""Removes tokens, secrets and secret URLs from recorded traffic."""

import re
from typing import Any

from sandbox.app import InstalledApp

HIDDEN = "(hidden)"
_KEYS = frozenset(
    {"token", "bot_token", "app_token", "access_token", "refresh_token", "signing_secret", "client_secret"}
)
_TOKENS = r"\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w.-]+"
_ADDRESSES = r"(?:(?<=/respond/)|(?<=[?&]ticket=))[\w-]+"


def redacted(value: Any, app: InstalledApp) -> Any:
    """A copy of a JSON value without the app's secrets, including inside strings and keys."""
    own = (app.bot_token, app.app_token, app.signing_secret, app.verification_token)
    secret = re.compile("|".join([_TOKENS, _ADDRESSES, *map(re.escape, own)]))
    return _without(value, secret)


def _without(value: Any, secret: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return secret.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {_without(key, secret): _value(key, inner, secret) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(item, secret) for item in value]
    return value


def _value(key: object, value: Any, secret: re.Pattern[str]) -> Any:
    return HIDDEN if key in _KEYS and isinstance(value, str) and value else _without(value, secret)
