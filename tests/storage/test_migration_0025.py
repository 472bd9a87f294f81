"""After the upgrade nobody has a Home yet: whoever opens theirs gets one."""

from sqlalchemy import text

from storage import Storage
from storage.engine import upgrade
from storage.notifications.home_statements import HomeState
from tests.storage.rows import ADA, NOON, WORKSPACE, bare


def test_people_stay_and_can_open_home(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO people (workspace, id, standing, display_name, sort_name, time_zone) "
                    "VALUES (:workspace, :ada, 'member', 'Ada', 'ada', 'Europe/London')"
                ),
                {"workspace": WORKSPACE, "ada": ADA},
            )
        upgrade(engine)
    storage = Storage(empty_address)
    storage.stopwatch = lambda: NOON
    with storage.begin(WORKSPACE) as tx:
        assert tx.people.get(ADA).display_name == "Ada"
        assert tx.homes.state_of(ADA) is None
        tx.open_home(ADA)
    with storage.read(WORKSPACE) as tx:
        assert tx.homes.state_of(ADA) is HomeState.STALE
    storage.close()
