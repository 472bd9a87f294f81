"""`/mentor` and what may follow it."""

from collections.abc import Callable
from difflib import get_close_matches

from handlers import applications, help, matches, meetings, programmes, statuses
from handlers.desk import Answer, Desk, Visit
from messages.ids import Subcommand

_ALIKE = 0.5
"""How alike a misspelt word must be to be taken for one of ours: "reqest", "volonteer", "statsu", not "banana"."""

_RUN: dict[Subcommand, Callable[[Desk, Visit], Answer]] = {
    Subcommand.REQUEST: applications.open_request,
    Subcommand.VOLUNTEER: applications.open_volunteer,
    Subcommand.LOG: meetings.open_log,
    Subcommand.STATUS: statuses.show,
    Subcommand.MATCH: matches.open_desk,
    Subcommand.SETUP: programmes.open_setup,
    Subcommand.HELP: help.show,
}


def run(desk: Desk, visit: Visit) -> Answer:
    """Do what follows `/mentor`, whatever its case; alone it shows the help."""
    typed = visit.text.split()
    word = typed[0].lower() if typed else Subcommand.HELP
    if word in _RUN:
        return _RUN[Subcommand(word)](desk, visit)
    nearest = get_close_matches(word, list(_RUN), n=1, cutoff=_ALIKE)
    return help.did_you_mean(desk, visit, Subcommand(nearest[0]) if nearest else None)
