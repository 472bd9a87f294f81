"""Who the facilitators of a peer programme are, as its people read it."""

from collections.abc import Sequence

from messages.blocks import people

MOST_NAMED = 8


def facilitators_line(facilitators: Sequence[str]) -> str:
    """Names them (Slack user ids, of people whose account is open), in mrkdwn; "" if there are none."""
    if not facilitators:
        return ""
    them = "Facilitator" if len(facilitators) == 1 else "Facilitators"
    return f"{them}: {people(facilitators, MOST_NAMED)}. Ask them about anything in working together."
