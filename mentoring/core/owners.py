"""Who counts as an owner: the one place that decides it."""

from collections.abc import Mapping, Sequence

from mentoring.core.errors import NotForYou
from mentoring.core.people import Person

OPERATOR = "operator"
"""The app admin at the command line, who acts for the owners in matching. No Slack user id looks like this."""


def is_owner(person: str, owners: Sequence[str]) -> bool:
    """Whether `person` (a Slack user id) is one of the `owners`."""
    return person in owners


def present_owners(owners: Sequence[str], people: Mapping[str, Person]) -> tuple[str, ...]:
    """The owners who are counted, asked and notified: those whose Slack account is open, or all of them if none is.

    `people` are by Slack user id; an owner not among them counts as present.
    """
    return tuple(each for each in owners if not (each in people and people[each].is_absent)) or tuple(owners)


def check_owner(by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is an owner."""
    if not is_owner(by, owners):
        raise NotForYou


def check_owner_or_operator(by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is an owner, or the OPERATOR who acts for them."""
    if by != OPERATOR:
        check_owner(by, owners)
