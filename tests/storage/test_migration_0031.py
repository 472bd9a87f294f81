"""After the upgrade the planned meetings are as they were, and the two can say where they meet."""

from datetime import UTC, datetime

from sqlalchemy import text

from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, BEN, OWNER, WORKSPACE, bare
from tests.storage.test_migration_0022 import BEFORE as PROGRAMME_AND_MEETING

START = datetime(2027, 3, 2, 15, tzinfo=UTC)
BOOKED = (
    "INSERT INTO planned_meetings (workspace, id, partnership_id, state, minutes, offered_minutes, options, "
    "offered_by, starts_at, sequence, mentee_answer, mentor_answer, is_disputed, cancelled_by, version) "
    "VALUES (:workspace, 'L1', 's1', 'booked', 45, 0, '[]', '', :start, 1, '', '', false, '', 3)"
)
PLACE = MeetingPlace("s1", "Room 3", ADA)


def test_planned_meetings_stay_and_a_place_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        values = {"workspace": WORKSPACE, "ada": ADA, "ben": BEN, "owner": OWNER, "start": START}
        with engine.begin() as connection:
            for statement in PROGRAMME_AND_MEETING:
                used = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), used)
        upgrade(engine, "0029")
        with engine.begin() as connection:
            connection.execute(text(BOOKED), {"workspace": WORKSPACE, "start": START})
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        booked = PlannedMeeting("L1", "s1", PlannedState.BOOKED, 45, starts_at=START, sequence=1, version=3)
        assert tx.planned_meetings.of(["s1"]) == [booked]
        assert tx.private(ActingPerson(BEN)).place(partnership) is None
        tx.save(Outcome((PLACE,)))
    with storage.read(WORKSPACE) as tx:
        assert tx.private(ActingPerson(BEN)).place(partnership) == PLACE
    storage.close()
