"""The setting of a year, from its seed."""

from datetime import UTC, datetime, timedelta
from functools import partial

from tests.simulation.almanac import Almanac
from tests.simulation.cast import (
    approvals_needed,
    cast,
    custom,
    has_agreements,
    has_plans,
    has_reports,
    longest,
    peers,
    waits_for_start,
)
from tests.simulation.chance import Chance
from tests.simulation.faults import Faults
from tests.simulation.incidents import Troubles
from tests.simulation.people import People
from tests.simulation.world import WorldConfig

_AROUND = timedelta(days=45)
"""Before the first partnerships begin, and after they have come to their end, until they are closed."""


_A_MONTH = timedelta(days=365) / 12


def setting_of(seed: int) -> WorldConfig:
    """A year is as long as its longest partnerships take."""
    chance = Chance(seed, "setting")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    start += timedelta(days=chance.randint(0, 4 * 365), hours=chance.randint(0, 23))
    players = cast(seed)
    end = start + longest(seed) * _A_MONTH + _AROUND
    return WorldConfig(
        seed=seed,
        start=start,
        end=end,
        players=players,
        almanac=_almanac(chance, start),
        faults=Faults(seed, start, end),
        folk=partial(People, seed, players),
        custom=custom(seed),
        waits=waits_for_start(seed),
        approvals=approvals_needed(seed),
        plans=has_plans(seed),
        agreements=has_agreements(seed),
        reports=has_reports(seed),
        peers=peers(seed),
        trouble=partial(Troubles, seed),
    )


def _almanac(chance: Chance, start: datetime) -> Almanac:
    """A country or none, and perhaps a week in which all are away."""
    country = chance.one_of(("", "GB", "US", "IN", "AU"))
    first = start.date() + timedelta(days=chance.randint(20, 380))
    closed = [first + timedelta(days=days) for days in range(chance.randint(1, 9))]
    return Almanac(country, closed if chance.happens(0.6) else ())
