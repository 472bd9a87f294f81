"""The bot of one workspace: the Bolt app, the delivery worker and the scheduler around one storage.

Requests are acknowledged in time; no call to Slack is made before the acknowledgement.
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from time import sleep
from typing import TYPE_CHECKING, Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.clocks import Clock, real_now
from bot.database import Pause, migrate
from bot.health import DatabaseHealth, Health
from bot.http_server import WsgiApp
from bot.people.dropped_files import DroppedFiles
from bot.settings import Settings
from bot.slack import FORM_SECONDS, Identity, fetch_identity, web_client
from handlers import AppContext, register
from handlers.background import BackgroundTasks
from handlers.modals import ModalClient
from handlers.submissions import SubmissionThreads
from mentoring.core.languages import load_names
from messages.notifications import count_name
from scheduler.delivery import DEFAULT_LIMITS, DeliveryWorker, RateLimits, ResponseUrlClient
from scheduler.delivery.profile_lookup import LookUpThreads, ProfileLookup
from scheduler.delivery.rate_limiter import RateLimiter
from scheduler.delivery.slack_client import SlackClient
from scheduler.jobs import minute_scheduler, next_due_at, run_due_jobs
from services.errors import report_error
from services.file_imports import run_requested_file_imports
from services.matching import run_requested_proposals
from services.programmes import prepare_programme
from storage import Conflict, DatabaseUnusable, Storage

if TYPE_CHECKING:
    from sandbox import MessageName, Post


log = logging.getLogger(__name__)


def slack_app(settings: Settings, identity: Identity, client: WebClient, context: AppContext) -> App:
    """A Bolt app that answers only for `identity`'s workspace."""
    bolt_log = logging.getLogger("slack_bolt.mentor-bot")
    bolt_log.setLevel(logging.ERROR)  # its warnings concern an environment that we set up on purpose
    authorized = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.workspace,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user_id,
        bot_token=settings.bot_token,
    )

    def authorize(team_id: str | None) -> AuthorizeResult | None:
        return authorized if team_id == identity.workspace else None

    app = App(
        name="mentor-bot",
        logger=bolt_log,
        client=client,
        authorize=authorize,  # type: ignore[arg-type]  # None: another workspace
        signing_secret=settings.signing_secret or "socket-mode-needs-none",
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message="This app is not set up for your workspace.",
    )

    @app.error
    def on_error(error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.info("Ignored a request from Slack of the type %s", _type_of(error.request.body))
        else:
            report_error(error)
        return BoltResponse(status=200, body="")

    register(app, context)
    return app


_TYPE = re.compile(r"[a-z_]{1,40}")


def _type_of(body: Mapping[str, Any]) -> str:
    """The type of a request, and of its event if it is one, as far as they look like types of Slack's."""
    event = body.get("event")
    types = [body.get("type"), event.get("type") if isinstance(event, Mapping) else None]
    names = [kind if isinstance(kind, str) and _TYPE.fullmatch(kind) else "unknown" for kind in types if kind]
    return ", ".join(names) or "unknown"


class BotApp:
    """The bot of one workspace.

    `calendar` gives the date and what is due, `stopwatch` times leases and waits; `limits` is None for a Slack without
    rate limits.
    """

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        *,
        calendar: Clock = real_now,
        stopwatch: Clock = real_now,
        limits: RateLimits | None = DEFAULT_LIMITS,
        errands: BackgroundTasks | None = None,
        submissions: SubmissionThreads | None = None,
        look_ups: Callable[[Callable[[], bool]], bool] | None = None,
    ) -> None:
        """Calls `auth.test`. Raises SlackAuthFailed, SlackUnreachable."""
        client = web_client(settings)
        self.settings = settings
        self.storage = storage
        storage.stopwatch = stopwatch
        self.identity: Identity = fetch_identity(client)
        self._calendar, self._stopwatch = calendar, stopwatch
        self._database_health = DatabaseHealth(storage, stopwatch)
        self._answers = ResponseUrlClient()
        self._opener = ModalClient(web_client(settings, seconds=FORM_SECONDS), self._answers, stopwatch=stopwatch)
        self.delivery = DeliveryWorker(
            storage, client, self.identity.workspace, calendar=calendar, stopwatch=stopwatch, limits=limits
        )
        self._background = errands or BackgroundTasks()
        self._submissions = submissions or SubmissionThreads()
        self._look_ups = LookUpThreads()
        profiles = ProfileLookup(
            storage,
            SlackClient(web_client(settings, seconds=FORM_SECONDS), RateLimiter(limits, stopwatch)),
            self.identity.workspace,
            calendar=calendar,
            run=look_ups or self._look_ups,
        )
        self._files = DroppedFiles(settings, web_client(settings), self.identity.workspace, stopwatch=stopwatch)
        context = AppContext(
            storage, calendar, self._opener, self._answers, self._background, self._submissions, profiles, self._files
        )
        self.app: App = slack_app(settings, self.identity, client, context)
        self._timetable: Any = minute_scheduler(self._tick_or_wait)

    def wsgi_app(self) -> WsgiApp:
        """The bot as an HTTP server calls it."""
        return WsgiApp(self.app, self.health, self.settings.signing_secret, stopwatch=self._stopwatch)

    def prepare(self, *, create: bool = True, pause: Pause = sleep) -> None:
        """Wait for the database and upgrade it. Set the owners; if `create`, create their programme if there is none.

        Raises DatabaseUnusable, and ToldToStop if `pause` says so.
        """
        migrate(self.storage, self.settings, stopwatch=self._stopwatch, pause=pause)
        prepare_programme(
            self.storage, self.identity.workspace, self.settings.mentor_owners, self._calendar(), create=create
        )

    def start(self) -> None:
        """Start delivering and ticking; call `found` first."""
        load_names()
        self.storage.on_commit(self.delivery.wake)
        self.delivery.start()
        self._timetable.start()
        self.tick()

    def tick(self) -> int:
        """Run the scheduled jobs that are due and wake the delivery. Returns how many jobs ran.

        Longer work is started in the background: `drain` waits for it.
        """
        try:
            return run_due_jobs(self.storage, self.identity.workspace, self._calendar(), stopwatch=self._stopwatch())
        finally:  # neither waits for the jobs, whatever became of them
            self._background.run(self._run_requested_proposals)
            self._background.run(self._run_requested_file_imports)
            self.delivery.wake()

    def _run_requested_proposals(self) -> None:
        run_requested_proposals(self.storage, self.identity.workspace, self._calendar, stopwatch=self._stopwatch)

    def _run_requested_file_imports(self) -> None:
        run_requested_file_imports(
            self.storage, self.identity.workspace, self._files, self._calendar, stopwatch=self._stopwatch()
        )

    def _tick_or_wait(self) -> None:
        """Tick. What is due while the database cannot be used stays due."""
        try:
            self.tick()
        except (Conflict, DatabaseUnusable) as error:
            log.error("Scheduled jobs wait: %s", error.args[0] if error.args else type(error).__name__)

    def next_due(self) -> datetime | None:
        """When the next job or notification is due (calendar), or None."""
        return next_due_at(self.storage, self.identity.workspace, stopwatch=self._stopwatch())

    def run_until_idle(self) -> None:
        """Run and deliver all that is due now."""
        self.tick()
        self.drain()

    def message_names(self, posts: Sequence["Post"]) -> list["MessageName | None"]:
        """The name of each message, singular and plural, for counting; None if it is no notification."""
        people, timestamps = {user for post in posts for user in post.people}, {post.ts for post in posts}
        with self.storage.read(self.identity.workspace) as tx:
            kinds = tx.outbox.kinds(people, timestamps)
        found = [kinds.get((post.channel, post.ts)) for post in posts]
        return [count_name(kind) if kind else None for kind in found]

    def drain(self) -> int:
        """Wait for background work and deliver all that is due. Returns how many notifications were handled."""
        self._background.wait()
        return self.delivery.drain(wait_for_limits=True)

    def health(self) -> Health:
        """Whether the database can be read and written and the delivery worker runs, and what is tried again."""
        reads, writes = self._database_health.check()
        failing = self._count_failing() if reads else 0
        return Health(reads=reads, writes=writes, delivers=self.delivery.is_alive, failing=failing)

    def _count_failing(self) -> int:
        """How many jobs, profiles, proposal runs and deliveries failed at their last try and are tried again; 0 if the
        database does not answer.
        """
        try:
            with self.storage.read(self.identity.workspace) as tx:
                deliveries = len(tx.outbox.failing()) + tx.homes.failing() + tx.slack_removals.failing()
                return tx.failures.count() + deliveries
        except Exception as error:  # noqa: BLE001 - the health check says that the database does not answer
            report_error(error)
            return 0

    def stop(self) -> None:
        """Stop each part after the parts that give it work. Unsent notifications stay in the outbox."""
        if self._timetable.running:
            self._timetable.shutdown(wait=True)
        self._background.close()
        self._submissions.close()
        self._opener.close()
        self._look_ups.close()
        self._answers.close()
        self.delivery.stop()
        self.storage.close()
