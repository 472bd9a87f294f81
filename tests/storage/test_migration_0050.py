"""After the upgrade a mapping of profile fields stays and can be changed, and records name no languages yet."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.people.profile_fields import ProfileFact, ProfileMapping
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, BOSS, NOON, OWNER, WORKSPACE, bare

_FIELD = (
    "INSERT INTO profile_fields (workspace, fact, field, mapped_by, mapped_at, version) "
    "VALUES (:workspace, :fact, :field, :owner, :at, 2)"
)
_STAFF = (
    "INSERT INTO staff (workspace, person, department, grade, manager, started_on, from_profile) "
    "VALUES (:workspace, :ada, 'Archives', 'A', :boss, '2020-01-07', '[]')"
)


def test_a_mapping_stays_and_gets_a_place_for_languages(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0051")
        with engine.begin() as connection:
            for fact, field in (("department", "Xf0TEAM"), ("manager", ""), ("started_on", "")):
                values = {"workspace": WORKSPACE, "fact": fact, "field": field, "owner": OWNER, "at": str(NOON)}
                connection.execute(text(_FIELD), values)
            connection.execute(text(_STAFF), {"workspace": WORKSPACE, "ada": ADA, "boss": BOSS})
        upgrade(engine)
    storage = Storage(empty_address)
    before = ProfileMapping({ProfileFact.DEPARTMENT: "Xf0TEAM"}, OWNER, NOON, 2)
    after = replace(before, fields={ProfileFact.LANGUAGES: "Xf0I"}, mapped_at=NOON + timedelta(1), version=3)
    with storage.begin(WORKSPACE) as tx:
        assert tx.profile_fields.get() == before
        record = tx.staff.get(ADA)
        assert record
        assert (record.department, record.languages) == ("Archives", "")
        tx.save(Outcome((after, StaffRecord(ADA, from_profile=("languages",), languages="German"))))
    with storage.read(WORKSPACE) as tx:
        assert tx.profile_fields.get() == after
        record = tx.staff.get(ADA)
        assert record
        assert record.languages == "German"
    storage.close()
