"""People after the upgrade: nobody is on leave, and everybody keeps what is known of them."""

from datetime import timedelta

from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.core.people import Leave, LeaveChange
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, NOON, WORKSPACE, bare


def test_nobody_is_on_leave_and_a_leave_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0018")
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO people (workspace, id, standing, display_name, sort_name, time_zone, known_at) "
                    "VALUES (:workspace, :ada, 'member', 'Ada', 'ada', 'Europe/London', :noon)"
                ),
                {"workspace": WORKSPACE, "ada": ADA, "noon": NOON},
            )
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.read(WORKSPACE) as tx:
        before = tx.people.get(ADA)
    assert (before.display_name, before.time_zone, before.leave) == ("Ada", "Europe/London", None)
    leave = Leave(NOON, NOON.date() + timedelta(days=9))
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((LeaveChange(ADA, None, leave),)))
    with storage.read(WORKSPACE) as tx:
        assert tx.people.get(ADA).leave == leave
        assert list(tx.people.unavailable()) == [ADA]
    storage.close()
