"""The upgrade leaves what there is, and from then on presses of owners are counted by programme and month."""

from datetime import date

from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import NOON, WORKSPACE, bare

OWEN, NORA = "U0OWEN", "U0NORA"
MAY, JUNE = date(2027, 5, 1), date(2027, 6, 1)


def test_presses_are_counted_by_programme_owner_and_month_and_an_erasure_takes_them(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert tx.effort.presses(programme.id, MAY) == []
        for owner, month in ((OWEN, MAY), (OWEN, MAY), (OWEN, JUNE), (NORA, MAY)):
            tx.effort.count_press(programme.id, owner, month)
    with storage.begin(WORKSPACE) as tx:
        assert sorted(tx.effort.presses(programme.id, MAY)) == [(NORA, 1), (OWEN, 2)]
        assert tx.effort.presses(programme.id, JUNE) == [(OWEN, 1)]
        assert tx.effort.presses("another", MAY) == []
        tx.erasure.erase(OWEN, NOON)
    with storage.read(WORKSPACE) as tx:
        assert tx.effort.presses(programme.id, MAY) == [(NORA, 1)]
        assert tx.effort.presses(programme.id, JUNE) == []
    storage.close()
