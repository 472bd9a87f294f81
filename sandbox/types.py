"""Types that the whole sandbox shares."""

from typing import Any

JSON = dict[str, Any]
"""A JSON object as Slack sends and receives it."""
