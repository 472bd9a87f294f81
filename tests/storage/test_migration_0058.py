"""After the upgrade each programme keeps data for a year, and nothing is announced to be deleted."""

from dataclasses import replace
from datetime import date

from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Keeping
from mentoring.retention.retention import DataKind, DeletionNotice
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, WORKSPACE, bare


def test_rows_stay_and_data_has_a_time(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert programme.keeping == Keeping(12, 12, 24, 24)
        assert tx.purges.notices(programme.id) == {}
        changed = replace(programme, keeping=Keeping(3, 6, 9, 18), version=programme.version + 1)
        notice = DeletionNotice("s1", DataKind.NOTES, date(2027, 3, 1))
        tx.save(Outcome((changed, notice)))
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert programme == changed
        assert tx.purges.notices(programme.id) == tx.purges.notices_of(ADA) == {("s1", DataKind.NOTES): notice}
        deleted = replace(notice, deleted_on=date(2027, 4, 5))
        tx.save(Outcome((deleted,)))
        assert tx.purges.notices(programme.id) == {("s1", DataKind.NOTES): deleted}
        assert tx.purges.notices_of("U0ELSE") == {}
    storage.close()
