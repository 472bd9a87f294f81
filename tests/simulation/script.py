"""A small year in which always the same comes to pass: two are introduced and come to the end, an offer lapses."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

from tests.simulation.act import Act
from tests.simulation.acts import Acts
from tests.simulation.almanac import DAY, Almanac, day_of
from tests.simulation.cast import TOPICS, Player
from tests.simulation.chance import Chance
from tests.simulation.clocks import Time
from tests.simulation.faults import InjectedFault
from tests.simulation.ledger import Ledger
from tests.simulation.people import HOUR, Plan
from tests.simulation.world import WorldConfig

START = datetime(2027, 1, 4, 6, tzinfo=UTC)
END = datetime(2027, 8, 6, tzinfo=UTC)
_OWNER = Player("U0OLGA", "owner", "Europe/London", 1.0, "6", 1, ())
_ADA = Player("U0ADA", "mentee", "America/New_York", 1.0, "6", 1, TOPICS[:1])
_BEN = Player("U0BEN", "mentor", "Asia/Kolkata", 1.0, "6", 1, TOPICS[:1])
_CHI = Player("U0CHI", "mentee", "Australia/Sydney", 1.0, "6", 1, TOPICS[1:2])
_DAN = Player("U0DAN", "mentor", "Europe/London", 1.0, "6", 1, TOPICS[1:2])
PLAYERS = (_OWNER, _ADA, _BEN, _CHI, _DAN)


class Script:
    """Ada and Ben are introduced; Chi would, and Dan never answers. Ben does not look back, so that it closes late."""

    def __init__(self, acts: Acts, ledger: Ledger, time: Time, plan: Plan) -> None:
        self._acts = acts
        self._ledger = ledger
        self._time = time
        self._plan = plan
        self._seen: set[tuple[str, str]] = set()
        self._looked: set[str] = set()

    def set_out(self, long: timedelta) -> None:
        acts = self._acts
        for number, player in enumerate(PLAYERS[1:]):
            self._plan((2 + number) * HOUR, partial(self._applies, player))
        self._plan(DAY, partial(acts.propose, _OWNER.id))
        self._plan(DAY + 3 * HOUR, self._approves)
        self._plan(DAY + 6 * HOUR, partial(acts.release, _OWNER.id))
        self._plan(40 * DAY, partial(acts.write, _BEN.id))
        self._plan(41 * DAY, partial(acts.ask_status, _OWNER))

    def read(self, reader: str, buttons: Iterable[tuple[str, str]]) -> None:
        for action, value in buttons:
            if (reader, action) not in self._seen:
                self._seen.add((reader, action))
                for after, make in self._answers(reader, action, value):
                    self._plan(after, make)

    def _answers(self, reader: str, action: str, value: str) -> list[tuple[timedelta, Callable[[], Act | None]]]:
        acts = self._acts
        match action:
            case "accept-match" if reader != _DAN.id:
                return [(3 * HOUR, partial(acts.accept, reader, value))]
            case "log-meeting" if reader == _ADA.id and value:
                return [(12 * DAY, partial(self._logs, value)), (26 * DAY, partial(self._logs, value))]
            case "open-baseline" if reader == _ADA.id:
                return [(5 * HOUR, partial(acts.baseline, reader, value, Chance(0, "before they meet")))]
            case "open-check-in":
                return [(DAY, partial(acts.check_in, reader, value, "go-on"))]
            case "open-survey" if reader == _ADA.id:
                return [(2 * DAY, partial(acts.survey, reader, value))]
            case "go-back-to-pool" if reader == _ADA.id:
                return [(HOUR, partial(acts.go_back, reader, value))]
            case _:
                return []

    def _applies(self, player: Player) -> Act:
        if player.id not in self._looked:  # who looks again, since something failed, sends it once
            self._looked.add(player.id)
            today = day_of(self._time.calendar(), player.zone)
            self._plan(2 * HOUR, partial(self._acts.apply, player, today))
        return self._acts.look_at_form(player)

    def _logs(self, pair: str) -> Act:
        return self._acts.log(_ADA.id, pair, day_of(self._time.calendar(), _ADA.zone))

    def _approves(self) -> Act | None:
        """One after the other."""
        for number, (match, *_) in enumerate(self._ledger.proposals()):
            self._plan(timedelta(minutes=10 * number), partial(self._acts.approve, _OWNER.id, match))
        return None


def setting_with(faults: InjectedFault) -> WorldConfig:
    return WorldConfig(0, START, END, PLAYERS, Almanac(), faults, Script)
