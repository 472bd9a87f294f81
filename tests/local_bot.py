"""A workspace with the real bot in it: a local Slack, signed requests to the real Bolt app, a database in a folder."""

import io
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch
from wsgiref.util import setup_testing_defaults

import scipy.sparse.csgraph  # noqa: F401 - an errand that is done at once would load it while Slack waits for an answer
from pydantic import SecretStr

from bot.app import BotApp
from bot.http_server import PATH, WsgiApp
from bot.manifest import manifest
from bot.settings import Settings
from handlers.background import BackgroundTasks, run_logged
from handlers.submissions import SubmissionThreads
from messages.forms import read
from messages.ids import APPLICATION_FORM
from sandbox import Calendar, Member, RecordedDelivery, Sandbox
from sandbox.clocks import monotonic
from sandbox.person import Person
from storage import Storage, Transaction
from storage.notifications.outbox_statements import DeliveryState
from tests.migrated import migrated
from tests.quick_connection import quicken
from tests.usage import watched

import_module(
    "mentoring.matching.optimiser.cost_matrix"
)  # what is heavy to import is there before anybody presses Propose
import_module("mentoring.matching.optimiser.assignment")

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday morning: the cohort opens, takes applications until 21 December, and starts on 4 January 2027."""

OWNER, SECOND_OWNER = "U0OWNER", "U0SECOND"

PEOPLE = (
    Member(OWNER, "olga", "Olga Owner"),
    Member(SECOND_OWNER, "sam", "Sam Second"),
    Member("U0ADA", "ada", "Ada Adams"),
    Member("U0BEN", "ben", "Ben Brook", time_zone="America/New_York"),
    Member("U0CHI", "chi", "Chi Chen", time_zone="Asia/Kolkata"),
    Member("U0DEE", "dee", "Dee Dunn"),
    Member("U0BOSS", "boss", "Bo Boss"),
    Member("U0GUEST", "gil", "Gil Guest", is_guest=True),
    Member("U0SINGLE", "sue", "Sue Single", is_single_channel_guest=True),
    Member("U0GONE", "gus", "Gus Gone", deactivated=True),
    Member("U0FAR", "fay", "Fay Far", team_id="T0ELSEWHERE"),
    Member("U0ROBOT", "robot", "Some Robot", is_bot=True),
)


PATIENCE = 60.0
"""Seconds that anything the bot does by itself may take, on a machine that is busy with much else."""


class ImmediateTasks(BackgroundTasks):
    """Does an errand where it is given, so that it is done when the request that gave it is answered; or, `slow`, only
    when it is told to go on.
    """

    def __init__(self) -> None:
        super().__init__()
        self.slow = False
        self._left: list[Callable[[], None]] = []

    def run(self, work: Callable[[], None]) -> None:
        self._left.append(work)
        if not self.slow:
            self.go_on()

    def go_on(self) -> None:
        while self._left:
            run_logged(self._left.pop(0))

    def lose(self) -> None:
        """As if it had died."""
        self._left.clear()


class PatientSubmissions(SubmissionThreads):
    """Does what a form asks for where it is sent, however long it takes."""

    def start(self, work: Callable[[], Any]) -> "Future[Any]":
        done: Future[Any] = Future()
        try:
            done.set_result(work())
        except Exception as error:
            done.set_exception(error)
        return done

    def is_done_in_time(self, started: "Future[Any]") -> bool:
        return True


class LocalBot:
    """`slack` is the local workspace, `bot` the whole bot, `storage` its database, `web` its door for HTTP."""

    bot: BotApp
    storage: Storage
    web: WsgiApp
    errands: ImmediateTasks

    def __init__(
        self,
        slack: Sandbox,
        database: Path,
        owners: Sequence[str],
        submissions: SubmissionThreads,
        look_ups: Callable[[Callable[[], bool]], bool],
        delivers_by_itself: bool,
    ) -> None:
        self.slack = slack
        self._database = database
        self._owners = owners
        self._submissions = submissions
        self._look_ups = look_ups
        self._delivers_by_itself = delivers_by_itself

    def start(self) -> None:
        """Start the bot, as whoever looks after it does, with the tokens that the app has now."""
        self.storage = Storage(f"sqlite:///{self._database}")
        quicken(self.storage._engine)
        self.errands = ImmediateTasks()
        self.bot = BotApp(
            settings(self.slack, self._database, self._owners),
            self.storage,
            calendar=self.slack.calendar.now,
            limits=None,
            errands=self.errands,
            submissions=self._submissions,
            look_ups=self._look_ups,
        )
        self.web = self.bot.wsgi_app()
        self.bot.prepare()
        with nullcontext() if self._delivers_by_itself else patch.object(self.bot.delivery, "start"):
            self.bot.start()
        self.bot.delivery.drain()  # so that what a start causes is there before anybody acts

    def restart(self) -> None:
        """Stop the bot and start it again."""
        self.bot.stop()
        self.start()

    def person(self, user: str) -> Person:
        return self.slack.person(user)

    @contextmanager
    def database(self) -> Iterator[Transaction]:
        """What the database holds."""
        with self.storage.read(self.slack.team_id) as tx:
            yield tx

    def apply(self, user: str, command: str, says: Mapping[str, Any]) -> None:
        """Have `user` type the command, fill in the form and send it."""
        self.knows(user, says["manager"], says.get("wish") or "")
        person = self.person(user)
        person.command(command)
        person.await_view(APPLICATION_FORM)
        person.fill(says)
        sent = person.submit()
        assert sent.closed, sent
        self.settle()

    def knows(self, *people: str) -> None:
        """Have Slack asked about people beforehand, as the bot does while somebody types."""
        with self.storage.begin(self.slack.team_id) as tx:
            tx.people.request_profiles(people, self.slack.calendar.now())
        self.settle()

    def changes(self, user: str, **facts: Any) -> None:
        """Slack tells that these facts of `user` have changed; on return all that follows has arrived."""
        before = len(self.told_of_people())
        self.slack.change_member(user, **facts)
        wait_until(lambda: len(self.told_of_people()) > before, "nothing was told")
        self.settle()

    def told_of_people(self) -> list[RecordedDelivery]:
        """Each time that Slack has told of somebody's account."""
        events = [delivery for delivery in self.slack.deliveries if delivery.kind == "event"]
        return [delivery for delivery in events if delivery.payload["event"]["type"] == "user_change"]

    def settle(self) -> None:
        """Wait until every form is open and every answer is out, and deliver all that is due now."""
        _finish(self.bot._opener._threads, 8)
        _finish(self.bot._opener._followers, 8)
        _finish(self.bot._answers._threads, 4)
        self.bot.delivery.drain()
        # The delivery's own thread may still be sending what it claimed before we came.
        wait_until(self._nothing_is_sending, "a notice hangs")

    def _nothing_is_sending(self) -> bool:
        with self.database() as tx:
            return not tx.outbox.counts().get(DeliveryState.SENDING)


def typed(person: Person) -> dict[str, Any]:
    """What stands in the form in front of the person, by block id; what is empty is left out."""
    view = person.await_view()
    return {block_id: value for block_id, value in read(view).items() if value}


def wait_until(happened: Callable[[], bool], otherwise: str, seconds: float = PATIENCE) -> None:
    """Look again and again, for what nobody tells us of; `otherwise` is said when it does not happen."""
    deadline = monotonic() + seconds
    while not happened():
        assert monotonic() < deadline, otherwise
        threading.Event().wait(0.01)


def _finish(threads: Executor, many: int) -> None:
    """Wait until the `many` threads of a pool have done all that they were given so far: then all meet here at once."""
    if not getattr(threads, "_threads", True):  # it was never given anything
        return
    together = threading.Barrier(many)
    for each in [threads.submit(together.wait, PATIENCE) for _ in range(many)]:
        each.result()


@contextmanager
def local_bot(
    folder: Path,
    *,
    people: Sequence[Member] = PEOPLE,
    owners: Sequence[str] = (OWNER,),
    start: datetime = START,
    rate_limits: bool = False,
    submissions: SubmissionThreads | None = None,
    look_ups: Callable[[Callable[[], bool]], bool] = lambda look_up: look_up(),
    delivers_by_itself: bool = False,
) -> Iterator[LocalBot]:
    """The bot at work in its workspace. The calendar stands at `start` and moves only by hand or with real time.

    Forms and look-ups take as long as they take, unless told otherwise. Messages are delivered when `settle` or the
    calendar's moves ask for it; with `delivers_by_itself` also by the bot's own threads, as in a real process.
    """
    database = folder / "mentor-bot.db"
    if not database.exists():
        shutil.copy(migrated(), database)
    opened: list[LocalBot] = []
    slack = Sandbox(
        manifest(),
        people,
        calendar=Calendar(start),
        stopwatch=monotonic if rate_limits else _slow_stopwatch,
        rate_limits=rate_limits,
        deliver=lambda headers, body: call(opened[0].web, headers, body),
    )
    with slack, watched(slack), patch("sandbox.delivery.transport.ACK_SECONDS", PATIENCE):
        here = LocalBot(slack, database, owners, submissions or PatientSubmissions(), look_ups, delivers_by_itself)
        opened.append(here)
        here.start()
        try:
            yield here
        finally:
            here.bot.stop()


def _slow_stopwatch() -> float:
    """Twenty times slower than real time, so that no trigger of Slack's expires because the machine is busy."""
    return monotonic() / 20


def settings(slack: Sandbox, database: Path, owners: Sequence[str]) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        database_url=SecretStr(f"sqlite:///{database}"),
        mentor_owners=tuple(owners),
    )


def call(web: WsgiApp, headers: Mapping[str, str], body: bytes, path: str = PATH) -> tuple[int, dict[str, str], bytes]:
    """One HTTP request to the bot, in process."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    setup_testing_defaults(environ)
    answer: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        answer.update(status=int(status.split()[0]), headers=dict(headers))

    content = b"".join(web(environ, start_response))
    return answer["status"], answer["headers"], content


REQUEST: Mapping[str, Any] = {
    "topics": ["Career planning"],
    "hopes": "To find my way.",
    "months": "6",
    "ways": ["in-person"],
    "languages": ["en"],
    "manager": "U0BOSS",
    "expectations": ["yes"],
    "supervisor": ["yes"],
}
"""What somebody fills into the request, by block id."""

OFFER: Mapping[str, Any] = {**REQUEST, "hopes": "A good ear.", "started_on": "2020-01-07", "places": "2"}
"""What somebody fills into the offer."""
