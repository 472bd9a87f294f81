"""Who counts as an owner: the one place that decides it."""

from collections.abc import Sequence

from mentoring.core.errors import NotForYou

OPERATOR = "operator"
"""The app admin at the command line, who acts for the owners in matching. No Slack user id looks like this."""


def is_owner(person: str, owners: Sequence[str]) -> bool:
    """Whether `person` (a Slack user id) is one of the `owners`."""
    return person in owners


def check_owner(by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is an owner."""
    if not is_owner(by, owners):
        raise NotForYou


def check_owner_or_operator(by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is an owner, or the OPERATOR who acts for them."""
    if by != OPERATOR:
        check_owner(by, owners)
