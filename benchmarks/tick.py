"""A minute in which nothing is due: among a thousand partnerships and a hundred thousand, in one programme and many."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.delivering import AtOnce, delivery
from benchmarks.filling import NOW, fill, new_file
from benchmarks.measuring import Row, in_turn, seconds, typically
from scheduler.jobs import run_due_jobs
from storage import Storage
from tests.storage import postgresql

_WORKSPACE = "T0BENCH"


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """On SQLite."""
    few, many = (10, 100) if toy else (1000, 100_000)
    addresses = {size: new_file(folder / f"tick{size}.db") for size in (few, many)}
    yield _measured("SQLite", addresses, rounds=3 if toy else 50)
    yield _programmes_measured(folder, toy=toy)


def measure_on_postgresql(*, toy: bool = False) -> Row:
    """On a PostgreSQL that is brought along."""
    few, many = (10, 100) if toy else (1000, 100_000)
    with postgresql.server() as server, ExitStack() as stack:
        addresses = {size: stack.enter_context(server.database(migrated=True)) for size in (few, many)}
        return _measured("PostgreSQL", addresses, rounds=3 if toy else 50)


def _measured(where: str, addresses: dict[int, str], rounds: int) -> Row:
    few, many = addresses
    with ExitStack() as stack:
        ticks = {
            str(size): stack.enter_context(_ticks(address, partnerships=size)) for size, address in addresses.items()
        }
        in_turn(ticks, 3)  # connections are made, statements compiled
        took = typically(in_turn(ticks, rounds))
    what = f"a tick with nothing due, {many:,} partnerships, {where}"
    return Row("tick", what, f"{few:,} partnerships", took[str(many)] / took[str(few)], 1.5, rounds)


def _programmes_measured(folder: Path, *, toy: bool) -> Row:
    """The same partnerships, all in one programme or spread over many."""
    partnerships, rounds = (10, 3) if toy else (1000, 50)
    one, many = (1, 5) if toy else (1, 100)
    with ExitStack() as stack:
        ticks = {
            str(programmes): stack.enter_context(
                _ticks(new_file(folder / f"programmes{programmes}.db"), partnerships, programmes)
            )
            for programmes in (one, many)
        }
        in_turn(ticks, 3)
        took = typically(in_turn(ticks, rounds))
    what = f"a tick with nothing due, {many} programmes with {partnerships:,} partnerships together"
    return Row("tick", what, "one programme with as many", took[str(many)] / took[str(one)], 1.5, rounds)


@contextmanager
def _ticks(address: str, partnerships: int, programmes: int = 1) -> Iterator[Callable[[], float]]:
    storage = Storage(address)
    try:
        fill(storage, address, _WORKSPACE, partnerships, programmes=programmes)
        deliverer = delivery(storage, _WORKSPACE, AtOnce())

        def tick() -> None:
            if run_due_jobs(storage, _WORKSPACE, NOW) or deliverer.drain():
                raise RuntimeError("Something was due.")

        yield lambda: seconds(tick)
    finally:
        storage.close()
