"""Many years, in parallel processes: `make simulate YEARS=1000 SEED=0`."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sandbox.clocks import monotonic
from tests.simulation.year import Year, live_in_short

_STORY = 60
"""Lines of a broken year that are shown where only one was asked for."""


def main(arguments: Iterable[str]) -> int:
    """Live the years of `--seed` and those after it. 1 where a promise was broken in one."""
    parser = argparse.ArgumentParser(prog="make simulate")
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(list(arguments))
    console, started = Console(), monotonic()
    broken: list[Year] = []
    total: Counter[str] = Counter()
    progress = Progress(
        TextColumn("years"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[says]}")
    )
    workers = min(asked.processes, asked.years)
    with progress, ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        task = progress.add_task("", total=asked.years, says="")
        for done in as_completed(pool.submit(live_in_short, asked.seed + number) for number in range(asked.years)):
            year = done.result()
            total.update(messages=year.posted, deaths=year.deaths, faults=sum(year.faults.values()))
            speed = (progress.tasks[0].completed + 1) / (monotonic() - started)
            progress.update(task, advance=1, says=f"{speed:.2f} a second, {len(broken)} broken")
            if year.complaint:
                broken.append(year)
                progress.console.print(
                    f"[red]seed {year.seed}[/]: {year.says}\n  make simulate SEED={year.seed} YEARS=1"
                )
    seconds = monotonic() - started
    console.print(
        f"{asked.years} years in {seconds:.0f} s, {asked.years / seconds:.2f} a second: {total['messages']} messages, "
        f"{total['deaths']} deaths, {total['faults']} faults, {len(broken)} years with a broken promise."
    )
    if broken and asked.years == 1:
        console.print("\n".join(broken[0].log[-_STORY:]), markup=False)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
