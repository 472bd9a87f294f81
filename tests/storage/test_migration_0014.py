"""Partnerships after the upgrade: those that began here have no other end, and no meetings before."""

from sqlalchemy import text

from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

COLUMNS = (
    "workspace, id, cohort_id, match_id, mentee_application, mentor_application, mentee, mentor, topics, months, "
    "introduced_at, state, back, not_again, version"
)


def test_every_partnership_keeps_its_data_and_began_here(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0013")
        with engine.begin() as connection:
            json = "CAST('[]' AS JSON)" if connection.dialect.name == "postgresql" else "'[]'"
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))  # without its programme and round
            connection.execute(
                text(
                    f"INSERT INTO partnerships ({COLUMNS}) VALUES (:workspace, 'p1', 'c1', 'm1', 'a1', 'a2', :ada, "
                    f":ben, {json}, 6, :noon, 'active', {json}, {json}, 1)"
                ),
                {"workspace": WORKSPACE, "ada": ADA, "ben": BEN, "noon": NOON},
            )
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.read(WORKSPACE) as tx:
        (kept,) = tx.partnerships.all()
    storage.close()
    assert (kept.id, kept.people, kept.months, kept.introduced_at) == ("p1", (ADA, BEN), 6, NOON)
    assert (kept.agreed_end, kept.entered_on, kept.met_before, kept.last_met_before) == (None, None, 0, None)
