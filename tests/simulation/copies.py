"""A copy of the bot: its storage, its delivery, its desk. It can die at any commit and at any call."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

from handlers import AppContext
from scheduler.delivery import DeliveryWorker
from scheduler.delivery.profile_lookup import ProfileLookup
from scheduler.delivery.rate_limiter import DEFAULT_LIMITS, RateLimiter
from scheduler.delivery.slack_client import SlackClient
from scheduler.jobs import run_due_jobs
from services.errors import Unreadable
from services.imports import PreparedList
from services.matching import run_requested_proposals
from storage import Storage, Transaction
from tests.simulation.clocks import Time
from tests.simulation.fake_transport import Client, Died, FakeTransport
from tests.simulation.faults import Fault, InjectedFault

_CALLED = ("chat.postMessage", "chat.update", "conversations.open", "conversations.history", "users.info")


class Unkept(Exception):
    """The database would not keep it."""


class FaultPoints(Storage):
    """The storage of one copy: each commit is a point at which it may die or fail, and after which others may run."""

    def __init__(self, url: str, copy: "Copy", faults: InjectedFault, committed: Callable[["Copy"], None]) -> None:
        super().__init__(url)
        self.stopwatch = copy.time.stopwatch
        self._copy = copy
        self._faults = faults
        self._committed = committed

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Transaction]:
        with self._with_points(super().begin(workspace)) as tx:
            yield tx

    @contextmanager
    def begin_unlocked(self, workspace: str) -> Iterator[Transaction]:
        with self._with_points(super().begin_unlocked(workspace)) as tx:
            yield tx

    @contextmanager
    def _with_points(self, transaction: AbstractContextManager[Transaction]) -> Iterator[Transaction]:
        with transaction as tx:
            yield tx
            fault = self._at_commit()
        self._after(fault)

    def _at_commit(self) -> Fault | None:
        self._copy.check_alive()
        fault = self._faults.at_commit(self._copy.time.stopwatch())
        if fault is Fault.DIES_BEFORE_COMMIT:
            raise self._copy.die()
        if fault is Fault.FAILS_AT_COMMIT:
            raise Unkept
        return fault

    def _after(self, fault: Fault | None) -> None:
        self._committed(self._copy)
        self._copy.check_alive()
        if fault is Fault.DIES_AFTER_COMMIT:
            raise self._copy.die()


class Nowhere:
    """Where forms and answers go that nobody looks at: people act on what handlers return."""

    def open(self, visit: Any, view: Any) -> None:
        """A form that opens."""

    def show(self, view_id: str, view: Any) -> None:
        """A form that changes."""

    def open_then(self, visit: Any, view: Any, then: Any) -> None:
        """A form that opens once Slack has said who somebody is."""

    def read(self, file_id: str) -> PreparedList:
        """A file that nobody sends."""
        raise Unreadable("There is no file.")

    def replace(self, external_id: str, view: Any) -> None:
        """A form that changes."""

    def start(self, work: Any) -> Any:
        """A form that is sent; here people call handlers themselves."""
        raise NotImplementedError

    def is_done_in_time(self, started: Any) -> bool:
        raise NotImplementedError

    def reply(self, response_url: str, message: Any) -> None:
        """A word at the place of a click."""


class Errands:
    """What a copy has been given to do and has not done."""

    def __init__(self) -> None:
        self.given: list[Callable[[], None]] = []

    def run(self, work: Callable[[], None]) -> None:
        self.given.append(work)


class Copy:
    """`number` is the machine it runs on: 0 or 1. The next life on it is another `Copy`."""

    def __init__(
        self,
        number: int,
        url: str,
        workspace: str,
        time: Time,
        wire: FakeTransport,
        faults: InjectedFault,
        committed: Callable[["Copy"], None],
    ) -> None:
        self.number = number
        self.time = time
        self.is_alive = True
        self.is_busy = False
        """Whether its timetable or its delivery is in the middle of something: each has one thread."""
        self.is_buried = False
        self.storage = FaultPoints(url, self, faults, committed)
        nowhere = Nowhere()
        self.errands = Errands()
        client = Client(wire, self)
        slack = SlackClient(client, RateLimiter(DEFAULT_LIMITS, time.stopwatch))
        profiles = ProfileLookup(self.storage, slack, workspace, calendar=time.calendar, run=lambda look_up: look_up())
        self.desk = AppContext(self.storage, time.calendar, nowhere, nowhere, self.errands, nowhere, profiles, nowhere)
        self._workspace = workspace
        self._delivery = DeliveryWorker(
            self.storage,
            client,
            workspace,
            calendar=time.calendar,
            stopwatch=time.stopwatch,
            limits=DEFAULT_LIMITS,
            upload=lambda _, url, content: wire.upload(self, url, content),
        )

    def check_alive(self) -> None:
        if not self.is_alive:
            raise Died

    def die(self) -> Died:
        self.is_alive = False
        return Died()

    def tick(self) -> None:
        """Do what has fallen due, and what was asked for. Raises Died, Unkept."""
        run_due_jobs(self.storage, self._workspace, self.time.calendar(), stopwatch=self.time.stopwatch())
        run_requested_proposals(self.storage, self._workspace, self.time.calendar, stopwatch=self.time.stopwatch)

    def do_errands(self) -> None:
        """Raises Died, Unkept."""
        while self.errands.given:
            self.errands.given.pop(0)()

    def held_for(self) -> timedelta:
        """How long the first of the methods that Slack does not let it call stays so; nothing where it may call all."""
        limiter = self._delivery._rate_limiter
        holds = [hold for method in _CALLED if (hold := limiter.on_hold(method))]
        return min(holds, default=timedelta(0))

    def deliver(self) -> None:
        """Send what is due. Raises Died, Unkept."""
        self._delivery.drain()
