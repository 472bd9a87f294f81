"""`mentor-bot people forget`: erasing a person."""

import click

from bot.clocks import real_now
from bot.settings import Settings, SettingsWrong
from bot.workspace import named_workspace
from mentoring.core.outcome import Outcome
from mentoring.core.people import user_id
from mentoring.matching.match import MatchState
from mentoring.matching.offers import over
from mentoring.partnerships.partnership import end
from storage import Storage, Transaction, decided_anew
from storage.erasure import Forgotten

_EMPTY = "The database is empty, so there is nobody to erase. Is DATABASE_URL right?"


def forget_person(settings: Settings, user: str, workspace: str | None, *, sure: bool) -> None:
    """Erase `user` in `workspace`, or in the only workspace there is. Raises SettingsWrong with what to mend."""
    person = user_id(user)
    if not person:
        raise SettingsWrong("USER must be a Slack user id such as U012AB3CD: it is in their Slack profile, under ⋮.")
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        storage.migrate()
        place = named_workspace(storage, workspace, empty=_EMPTY)
        with storage.read(place) as tx:
            owners = {*settings.mentor_owners, *tx.owners.all()}
        if person in owners:
            sentence = "{} is an owner. Take them out of MENTOR_OWNERS and restart the bot, then try again."
            raise SettingsWrong(sentence.format(person))
        if not sure:
            click.confirm(f"Erase {person} and all that they sent? This cannot be undone", abort=True)
        gone = decided_anew(lambda: _forget(storage, place, person))
        storage.scrub()
    finally:
        storage.close()
    click.echo(
        f"Erased {person}. Applications: {gone.applications}; drafts: {gone.drafts}; messages owed or sent: "
        f"{gone.notices}; mentions by others: {gone.mentions}. Messages that are already in Slack stay there."
    )


def _forget(storage: Storage, workspace: str, person: str) -> Forgotten:
    with storage.begin(workspace) as tx:
        _bring_to_an_end(tx, person)
        return tx.erasure.forget(person, real_now())


def _bring_to_an_end(tx: Transaction, person: str) -> None:
    """Offers and partnerships that are open end by the rules, so that the other is told; proposals leave the desk."""
    ground = tx.ground()
    for partnership in tx.partnerships.of(person):
        if partnership.is_active:
            tx.keep(end(partnership, by=person, owners=(), now=real_now()))
    for match in tx.matches.of(person, ground[1].id) if ground else ():
        if match.state is MatchState.OFFERED:
            tx.keep(over(match, MatchState.LAPSED, owners=tx.owners.all(), declined_by=person))
        elif match.state is MatchState.PROPOSED:
            tx.keep(Outcome((match.changed(state=MatchState.OVERTAKEN),)))
