"""What the commands of `mentor-bot programme` work on: the database, the workspace and the programme that is meant."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.database import migrate
from bot.people.slack_directory import SlackDirectory
from bot.settings import InvalidSettings, Settings, missing_for_run, named_workspace
from bot.slack import fetch_identity, web_client
from mentoring.core.clean_text import clean_line
from mentoring.core.people import Person
from services.programme_files import StoredProgramme, load_programmes
from storage import DatabaseUnusable, NoDatabase, Storage
from storage.database_errors import ONLY_RUN

_EMPTY = "DATABASE_URL names a database that is empty, so there is no programme yet."


@dataclass
class ProgrammeStore:
    """The programmes of a workspace. `storage` is None while there is no database."""

    settings: Settings
    storage: Storage | None
    workspace: str
    programmes: tuple[StoredProgramme, ...]
    owners: tuple[str, ...] = ()
    missing: str = ""
    """Where there is no database yet, in a sentence."""

    def named(self, name: str) -> StoredProgramme | None:
        """The programme with this name, ignoring case; None if no programme bears it."""
        wanted = clean_line(name).casefold()
        return next((each for each in self.programmes if each.settings.programme.name.casefold() == wanted), None)

    def require(self, name: str) -> StoredProgramme:
        """The programme with this name, or the only one if it is "". Raises InvalidSettings."""
        if not self.programmes:
            raise InvalidSettings(f"There is no programme yet. {self.where()}")
        if name:
            found = self.named(name)
            if found is None:
                raise InvalidSettings(f"There is no programme “{clean_line(name)}”. {self.listed()}")
            return found
        if len(self.programmes) > 1:
            raise InvalidSettings(f"Choose a programme with --programme. {self.listed()}")
        return self.programmes[0]

    def listed(self) -> str:
        """The names of the programmes, in a sentence."""
        names = ", ".join(f"“{each.settings.programme.name}”" for each in self.programmes)
        return f"There {'is' if len(self.programmes) == 1 else 'are'} {names}."

    def where(self) -> str:
        """Which database it is, in a sentence."""
        return f"The database is {self.storage.name}." if self.storage else self.missing

    def ready(self) -> Storage:
        """The database, which is created if there is none. For a new programme."""
        if self.storage is None:
            self.storage = Storage(self.settings.database_url.get_secret_value())
        migrate(self.storage, self.settings)
        return self.storage

    def ask_about(self, person: str) -> Person | None:
        """What Slack says of a person (a Slack user id); None if it knows no such person.

        Raises InvalidSettings if the token is for another workspace, SlackAuthFailed, SlackUnreachable.
        """
        client = web_client(self.settings)
        identity = fetch_identity(client)
        if identity.workspace != self.workspace:
            raise InvalidSettings(
                f"SLACK_BOT_TOKEN is for the workspace {identity.workspace}, not for {self.workspace}."
            )
        directory = SlackDirectory(client, self.workspace)
        return directory.find({person}, lambda read, of: None).get(person)


@contextmanager
def open_programmes(settings: Settings, workspace: str | None, *, starts: bool = False) -> Iterator[ProgrammeStore]:
    """The programmes in the database, with its schema up to date.

    With `starts`, the database may be empty or missing: then Slack tells the workspace, and nothing is created yet.
    Raises InvalidSettings, DatabaseUnusable, SlackAuthFailed, SlackUnreachable.
    """
    storage, missing = _existing(settings, starts=starts)
    store: ProgrammeStore | None = None
    try:
        store = _load(settings, storage, workspace, starts=starts)
        store.missing = missing
        yield store
    finally:
        if opened := store.storage if store else storage:
            opened.close()


def _existing(settings: Settings, *, starts: bool) -> tuple[Storage | None, str]:
    """The database with its schema up to date; None, and where it is missing, if the command may start one."""
    storage = None
    try:
        storage = Storage(settings.database_url.get_secret_value(), create=False)
        migrate(storage, settings)
    except DatabaseUnusable as error:
        if storage:
            storage.close()
        if starts and isinstance(error, NoDatabase):
            return None, f"{str(error).removesuffix(ONLY_RUN)}It will be created."
        raise
    return storage, ""


def _load(settings: Settings, storage: Storage | None, workspace: str | None, *, starts: bool) -> ProgrammeStore:
    if storage is None or (starts and not storage.workspaces()):
        if not settings.bot_token:
            raise InvalidSettings(missing_for_run(settings)[0])
        identity = fetch_identity(web_client(settings))
        return ProgrammeStore(settings, storage, identity.workspace, (), settings.mentor_owners)
    named = named_workspace(storage, workspace, empty=_EMPTY)
    with storage.read(named) as tx:
        owners = settings.mentor_owners or tuple(each.person for each in tx.roles.administrators())
        return ProgrammeStore(settings, storage, named, load_programmes(tx), owners)
