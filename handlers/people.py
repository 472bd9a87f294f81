"""People who are picked in a form: Slack is asked who they are while the rest is being typed."""

from handlers.desk import DONE, Answer, Desk, Visit


def look_up(desk: Desk, visit: Visit) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        tx.people.ask_about([visit.value], visit.now)
    return DONE
