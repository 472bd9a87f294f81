"""Types that the whole sandbox shares."""

from typing import Any, TypeVar, cast

T = TypeVar("T")

JSON = dict[str, Any]
"""A JSON object as Slack sends and receives it."""


def copied(value: T) -> T:
    """A deep copy of JSON. Several times as fast as `copy.deepcopy`, which has to expect anything."""
    return cast(T, _copied(value))


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_copied(each) for each in value]
    return value
