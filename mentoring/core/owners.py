"""Who counts as an owner or an approver: the one place that decides it."""

from collections.abc import Mapping, Sequence

from mentoring.core.errors import NotForYou
from mentoring.core.people import Person

OPERATOR = "operator"
"""The app admin at the command line, who acts for the owners in matching. No Slack user id looks like this."""


def is_owner(person: str, owners: Sequence[str]) -> bool:
    """Whether `person` (a Slack user id) is one of the `owners`."""
    return person in owners


def present_among(named: Sequence[str], people: Mapping[str, Person]) -> tuple[str, ...]:
    """Those of the owners or approvers (Slack user ids) who are counted, asked and notified: the ones whose Slack
    account is open, or all of them if none is.

    `people` are by Slack user id; a person not among them counts as present.
    """
    return tuple(each for each in named if not (each in people and people[each].is_absent)) or tuple(named)


def check_owner(by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is an owner."""
    if not is_owner(by, owners):
        raise NotForYou


def check_approver(by: str, approvers: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is one of the `approvers`: an owner, a member of the committee, or the OPERATOR."""
    if by not in (OPERATOR, *approvers):
        raise NotForYou


def check_owner_or_operator(by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is an owner, or the OPERATOR who acts for them."""
    if by != OPERATOR:
        check_owner(by, owners)
