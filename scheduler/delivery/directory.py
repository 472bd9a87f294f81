"""Asking Slack who somebody is (https://docs.slack.dev/reference/methods/users.info)."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from mentoring.person import Person, Standing
from messages.people import person_of
from scheduler.delivery.trouble import understand

_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def look_up(client: WebClient, workspace: str, person: str) -> Person:
    """The person as Slack knows them now; who is not to be seen from this workspace is a stranger. Raises Slack's
    errors.
    """
    try:
        answer = client.users_info(user=person)
    except SlackApiError as error:
        if understand(error).reason in _NOBODY:
            return Person(person, Standing.STRANGER)
        raise
    return person_of(answer["user"], workspace)
