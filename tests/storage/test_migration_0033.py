"""After the upgrade partnerships run as they did, one can be paused, and owners are asked after twelve weeks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from alembic import command
from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.partnerships.partnership import RequestedPause
from storage import Storage
from storage.engine import _config, upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, WORKSPACE, bare

PAUSE = RequestedPause(ADA, datetime(2027, 3, 1, 10, tzinfo=UTC), None, None, (ADA,), (BEN, ADA))


def test_partnerships_stay_and_one_can_be_paused(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        assert (partnership.pause, partnership.paused, partnership.ends_on) == (None, timedelta(), date(2027, 7, 4))
        assert programme_and_cohort(tx)[0].pause_weeks == 12
        tx.save(Outcome((replace(partnership, pause=PAUSE, paused=timedelta(14), version=2),)))
    with storage.read(WORKSPACE) as tx:
        paused = tx.partnerships.get("s1")
        assert paused is not None
        assert (paused.pause, paused.paused) == (PAUSE, timedelta(14))
    storage.close()
    with bare(empty_address) as engine:
        config = _config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0036")
            held = connection.execute(text("SELECT id, mentee, version FROM partnerships")).all()
        assert [tuple(each) for each in held] == [("s1", ADA, 2)]
