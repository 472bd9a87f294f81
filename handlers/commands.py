"""`/mentor` and its subcommands, and direct messages to the bot."""

from collections.abc import Callable

from handlers import (
    agreements,
    announcements,
    applications,
    goals,
    home,
    imports,
    invitations,
    leave,
    meetings,
    own_data,
    partnerships,
    people_list,
    programmes,
    roles,
    sessions,
    status,
)
from handlers.context import DONE, AppContext, Reply, Request, Response
from handlers.matching import review
from mentoring.applications.application import ApplicationState
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.programmes.membership import Membership
from mentoring.remarks.remark import can_tell
from messages import help as words_of_help
from messages.command_words import Topic, reserved_for, understand
from messages.ids import Subcommand
from messages.in_programme import message_in, together
from messages.own_data.page import TITLE, with_who_sees_what
from messages.topics import Asker, reply_about
from messages.voice import Voice
from services.programmes import as_read, visible_memberships
from storage import Transaction


def did_you_mean(app: AppContext, request: Request, nearest: Subcommand | None) -> Response:
    """The reply to an unknown subcommand, with the `nearest` known one."""
    with app.storage.read(request.workspace) as tx:
        first = tx.programmes.first()
        return Reply(words_of_help.did_you_mean(nearest, first[0] if first else None))


def about(app: AppContext, request: Request, topic: Topic) -> Response:
    """The reply about a topic, for this person, in each of their programmes. A leave holds in all of them."""
    if topic is Topic.PAUSE:
        return leave.show_pause(app, request)
    if topic is Topic.INVITATIONS:
        return invitations.show(app, request)
    if topic is Topic.GOALS and (shown := goals.show(app, request)):
        return shown
    with app.storage.read(request.workspace) as tx:
        found = visible_memberships(tx, request.person)
        if not found:
            return home.show(app, request)
        found = [membership for membership in found if membership.takes_part] or found[:1]
        replies = [message_in(reply_about(topic, _asker(tx, request, each)), each.programme.id) for each in found]
        kept = own_data.own_page(tx, request) if topic is Topic.PRIVACY else None
    everywhere = together(replies, [Voice(each.programme).name for each in found])
    return Reply(with_who_sees_what(kept, everywhere), TITLE) if kept else Reply(everywhere)


def _asker(tx: Transaction, request: Request, membership: Membership) -> Asker:
    own = [partnership for partnership in membership.partnerships if partnership.is_active]
    return Asker(
        request.person,
        as_read(tx, membership.programme),
        membership.roles,
        [sent for sent in membership.applications.values() if sent.state is ApplicationState.OPEN],
        own,
        tx.matches.of(request.person, membership.cohort.id),
        tx.people.get_many({each for partnership in own for each in partnership.people}),
        can_tell(membership.cohort, membership.applications.values(), membership.partnerships),
    )


_RUN: dict[Subcommand, Callable[[AppContext, Request], Response]] = {
    Subcommand.REQUEST: applications.open_request,
    Subcommand.VOLUNTEER: applications.open_volunteer,
    Subcommand.LOG: meetings.open_log,
    Subcommand.AGREEMENT: agreements.open_by_command,
    Subcommand.STATUS: status.show,
    Subcommand.PEOPLE: people_list.LIST.open,
    Subcommand.PARTNERSHIPS: partnerships.open_by_command,
    Subcommand.MATCH: review.open_review,
    Subcommand.SETUP: programmes.open_setup,
    Subcommand.ANNOUNCEMENTS: announcements.open_plan,
    Subcommand.PROGRAMMES: roles.open_programmes,
    Subcommand.SESSIONS: sessions.open_sessions,
    Subcommand.HELP: home.show,
}


def run(app: AppContext, request: Request) -> Response:
    """Run the subcommand, in any case; without one, show what is at Home. Other words lead to what they mean here."""
    typed = request.text.split()
    word = typed[0].lower() if typed else Subcommand.HELP
    if word in _RUN:
        return _RUN[Subcommand(word)](app, request)
    with app.storage.read(request.workspace) as tx:
        roles = {role for held in tx.roles.of(request.person).values() for role in held}
    understood = understand(request.text, reserved_for(roles))
    if understood is None:
        return did_you_mean(app, request, None)
    if isinstance(understood.meaning, Topic):
        return about(app, request, understood.meaning)
    if understood.is_exact:
        return _RUN[understood.meaning](app, request)
    return did_you_mean(app, request, understood.meaning)


def message(app: AppContext, request: Request) -> Response:
    """Send what is at Home in reply to a direct message, once for each event. Its text is neither read nor saved.

    Files are taken as lists to import.
    """
    if request.files:
        return imports.receive(app, request)
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.person], request.now)
        tx.save(
            Outcome(
                notifications=(
                    Notification(
                        f"{NotificationKind.HELP}:{request.event_id}",
                        NotificationKind.HELP,
                        request.person,
                        is_reply=True,
                    ),
                )
            )
        )
    return DONE
