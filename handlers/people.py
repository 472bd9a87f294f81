"""People: who is picked in a form, and who Slack says has changed."""

from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.context import DONE, AppContext, Request, Response, SlackEvent
from messages.people import person_of
from services.people import save_profile


def request_profile(app: AppContext, request: Request) -> Response:
    """Slack is asked who they are while the rest is being typed."""
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.value], request.now)
    return DONE


def profile_changed(app: AppContext, event: SlackEvent) -> None:
    """Somebody's account, name or time zone has changed (https://docs.slack.dev/reference/events/user_change).

    Slack tells of everybody in the workspace. Events may come late and in any order: one that is older than what we
    know is a reason to ask.
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
        if known_at and _happened(event) < known_at:
            tx.people.refresh_profiles([person.id], event.now)
        else:
            save_profile(tx, person, event.now)


def _happened(event: SlackEvent) -> datetime:
    try:
        return datetime.fromtimestamp(float(event.event["event_ts"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return event.now
