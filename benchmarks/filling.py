"""A running programme of any size: rows put in many at a time, as the rules would have made them.

Partnerships are numbered from 0; each has a mentee and a mentor of its own (`mentee(3)` and `mentor(3)` are user ids).
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, func, insert, literal, select, text, true

from mentoring.applications.application import ApplicationState, MeetingMode, Role
from mentoring.core.jobs import ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Person, sort_name
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.match import MatchState
from mentoring.partnerships.jobs import plan_partnership_jobs
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.cohorts import create_programme
from storage import Storage, tables
from storage.engine import open_engine
from storage.notifications.outbox_statements import IMMEDIATELY, DeliveryState
from tests.migrated import migrated

NOW = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
"""A Wednesday in working hours: the calendar of what is measured stands here."""
OWNER = "U0OWNER"
SENT_EACH = 20
"""How many notices each partnership has had."""

BLOCK = 1000
"""So many partnerships are made here; a larger programme is made of copies of these, by the database."""
_MEGABYTES = 400
"""Memory for SQLite while so much is put in."""
_OF_ONE = {
    *("id", "key", "correlation_id", "recipient", "person", "mentee", "mentor", "conversation"),
    *("match_id", "mentee_application", "mentor_application"),
}
"""The columns that name one partnership or one of its people, and so differ from copy to copy."""
_ZONES = ("Europe/London", "Europe/Lisbon", "UTC")

Rows = dict[type[tables.Table], list[dict[str, Any]]]


def mentee(number: int) -> str:
    return _named("U0MENTEE", number)


def mentor(number: int) -> str:
    return _named("U0MENTOR", number)


def partnership_id(number: int) -> str:
    return _named("s", number)


def _named(what: str, number: int) -> str:
    copy, one = divmod(number, BLOCK)
    return f"{what}{one}{_suffix(copy)}"


def _suffix(copy: int) -> str:
    return f"X{copy}" if copy else ""


def conversation(user: str) -> str:
    """The id of our direct message with them, which is open."""
    return f"D{user}"


def over_the_year(number: int) -> datetime:
    """Introduced on some day of the last eleven months."""
    return NOW - timedelta(days=number % 330, hours=1)


def ten_days_ago(_: int) -> datetime:
    """Introduced on the day that makes both of them due to be asked about their first meeting at `NOW`."""
    return NOW - timedelta(days=10)


def new_file(path: Path) -> str:
    """The address of a SQLite database in this new file, up to date and without any row."""
    shutil.copy(migrated(), path)
    return f"sqlite:///{path}"


def fill(
    storage: Storage,
    address: str,
    workspace: str,
    partnerships: int,
    *,
    introduced: Callable[[int], datetime] = over_the_year,
    until: datetime = NOW,
    programmes: int = 1,
) -> None:
    """Start so many programmes in the empty database at `address`, and let so many partnerships run in them: a thousand
    at most, or a multiple of that. What fell due by `until` is done.
    """
    started = _start(storage, workspace, programmes)
    rows: Rows = {}
    for number in range(min(partnerships, BLOCK)):
        for table, row in _rows(number, introduced(number), *started[number % programmes], until):
            rows.setdefault(table, []).append({"workspace": workspace, **row})
    with _connected(address) as connection:
        _put(connection, rows)
        if partnerships > BLOCK:
            for table in rows:
                _copy(connection, table, partnerships // BLOCK - 1)
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))  # as its own daemon would have by the next minute


def _start(storage: Storage, workspace: str, programmes: int) -> list[tuple[Programme, Cohort]]:
    with storage.begin(workspace) as tx:
        for number in range(programmes):
            started = create_programme(
                programme_id=f"p{number}",
                cohort_id=f"c{number}",
                owners=[OWNER],
                today=NOW.date(),
                name=f"Programme {number}",
            )
            tx.save(Outcome(started.changes))
        return tx.programmes.all()


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    engine = open_engine(address)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text(f"PRAGMA cache_size=-{_MEGABYTES * 1024}"))
            yield connection
    finally:
        engine.dispose()


def owe_nudges(address: str, workspace: str, partnerships: int) -> None:
    """Let a nudge be pending for each person of so many partnerships."""
    rows = [
        {"workspace": workspace, **_notice(number, user, "now", state=DeliveryState.PENDING)}
        for number in range(partnerships)
        for user in (mentee(number), mentor(number))
    ]
    with _connected(address) as connection:
        _put(connection, {tables.OutboxRow: rows})


def _put(connection: Connection, rows: Mapping[type[tables.Table], list[dict[str, Any]]]) -> None:
    for table, values in rows.items():
        connection.execute(insert(table), values)


def _copy(connection: Connection, table: type[tables.Table], copies: int) -> None:
    """Add all rows of `table` so many times more, for other partnerships of other people."""
    counted = select(literal(1).label("number")).cte(recursive=True)
    numbers = counted.union_all(select(counted.c.number + 1).where(counted.c.number < copies))
    suffix = literal("X") + cast(numbers.c.number, Text)
    columns = [column for column in table.__table__.columns if column.autoincrement is not True]
    copied = select(*(_copied(column, suffix) for column in columns)).join_from(table, numbers, true())
    connection.execute(insert(table).from_select([column.name for column in columns], copied))


def _copied(column: "ColumnElement[Any]", suffix: "ColumnElement[str]") -> "ColumnElement[Any]":
    if column.name in _OF_ONE:
        return column + suffix
    if column.name == "about":
        return func.json(func.replace(cast(column, Text), literal('"}'), suffix + literal('"}')))
    return column


def _rows(
    number: int, introduced_at: datetime, programme: Programme, cohort: Cohort, until: datetime
) -> Iterator[tuple[type[tables.Table], dict[str, Any]]]:
    partnership = Partnership(
        id=partnership_id(number),
        cohort_id=cohort.id,
        match_id=f"m{number}",
        mentee_application=f"a{number}",
        mentor_application=f"b{number}",
        mentee=mentee(number),
        mentor=mentor(number),
        topics=programme.topics[:1],
        months=12,
        introduced_at=introduced_at,
    )
    people = [
        Person(user, AccountStatus.MEMBER, f"Person {number}", _ZONES[number % len(_ZONES)])
        for user in partnership.people
    ]
    yield from ((tables.PersonRow, _person(person)) for person in people)
    yield tables.ApplicationRow, _application(partnership, Role.MENTEE)
    yield tables.ApplicationRow, _application(partnership, Role.MENTOR)
    yield tables.MatchRow, _match(partnership)
    yield tables.PartnershipRow, _partnership(partnership)
    for promise in plan_partnership_jobs(partnership, people, programme):
        yield tables.ScheduledJobRow, _promise(promise, done=promise.due <= until)
    for which in range(SENT_EACH):
        yield tables.OutboxRow, _notice(number, partnership.people[which % 2], str(which), state=DeliveryState.SENT)


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "standing": person.account_status,
        "display_name": person.display_name,
        "sort_name": sort_name(person.display_name),
        "time_zone": person.time_zone,
        "conversation": conversation(person.id),
        "known_at": NOW,
        "asked_at": None,
        "left_at": None,
    }


def _application(partnership: Partnership, role: Role) -> dict[str, Any]:
    offers = role is Role.MENTOR
    sent_at = partnership.introduced_at - timedelta(days=30)
    return {
        "id": partnership.mentor_application if offers else partnership.mentee_application,
        "cohort_id": partnership.cohort_id,
        "person": partnership.mentor if offers else partnership.mentee,
        "role": role,
        "state": ApplicationState.OPEN,
        "topics": partnership.topics,
        "months": partnership.months,
        "weeks": partnership.weeks,
        "ways": (MeetingMode.VIDEO,),
        "languages": "English",
        "department": "",
        "grade": "",
        "started_on": sent_at.date() if offers else None,
        "places": 1,
        "sent_at": sent_at,
        "sent_on": sent_at.date(),
        "version": 1,
    }


def _match(partnership: Partnership) -> dict[str, Any]:
    return {
        "id": partnership.match_id,
        "cohort_id": partnership.cohort_id,
        "mentee_application": partnership.mentee_application,
        "mentor_application": partnership.mentor_application,
        "mentee": partnership.mentee,
        "mentor": partnership.mentor,
        "score": 60,
        "reasons": [],
        "state": MatchState.ACCEPTED,
        "approvals": (OWNER,),
        "paired_by": "",
        "pinned_by": "",
        "excepted": (),
        "other_mentor": (),
        "other_mentee": (),
        "offered_at": partnership.introduced_at,
        "accepted_by": partnership.people,
        "version": 3,
    }


def _partnership(partnership: Partnership) -> dict[str, Any]:
    kept = [name for name in partnership.__dataclass_fields__ if name not in ("pause", "paused")]
    columns = {"not_again" if name == "declined_rematch" else name: name for name in kept}
    never_paused = {"paused_by": "", "paused_days": 0, "pause_confirmed": (), "pause_moves_end": ()}
    own = {column: getattr(partnership, name) for column, name in columns.items()}
    return {"ends_on": partnership.ends_on} | never_paused | own


def _promise(job: ScheduledJob, *, done: bool) -> dict[str, Any]:
    return {name: getattr(job, name) for name in ("key", "kind", "due", "person", "refs")} | {"done": done}


def _notice(number: int, user: str, stamp: str, *, state: DeliveryState) -> dict[str, Any]:
    key = f"{NotificationKind.FIRST_MEETING_NUDGE}:{partnership_id(number)}:{user}:{stamp}"
    sent = state is DeliveryState.SENT
    return {
        "key": key,
        "kind": NotificationKind.FIRST_MEETING_NUDGE,
        "recipient": user,
        "second_recipient": "",
        "refs": {"partnership": partnership_id(number)},
        "state": state,
        "is_reply": False,
        "due": IMMEDIATELY,
        "retry_at": None,
        "lease_until": None,
        "fence": int(sent),
        "attempts": int(sent),
        "first_attempt_at": NOW if sent else None,
        "correlation_id": f"{user[2:]}-{stamp}",
        "conversation": conversation(user) if sent else None,
        "ts": "1799000000.000100" if sent else None,
        "sent_at": NOW if sent else None,
        "reason": None,
        "report_id": None,
        "live_view": None,
        "view_revision": None,
    }
