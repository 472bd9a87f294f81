"""`make demo`: a local Slack, the bot in it, and people who have already applied."""

import logging
import shutil
from pathlib import Path

import click
from pydantic import SecretStr

from bot.cast import OWNERS, PEOPLE, play
from bot.lock import at_work_on
from bot.manifest import manifest
from bot.run import running
from bot.settings import Settings
from bot.stopping import until_told_to_stop
from bot.tour import tour
from sandbox import Sandbox

log = logging.getLogger(__name__)


def run_demo(*, port: int, folder: str) -> None:
    """Serve until interrupted. The database in `folder` is made anew, since the local Slack forgets when it stops.

    Raises AlreadyAtWork where a demo is at work in the folder: what it works on is not taken from under it.
    """
    place = Path(folder).resolve()
    place.mkdir(parents=True, exist_ok=True)
    with at_work_on(place / "mentor-bot.db"):
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    sandbox = Sandbox(manifest(), PEOPLE, port=port, team_name="Fairfield Library")
    # Without a pace, for a year is lived in moments; where the local Slack has limits, its 429s are heeded.
    with (
        until_told_to_stop() as wait,
        sandbox,
        running(settings_for(sandbox, place / "mentor-bot.db"), calendar=sandbox.calendar.now, pace=None) as house,
    ):
        sandbox.moments = house
        sandbox.wait_connected()
        play(sandbox)
        sandbox.tour = tour(sandbox, house)
        click.echo(f"\n  Your local Slack:  {sandbox.url}\n  The database:      {place / 'mentor-bot.db'}")
        click.echo("\n  Pick a person on the left and type /mentor; move the calendar at the top.")
        click.echo("  Ctrl-C stops it; each start is fresh.\n")
        wait()


def settings_for(sandbox: Sandbox, database: Path) -> Settings:
    """What the environment would say, if this were Slack."""
    return Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_signing_secret=None,
        slack_api_url=sandbox.api_url,
        database_url=SecretStr(f"sqlite:///{database}"),
        mentor_owners=OWNERS,
    )
