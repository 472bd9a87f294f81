"""Asking Slack who somebody is (https://docs.slack.dev/reference/methods/users.info)."""

from mentoring.core.people import Person, Standing
from messages.people import person_of
from scheduler.delivery.slack import Slack, Troubled

_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def look_up(slack: Slack, workspace: str, person: str) -> Person:
    """The person as Slack knows them now; who is not to be seen from this workspace is a stranger. Raises Troubled."""
    try:
        return person_of(slack.who(person), workspace)
    except Troubled as troubled:
        if troubled.trouble.reason in _NOBODY:
            return Person(person, Standing.STRANGER)
        raise
