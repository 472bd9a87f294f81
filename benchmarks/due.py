"""Much that is due at once: what each promise costs to judge and each notice to deliver, the more of them there are."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.delivering import AtOnce, delivery
from benchmarks.filling import NOW, fill, new_file, owe_nudges, ten_days_ago
from benchmarks.measuring import Row, in_turn, typically
from scheduler.jobs import run_due_jobs
from storage import Storage

_WORKSPACE = "T0BENCH"
_FLAT = 1.2


_WARM = 10
"""So many are done before the clock starts: statements are compiled by then."""


class _Enough(BaseException):
    """So many have been judged that we know what one costs."""


class _Sample:
    """What one of so many costs, told after each that is done."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._done = 0
        self._began = self._ended = 0.0

    def one_more(self) -> bool:
        """Whether it was the last."""
        self._done += 1
        if self._done == _WARM:
            self._began = perf_counter()
        if self._done == _WARM + self._many:
            self._ended = perf_counter()
        return bool(self._ended)

    @property
    def cost(self) -> float:
        """Seconds for one."""
        if not self._ended:
            raise RuntimeError(f"There were only {self._done}.")
        return (self._ended - self._began) / self._many


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """Half as many partnerships as are due, each owing something to both; the first hundred of them are taken."""
    sizes = (20, 40) if toy else (100, 1000, 10_000)
    sample, rounds = (10, 1) if toy else (90, 5)
    due = {size: _prepared(folder, size, owe=False) for size in sizes}
    yield from _rows("judging a promise", "due at once", _costs(due, _judge, sample, rounds), rounds)
    pending = {size: _prepared(folder, size, owe=True) for size in (sizes[0], sizes[-1])}
    yield from _rows("delivering a notice", "pending", _costs(pending, _deliver, sample, rounds), rounds)


def _rows(what: str, are: str, costs: dict[str, float], rounds: int) -> Iterator[Row]:
    fewest, *more = costs
    for size in more:
        figure = costs[size] / costs[fewest]
        yield Row("due", f"{what} of {int(size):,} {are}", f"one of {fewest}", figure, _FLAT, rounds)


def _prepared(folder: Path, size: int, *, owe: bool) -> Path:
    """A database in which so many promises are due at `NOW`, or so many notices pending."""
    path = folder / f"{'pending' if owe else 'due'}{size}.db"
    address = new_file(path)
    with closing(Storage(address)) as storage:
        # They began on the same day, ten days ago: both of each are to be asked today whether they have met.
        fill(
            storage, address, _WORKSPACE, size // 2, introduced=ten_days_ago, until=NOW if owe else NOW.replace(hour=0)
        )
        if owe:
            owe_nudges(address, _WORKSPACE, size // 2)
        storage.purge_erased_bytes()
    return path


def _costs(
    databases: dict[int, Path], work: Callable[[Storage, _Sample], None], many: int, rounds: int
) -> dict[str, float]:
    """What one of each costs, in seconds, by how many there are."""

    def measure(path: Path) -> float:
        sample = _Sample(many)
        copy = shutil.copy(path, path.with_suffix(".copy"))
        with closing(Storage(f"sqlite:///{copy}")) as storage:
            work(storage, sample)
        return sample.cost

    return typically(in_turn({str(size): partial(measure, path) for size, path in databases.items()}, rounds))


def _judge(storage: Storage, sample: _Sample) -> None:
    def stop_when_enough() -> None:
        if sample.one_more():
            raise _Enough

    storage.on_commit(stop_when_enough)
    with suppress(_Enough):
        run_due_jobs(storage, _WORKSPACE, NOW)


def _deliver(storage: Storage, sample: _Sample) -> None:
    def stop_when_enough() -> None:
        if sample.one_more():
            deliverer.stop()

    deliverer = delivery(storage, _WORKSPACE, AtOnce(stop_when_enough))
    deliverer.drain()
