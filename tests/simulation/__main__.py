"""Many years, in parallel processes, from random seeds: `make simulate YEARS=1000`.

`SEED=n` takes n and those after it. Seeds that fail are kept in `seeds_that_failed.txt`, and `make check` replays them.
"""

import argparse
import logging
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sandbox.clocks import monotonic
from tests.simulation import once_failed
from tests.simulation.year import Year, live_in_short

_STORY = 60
"""Lines of a broken year that are shown where only one was asked for."""
_FRESH = 1_000_000, 1_000_000_000
"""Where the seeds are that nobody has named."""
_MOST_KEPT = 5
"""So many of one run: what many of them show is one mistake."""


def main(arguments: Iterable[str]) -> int:
    """Live the years of `--seed` and those after it, or of fresh seeds. 1 where a promise was broken in one."""
    parser = argparse.ArgumentParser(prog="make simulate")
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--seed", type=int, help="the first one; without it, fresh ones are drawn")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(list(arguments))
    first = asked.seed if asked.seed is not None else random.SystemRandom().randrange(*_FRESH)
    console, started = Console(), monotonic()
    console.print(f"Seeds {first} to {first + asked.years - 1}: make simulate SEED={first} YEARS={asked.years}")
    broken: list[Year] = []
    total: Counter[str] = Counter()
    progress = Progress(
        TextColumn("years"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[says]}")
    )
    workers = min(asked.processes, asked.years)
    quiet = ProcessPoolExecutor(workers, get_context("spawn"), logging.disable, (logging.CRITICAL,))
    with progress, quiet as pool:
        task = progress.add_task("", total=asked.years, says="")
        for done in as_completed(pool.submit(live_in_short, first + number) for number in range(asked.years)):
            year = done.result()
            total.update(messages=year.posted, deaths=year.deaths, faults=sum(year.faults.values()))
            speed = (progress.tasks[0].completed + 1) / (monotonic() - started)
            progress.update(task, advance=1, says=f"{speed:.2f} a second, {len(broken)} broken")
            if year.complaint:
                broken.append(year)
                if asked.seed is None and len(broken) <= _MOST_KEPT:
                    once_failed.keep(year.seed, year.says)
                progress.console.print(
                    f"[red]seed {year.seed}[/]: {year.says}\n  make simulate SEED={year.seed} YEARS=1"
                )
    seconds = monotonic() - started
    console.print(
        f"{asked.years} years in {seconds:.0f} s, {asked.years / seconds:.2f} a second: {total['messages']} messages, "
        f"{total['deaths']} deaths, {total['faults']} faults, {len(broken)} years with a broken promise."
    )
    if broken and asked.seed is None:
        console.print(f"The first {_MOST_KEPT} of them are kept in {once_failed.FILE.name}; commit it with the repair.")
    if broken and asked.years == 1:
        console.print("\n".join(broken[0].log[-_STORY:]), markup=False)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
