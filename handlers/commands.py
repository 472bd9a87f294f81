"""`/mentor` and its subcommands, the help, and direct messages to the bot."""

from collections.abc import Callable

from handlers import applications, meetings, programmes, status
from handlers.context import DONE, AppContext, Reply, Request, Response
from handlers.matching import review
from mentoring.applications.application import ApplicationState
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.owners import is_owner
from messages import help as words_of_help
from messages.command_words import Topic, understand
from messages.ids import Subcommand
from messages.topics import Asker, reply_about
from services.programmes import as_read


def show(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.person], request.now)
        found = tx.programme_and_cohort()
        if found is None:
            return Reply(words_of_help.no_programme())
        programme, cohort = as_read(tx, found[0]), found[1]
        own = tx.partnerships.of(request.person)
        return Reply(
            words_of_help.help(
                programme,
                cohort,
                is_owner=is_owner(request.person, tx.owners.all()),
                applications=tx.applications.of(request.person, cohort.id),
                today=tx.people.get(request.person).today(request.now),
                partnerships=own,
                people=tx.people.get_many({each for partnership in own for each in partnership.people}),
            )
        )


def did_you_mean(app: AppContext, request: Request, nearest: Subcommand | None) -> Response:
    """The reply to an unknown subcommand, with the `nearest` known one."""
    with app.storage.read(request.workspace) as tx:
        return Reply(words_of_help.did_you_mean(nearest, tx.programmes.current()))


def about(app: AppContext, request: Request, topic: Topic) -> Response:
    """The reply about a topic, for this person."""
    with app.storage.read(request.workspace) as tx:
        found = tx.programme_and_cohort()
        if found is None:
            return Reply(words_of_help.no_programme())
        programme, cohort = as_read(tx, found[0]), found[1]
        sent = tx.applications.of(request.person, cohort.id).values()
        own = [partnership for partnership in tx.partnerships.of(request.person) if partnership.is_active]
        asker = Asker(
            request.person,
            programme,
            is_owner(request.person, tx.owners.all()),
            [application for application in sent if application.state is ApplicationState.OPEN],
            own,
            tx.matches.of(request.person, cohort.id),
            tx.people.get_many({each for partnership in own for each in partnership.people}),
        )
    return Reply(reply_about(topic, asker))


_RUN: dict[Subcommand, Callable[[AppContext, Request], Response]] = {
    Subcommand.REQUEST: applications.open_request,
    Subcommand.VOLUNTEER: applications.open_volunteer,
    Subcommand.LOG: meetings.open_log,
    Subcommand.STATUS: status.show,
    Subcommand.MATCH: review.open_review,
    Subcommand.SETUP: programmes.open_setup,
    Subcommand.HELP: show,
}


def run(app: AppContext, request: Request) -> Response:
    """Run the subcommand, in any case; without one, show the help. Other words lead to what they mean here."""
    typed = request.text.split()
    word = typed[0].lower() if typed else Subcommand.HELP
    if word in _RUN:
        return _RUN[Subcommand(word)](app, request)
    with app.storage.read(request.workspace) as tx:
        understood = understand(request.text, is_owner=is_owner(request.person, tx.owners.all()))
    if understood is None:
        return did_you_mean(app, request, None)
    if isinstance(understood.meaning, Topic):
        return about(app, request, understood.meaning)
    if understood.is_exact:
        return _RUN[understood.meaning](app, request)
    return did_you_mean(app, request, understood.meaning)


def message(app: AppContext, request: Request) -> Response:
    """Send the help in reply to a direct message, once for each event. Its text is neither read nor saved."""
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
