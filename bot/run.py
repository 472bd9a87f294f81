"""`mentor-bot run`: work until a signal, then finish. `mentor-bot tick`: do what is due once."""

import json
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Protocol

from bot.app import BotApp
from bot.clocks import Clock, real_now
from bot.http_server import WsgiApp, http_server
from bot.lock import single_instance
from bot.settings import InvalidSettings, Settings
from bot.socket_mode import SocketModeConnection
from scheduler.delivery import DEFAULT_LIMITS, RateLimits
from storage import Storage

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT. Raises InvalidSettings, SlackAuthFailed, SlackUnreachable, DatabaseUnusable,
    AlreadyRunning.
    """
    with until_told_to_stop() as wait, running(settings):
        wait()
        log.info("Stopping: finishing what is in hand")


@contextmanager
def running(
    settings: Settings,
    *,
    calendar: Clock = real_now,
    stopwatch: Clock = real_now,
    limits: RateLimits | None = DEFAULT_LIMITS,
) -> Iterator[BotApp]:
    """The bot at work. On leaving, what is in hand is finished and the rest stays owed."""
    storage = Storage(settings.database_url.get_secret_value())
    with closing(storage), single_instance(storage.file):
        bot = BotApp(settings, storage, calendar=calendar, stopwatch=stopwatch, limits=limits)
        bot.prepare()
        bot.start()
        try:
            with _socket_mode(bot) if settings.app_token else _http(bot) as where:
                log.info("Ready: %s", where)
                yield bot
        finally:
            bot.stop()


@contextmanager
def _socket_mode(app: BotApp) -> Iterator[str]:
    if app.settings.signing_secret:
        log.info("Both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set: using Socket Mode, not listening for HTTP")
    sockets = SocketModeConnection(app.app, app.settings.app_token)
    sockets.connect()
    try:
        yield f"connected to {app.identity.workspace_name} by Socket Mode"
    finally:
        sockets.stop()


@contextmanager
def _http(app: BotApp) -> Iterator[str]:
    server = http_server(WsgiApp(app.app, app.is_healthy), app.settings.port)
    try:
        server.prepare()
    except OSError:
        raise InvalidSettings("PORT names a port that is taken, or that we may not open; choose another.") from None
    thread = threading.Thread(target=server.serve, name="http")
    thread.start()
    try:
        yield f"listening for {app.identity.workspace_name} by HTTP on port {app.settings.port}"
    finally:
        server.stop()
        thread.join()


_STOP = (signal.SIGTERM, signal.SIGINT)


class StopSignal(Protocol):
    """Waits until we are told to stop, for so many seconds at most, or for ever; says whether we are."""

    def __call__(self, seconds: float | None = None) -> bool: ...


@contextmanager
def until_told_to_stop() -> Iterator[StopSignal]:
    """A function that waits until we are told to stop, or have been since this was entered; a second time changes
    nothing. To be entered in the main thread before any other is started.

    Signals are waited for rather than handled: a handler of Python's runs when the main thread goes on, and a signal
    that comes just as that begins to wait for something else does not wake it.
    """

    def wait(seconds: float | None = None) -> bool:
        if seconds is None:
            return bool(signal.sigwait(_STOP))
        return signal.sigtimedwait(_STOP, seconds) is not None

    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    for number in _STOP:
        signal.signal(number, lambda *_: None)
    try:
        yield wait
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def tick(settings: Settings, at: datetime | None) -> str:
    """Returns the line. `at` (aware) may lie ahead of now only where Slack's own API is not what we talk to.

    Raises InvalidSettings, SlackAuthFailed, SlackUnreachable, DatabaseUnusable.
    """
    if at and at > real_now() and settings.is_slack_itself:
        raise InvalidSettings(
            "--at lies in the future. That is for a local Slack: people would get what is not due yet."
        )
    moment = at or real_now()
    storage = Storage(settings.database_url.get_secret_value())
    bot = None
    try:
        bot = BotApp(settings, storage, calendar=lambda: moment)
        bot.prepare()
        judged = bot.tick()
        delivered = bot.drain()
        with storage.read(bot.identity.workspace) as tx:
            counts = {str(state): count for state, count in tx.outbox.counts().items()}
            if stale := tx.live_views.count_stale():
                counts["stale"] = stale
        done = {"at": moment.isoformat(), "judged": judged, "delivered": delivered}
        return json.dumps(done | {"outbox": dict(sorted(counts.items()))})
    finally:
        if bot:
            bot.stop()
        storage.close()
