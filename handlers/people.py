"""People: requesting and updating their Slack profiles."""

from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.context import DONE, AppContext, Request, Response, SlackEvent
from messages.people import person_of
from services.people import save_profile
from services.profile_fields import reads_profile_fields


def request_profile(app: AppContext, request: Request) -> Response:
    """Request the profile of a person picked in a form, while the rest is filled in."""
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.value], request.now)
    return DONE


def profile_changed(app: AppContext, event: SlackEvent) -> None:
    """Save a changed profile (https://docs.slack.dev/reference/events/user_change), if the person is known.

    Slack sends this for everyone in the workspace. Events may arrive late and in any order: if one is older than the
    saved profile, a new profile is requested.
    """
    user = event.event.get("user")
    if not isinstance(user, Mapping) or not user.get("id"):
        return
    person = person_of(user, event.workspace)
    with app.storage.read(event.workspace) as tx:
        if not tx.people.exists(person.id):
            return
    with app.storage.begin(event.workspace) as tx:
        known_at = tx.people.profile_at(person.id)
        if known_at and _event_time(event) < known_at:
            tx.people.refresh_profiles([person.id], event.now)
        else:
            save_profile(tx, person, event.now)
            if reads_profile_fields(tx):  # the event does not say them reliably
                tx.people.refresh_profiles([person.id], event.now)


def _event_time(event: SlackEvent) -> datetime:
    try:
        return datetime.fromtimestamp(float(event.event["event_ts"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return event.now
