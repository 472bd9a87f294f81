"""The upgrade counts the cases that there are, by programme and year; from then on each new one is one more."""

from sqlalchemy import text

from mentoring.cases.yearly import CaseCounted
from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, NOON, WORKSPACE, bare

DAYS = ("2026-12-31 23:00:00+00:00", "2027-01-01 01:00:00+00:00", "2027-06-01 00:00:00+00:00")
_CASE = (
    "INSERT INTO cases (workspace, id, programme_id, person, contact, second_contact, next_contacts, state, opened_at, "
    "version) VALUES (:workspace, :id, 'p1', :person, 'U0OWEN', '', '[]', 'open', :day, 1)"
)


def test_cases_are_counted_once_and_an_erasure_changes_nothing(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine, "0043")
        with engine.begin() as connection:
            for number, day in enumerate(DAYS):
                values = {"workspace": WORKSPACE, "id": f"k{number}", "person": ADA, "day": day}
                connection.execute(text(_CASE), values)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert sorted(tx.cases.opened_by_year(programme.id)) == [(2026, 1), (2027, 2)]
        tx.save(Outcome((CaseCounted(programme.id, 2027), CaseCounted(programme.id, 2028))))
        tx.erasure.erase(ADA, NOON)
    with storage.read(WORKSPACE) as tx:
        assert tx.cases.get("k0") is None
        assert sorted(tx.cases.opened_by_year(programme.id)) == [(2026, 1), (2027, 3), (2028, 1)]
        assert tx.cases.opened_by_year("another") == []
    storage.close()
