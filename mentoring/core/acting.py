"""Who acts: the values that confidential data is read with.

Each is made in one place, where a request or a command enters (`tests/test_acting.py`). So nobody is read for in whose
name nothing was asked.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActingPerson:
    """The person (Slack user id) who made the request that is being answered."""

    id: str


@dataclass(frozen=True)
class ActingOperator:
    """The app admin at the command line, who exports a round for its owners."""
