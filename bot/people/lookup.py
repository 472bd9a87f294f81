"""What imports share: the programme, and the people in Slack whom a file names."""

from collections.abc import Collection

from rich.progress import Progress

from bot.manifest import READ_ADDRESSES
from bot.people.slack_directory import SlackDirectory
from bot.programme_option import find_programme
from bot.settings import InvalidSettings, Settings, no_programme
from bot.slack import SlackAuthFailed, fetch_identity, web_client
from mentoring.core.errors import NoProgramme
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.people.staff_list import is_address
from storage import Storage

PAGE_SECONDS = 30
"""Timeout for a page of Slack's list of people."""

NO_PROGRAMME_YET = "DATABASE_URL names a database that is empty, so there is no programme yet."
_NO_SCOPE = (
    f"SLACK_BOT_TOKEN lacks the scope {READ_ADDRESSES}, needed to find people by e-mail address. Put the manifest "
    "(`mentor-bot manifest`) into the app’s settings and reinstall the app, or use Slack ids in the file."
)


def require_programme(storage: Storage, workspace: str, wanted: str) -> tuple[Programme, Cohort]:
    """The programme with this name or id, or the only one, with its current cohort. Raises InvalidSettings."""
    with storage.read(workspace) as tx:
        try:
            return tx.programme(find_programme(tx, wanted))
        except NoProgramme:
            raise InvalidSettings(no_programme(storage)) from None


def find_people(settings: Settings, workspace: str, wanted: Collection[str], bar: Progress) -> dict[str, Person]:
    """The people of `wanted` (Slack user ids and e-mail addresses) whom Slack knows, by handle."""
    client = web_client(settings, seconds=PAGE_SECONDS)
    identity = fetch_identity(client)
    if identity.workspace != workspace:
        raise InvalidSettings(f"SLACK_BOT_TOKEN is for the workspace {identity.workspace}, not for {workspace}.")
    if READ_ADDRESSES not in identity.scopes and any(map(is_address, wanted)):
        raise SlackAuthFailed(_NO_SCOPE)
    task = bar.add_task("Asking Slack", total=None, count="")
    found = SlackDirectory(client, workspace).find(
        wanted, lambda read, of: bar.update(task, completed=read, total=of, count=f"{read:,}")
    )
    bar.remove_task(task)
    return found
