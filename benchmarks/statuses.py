"""The status of a large programme, and the alarms over its partnerships."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import process_time

from benchmarks.filling import NOW, OWNER, fill, new_file
from benchmarks.measuring import Row, in_turn, typically
from mentoring.status import cohort_status
from messages import status
from services.oversight import load_alarms
from services.status import load_partnership_counts, load_partnership_status
from storage import Storage, Transaction

_WORKSPACE = "T0BENCH"
_AIM = timedelta(seconds=2)


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    size, rounds = (50, 3) if toy else (5000, 10)
    address = new_file(folder / "statuses.db")
    storage = Storage(address)
    try:
        fill(storage, address, _WORKSPACE, size)
        found = {name: _timed(storage, load) for name, load in _MEASURED.items()}
        in_turn(found, 1)  # statements are compiled by now
        took = typically(in_turn(found, rounds))
    finally:
        storage.close()
    what, rows = (
        f"the status of {size:,} partnerships, processor time",
        "reading the rows of its partnerships and meetings",
    )
    yield Row("statuses", what, rows, took["status"] / took["rows"], None, rounds)
    yield Row("statuses", what, "two seconds", took["status"] / _AIM.total_seconds(), 1.0, rounds)
    what = f"the alarms over {size:,} partnerships, processor time"
    yield Row("statuses", what, rows, took["alarms"] / took["rows"], None, rounds)
    yield Row("statuses", what, "two seconds", took["alarms"] / _AIM.total_seconds(), 1.0, rounds)


def _status(tx: Transaction) -> None:
    """As the owner gets it: loaded, rendered and checked."""
    programme, cohort = tx.programmes.all()[0]
    counted = cohort_status(programme, cohort, tx.applications.in_cohort(cohort.id), tx.people.unavailable())
    partnerships = load_partnership_status(tx, programme, cohort, OWNER, NOW)
    status.cohort(counted, programme, cohort, NOW.date(), partnerships).payload()


def _alarms(tx: Transaction) -> None:
    programme, cohort = tx.programmes.all()[0]
    counts = load_partnership_counts(tx, programme, cohort, OWNER, NOW)
    if counts is None:
        raise RuntimeError("The owner is none.")
    load_alarms(tx, programme, OWNER, counts, NOW)


def _rows(tx: Transaction) -> None:
    programme, _ = tx.programmes.all()[0]
    tx.meetings.of(each.id for each in tx.partnerships.in_programme(programme.id))


_MEASURED: dict[str, Callable[[Transaction], None]] = {"status": _status, "alarms": _alarms, "rows": _rows}


def _timed(storage: Storage, load: Callable[[Transaction], None]) -> Callable[[], float]:
    """Processor time: it is the same on a busy machine."""

    def once() -> float:
        began = process_time()
        with storage.read(_WORKSPACE) as tx:
            load(tx)
        return process_time() - began

    return once
