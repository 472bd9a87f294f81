"""`mentor-bot run`: serve until a signal, then shut down. `mentor-bot tick`: run what is due, once."""

import json
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from time import sleep
from typing import Protocol

from bot.app import BotApp
from bot.clocks import Clock, real_now
from bot.database import Pause, ToldToStop
from bot.http_server import http_server
from bot.lock import single_instance
from bot.settings import InvalidSettings, Settings, no_programme
from bot.socket_mode import SocketModeConnection
from scheduler.delivery import DEFAULT_LIMITS, RateLimits
from storage import Storage

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT. Raises InvalidSettings, SlackAuthFailed, SlackUnreachable, DatabaseUnusable,
    AlreadyRunning.
    """
    try:
        with until_told_to_stop() as wait, running(settings, pause=wait):
            wait()
            log.info("Stopping: finishing the work in progress")
    except ToldToStop:
        log.info("Stopped while waiting for the database")


@contextmanager
def running(
    settings: Settings,
    *,
    calendar: Clock = real_now,
    stopwatch: Clock = real_now,
    limits: RateLimits | None = DEFAULT_LIMITS,
    pause: Pause = sleep,
) -> Iterator[BotApp]:
    """The running bot. On exit, work in progress is finished; unsent notifications stay in the outbox.

    Raises ToldToStop if `pause` says so while it waits for the database.
    """
    storage = Storage(settings.database_url.get_secret_value())
    with closing(storage), single_instance(storage.file):
        app = BotApp(settings, storage, calendar=calendar, stopwatch=stopwatch, limits=limits)
        app.prepare(pause=pause)
        try:
            app.start()
            with _socket_mode(app) if settings.app_token else _http(app) as connection:
                log.info("Ready: %s", connection)
                yield app
        finally:
            app.stop()


@contextmanager
def _socket_mode(app: BotApp) -> Iterator[str]:
    if app.settings.signing_secret:
        log.info("Both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set: using Socket Mode, not listening for HTTP")
    connection = SocketModeConnection(app.app, app.settings.app_token)
    connection.connect()
    try:
        yield f"connected to {app.identity.workspace_name} by Socket Mode"
    finally:
        connection.stop()


@contextmanager
def _http(app: BotApp) -> Iterator[str]:
    server = http_server(app.wsgi_app(), app.settings.port)
    try:
        server.prepare()
    except OSError:
        raise InvalidSettings("PORT is already in use, or the bot may not open it. Choose another one.") from None
    thread = threading.Thread(target=server.serve, name="http")
    thread.start()
    try:
        yield f"listening for {app.identity.workspace_name} by HTTP on port {app.settings.port}"
    finally:
        server.stop()
        thread.join()


_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignal(Protocol):
    """Waits for a stop signal, for at most `seconds` if given, and returns whether one came."""

    def __call__(self, seconds: float | None = None) -> bool: ...


@contextmanager
def until_told_to_stop() -> Iterator[StopSignal]:
    """A function that waits for SIGTERM or SIGINT, also for one that came since this was entered. Enter it in the main
    thread before any other thread is started.

    Signals are waited for and not handled: Python runs a handler only when the main thread continues, and a signal
    that arrives just before that thread starts another wait does not wake it.
    """

    def wait(seconds: float | None = None) -> bool:
        if seconds is None:
            return bool(signal.sigwait(_STOP_SIGNALS))
        return signal.sigtimedwait(_STOP_SIGNALS, seconds) is not None

    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    for number in _STOP_SIGNALS:
        signal.signal(number, lambda *_: None)
    try:
        yield wait
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def tick(settings: Settings, at: datetime | None) -> str:
    """Returns the line of JSON. `at` (aware) may be in the future only if SLACK_API_URL is not Slack's own.

    Raises InvalidSettings, SlackAuthFailed, SlackUnreachable, DatabaseUnusable.
    """
    if at and at > real_now() and settings.is_slack_itself:
        raise InvalidSettings(
            "--at is in the future. Use that only with a local Slack: people would get messages that are not due yet."
        )
    moment = at or real_now()
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    app = None
    try:
        app = BotApp(settings, storage, calendar=lambda: moment)
        app.prepare(create=False)
        with storage.read(app.identity.workspace) as tx:
            if not tx.programmes.count():
                raise InvalidSettings(no_programme(storage))
        jobs_run = app.tick()
        delivered = app.drain()
        with storage.read(app.identity.workspace) as tx:
            counts = {str(state): count for state, count in tx.outbox.counts().items()}
            if stale := tx.live_views.count_stale():
                counts["stale"] = stale
        done = {"at": moment.isoformat(), "judged": jobs_run, "delivered": delivered}
        return json.dumps(done | {"outbox": dict(sorted(counts.items()))})
    finally:
        if app:
            app.stop()
        storage.close()
