"""After the upgrade nobody is on leave, everybody keeps what is known of them, and lists keep their programme."""

from datetime import timedelta

from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.core.people import Leave, LeaveChange
from mentoring.people.file_import import FileImport, FileImportState, ask_for_programme
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, NOON, WORKSPACE, bare


def test_lists_that_wait_keep_their_programme_and_new_ones_may_have_none(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0019")
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))  # without its programme
            empty = "CAST('{}' AS JSON)" if connection.dialect.name == "postgresql" else "'{}'"
            connection.execute(
                text(
                    "INSERT INTO file_imports "
                    "(workspace, id, programme_id, person, file_id, asked_at, state, contents, version) "
                    f"VALUES (:workspace, 'i1', 'p1', :ada, 'F1', :noon, 'ready', {empty}, 1)"
                ),
                {"workspace": WORKSPACE, "ada": ADA, "noon": NOON},
            )
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        tx.save(ask_for_programme(FileImport("i2", "", ADA, "F2", NOON)))
    with storage.read(WORKSPACE) as tx:
        found = [tx.file_imports.get(each) for each in ("i1", "i2")]
    storage.close()
    assert [(each.programme_id, each.state) for each in found if each] == [
        ("p1", FileImportState.READY),
        ("", FileImportState.UNASSIGNED),
    ]


def test_nobody_is_on_leave_and_a_leave_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0019")
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
