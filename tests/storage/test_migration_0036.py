"""After the upgrade a programme stays and refers people to no place, until its owners name one."""

from dataclasses import replace

from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import WORKSPACE, bare

COUNSELLING = "Counselling: for anything that weighs on you, 0800 123"


def test_rows_stay_and_places_can_be_named(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert tx.partnerships.get("s1") is not None
        assert programme.referrals == ()
        tx.save(Outcome((replace(programme, referrals=(COUNSELLING,), version=programme.version + 1),)))
    with storage.read(WORKSPACE) as tx:
        assert programme_and_cohort(tx)[0].referrals == (COUNSELLING,)
    storage.close()
