"""`mentor-bot doctor`: check the settings, the database and Slack, and print the results with what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.lock import AlreadyRunning, is_locked
from bot.manifest import EVENTS, READ_PROFILE_FIELDS, SCOPES, SHARE_FILES
from bot.settings import InvalidSettings, Settings, missing_for_run, read_settings
from bot.slack import SlackAuthFailed, SlackUnreachable, ask_slack, fetch_identity, open_connection, web_client
from mentoring.core.failures import WorkKind
from messages.home import neutral_view
from messages.ids import COMMAND
from messages.text import plural
from scheduler.delivery.slack_errors import TURNED_OFF, classify
from services.errors import report_error
from services.profile_fields import reads_profile_fields
from storage import Conflict, DatabaseUnusable, NoDatabase, Storage


class CheckStatus(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class CheckResult:
    """The result of a check: its `subject`, what was `found`, and what to `do` about it, or ""."""

    subject: str
    status: CheckStatus
    found: str
    do: str = ""


MANUAL_CHECKS = (
    f"Slash Commands: the command is {COMMAND}.",
    f"Event Subscriptions: the bot events are {', '.join(EVENTS)}.",
    "Interactivity & Shortcuts: interactivity is on.",
    "App Home: the Home tab and the Messages tab are on, and people may send messages from it.",
    "Socket Mode: it is on. With HTTP, it is off, and all three request URLs end in /slack/events.",
    "Install App: the app was reinstalled after its scopes or events changed.",
)
"""Settings of the app that the Web API does not show to a bot token."""


def run_checks() -> Iterator[CheckResult]:
    """Run one check after the other. A check that depends on a failed one is left out.

    An unexpected error is the result of its own check; the others are made all the same.
    """
    try:
        settings = read_settings()
    except InvalidSettings as error:
        yield from (CheckResult("Settings", CheckStatus.ERROR, sentence) for sentence in error.args)
        return
    yield from _isolated("Settings", _settings(settings))
    yield from _isolated("Database", _database(settings))
    if settings.bot_token:
        yield from _isolated("Slack", _slack(settings))


def _isolated(subject: str, results: Iterator[CheckResult]) -> Iterator[CheckResult]:
    try:
        yield from results
    except Exception as error:  # noqa: BLE001 - the other checks are made all the same
        found = f"The check itself failed ({type(error).__name__}, reference {report_error(error)})."
        yield CheckResult(subject, CheckStatus.ERROR, found, "Please report this, with what the log says.")


def _settings(settings: Settings) -> Iterator[CheckResult]:
    missing = missing_for_run(settings)
    yield from (CheckResult("Settings", CheckStatus.ERROR, sentence) for sentence in missing)
    if not missing:
        how = "connects by Socket Mode" if settings.app_token else f"listens for HTTP on port {settings.port}"
        yield CheckResult("Settings", CheckStatus.OK, f"The bot {how}.")
    if settings.app_token and settings.signing_secret:
        yield CheckResult(
            "Settings", CheckStatus.WARNING, "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set.", _BOTH_SET
        )
    if not settings.is_slack_itself:
        yield CheckResult(
            "Slack’s address",
            CheckStatus.WARNING,
            f"SLACK_API_URL is {settings.slack_api_url}, which is not Slack.",
            _NOT_SLACK,
        )
    if not settings.mentor_owners:
        yield CheckResult("Owners", CheckStatus.WARNING, "MENTOR_OWNERS is not set.", _NO_OWNERS)


_BOTH_SET = "The bot uses Socket Mode. Unset the one that you don’t need."
_NOT_SLACK = "Unset it, unless you want to try the bot on another server."
_NO_OWNERS = (
    "Set it to the Slack member ids of the programme’s owners. The bot needs it to create a programme; owners of an "
    "existing programme stay."
)


def _database(settings: Settings) -> Iterator[CheckResult]:
    try:
        storage = Storage(settings.database_url.get_secret_value(), create=False)
    except NoDatabase as error:
        yield CheckResult("Database", CheckStatus.WARNING, str(error))
        return
    except DatabaseUnusable as error:
        yield CheckResult("Database", CheckStatus.ERROR, str(error), "Correct the file, or DATABASE_URL.")
        return
    lost: list[CheckResult] = []
    try:
        current, newest = storage.revisions()
        if current == newest:
            storage.check_writing()
            lost = [*_access_lost(storage), *_failing(storage), *_without_time_zone(storage)]
    except DatabaseUnusable as error:
        yield CheckResult("Database", CheckStatus.ERROR, str(error))
        return
    except Conflict:
        yield CheckResult("Database", CheckStatus.ERROR, f"The database {storage.name} is busy.", "Try again.")
        return
    finally:
        storage.close()
    yield CheckResult("Database", CheckStatus.OK, f"{storage.name} answers.")
    yield from lost
    if current == newest:
        yield CheckResult("Schema", CheckStatus.OK, f"It is up to date ({current}).")
    else:
        found = f"It is at revision {current}, and the newest is {newest}." if current else "There are no tables yet."
        yield CheckResult(
            "Schema", CheckStatus.WARNING, found, "The next start of `mentor-bot run` brings it up to date."
        )
    if storage.file:
        yield _run(storage.file)


def _run(database: Path) -> CheckResult:
    try:
        is_running = is_locked(database)
    except AlreadyRunning as unknown:
        return CheckResult(
            "Run",
            CheckStatus.ERROR,
            str(unknown),
            "Make the bot’s user the owner of this file, and of the folder that it is in.",
        )
    if is_running:
        return CheckResult("Run", CheckStatus.OK, "`mentor-bot run` is running on this database.")
    return CheckResult(
        "Run", CheckStatus.WARNING, "`mentor-bot run` is not running on this database.", "Start it when you are ready."
    )


def _access_lost(storage: Storage) -> list[CheckResult]:
    """One result for each workspace in which Slack has revoked the bot's access."""
    results = []
    for workspace in storage.workspaces():
        with storage.read(workspace) as tx:
            lost = tx.access.access_lost()
        if lost:
            found = (
                f"No access to {workspace} since {_moment(lost.at)} ({lost.why}). Nothing is sent, and nothing is lost."
            )
            results.append(CheckResult("Access", CheckStatus.WARNING, found, _REINSTALL))
    return results


_WORK = {
    WorkKind.JOB: "The scheduled job",
    WorkKind.PROFILE: "Reading the profile of",
    WorkKind.PROPOSAL_RUN: "Computing proposals for the round",
    WorkKind.FILE_IMPORT: "Reading the file that an owner sent",
}


def _failing(storage: Storage) -> list[CheckResult]:
    """One result for each item that failed at its last try. The others are not held up by it."""
    results = []
    for workspace in storage.workspaces():
        with storage.read(workspace) as tx:
            failures, deliveries = tx.failures.all(), tx.outbox.failing()
        for failure in failures:
            times = plural(failure.attempts, "time", "times")
            found = (
                f"{_WORK[failure.item.kind]} {failure.item.id} failed {times} since {_moment(failure.since)} "
                f"({failure.error}, reference {failure.reference}). It is tried again at {_moment(failure.retry_at)}."
            )
            results.append(CheckResult("Failing work", CheckStatus.WARNING, found, _SEE_LOG))
        for delivery in deliveries:
            times = plural(delivery.attempts, "time", "times")
            found = (
                f"Notification {delivery.id} of kind {delivery.kind} failed {times} ({delivery.reason}). It is tried "
                "again by itself."
            )
            results.append(CheckResult("Failing work", CheckStatus.WARNING, found, _SEE_LOG))
    return results


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y at %H:%M} UTC"


_SEE_LOG = "Nothing else waits for it. Look up the reference or the number in the log, and report the error."


def _without_time_zone(storage: Storage) -> list[CheckResult]:
    """One result for each workspace where people whose time zone Slack does not tell would be written to in UTC."""
    results = []
    for workspace in storage.workspaces():
        with storage.read(workspace) as tx:
            is_unknown = tx.programmes.count() and not tx.people.programme_zone()
        if is_unknown:
            found = f"The programme in {workspace} has no time zone, and Slack has told none of its owners’."
            results.append(CheckResult("Time zone", CheckStatus.WARNING, f"{found} {_IN_UTC}", _SET_TIME_ZONE))
    return results


_IN_UTC = "People whose own time zone we don’t know are written to in UTC."
_SET_TIME_ZONE = "Choose one under “Dates and hours” in `/mentor setup`, or wait until Slack has sent the profiles."
_REINSTALL = "Reinstall the app, set SLACK_BOT_TOKEN to its new token, and restart `mentor-bot run`."


def _slack(settings: Settings) -> Iterator[CheckResult]:
    client = web_client(settings)
    try:
        identity = fetch_identity(client)
    except (SlackAuthFailed, SlackUnreachable) as error:
        yield CheckResult("Token", CheckStatus.ERROR, str(error))
        return
    yield CheckResult("Token", CheckStatus.OK, f"Slack accepts it in the workspace {identity.workspace_name}.")
    optional = {SHARE_FILES}
    if not _reads_profile_fields(settings, identity.workspace):
        optional.add(READ_PROFILE_FIELDS)
    needed = [scope for scope in SCOPES if scope not in optional]
    missing = [scope for scope in needed if scope not in identity.scopes]
    extra = sorted(identity.scopes - set(SCOPES))
    if missing:
        do = "Put the manifest (`mentor-bot manifest`) into the app’s settings, and reinstall the app."
        yield CheckResult("Scopes", CheckStatus.ERROR, f"The token lacks {', '.join(missing)}.", do)
    elif SHARE_FILES not in identity.scopes:
        found = f"The token lacks {SHARE_FILES}, so people get no calendar files. Everything else works."
        yield CheckResult("Scopes", CheckStatus.WARNING, found, _FOR_FILES)
    elif extra:
        do = "This works. To grant only what the bot needs, reinstall the app from the manifest."
        yield CheckResult("Scopes", CheckStatus.WARNING, f"The token also has {', '.join(extra)}.", do)
    else:
        yield CheckResult("Scopes", CheckStatus.OK, "The token has exactly the scopes that it needs.")
    if settings.app_token:
        yield _app_token(client, settings.app_token)
    if settings.mentor_owners:
        yield from _isolated("Home tab", _home_tab(client, settings.mentor_owners[0]))
    for owner in settings.mentor_owners:
        yield from _isolated("Owners", (_owner(client, one) for one in (owner,)))


_FOR_FILES = "To share them, put the manifest (`mentor-bot manifest`) into the app’s settings, and reinstall the app."


def _reads_profile_fields(settings: Settings, workspace: str) -> bool:
    """Whether profile fields are mapped there. False if the database does not say: its own check says why."""
    try:
        storage = Storage(settings.database_url.get_secret_value(), create=False)
    except DatabaseUnusable:
        return False
    try:
        current, newest = storage.revisions()
        if current != newest:
            return False
        with storage.read(workspace) as tx:
            return reads_profile_fields(tx)
    except (DatabaseUnusable, Conflict):
        return False
    finally:
        storage.close()


def _app_token(client: WebClient, app_token: str) -> CheckResult:
    try:
        open_connection(client, app_token)
    except SlackAuthFailed as error:
        do = "Create a new app-level token with the scope connections:write."
        return CheckResult("App token", CheckStatus.ERROR, str(error), do)
    except SlackUnreachable as error:
        return CheckResult("App token", CheckStatus.ERROR, str(error))
    return CheckResult("App token", CheckStatus.OK, "Slack accepts it for Socket Mode.")


def _home_tab(client: WebClient, person: str) -> Iterator[CheckResult]:
    """Whether the Home tab is on. What `person` sees there stays: a publication with a wrong hash replaces nothing."""

    def publish() -> str:
        try:
            client.views_publish(user_id=person, view=neutral_view(), hash=_NO_HASH)
        except SlackApiError as error:
            return classify(error).reason
        return ""

    reason = ask_slack(publish, address=client.base_url, rejected="Slack does not let the bot publish Home ({}).")
    if reason in TURNED_OFF:
        do = "Put the manifest (`mentor-bot manifest`) into the app’s settings, and reinstall the app."
        yield CheckResult("Home tab", CheckStatus.WARNING, "It is turned off. Everything else works without it.", do)
    elif reason in ("", "hash_conflict"):
        yield CheckResult("Home tab", CheckStatus.OK, "It is on.")


_NO_HASH = "0.0"

_NOT_SHOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def _owner(client: WebClient, owner: str) -> CheckResult:
    def look_up() -> dict[str, object]:
        try:
            return dict(client.users_info(user=owner)["user"])
        except SlackApiError as error:
            if classify(error).reason in _NOT_SHOWN:
                return {}
            raise

    try:
        user = ask_slack(look_up, address=client.base_url, rejected="Slack does not let the bot look up people ({}).")
    except (SlackAuthFailed, SlackUnreachable) as error:
        return CheckResult("Owners", CheckStatus.ERROR, str(error))
    if not user:
        found = f"Slack does not show {owner}, named in MENTOR_OWNERS."
        return CheckResult("Owners", CheckStatus.ERROR, found, "Copy the member id from their Slack profile, under ⋮.")
    if user.get("deleted") or user.get("is_bot"):
        problem = "is a bot" if user.get("is_bot") else "has a deactivated account"
        return CheckResult(
            "Owners", CheckStatus.ERROR, f"{owner}, named in MENTOR_OWNERS, {problem}.", "Name another person."
        )
    return CheckResult("Owners", CheckStatus.OK, f"{owner} is in the workspace.")


_MARKS = {CheckStatus.OK: "[green]✓[/]", CheckStatus.WARNING: "[yellow]![/]", CheckStatus.ERROR: "[red]✗[/]"}


def print_report() -> int:
    """Print the results and the manual checks. Returns the exit code: 1 if there is an error."""
    console = Console()
    table = Table("", "Check", "Result", "What to do")
    has_error = False
    for result in run_checks():
        has_error |= result.status is CheckStatus.ERROR
        table.add_row(_MARKS[result.status], result.subject, result.found, result.do)
    console.print(table)
    console.print("\nPlease check these yourself, at https://api.slack.com/apps:")
    for line in MANUAL_CHECKS:
        console.print(f"  ☐ {line}", markup=False)
    return 1 if has_error else 0
