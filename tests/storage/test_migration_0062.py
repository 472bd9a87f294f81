"""The upgrade keeps who was invited, and puts the day of the application in place of whether there is one."""

from dataclasses import replace
from datetime import date

from alembic import command
from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.invitations.invitation import Invitation
from storage import Storage
from storage.engine import _config, upgrade
from tests.mentoring.values import application
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

SENT_ON, APPLIED_ON = date(2026, 11, 2), date(2026, 11, 9)
CHI = "U0CHI"


def test_the_day_of_the_application_is_known_and_an_erasure_takes_the_name_alone(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    before = [
        Invitation("i1", "p1", ADA, SENT_ON, APPLIED_ON),
        Invitation("i2", "p1", BEN, SENT_ON, date(2026, 11, 20)),
        Invitation("i3", "p1", CHI, SENT_ON),
    ]
    with storage.begin(WORKSPACE) as tx:
        _, cohort = programme_and_cohort(tx)
        sent = replace(application(ADA, id="a9"), cohort_id=cohort.id, version=1, sent_on=APPLIED_ON)
        tx.save(Outcome((*before, sent)))
    storage.close()
    with bare(empty_address) as engine:
        config = _config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0050")
            held = connection.execute(text("SELECT person, has_applied FROM invitations ORDER BY id")).all()
            assert [(person, bool(has)) for person, has in held] == [(ADA, True), (BEN, True), (CHI, False)]
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        after = [tx.invitations.get(each.id) for each in before]
        assert after == [before[0], replace(before[1], applied_on=SENT_ON), before[2]], "no application of Ben is known"
        tx.erasure.erase(BEN, NOON)
    with storage.read(WORKSPACE) as tx:
        assert tx.invitations.get("i2") == Invitation("i2", "p1", "", SENT_ON, SENT_ON)
    storage.close()
