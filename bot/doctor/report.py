"""All checks one after the other, and their report."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from bot.doctor.database import check_database
from bot.doctor.result import CheckResult, CheckStatus, isolated
from bot.doctor.slack import check_slack
from bot.manifest import EVENTS
from bot.settings import InvalidSettings, Settings, missing_for_run, read_settings
from messages.ids import COMMAND

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
    yield from isolated("Settings", _settings(settings))
    yield from isolated("Database", check_database(settings))
    if settings.bot_token:
        yield from isolated("Slack", check_slack(settings))


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
