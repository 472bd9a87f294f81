"""`/mentor` and what may follow it."""

from collections.abc import Callable
from difflib import get_close_matches

from handlers import applications, meetings, programmes, status
from handlers.context import DONE, Answer, Desk, Say, Visit
from handlers.matching import review
from mentoring.core.outcome import Kind, Notice, Outcome
from messages import help as words_of_help
from messages.ids import Subcommand


def show(desk: Desk, visit: Visit) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        tx.people.ask_about([visit.person], visit.now)
        found = tx.ground()
        if found is None:
            return Say(words_of_help.no_programme())
        programme, cohort = found
        own = tx.partnerships.of(visit.person)
        return Say(
            words_of_help.help(
                programme,
                cohort,
                is_owner=visit.person in tx.owners.all(),
                applications=tx.applications.of(visit.person, cohort.id),
                today=tx.people.get(visit.person).today(visit.now),
                partnerships=own,
                people=tx.people.named({each for partnership in own for each in partnership.people}),
            )
        )


def did_you_mean(desk: Desk, visit: Visit, nearest: Subcommand | None) -> Answer:
    """A subcommand that we do not know, and the one it looks like."""
    with desk.storage.read(visit.workspace) as tx:
        return Say(words_of_help.did_you_mean(nearest, tx.programmes.current()))


_ALIKE = 0.5
"""How alike a misspelt word must be to be taken for one of ours: "reqest", "volonteer", "statsu", not "banana"."""

_RUN: dict[Subcommand, Callable[[Desk, Visit], Answer]] = {
    Subcommand.REQUEST: applications.open_request,
    Subcommand.VOLUNTEER: applications.open_volunteer,
    Subcommand.LOG: meetings.open_log,
    Subcommand.STATUS: status.show,
    Subcommand.MATCH: review.open_desk,
    Subcommand.SETUP: programmes.open_setup,
    Subcommand.HELP: show,
}


def run(desk: Desk, visit: Visit) -> Answer:
    """Do what follows `/mentor`, whatever its case; alone it shows the help."""
    typed = visit.text.split()
    word = typed[0].lower() if typed else Subcommand.HELP
    if word in _RUN:
        return _RUN[Subcommand(word)](desk, visit)
    nearest = get_close_matches(word, list(_RUN), n=1, cutoff=_ALIKE)
    return did_you_mean(desk, visit, Subcommand(nearest[0]) if nearest else None)


def message(desk: Desk, visit: Visit) -> Answer:
    """A plain message in our DM: the help is owed, once however often Slack sends the event. Nothing of it is kept or
    read.
    """
    with desk.storage.begin(visit.workspace) as tx:
        tx.people.ask_about([visit.person], visit.now)
        tx.keep(Outcome(notices=(Notice(f"{Kind.HELP}:{visit.event_id}", Kind.HELP, visit.person, asked=True),)))
    return DONE
