"""`mentor-bot doctor`: check the settings, the database and Slack, print the results and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.lock import AlreadyRunning, is_locked
from bot.manifest import EVENTS, SCOPES
from bot.settings import InvalidSettings, Settings, missing_for_run, read_settings
from bot.slack import SlackAuthFailed, SlackUnreachable, fetch_identity, web_client
from messages.ids import COMMAND
from storage import DatabaseUnusable, Storage


class CheckStatus(StrEnum):
    RIGHT = "right"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class CheckResult:
    """`what` was looked at; `says` what is the case; `do` what to do about it, or ""."""

    what: str
    verdict: CheckStatus
    says: str
    do: str = ""


TO_TICK = (
    f"The app’s slash command is {COMMAND} (Slash Commands).",
    f"The app is subscribed to the bot events {', '.join(EVENTS)} (Event Subscriptions).",
    "Interactivity is on (Interactivity & Shortcuts).",
    "The Messages tab is on, and people may send messages from it (App Home).",
    "With Socket Mode it is switched on; with HTTP all three request URLs end in /slack/events.",
    "The app was installed again after its scopes or events changed (Install App).",
)
"""What cannot be asked of Slack with a bot token."""


def run_checks() -> Iterator[CheckResult]:
    """Look at one thing after the other; what depends on something wrong is left out."""
    try:
        settings = read_settings()
    except InvalidSettings as wrong:
        yield from (CheckResult("Settings", CheckStatus.WRONG, sentence) for sentence in wrong.args)
        return
    yield from _settings(settings)
    yield from _database(settings)
    if settings.bot_token:
        yield from _slack(settings)


def _settings(settings: Settings) -> Iterator[CheckResult]:
    missing = missing_for_run(settings)
    yield from (CheckResult("Settings", CheckStatus.WRONG, sentence) for sentence in missing)
    if not missing:
        how = "Socket Mode" if settings.app_token else f"HTTP on port {settings.port}"
        yield CheckResult("Settings", CheckStatus.RIGHT, f"Slack reaches the bot by {how}.")
    if settings.app_token and settings.signing_secret:
        yield CheckResult("Settings", CheckStatus.LOOK, "Both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set.", _BOTH)
    if not settings.is_slack_itself:
        yield CheckResult(
            "Slack’s address", CheckStatus.LOOK, f"SLACK_API_URL points to {settings.slack_api_url}.", _ELSEWHERE
        )
    if not settings.mentor_owners:
        yield CheckResult("Owners", CheckStatus.LOOK, "MENTOR_OWNERS names nobody.", _NO_OWNERS)


_BOTH = "Socket Mode wins; unset the one that you do not use."
_ELSEWHERE = "That is not Slack; unset it unless you mean to."
_NO_OWNERS = "Set it to the Slack user ids of the programme’s owners; without it no programme is founded."


def _database(settings: Settings) -> Iterator[CheckResult]:
    try:
        storage = Storage(settings.database_url.get_secret_value(), create=False)
    except DatabaseUnusable as unusable:
        yield CheckResult(
            "Database", CheckStatus.LOOK, str(unusable), "The first start of `mentor-bot run` makes a SQLite file."
        )
        return
    try:
        at, newest = storage.revisions()
    except DatabaseUnusable as unusable:
        yield CheckResult(
            "Database", CheckStatus.WRONG, str(unusable), "Check that it runs and that DATABASE_URL is right."
        )
        return
    else:
        stopped = _stopped(storage) if at == newest else []
    finally:
        storage.close()
    yield CheckResult("Database", CheckStatus.RIGHT, f"{storage.name} answers.")
    yield from stopped
    if at == newest:
        yield CheckResult("Migrations", CheckStatus.RIGHT, f"The schema is up to date ({at}).")
    else:
        says = f"The schema is at {at or 'nothing yet'}, the newest is {newest}."
        yield CheckResult(
            "Migrations", CheckStatus.LOOK, says, "The next start of `mentor-bot run` brings it up to date."
        )
    if storage.file:
        yield _run(storage.file)


def _run(database: Path) -> CheckResult:
    try:
        at_work = is_locked(database)
    except AlreadyRunning as unknown:
        return CheckResult(
            "Run", CheckStatus.WRONG, str(unknown), "Let the bot’s user own it and the folder that it is in."
        )
    if at_work:
        return CheckResult("Run", CheckStatus.RIGHT, "A `mentor-bot run` is at work on this database.")
    return CheckResult(
        "Run", CheckStatus.LOOK, "No `mentor-bot run` is at work on this database.", "Start it when you like."
    )


def _stopped(storage: Storage) -> list[CheckResult]:
    """The workspaces that Slack has shut us out of."""
    found = []
    for workspace in storage.workspaces():
        with storage.read(workspace) as tx:
            stopped = tx.access.access_lost()
        if stopped:
            since = f"since {stopped.at:%d %B %Y, %H:%M} UTC ({stopped.why})"
            says = f"Slack does not let us into {workspace}, {since}. Nothing is sent there, and nothing is lost."
            found.append(CheckResult("Access", CheckStatus.LOOK, says, _INSTALL_AGAIN))
    return found


_INSTALL_AGAIN = "Install the app again, set SLACK_BOT_TOKEN to its new token, and start `mentor-bot run` anew."


def _slack(settings: Settings) -> Iterator[CheckResult]:
    client = web_client(settings)
    try:
        identity = fetch_identity(client)
    except (SlackAuthFailed, SlackUnreachable) as trouble:
        yield CheckResult("Token", CheckStatus.WRONG, str(trouble))
        return
    yield CheckResult("Token", CheckStatus.RIGHT, f"Slack knows us in the workspace {identity.workspace_name}.")
    missing = [scope for scope in SCOPES if scope not in identity.scopes]
    spare = sorted(identity.scopes - set(SCOPES))
    if missing:
        do = "Put the manifest (`mentor-bot manifest`) into the app’s settings and install it again."
        yield CheckResult("Scopes", CheckStatus.WRONG, f"The token lacks {', '.join(missing)}.", do)
    elif spare:
        do = "It works; to ask for no more than needed, install it again from the manifest."
        yield CheckResult("Scopes", CheckStatus.LOOK, f"The token also has {', '.join(spare)}.", do)
    else:
        yield CheckResult("Scopes", CheckStatus.RIGHT, "The token has what is needed and no more.")
    if settings.app_token:
        yield _app_token(settings)
    for owner in settings.mentor_owners:
        yield _owner(client, owner)


def _app_token(settings: Settings) -> CheckResult:
    try:
        WebClient(base_url=settings.slack_api_url, timeout=10, retry_handlers=[]).apps_connections_open(
            app_token=settings.app_token
        )
    except SlackApiError as error:
        do = "Make a new app-level token with the scope connections:write."
        return CheckResult(
            "App token", CheckStatus.WRONG, f"Slack refused SLACK_APP_TOKEN ({error.response.get('error')}).", do
        )
    except OSError as error:
        return CheckResult("App token", CheckStatus.WRONG, f"Slack did not answer ({type(error).__name__}).")
    return CheckResult("App token", CheckStatus.RIGHT, "Socket Mode is open to us.")


def _owner(client: WebClient, owner: str) -> CheckResult:
    try:
        user = client.users_info(user=owner)["user"]
    except SlackApiError as error:
        says = f"MENTOR_OWNERS names {owner}, whom Slack does not show us ({error.response.get('error')})."
        return CheckResult("Owners", CheckStatus.WRONG, says, "Copy the member id from their Slack profile, under ⋮.")
    except OSError as error:
        return CheckResult("Owners", CheckStatus.WRONG, f"Slack did not answer ({type(error).__name__}).")
    if user.get("deleted") or user.get("is_bot"):
        kind = "a bot" if user.get("is_bot") else "deactivated"
        return CheckResult(
            "Owners", CheckStatus.WRONG, f"MENTOR_OWNERS names {owner}, who is {kind}.", "Name somebody else."
        )
    return CheckResult("Owners", CheckStatus.RIGHT, f"{owner} is in the workspace.")


_MARKS = {CheckStatus.RIGHT: "[green]✓[/]", CheckStatus.LOOK: "[yellow]![/]", CheckStatus.WRONG: "[red]✗[/]"}


def print_checkup() -> int:
    """Print the table and the list to tick. Returns the exit code: 1 where something is wrong."""
    console = Console()
    table = Table("", "What", "How it is", "What to do")
    worst_is_wrong = False
    for finding in run_checks():
        worst_is_wrong |= finding.verdict is CheckStatus.WRONG
        table.add_row(_MARKS[finding.verdict], finding.what, finding.says, finding.do)
    console.print(table)
    console.print("\nWhat only you can see, at https://api.slack.com/apps:")
    for line in TO_TICK:
        console.print(f"  ☐ {line}", markup=False)
    return 1 if worst_is_wrong else 0
