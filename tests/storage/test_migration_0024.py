"""After the upgrade every notification is as it was, and a meeting can be planned."""

from datetime import UTC, datetime

from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.meetings.planned import MeetingAnswer, PlannedMeeting, PlannedState
from storage import Storage
from storage.engine import upgrade
from tests.mentoring.factories import partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare, insert_programme

START = datetime(2027, 3, 2, 15, tzinfo=UTC)


def test_what_was_sent_stays_and_a_meeting_can_be_planned(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        with engine.begin() as connection:
            empty = "CAST('{}' AS JSON)" if connection.dialect.name == "postgresql" else "'{}'"
            connection.execute(
                text(
                    "INSERT INTO outbox (workspace, key, kind, recipient, second_recipient, refs, state, is_reply, "
                    "due, fence, attempts, correlation_id) "
                    f"VALUES (:workspace, 'help:1', 'help', :ada, '', {empty}, 'sent', :no, :noon, 1, 1, 'named')"
                ),
                {"workspace": WORKSPACE, "ada": ADA, "no": False, "noon": NOON},
            )
        upgrade(engine)
        with engine.begin() as connection:
            found = [tuple(row) for row in connection.execute(text("SELECT key, state, file_id FROM outbox"))]
            assert found == [("help:1", "sent", None)]
    storage = Storage(empty_address)
    offered = PlannedMeeting("L1", "s1", PlannedState.OFFERED, 45, (START,), ADA)
    held = offered.changed(
        state=PlannedState.HELD, options=(), offered_by="", starts_at=START, mentor_answer=MeetingAnswer.MET
    )
    with storage.begin(WORKSPACE) as tx:
        insert_programme(tx)
        tx.save(Outcome((partnership(ADA, BEN), offered)))
    with storage.begin(WORKSPACE) as tx:
        assert tx.planned_meetings.open_of(["s1"]) == [offered]
        tx.save(Outcome((held,)))
    with storage.read(WORKSPACE) as tx:
        assert tx.planned_meetings.get("L1") == held
        assert tx.planned_meetings.open_of(["s1"]) == []
    storage.close()
