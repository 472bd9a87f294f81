"""A world in which somebody else decides what people do, and what goes wrong, and when."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.simulation.act import Act
from tests.simulation.almanac import Almanac, day_of
from tests.simulation.cast import Player, cast
from tests.simulation.faults import Armed, Fault
from tests.simulation.soundness import unsound
from tests.simulation.world import World, WorldConfig

SEED = 1
START = datetime(2027, 1, 4, 6, tzinfo=UTC)
"""A Monday."""
_A_LIFE = timedelta(days=410)
"""Long enough for a partnership of twelve months."""
_TYPING = timedelta(minutes=3)


class Nobody:
    """What people do is decided elsewhere."""

    def set_out(self, long: timedelta) -> None: ...

    def read(self, reader: str, buttons: Iterable[tuple[str, str]]) -> None: ...


class Life(World):
    """Founded, and nobody has applied yet. Each deed raises Broken where a promise is broken by it."""

    def __init__(self, path: Path) -> None:
        self._armed = Armed()
        players = cast(SEED)
        setting = WorldConfig(SEED, START, START + _A_LIFE, players, Almanac(), self._armed, lambda *_: Nobody())
        super().__init__(setting, path)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self.found()

    def close(self) -> None:
        self._connection.close()
        super().close()

    def unsound(self) -> dict[str, list[str]]:
        """What should never be the case and is, with the ids that show it."""
        return unsound(self._connection)

    def matches(self) -> list[tuple[str, str, str]]:
        """Match, mentee and mentor of all that were ever asked, open ones first."""
        return self._connection.execute(
            "SELECT id, mentee, mentor FROM matches WHERE offered_at IS NOT NULL ORDER BY state <> 'offered', id"
        ).fetchall()

    def pairs(self) -> list[tuple[str, str, str]]:
        """Partnership, mentee and mentor of all that were ever introduced, running ones first."""
        return self._connection.execute(
            "SELECT id, mentee, mentor FROM partnerships ORDER BY state <> 'active', id"
        ).fetchall()

    def pass_(self, long: timedelta) -> None:
        """So much time, or what is left."""
        self.live_until(min(self.time.stopwatch() + long, self.end))

    def arm(self, fault: Fault) -> None:
        """It happens at the next chance."""
        self._armed.waiting.append(fault)

    def calm(self) -> None:
        """What was armed and has not happened will not."""
        self._armed.waiting.clear()

    def takes_part(self) -> list[Player]:
        return [player for player in self.players if not player.decides]

    def owners(self) -> list[str]:
        return [player.id for player in self.players if player.role == "owner"]

    def applies(self, player: Player) -> None:
        """They look at the form, fill it in and send it."""
        self.perform(lambda: self.acts.look_at_form(player))
        self.pass_(_TYPING)
        self.perform(lambda: self.acts.apply(player, day_of(self.time.calendar(), player.zone)))

    def logs(self, person: str, pair: str) -> None:
        (zone,) = (player.zone for player in self.players if player.id == person)

        def log() -> Act:
            return self.acts.log(person, pair, day_of(self.time.calendar(), zone))

        self.perform(log)
