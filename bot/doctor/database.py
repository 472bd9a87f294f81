"""The checks of the database, and of what the bot has recorded in it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.doctor.result import CheckResult, CheckStatus
from bot.lock import AlreadyRunning, is_locked
from bot.settings import Settings
from mentoring.core.failures import WorkKind
from mentoring.core.jobs import JobKind
from messages.text import plural
from services.profile_fields import reads_profile_fields
from storage import Conflict, DatabaseUnusable, NoDatabase, Storage


def check_database(settings: Settings) -> Iterator[CheckResult]:
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
            lost = [*_access_lost(storage), *_failing(storage), *_without_time_zone(storage), *_retention(storage)]
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


def _retention(storage: Storage) -> list[CheckResult]:
    """When the bot looks next for data that is past its time, in each workspace."""
    results = []
    for workspace in storage.workspaces():
        with storage.read(workspace) as tx:
            due = tx.scheduled_jobs.due_at(JobKind.RETENTION)
        if due:
            found = f"Data of {workspace} that is past its time is deleted next on {_moment(due)}."
            results.append(CheckResult("Retention", CheckStatus.OK, found))
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
            homes, removals = tx.homes.failing(), tx.slack_removals.failing()
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
        if homes:
            found = (
                f"{plural(homes, 'Home', 'Homes')} could not be shown at the last try. It is tried again when opened."
            )
            results.append(CheckResult("Failing work", CheckStatus.WARNING, found, _SEE_LOG))
        if removals:
            left = plural(removals, "conversation or file", "conversations or files")
            found = (
                f"What was erased, or is past its time, could not be removed from Slack: {left}. It is tried again by "
                "itself."
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


def maps_profile_fields(settings: Settings, workspace: str) -> bool:
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
