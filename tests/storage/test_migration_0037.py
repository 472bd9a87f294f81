"""After the upgrade the planned meetings are as they were, and the two can meet at a regular time."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.meetings.regular_time import RegularState, RegularTime
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, BEN, OWNER, WORKSPACE, bare
from tests.storage.test_migration_0022 import BEFORE as PROGRAMME_AND_MEETING

START = datetime(2027, 3, 2, 15, tzinfo=UTC)
BOOKED = (
    "INSERT INTO planned_meetings (workspace, id, partnership_id, state, minutes, offered_minutes, options, "
    "offered_by, starts_at, sequence, mentee_answer, mentor_answer, is_disputed, cancelled_by, proposed_by, version) "
    "VALUES (:workspace, 'L1', 's1', 'booked', 45, 0, '[]', '', :start, 1, '', '', false, '', '', 3)"
)
REGULAR = RegularTime("R1", "s1", RegularState.AGREED, START, "Europe/London", 2, 45, date(2027, 9, 1), ADA)


def test_planned_meetings_stay_and_some_can_belong_to_a_regular_time(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        values = {"workspace": WORKSPACE, "ada": ADA, "ben": BEN, "owner": OWNER, "start": START}
        with engine.begin() as connection:
            for statement in PROGRAMME_AND_MEETING:
                used = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), used)
        upgrade(engine, "0035")
        with engine.begin() as connection:
            connection.execute(text(BOOKED), {"workspace": WORKSPACE, "start": START})
        upgrade(engine)
    storage = Storage(empty_address)
    booked = PlannedMeeting("L1", "s1", PlannedState.BOOKED, 45, starts_at=START, sequence=1, version=3)
    regular = replace(booked, id="M1", sequence=0, version=1, regular_id="R1", regular_at=START)
    with storage.begin(WORKSPACE) as tx:
        assert tx.planned_meetings.of(["s1"]) == [booked]
        assert tx.regular_times.open_of("s1") is None
        tx.save(Outcome((REGULAR, regular)))
    with storage.read(WORKSPACE) as tx:
        assert tx.regular_times.open_of("s1") == REGULAR
        assert tx.planned_meetings.of_regular(REGULAR) == [regular]
    storage.close()
