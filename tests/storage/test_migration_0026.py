"""After the upgrade each action item of a logged meeting is in its own table, and its owner is reminded of it."""

from datetime import UTC, date, datetime

from sqlalchemy import text

from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.items.item import ActionItem, ItemOwner, ItemState
from mentoring.meetings.log import MeetingNotes
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, BEN, OWNER, WORKSPACE, bare
from tests.storage.test_migration_0022 import BEFORE as PROGRAMME_AND_MEETING

BEFORE = (
    *(statement for statement in PROGRAMME_AND_MEETING if "meeting_notes" not in statement),
    "INSERT INTO meetings (workspace, id, partnership_id, met_on, minutes, way, topics, logged_by, version) "
    "VALUES (:workspace, 'v2', 's1', '2027-01-18', 60, 'video', '[]', :ben, 1)",
    "INSERT INTO meetings (workspace, id, partnership_id, met_on, minutes, way, topics, logged_by, version) "
    "VALUES (:workspace, 'v3', 's1', '2027-01-25', 60, 'video', '[]', :ben, 1)",
    "INSERT INTO meeting_notes (workspace, meeting_id, notes, action, action_who, action_by, action_done) "
    "VALUES (:workspace, 'v1', 'What we said.', 'Read – it', :ada, '2027-02-01', false)",
    "INSERT INTO meeting_notes (workspace, meeting_id, notes, action, action_who, action_done) "
    "VALUES (:workspace, 'v2', '', 'Write', :ben, true)",
    "INSERT INTO meeting_notes (workspace, meeting_id, notes, action, action_who, action_done) "
    "VALUES (:workspace, 'v3', 'Only notes.', '', '', false)",
)
READ = ActionItem(
    "v1", "s1", "Read – it", ItemOwner.MENTEE, date(2027, 2, 1), datetime(2027, 1, 11, 12, tzinfo=UTC), ADA,
    meeting_id="v1",
)  # fmt: skip
WRITTEN = ActionItem(
    "v2", "s1", "Write", ItemOwner.MENTOR, None, datetime(2027, 1, 18, 12, tzinfo=UTC), BEN, ItemState.DONE, "v2"
)
NEW = ActionItem("n1", "s1", "Call", ItemOwner.BOTH, None, datetime(2027, 1, 26, tzinfo=UTC), BEN)


def test_action_items_move_with_their_owners_and_state_and_one_can_be_added(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        with engine.begin() as connection:
            for statement in BEFORE:
                values = {"workspace": WORKSPACE, "ada": ADA, "ben": BEN, "owner": OWNER}
                used = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), used)
        upgrade(engine)
        with engine.begin() as connection:
            jobs = connection.execute(text("SELECT key, kind, person FROM scheduled_jobs")).all()
            assert [tuple(job) for job in jobs] == [(f"items-due:s1:{ADA}", "items-due", ADA)]
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        private = tx.private(ActingPerson(BEN))
        assert private.items(partnership) == [READ, WRITTEN]
        assert private.notes(partnership) == {
            "v1": MeetingNotes("v1", "What we said."),
            "v2": MeetingNotes("v2"),
            "v3": MeetingNotes("v3", "Only notes."),
        }
        job = tx.scheduled_jobs.get_if_due(f"items-due:s1:{ADA}", datetime(2027, 2, 8, 9, tzinfo=UTC))
        assert job is not None
        assert dict(job.refs) == {"partnership": "s1"}
        tx.save(Outcome((NEW,)))
    with storage.read(WORKSPACE) as tx:
        assert tx.private(ActingPerson(ADA)).items(partnership) == [READ, WRITTEN, NEW]
    storage.close()
