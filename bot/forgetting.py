"""`mentor-bot people forget`: erasing a person."""

import re

import click

from bot.clocks import real_now
from bot.settings import Settings, SettingsWrong
from storage import Storage

_USER = re.compile(r"<?@?([UW][A-Z0-9]+)(?:\|[^>]*)?>?")


def forget_person(settings: Settings, user: str, workspace: str | None, *, sure: bool) -> None:
    """Erase `user` in `workspace`, or in the only workspace there is. Raises SettingsWrong with what to mend."""
    match = _USER.fullmatch(user.strip())
    if match is None:
        raise SettingsWrong("USER must be a Slack user id such as U012AB3CD: it is in their Slack profile, under ⋮.")
    person = match[1]
    if person in settings.mentor_owners:
        raise SettingsWrong(f"{person} is an owner. Take them out of MENTOR_OWNERS, restart the bot, then try again.")
    storage = Storage(settings.database_url.get_secret_value())
    try:
        storage.migrate()
        place = _workspace(storage, workspace)
        if not sure:
            click.confirm(f"Erase {person} and all that they sent? This cannot be undone", abort=True)
        with storage.begin(place) as tx:
            if person in tx.owners.all():
                tx.owners.name([owner for owner in tx.owners.all() if owner != person])
            gone = tx.erasure.forget(person, real_now())
        storage.scrub()
    finally:
        storage.close()
    click.echo(
        f"Erased {person}: {gone.applications} applications, {gone.drafts} drafts, {gone.notices} messages owed or "
        f"sent, {gone.mentions} mentions by others. Messages that are already in Slack stay there."
    )


def _workspace(storage: Storage, wanted: str | None) -> str:
    known = storage.workspaces()
    if wanted and wanted not in known:
        raise SettingsWrong(f"The database knows no workspace {wanted}.")
    if not wanted and len(known) > 1:
        raise SettingsWrong("The database holds several workspaces: name one with --workspace.")
    if not known:
        raise SettingsWrong("The database is empty, so there is nobody to erase. Is DATABASE_URL right?")
    return wanted or known[0]
