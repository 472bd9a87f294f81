"""The command line. An error that a person can mend is one sentence and exit code 2, never a traceback."""

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from rich.console import Console

from bot.lock import AlreadyRunning
from bot.logs import set_up_logs
from bot.settings import InvalidSettings, Settings, missing_for_run, read_settings
from bot.slack import SlackAuthFailed, SlackUnreachable
from storage import Conflict, DatabaseUnusable

P = ParamSpec("P")
R = TypeVar("R")

_OTHERS = "Others are at work on the database, so this is not done. Nothing is lost; please run it again in a moment."


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Say what is wrong on standard error. Exit code 2: something to mend; 1: Slack does not answer, or others keep the
    database busy.
    """

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (InvalidSettings, SlackAuthFailed, DatabaseUnusable, AlreadyRunning) as wrong:
            for sentence in wrong.args:
                click.echo(f"mentor-bot: {sentence}", err=True)
            sys.exit(2)
        except SlackUnreachable as away:
            click.echo(f"mentor-bot: {away}", err=True)
            sys.exit(1)
        except Conflict:
            click.echo(f"mentor-bot: {_OTHERS}", err=True)
            sys.exit(1)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentor-bot")
def main() -> None:
    """A mentoring programme in Slack. Settings come from the environment; `mentor-bot doctor` checks them."""


@main.command()
@plainly
def run() -> None:
    """Start the bot."""
    from bot.run import run as run_bot

    set_up_logs()
    settings = read_settings()
    if missing := missing_for_run(settings):
        raise InvalidSettings(*missing)
    run_bot(settings)


@main.command()
@click.option("--at", help="An instant with its offset, such as 2027-03-01T09:00:00-05:00; now if left out.")
@plainly
def tick(at: str | None) -> None:
    """Do everything that is due, deliver it, and exit. For cron, beside a running bot or instead of one."""
    from bot.run import tick as do_tick

    set_up_logs(logging.WARNING)
    click.echo(do_tick(_connected(), _instant(at) if at is not None else None))


@main.command()
@click.option("--approve", is_flag=True, help="Approve and release all proposals, as the operator.")
@click.option("--release", is_flag=True, help="Release what is approved, as the operator; propose nothing new.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and what would change; keep nothing.")
@click.option("--explain", nargs=2, metavar="A B", help="Why these two, or why not: names as in Slack, or user ids.")
@click.option("--csv", default="", metavar="FILE", help="Write a spreadsheet for the committee; - for standard output.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Do what the committee decided in that spreadsheet, as the operator.",
)
@plainly
def match(
    approve: bool, release: bool, dry_run: bool, explain: tuple[str, str] | None, csv: str, decisions: Path | None
) -> None:
    """Propose matches and show them. Nobody is asked before they are released."""
    from bot.match import MatchOptions
    from bot.match import match as do_match

    set_up_logs(logging.WARNING)
    asked = MatchOptions(approve, release, dry_run, explain, csv, decisions)
    if code := do_match(_connected(), asked, out=Console(), aside=Console(stderr=True)):
        sys.exit(code)


def _connected() -> Settings:
    settings = read_settings()
    if not settings.bot_token:
        raise InvalidSettings(missing_for_run(settings)[0])
    return settings


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise click.BadParameter(
            "give an instant with its offset, such as 2027-03-01T09:00:00-05:00", param_hint="--at"
        )
    return instant


@main.command()
def doctor() -> None:
    """Say whether everything is right, and what to do where it is not."""
    from bot.doctor import print_checkup

    sys.exit(print_checkup())


@main.command()
@click.option("--url", help="Listen for HTTP at this https address instead of using Socket Mode.")
def manifest(url: str | None) -> None:
    """Print the Slack app's manifest."""
    from bot.manifest import as_yaml
    from bot.manifest import manifest as make

    if url and not url.startswith("https://"):
        raise click.BadParameter("Slack only calls addresses that begin with https://", param_hint="--url")
    click.echo(as_yaml(make(url)), nl=False)


@main.group()
def people() -> None:
    """The people in the programme."""


@people.command()
@click.argument("user")
@click.option("--workspace", help="The Slack workspace id, where the database holds more than one.")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@plainly
def forget(user: str, workspace: str | None, yes: bool) -> None:
    """Erase USER (a Slack user id) and all that they sent; nothing is sent to them again."""
    from bot.people.commands import forget_person

    forget_person(read_settings(), user, workspace, sure=yes)


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what is wrong and what would change, and change nothing.")
@click.option("--workspace", help="The Slack workspace id, where the database holds more than one.")
@plainly
def import_(file: Path, dry_run: bool, workspace: str | None) -> None:
    """Take department, grade, manager and start date of people from FILE, a CSV file with a line for each.

    Its first line names the columns: person (or email, or Slack id), and any of department, grade, manager and start
    date. What has no column stays as it is. Exit code 1: some lines are wrong, and changed nothing.
    """
    from bot.people.commands import import_people

    set_up_logs(logging.WARNING)
    all_right = import_people(_connected(), file, workspace, dry_run=dry_run, console=Console(stderr=True))
    sys.exit(0 if all_right else 1)


@main.group()
def sandbox() -> None:
    """A local Slack workspace to try the bot in."""


@sandbox.command()
@click.option("--port", default=4400, show_default=True, help="Where the page is.")
@click.option("--folder", default=".demo", show_default=True, help="Where the demo is saved.")
@click.option("--scenario", "--story", "scenario", default="", help="What to start with: dozen, or library-150.")
@click.option("--fresh", is_flag=True, help="Delete what is saved, and start again.")
@plainly
def demo(port: int, folder: str, scenario: str, fresh: bool) -> None:
    """Start a local Slack with made-up people and the bot in it."""
    from bot.demo.run import run_demo

    set_up_logs()
    run_demo(port=port, folder=folder, scenario=scenario, fresh=fresh)
