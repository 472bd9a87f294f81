"""People: requesting and updating their Slack profiles."""

from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.context import DONE, AppContext, Request, Response, SlackEvent
from mentoring.core.programmes import InvitationMoment
from messages.people import person_of, title_of
from services.invitations import note_new_member, note_title, wanted_moments
from services.people import save_profile
from services.profile_fields import reads_profile_fields


def request_profile(app: AppContext, request: Request) -> Response:
    """Request the profile of a person picked in a form, while the rest is filled in."""
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.value], request.now)
    return DONE


def profile_changed(app: AppContext, event: SlackEvent) -> None:
    """Save a changed profile (https://docs.slack.dev/reference/events/user_change), if the person is known. Of others,
    only a change of their title is noted, if a programme invites people then.

    Slack sends this for everyone in the workspace. Events may arrive late and in any order: if one is older than the
    saved profile, a new profile is requested.
    """
    user = event.event.get("user")
    if not isinstance(user, Mapping) or not user.get("id"):
        return
    person = person_of(user, event.workspace)
    with app.storage.read(event.workspace) as tx:
        is_known, notes_titles = tx.people.exists(person.id), InvitationMoment.CHANGE in wanted_moments(tx)
    if notes_titles:
        with app.storage.begin(event.workspace) as tx:
            note_title(tx, person, title_of(user), event.now)
    if not is_known:
        return
    with app.storage.begin(event.workspace) as tx:
        known_at = tx.people.profile_at(person.id)
        if known_at and _event_time(event) < known_at:
            tx.people.refresh_profiles([person.id], event.now)
        else:
            save_profile(tx, person, event.now)
            if reads_profile_fields(tx):  # the event does not say them reliably
                tx.people.refresh_profiles([person.id], event.now)


def joined(app: AppContext, event: SlackEvent) -> None:
    """Note that a person has joined the workspace (https://docs.slack.dev/reference/events/team_join), if a programme
    invites new people. Of others nothing is stored.
    """
    user = event.event.get("user")
    if not isinstance(user, Mapping) or not user.get("id"):
        return
    person = person_of(user, event.workspace)
    with app.storage.read(event.workspace) as tx:
        if not wanted_moments(tx):
            return
    with app.storage.begin(event.workspace) as tx:
        note_new_member(tx, person, title_of(user), event.now)


def _event_time(event: SlackEvent) -> datetime:
    try:
        return datetime.fromtimestamp(float(event.event["event_ts"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return event.now
