"""Events: somebody wrote to the bot."""

from handlers.desk import DONE, Answer, Desk, Visit
from mentoring.core.outcome import Kind, Notice, Outcome


def message(desk: Desk, visit: Visit) -> Answer:
    """A plain message in our DM: the help is owed, once however often Slack sends the event. Nothing of it is kept or
    read.
    """
    with desk.storage.begin(visit.workspace) as tx:
        tx.people.ask_about([visit.person], visit.now)
        tx.keep(Outcome(notices=(Notice(f"{Kind.HELP}:{visit.event_id}", Kind.HELP, visit.person, asked=True),)))
    return DONE
