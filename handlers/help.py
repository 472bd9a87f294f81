"""What this person can do now."""

from handlers.desk import Answer, Desk, Say, Visit
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
