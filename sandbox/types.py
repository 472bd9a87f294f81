"""Shapes shared by every room of the sandbox."""

from typing import Any

JSON = dict[str, Any]
"""A JSON object as Slack sends and takes it."""
