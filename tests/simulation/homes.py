"""Home, as the model sees it: published to who looks at it and to nobody else, and right where it counts as current."""

from datetime import datetime, timedelta
from pathlib import Path

from messages.home import home_view
from sandbox import Sandbox
from sandbox.blocks import visible_texts
from services.home import load_home
from storage import HomeClaim, Storage, Transaction
from storage.notifications.home_statements import HomeState
from tests.simulation.clocks import Time
from tests.simulation.expectations import Broken, Complaint

LOOKS_FOR = timedelta(minutes=30)
"""Who opens Home looks at it for so long."""
IS_UNDER_WAY = timedelta(minutes=2)
"""What was begun while they looked may be sent so much later."""

ON_ITS_WAY = timedelta(seconds=5)
"""It was made so much earlier at most, perhaps on the day before."""


class Homes:
    """`opened` hears of everybody who opens Home, `published` of every publication that Slack took."""

    def __init__(self, slack: Sandbox, path: Path, time: Time) -> None:
        self._slack = slack
        self._storage = Storage(f"sqlite:///{path}")
        self._time = time
        self._opened: dict[str, datetime] = {}
        self._shown_at: dict[str, datetime] = {}

    def close(self) -> None:
        self._storage.close()

    def opened(self, person: str) -> None:
        self._opened[person] = self._time.stopwatch()

    def published(self, person: str, sent: datetime) -> None:
        """Raises Broken where nobody looks. `sent` is on the stopwatch."""
        opened = self._opened.get(person)
        if opened is None or sent - opened > LOOKS_FOR + IS_UNDER_WAY:
            raise Broken(Complaint.UNASKED, f"a Home of {person}, who opened it at {opened}")
        self._shown_at[person] = self._time.calendar() - (self._time.stopwatch() - sent)

    def check(self) -> int:
        """Whether each Home that counts as current shows what is the case. Returns how many there were."""
        checked = 0
        with self._storage.read(self._slack.team_id) as tx:
            for person, at in self._shown_at.items():
                if tx.homes.state_of(person) is not HomeState.CURRENT:
                    continue
                home = self._slack.person(person).home
                seen = list(visible_texts(home["blocks"] if home else []))
                could_be = [_words(tx, person, moment) for moment in (at, at - ON_ITS_WAY)]
                if seen not in could_be:
                    differs = sorted({*seen} ^ {*could_be[0]})
                    raise Broken(Complaint.OUTDATED, f"the Home of {person}, published at {at}: {differs}")
                checked += 1
        return checked


def _words(tx: Transaction, person: str, now: datetime) -> list[str]:
    made = home_view(load_home(tx, person, now, acting=HomeClaim(person, 0, 0, now).acting))
    return list(visible_texts(made["blocks"]))
