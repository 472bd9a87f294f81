"""One year of one seed, and what came of it."""

import gc
import logging
import shutil
import traceback
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from sqlalchemy import Engine

import storage.storage as door
from storage import people
from tests.engines import open_quickly
from tests.load import most_within_a_year
from tests.migrated import migrated
from tests.quick_connection import quicken
from tests.simulation.chance import Chance, drawn_from
from tests.simulation.expectations import Broken, Complaint
from tests.simulation.seeded import setting_of
from tests.simulation.world import World, WorldConfig


@dataclass(frozen=True)
class Year:
    """`complaint` is None where every promise was kept; `log` is what happened, in order. `kinds` is how much was said
    of each. `loads` has, for each participant, how many messages they got in their busiest 365 days, how many
    partnerships they were in, and how many matches they were asked about in vain. Messages of absences are not counted.
    """

    seed: int
    complaint: Complaint | None
    says: str
    log: list[str] = field(repr=False)
    kinds: Mapping[str, int]
    loads: Mapping[str, tuple[int, int, int]]
    deaths: int
    faults: Mapping[str, int]

    @property
    def posted(self) -> int:
        return sum(self.kinds.values())


def live(seed: int) -> Year:
    """Live the year of that seed. The same seed is the same year, to the second."""
    return live_in(setting_of(seed), stale=Chance(seed, "stale").one_of(_STALE))


def live_in(setting: WorldConfig, *, stale: timedelta) -> Year:
    """Live a year in that setting. `stale` is after how long Slack is asked again who people are."""
    with staged(setting.seed, stale) as path:
        world = World(setting, path)
        complaint: Complaint | None = None
        says = ""
        try:
            world.run()
        except Broken as broken:
            complaint, says = broken.complaint, str(broken)
        except Exception as error:  # what nobody foresaw is a finding too, with the seed that shows it
            complaint, says = Complaint.RAISED, f"{type(error).__name__}: {error}"
            world.log.append("".join(traceback.format_exception(error)))
        finally:
            world.close()
    faults = {str(fault): count for fault, count in world.faults.happened.items()}
    return Year(setting.seed, complaint, says, world.log, world.said, _loads(world), world.machines.deaths, faults)


def _loads(world: World) -> dict[str, tuple[int, int, int]]:
    pairs = [pair.people for pair in world.model.pairs.all.values()]
    asked = [offer.people for offer in world.model.offers]
    loads: dict[str, tuple[int, int, int]] = {}
    for player in world.players:
        if not player.decides:
            partnerships = sum(player.id in pair for pair in pairs)
            messages = most_within_a_year(world.received.get(player.id, []))
            loads[player.id] = messages, partnerships, sum(player.id in pair for pair in asked) - partnerships
    return loads


@contextmanager
def staged(seed: int, stale: timedelta) -> Iterator[Path]:
    """A fresh database for a world, in which nothing is drawn but from the seed."""
    with (
        _database(quick=Chance(seed, "engine").one_of(_QUICK)) as path,
        drawn_from(seed),
        _undisturbed(),
        ExitStack() as patches,
    ):
        patches.enter_context(patch.object(door, "open_engine", _engine))
        if stale > people.STALE:
            patches.enter_context(patch.object(people, "FRESH", stale))
        patches.enter_context(patch.object(people, "STALE", stale))
        yield path


_STALE = (people.STALE, *[8 * people.STALE] * 7)
"""Asking Slack about everybody every week takes a third of a year's time, and is the same each time: one year does."""
_QUICK = (False, *[True] * 7)
"""Most years execute their statements without SQLAlchemy's preparations, which take a fifth of a year's time and are
the same each time.
"""


def live_in_short(seed: int) -> Year:
    """The same, with what happened only where a promise was broken. For a process that lives year after year."""
    gc.collect()
    gc.freeze()  # what is there now stays: at the end of the year only its own is looked through
    year = live(seed)
    return year if year.complaint else replace(year, log=[])


_engines: dict[str, Engine] = {}


def _engine(url: str, *, create: bool = True) -> Engine:
    """One for each file and process: what SQLAlchemy has compiled serves all lives of the bot."""
    if url not in _engines:
        _engines[url] = open_quickly(url, create=create)
    return _engines[url]


@cache
def _home() -> Path:
    """A name of our own in memory, where there is such a place: the same for every year, and there only during one."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="simulation-", dir=memory if memory.is_dir() else None) as home:
        return Path(home)


@contextmanager
def _database(*, quick: bool) -> Iterator[Path]:
    path = _home() / "year.db"
    path.parent.mkdir(mode=0o700)
    url = f"sqlite:///{path}"
    try:
        shutil.copy(migrated(), path)
        if quick:
            quicken(_engine(url))
        yield path
    finally:
        _engine(url).dispose()
        del _engines[url]
        shutil.rmtree(path.parent)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Trouble is the point here, and the log need not hold it; what is thrown away is collected at the year's end."""
    before = logging.root.manager.disable
    is_loud = before < logging.CRITICAL
    if is_loud:
        logging.disable(logging.CRITICAL)  # this clears the cache of every logger
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        if is_loud:
            logging.disable(before)
