"""After the upgrade every staff record is as it was, and all of it is from the organisation's list."""

from datetime import date

from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.people.profile_fields import ProfileFact, ProfileMapping
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, BEN, BOSS, NOON, OWNER, WORKSPACE, bare


def test_staff_records_stay_and_a_mapping_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0020")
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO staff (workspace, person, department, grade, manager, started_on) "
                    "VALUES (:workspace, :ada, 'Archives', 'A', :boss, '2020-01-07')"
                ),
                {"workspace": WORKSPACE, "ada": ADA, "boss": BOSS},
            )
        upgrade(engine)
    storage = Storage(empty_address)
    listed = StaffRecord(ADA, "Archives", "A", BOSS, date(2020, 1, 7))
    read = StaffRecord(BEN, "Archives", from_profile=("department",))
    mapping = ProfileMapping({ProfileFact.DEPARTMENT: "Xf0TEAM"}, OWNER, NOON, 1)
    with storage.begin(WORKSPACE) as tx:
        assert (tx.staff.get(ADA), tx.staff.from_profiles(), tx.profile_fields.get()) == (listed, {}, None)
        tx.save(Outcome((mapping, read)))
    with storage.read(WORKSPACE) as tx:
        assert tx.profile_fields.get() == mapping
        assert tx.staff.from_profiles() == {BEN: read}
        assert tx.staff.get(ADA) == listed
    storage.close()
