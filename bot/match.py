"""`mentor-bot match`: the proposals as a table, and for the operator their approval and release in one go."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.clocks import real_now
from bot.house import House
from bot.settings import Settings, SettingsWrong
from bot.workspace import NO_PROGRAMME
from handlers.proposing import propose_round
from mentoring import desk
from mentoring.error import ChangedMeanwhile, CohortOver, NoProgramme, NothingToRelease
from mentoring.match import OPERATOR, MatchState
from mentoring.round import Round
from mentoring.ruling import approve
from messages.reasons import because
from storage import Storage, Transaction, decided_anew


def match(settings: Settings, *, approve_all: bool, console: Console) -> None:
    """Put proposals on the desk and print it; with `approve_all` approve and release what is on it, as the operator.

    Raises SettingsWrong where there is nothing to match, SlackRefuses, SlackUnreachable, DatabaseUnusable.
    """
    storage = Storage(settings.database_url.get_secret_value())
    house = None
    try:
        house = House(settings, storage)
        house.found()
        workspace = house.identity.workspace
        _propose(storage, workspace, quietly=approve_all)
        released = decided_anew(lambda: _release(storage, workspace)) if approve_all else 0
        with storage.read(workspace) as tx:
            table = _table(tx, _round(tx))
        console.print(table if table.row_count else "There is nobody to match at the moment.")
        if released:
            console.print(f"Released {released}. The owners are told that it was done here.")
            house.delivery.drain()
        elif approve_all and table.row_count:
            console.print("There was nothing new to release.")
    finally:
        if house:
            house.stop()
        storage.close()


def _propose(storage: Storage, workspace: str, *, quietly: bool) -> None:
    try:
        decided_anew(lambda: propose_round(storage, workspace, by=OPERATOR, now=real_now, quietly=quietly))
    except NoProgramme:
        raise SettingsWrong(NO_PROGRAMME) from None
    except CohortOver:
        raise SettingsWrong("The cohort is closed; an owner opens the next one in /mentor setup.") from None
    except ChangedMeanwhile:
        raise SettingsWrong("People keep changing what they sent just now. Please try again in a minute.") from None


def _release(storage: Storage, workspace: str) -> int:
    """Returns how many went out."""
    with storage.begin(workspace) as tx:
        round_ = _round(tx)
        proposals = round_.on_the_desk()
        for proposal in proposals:
            tx.keep(approve(proposal, by=OPERATOR, owners=round_.owners, now=real_now()))
        try:
            tx.keep(desk.release(_round(tx), by=OPERATOR, now=real_now(), new_id=tx.new_id))
        except NothingToRelease:
            return 0
        matches = _round(tx).matches
        return sum(matches[proposal.id].state is not MatchState.OVERTAKEN for proposal in proposals)


def _round(tx: Transaction) -> Round:
    found = tx.ground()
    if found is None:
        raise SettingsWrong(NO_PROGRAMME)
    return tx.rounds.get(*found)


def _table(tx: Transaction, round_: Round) -> Table:
    """Everybody by their display name, or their id where Slack has not told it."""
    terms = round_.programme.terms
    people = (escape(term.one.capitalize()) for term in (terms.mentee, terms.mentor))
    table = Table(*people, "Score", "Why", "Where it stands")
    shown = [m for m in round_.matches.values() if m.state in (MatchState.PROPOSED, MatchState.OFFERED)]
    for proposal in sorted(shown, key=lambda m: (-m.score, m.id)):
        names = [tx.people.get(person).display_name or person for person in proposal.people]
        needs = proposal.still_needs(round_.owners)
        stands = "asked" if proposal.state is MatchState.OFFERED else f"needs {needs} more" if needs else "approved"
        reasons = because(proposal.reasons, round_.programme, to_owners=True, marked=False)
        table.add_row(*map(escape, names), str(proposal.score), escape(reasons), stands)
    return table
