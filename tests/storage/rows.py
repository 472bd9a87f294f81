"""What the tests put into a database, and how they look at every row of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, Table, create_engine, make_url, select

from mentoring.applications.application import Application, ApplicationState, MeetingMode, PrivateAnswers, Role
from mentoring.core.lengths import Length
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Cohort, Programme, Rhythm, Term, Terms
from mentoring.core.roles import ProgrammeRole, RoleGiven
from storage import Claim, Storage, Transaction, tables

WORKSPACE, ELSEWHERE = "T0HERE", "T0THERE"
ADA, BEN, BOSS, OWNER = "U0ADA", "U0BEN", "U0BOSS", "U0OWNER"

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)

PROGRAMME = Programme(
    id="p1",
    name="Library mentoring",
    purpose="To grow, – together.",
    objectives=("Keep people – here", "Open doors"),
    is_pilot=True,
    definition="Two people learn.",
    mentee_responsibilities=("Ask",),
    mentor_responsibilities=("Listen", "Answer"),
    referrals=("Counselling: anything that weighs on you",),
    topics=("Job search", "Work/life issues"),
    departments=("Archives", "Cataloguing"),
    grades=("A", "B"),
    contact=OWNER,
    expectations_url="https://example.org/expect",
    country="NL",
    region="Noord",
    time_zone="Europe/Amsterdam",
    shared_hours=True,
    workday=(time(8, 30), time(16)),
    lengths=(Length(weeks=6), Length(months=9)),
    rhythm=Rhythm(3, 2),
    most_places=4,
    approvals=1,
    introduces_at_start=True,
    has_plans=True,
    service_months=24,
    admits=frozenset({AccountStatus.GUEST, AccountStatus.STRANGER}),
    terms=Terms(Term("guide", "guides"), Term("fellow", "fellows"), Term("pairing", "pairings")),
    version=1,
    changed_by=OWNER,
)
COHORT = Cohort("c1", "p1", date(2026, 11, 23), date(2026, 12, 21), date(2027, 1, 4), date(2028, 1, 4))


def application(id: str = "a1", person: str = ADA, role: Role = Role.MENTEE, **facts: Any) -> Application:
    usual: dict[str, Any] = {
        "cohort_id": "c1",
        "state": ApplicationState.OPEN,
        "topics": ("Job search", "Work/life issues"),
        "months": 6,
        "ways": (MeetingMode.VIDEO, MeetingMode.WALKING),
        "languages": "Français, Nederlands",
        "department": "Archives",
        "grade": "B",
        "started_on": date(2020, 2, 29),
        "places": 2,
        "sent_at": NOON,
        "sent_on": NOON.date(),
    }
    return Application(id=id, person=person, role=role, **{**usual, **facts})


def confidence(id: str = "a1", hopes: str = "To find my way.", manager: str = BOSS, wish: str = "") -> PrivateAnswers:
    return PrivateAnswers(id, hopes, manager, wish)


def notice(key: str = "n1", to: str = ADA, **more: Any) -> Notification:
    return Notification(key, NotificationKind.HELP, to, **more)


def insert_programme(tx: Transaction) -> None:
    """A programme with its cohort and an owner, for applications to stand on."""
    tx.save(Outcome((PROGRAMME, COHORT, RoleGiven(PROGRAMME.id, ProgrammeRole.OWNER, OWNER))))


@contextmanager
def grounded(storage: Storage, workspace: str = WORKSPACE) -> Iterator[Transaction]:
    """A transaction that lays the ground first."""
    with storage.begin(workspace) as tx:
        insert_programme(tx)
        yield tx


def claim(
    storage: Storage, workspace: str = WORKSPACE, *, calendar: datetime = NOON, stopwatch: datetime = NOON
) -> Claim | None:
    """Claim the next notice, as a deliverer does."""
    with storage.begin_unlocked(workspace) as tx:
        return tx.outbox.claim(calendar=calendar, stopwatch=stopwatch, lease=LEASE)


def claimed(storage: Storage, workspace: str = WORKSPACE, *, stopwatch: datetime = NOON) -> Claim:
    """Claim the next notice, which there is."""
    ours = claim(storage, workspace, stopwatch=stopwatch)
    assert ours is not None
    return ours


def next_version(application: Application, **changes: Any) -> Application:
    return replace(application, version=application.version + 1, **changes)


@contextmanager
def bare(address: str) -> Iterator[Engine]:
    """The database without any of our own doing."""
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def every_table() -> list[Table]:
    """All tables of the schema, those that others refer to first."""
    return tables.Table.metadata.sorted_tables


def dump(address: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with bare(address) as engine, engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in every_table()
        }
