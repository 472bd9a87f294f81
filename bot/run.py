"""`mentor-bot run`: connect, work until told to stop, finish what is in hand."""

import logging
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.clocks import Clock, real_now
from bot.house import House
from bot.lock import at_work_on
from bot.settings import Settings, SettingsWrong
from bot.sockets import Sockets
from bot.stopping import until_told_to_stop
from bot.web import Web, web_server
from scheduler.delivery import STEADY, Pace
from storage import Storage

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT. Raises SettingsWrong, SlackRefuses, SlackUnreachable, DatabaseUnusable,
    AlreadyAtWork.
    """
    with until_told_to_stop() as wait, running(settings):
        wait()
        log.info("Stopping: finishing what is in hand")


@contextmanager
def running(
    settings: Settings, *, calendar: Clock = real_now, stopwatch: Clock = real_now, pace: Pace | None = STEADY
) -> Iterator[House]:
    """The bot at work. On leaving, what is in hand is finished and the rest stays owed."""
    storage = Storage(settings.database_url.get_secret_value())
    with closing(storage), at_work_on(storage.file):
        house = House(settings, storage, calendar=calendar, stopwatch=stopwatch, pace=pace)
        house.found()
        house.start()
        try:
            with _socket_mode(house) if settings.app_token else _http(house) as where:
                log.info("Ready: %s", where)
                yield house
        finally:
            house.stop()


@contextmanager
def _socket_mode(house: House) -> Iterator[str]:
    if house.settings.signing_secret:
        log.info("Both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set: using Socket Mode, not listening for HTTP")
    sockets = Sockets(house.app, house.settings.app_token)
    sockets.connect()
    try:
        yield f"connected to {house.identity.workspace_name} by Socket Mode"
    finally:
        sockets.stop()


@contextmanager
def _http(house: House) -> Iterator[str]:
    server = web_server(Web(house.app, house.is_well), house.settings.port)
    try:
        server.prepare()
    except OSError:
        raise SettingsWrong("PORT names a port that is taken, or that we may not open; choose another.") from None
    thread = threading.Thread(target=server.serve, name="http")
    thread.start()
    try:
        yield f"listening for {house.identity.workspace_name} by HTTP on port {house.settings.port}"
    finally:
        server.stop()
        thread.join()
