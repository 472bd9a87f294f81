"""`mentor-bot tick`: do everything due at an instant, deliver it, and say in a line of JSON what was done."""

import json
from datetime import datetime

from bot.clocks import real_now
from bot.house import House
from bot.settings import Settings, SettingsWrong
from storage import Storage


def tick(settings: Settings, at: datetime | None) -> str:
    """Returns the line. `at` (aware) may lie ahead of now only where Slack's own API is not what we talk to.

    Raises SettingsWrong, SlackRefuses, SlackUnreachable, DatabaseUnusable.
    """
    if at and at > real_now() and settings.is_slack_itself:
        raise SettingsWrong("--at lies in the future. That is for a local Slack: people would get what is not due yet.")
    moment = at or real_now()
    storage = Storage(settings.database_url.get_secret_value())
    house = None
    try:
        house = House(settings, storage, calendar=lambda: moment)
        house.found()
        judged = house.tick()
        delivered = house.finish()
        with storage.read(house.identity.workspace) as tx:
            counts = tx.outbox.counts()
        done = {"at": moment.isoformat(), "judged": judged, "delivered": delivered}
        return json.dumps(done | {"outbox": {str(state): count for state, count in sorted(counts.items())}})
    finally:
        if house:
            house.stop()
        storage.close()
