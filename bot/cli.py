"""The command line. An error that the app admin can correct is one sentence and exit code 2, never a traceback."""

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
from bot.logs import logging_uncaught, set_up_logs, without_secrets
from bot.programme_option import HELP as PROGRAMME_HELP
from bot.settings import InvalidSettings, Settings, missing_for_run, read_settings
from bot.slack import SlackAuthFailed, SlackUnreachable
from services.errors import report_error
from storage import Conflict, DatabaseUnavailable, DatabaseUnusable

P = ParamSpec("P")
R = TypeVar("R")

_BUSY = "The database is busy, so the command could not finish. Nothing is lost. Run it again in a moment."
_UNEXPECTED = "An unexpected error stopped the command. The line above with the reference {} says where."


def exit_with_sentence(command: Callable[P, R]) -> Callable[P, R]:
    """Turn errors into sentences on standard error. A traceback would show an error's text, and so perhaps a token.

    Exit code 2: something to correct; 1: Slack or the database does not answer or stays busy, which may pass, or an
    unexpected error.
    """

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with logging_uncaught(report_error):
                return command(*args, **kwargs)
        except (SlackUnreachable, DatabaseUnavailable) as error:
            _say(*error.args)
            sys.exit(1)
        except (InvalidSettings, SlackAuthFailed, DatabaseUnusable, AlreadyRunning) as error:
            _say(*error.args)
            sys.exit(2)
        except Conflict:
            _say(_BUSY)
            sys.exit(1)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            _say(_UNEXPECTED.format(report_error(error)))
            sys.exit(1)

    return wrapped


def _say(*sentences: str) -> None:
    for sentence in sentences:
        click.echo(f"mentor-bot: {without_secrets(sentence)}", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentor-bot")
def main() -> None:
    """Run a mentoring programme in Slack. Settings are environment variables; `mentor-bot doctor` checks them."""
    set_up_logs(logging.WARNING)


@main.command()
@exit_with_sentence
def run() -> None:
    """Start the bot and keep it running until you stop it."""
    from bot.run import run as run_bot

    set_up_logs()
    settings = read_settings()
    if missing := missing_for_run(settings):
        raise InvalidSettings(*missing)
    run_bot(settings)


@main.command()
@click.option("--at", help="Date and time with UTC offset, such as 2027-03-01T09:00:00-05:00. Default: now.")
@exit_with_sentence
def tick(at: str | None) -> None:
    """Do everything that is due, send the messages, and exit. For cron, with or without a running bot."""
    from bot.run import tick as do_tick

    click.echo(do_tick(_settings_with_token(), _parse_instant(at) if at is not None else None))


@main.command()
@click.option("--approve", is_flag=True, help="Approve and send all proposals, as the app admin.")
@click.option("--release", is_flag=True, help="Send the approved matches, as the app admin. Propose nothing new.")
@click.option("--dry-run", is_flag=True, help="Show what would change. Save nothing.")
@click.option("--explain", nargs=2, metavar="A B", help="Check a pair. A and B are names as in Slack, or member ids.")
@click.option(
    "--csv", default="", metavar="FILE", help="Write a spreadsheet for the owners. Use - for standard output."
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Apply the decisions in that spreadsheet, as the app admin.",
)
@click.option("--programme", default="", metavar="NAME", help=PROGRAMME_HELP)
@exit_with_sentence
def match(
    approve: bool,
    release: bool,
    dry_run: bool,
    explain: tuple[str, str] | None,
    csv: str,
    decisions: Path | None,
    programme: str,
) -> None:
    """Propose matches and show them. No one is asked until the matches are sent."""
    from bot.match import MatchOptions
    from bot.match import match as do_match

    options = MatchOptions(approve, release, dry_run, explain, csv, decisions, programme)
    if code := do_match(_settings_with_token(), options, out=Console(), aside=Console(stderr=True)):
        sys.exit(code)


def _settings_with_token() -> Settings:
    settings = read_settings()
    if not settings.bot_token:
        raise InvalidSettings(missing_for_run(settings)[0])
    return settings


def _parse_instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise click.BadParameter(
            "give a date and time with UTC offset, such as 2027-03-01T09:00:00-05:00", param_hint="--at"
        )
    return instant


@main.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where the files go. It is created if needed.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@click.option("--programme", default="", metavar="NAME", help=PROGRAMME_HELP)
@click.option("--workspace", help="Slack workspace id. Needed if the database holds several.")
@exit_with_sentence
def report(out: Path, overwrite: bool, programme: str, workspace: str | None) -> None:
    """Write the evaluation report of a programme to FOLDER, for its owners.

    Four files: the report, and the evidence for the ISMCP award of the EMCC, each as a web page and as a PDF. They name
    no one, and no number in them is below five.
    """
    from bot.evaluation import write_report

    write_report(read_settings(), out, name=programme, workspace=workspace, overwrite=overwrite)


@main.command()
@exit_with_sentence
def doctor() -> None:
    """Check the settings, the database and Slack."""
    from bot.doctor import print_report

    sys.exit(print_report())


@main.command()
@click.option("--url", help="Make it for HTTP at this https address, instead of Socket Mode.")
def manifest(url: str | None) -> None:
    """Print the Slack app's manifest."""
    from bot.manifest import as_yaml
    from bot.manifest import manifest as make

    if url and not url.startswith("https://"):
        raise click.BadParameter("Slack calls only addresses that begin with https://", param_hint="--url")
    click.echo(as_yaml(make(url)), nl=False)


@main.group()
def people() -> None:
    """Import or erase people."""


@people.command()
@click.argument("user")
@click.option("--workspace", help="Slack workspace id. Needed if the database holds several.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@exit_with_sentence
def forget(user: str, workspace: str | None, yes: bool) -> None:
    """Erase USER (a Slack member id) and everything they sent.

    They get no more messages, unless they apply again.
    """
    from bot.people.commands import forget_person

    set_up_logs(logging.WARNING)
    forget_person(read_settings(), user, workspace, sure=yes)


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show errors and what would change. Save nothing.")
@click.option("--workspace", help="Slack workspace id. Needed if the database holds several.")
@click.option("--programme", default="", metavar="NAME", help=PROGRAMME_HELP)
@exit_with_sentence
def import_(file: Path, dry_run: bool, workspace: str | None, programme: str) -> None:
    """Import staff, applications or partnerships from FILE, an Excel workbook (.xlsx) or a CSV file.

    One of the first lines names the columns. Staff: person (or email, or Slack id), and any of department, grade,
    manager and start date. Without a column, the stored values stay. Exit code 1: lines with errors were skipped.

    Applications: person, role, and the answers of the form. Partnerships that already run: mentee, mentor, start, end
    or months, meetings, last meeting. Of these, all lines are saved or none.
    """
    from bot.people.commands import import_people

    is_correct = import_people(
        _settings_with_token(), file, workspace, programme, dry_run=dry_run, console=Console(stderr=True)
    )
    sys.exit(0 if is_correct else 1)


@main.group()
def programme() -> None:
    """Keep a programme in a file: all its settings, and the dates of its round."""


_workspace = click.option("--workspace", help="Slack workspace id. Needed if the database holds several.")
_yes = click.option("--yes", is_flag=True, help="Do not ask for confirmation.")


@programme.command("export")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--programme", "name", default="", help="The programme’s name. Needed if there are several.")
@click.option("--overwrite", is_flag=True, help="Replace FILE if it exists.")
@_workspace
@exit_with_sentence
def export_(file: Path | None, name: str, overwrite: bool, workspace: str | None) -> None:
    """Write all settings of a programme to FILE, or to standard output.

    A programme that was imported comes back as the same file, with its comments and with what has changed since.
    """
    from bot.programmes.commands import export_programme

    export_programme(read_settings(), file, name=name, workspace=workspace, overwrite=overwrite)


@programme.command("data")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="FOLDER", help="Where to write."
)
@click.option("--csv", is_flag=True, help="Write CSV files in one archive, instead of an Excel workbook.")
@click.option("--names", is_flag=True, help="With names in place of codes. It is recorded.")
@click.option("--programme", "name", default="", help="The programme’s name. Needed if there are several.")
@_workspace
@exit_with_sentence
def data_(out: Path, csv: bool, names: bool, name: str, workspace: str | None) -> None:
    """Write the people, partnerships, counts of meetings and groups of answers to FOLDER, for the owners.

    People have codes in place of names, unless you ask for names. The owners read in Slack that you did it.
    """
    from bot.programmes.data import write_data

    write_data(read_settings(), out, as_csv=csv, with_names=names, name=name, workspace=workspace)


@programme.command()
@click.argument("file")
@exit_with_sentence
def check(file: str) -> None:
    """Check FILE and name each wrong place by line and column. Needs neither the database nor Slack."""
    from bot.programmes.file_access import check_file

    check_file(file)


@programme.command("import")
@click.argument("file")
@click.option("--programme", "name", default="", help="Change the programme of this name. It gets the file’s name.")
@click.option("--dry-run", is_flag=True, help="Show errors and what would change. Save nothing.")
@_yes
@_workspace
@exit_with_sentence
def import_programme_(file: str, name: str, dry_run: bool, yes: bool, workspace: str | None) -> None:
    """Show what FILE would change in the programme of its name, ask, and save it.

    FILE is a file, or the name of a template. If there is no programme yet, it starts one.
    """
    from bot.programmes.commands import import_programme

    import_programme(read_settings(), file, name=name, workspace=workspace, sure=yes, dry_run=dry_run)


@programme.command()
@click.option("--programme", "name", default="", help="The programme’s name. Needed if there are several.")
@click.option("--name", "new_name", default="", help="Start a sister programme of this name, instead of a round.")
@click.option(
    "--months", type=click.IntRange(1, 60), default=12, show_default=True, help="How many months later the dates are."
)
@click.option("--opens-on", type=click.DateTime(["%Y-%m-%d"]), help="When applications open, instead of --months.")
@_yes
@_workspace
@exit_with_sentence
def copy(name: str, new_name: str, months: int, opens_on: datetime | None, yes: bool, workspace: str | None) -> None:
    """Open next year’s round: the same settings, with the dates moved. The last round must be closed."""
    from bot.programmes.commands import copy_programme

    copy_programme(
        read_settings(),
        name=name,
        new_name=new_name,
        months=months,
        opens_on=opens_on.date() if opens_on else None,
        workspace=workspace,
        sure=yes,
    )


@programme.command()
@click.argument("name", default="")
@exit_with_sentence
def templates(name: str) -> None:
    """List the templates, or print the one called NAME."""
    from bot.programmes.file_access import show_templates

    show_templates(name)


@main.group()
def sandbox() -> None:
    """Run a local Slack workspace to try the bot in."""


@sandbox.command()
@click.option("--port", default=4400, show_default=True, help="Where the page is.")
@click.option("--folder", default=".demo", show_default=True, help="Where the demo is saved.")
@click.option("--scenario", "--story", "scenario", default="", help="What to start with: dozen, or library-150.")
@click.option("--fresh", is_flag=True, help="Delete what is saved, and start again.")
@exit_with_sentence
def demo(port: int, folder: str, scenario: str, fresh: bool) -> None:
    """Start a local Slack with made-up people and the bot in it."""
    from bot.demo.run import run_demo

    set_up_logs()
    run_demo(port=port, folder=folder, scenario=scenario, fresh=fresh)
