"""A delivery with its clocks in our hands, between a database in a file and a local Slack."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.manifest import manifest
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.programmes.cohorts import create_programme, plan_deadline_jobs
from sandbox import Calendar, Call, Member, Sandbox
from scheduler.delivery import DEFAULT_LIMITS, DeliveryWorker
from scheduler.delivery.sender import LEASE
from storage import Claim, DeliveryState, Storage
from tests.local_bot import PEOPLE, START
from tests.migrated import migrated
from tests.quick_connection import quicken
from tests.storage.rows import dump
from tests.usage import watched

OWNER, ADA, BEN, CHI = "U0OWNER", "U0ADA", "U0BEN", "U0CHI"


class Clock:
    """A clock that stands still until it is moved by hand."""

    def __init__(self, start: datetime = START) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class DeliveryHarness:
    """`slack` has the people of the town; `calendar` and `stopwatch` are moved by hand; nothing runs by itself."""

    def __init__(self, slack: Sandbox, storage: Storage, address: str, patience: float) -> None:
        self.slack = slack
        self.storage = storage
        self.workspace = slack.team_id
        self.calendar = Clock()
        self.stopwatch = storage.stopwatch = Clock()
        self._address = address
        client = WebClient(
            slack.bot_token,
            base_url=slack.api_url,
            timeout=patience,  # type: ignore[arg-type]  # urllib takes a part of a second too
            retry_handlers=[],
        )
        self.delivery = DeliveryWorker(
            storage, client, self.workspace, calendar=self.calendar, stopwatch=self.stopwatch, limits=DEFAULT_LIMITS
        )

    def found(self, *owners: str) -> None:
        """A programme whose cohort takes applications; its owners are promised word when they have closed."""
        with self.storage.begin(self.workspace) as tx:
            changes = create_programme(
                programme_id="p1", cohort_id="c1", owners=owners, today=self.calendar().date()
            ).changes
            tx.save(Outcome(changes))
            cohort = tx.cohorts.current("p1")
            assert cohort is not None
            tx.save(Outcome(plan_deadline_jobs(cohort, owners)))

    def enqueue(self, *notices: Notification) -> None:
        with self.storage.begin(self.workspace) as tx:
            tx.save(Outcome(notifications=notices))

    def request_profiles(self, *people: str) -> None:
        """Have Slack asked about people at the next delivery."""
        with self.storage.begin(self.workspace) as tx:
            tx.people.request_profiles(people, self.calendar())

    def claim(self) -> Claim:
        """Claim the next notice as another deliverer would."""
        with self.storage.begin_unlocked(self.workspace) as tx:
            ours = tx.outbox.claim(calendar=self.calendar(), stopwatch=self.stopwatch(), lease=LEASE)
        assert ours is not None
        return ours

    def deliver(self, after: float = 0) -> int:
        """Let the stopwatch run for so many seconds, then deliver all that can go now."""
        self.stopwatch.move(after)
        return self.delivery.drain()

    def calls(self, method: str) -> list[Call]:
        return [call for call in self.slack.calls if call.method == method]

    def row(self, key: str) -> dict[str, Any]:
        """What the outbox holds under `key`."""
        (row,) = (row for row in dump(self._address)["outbox"] if row["key"] == key)
        return row

    def view(self, key: str) -> tuple[str, str | None]:
        """The state of a live view, and why."""
        (row,) = (row for row in dump(self._address)["live_views"] if row["key"] == key)
        return row["state"], row["reason"]

    def became(self, key: str) -> tuple[DeliveryState, str | None]:
        """The state of a notice, and why."""
        row = self.row(key)
        return DeliveryState(row["state"]), row["reason"]

    @property
    def file(self) -> Path:
        """The database's."""
        found = self.storage.file
        assert found is not None
        return found

    def conversation(self, user: str) -> str:
        """The id of the bot's DM with them."""
        return next(str(one["id"]) for one in self.slack.person(user).conversations() if one["kind"] == "im")

    def got(self, user: str) -> int:
        """How many messages a person has had from the bot."""
        return sum(message["user"] == self.slack.bot_user_id for message in self.slack.person(user).inbox())


@contextmanager
def office(folder: Path, *, people: tuple[Member, ...] = PEOPLE, patience: float = 5) -> Iterator[DeliveryHarness]:
    """An office for a while. `patience` is how many seconds a call of Slack's may take."""
    database = folder / "mentor-bot.db"
    shutil.copy(migrated(), database)
    address = f"sqlite:///{database}"
    with Sandbox(manifest(), people, calendar=Calendar(START), rate_limits=False) as slack, watched(slack):
        storage = Storage(address)
        quicken(storage._engine)
        try:
            yield DeliveryHarness(slack, storage, address, patience)
        finally:
            storage.close()


def help_notification(user: str, key: str = "", **more: Any) -> Notification:
    """A notice that needs nothing but a programme."""
    return Notification(key or f"help:{user}", NotificationKind.HELP, user, **more)
