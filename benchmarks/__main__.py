"""`python -m benchmarks`: run all of them or one, and show what was found."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console

from benchmarks import (
    ack,
    announcing,
    drain,
    due,
    evaluating,
    helping,
    homes,
    lists,
    lost,
    matching,
    page,
    silent,
    stalled,
    statuses,
    tick,
    times,
)
from benchmarks.measuring import CannotMeasure, Row
from benchmarks.reporting import as_json, for_people, for_readme

MEASURES = {
    "ack": ack.measure,
    "stalled": stalled.measure,
    "silent": silent.measure,
    "lost": lost.measure,
    "tick": tick.measure,
    "due": due.measure,
    "drain": drain.measure,
    "announcing": announcing.measure,
    "lists": lists.measure,
    "statuses": statuses.measure,
    "evaluating": evaluating.measure,
    "homes": homes.measure,
    "page": page.measure,
    "matching": matching.measure,
    "helping": helping.measure,
    "times": times.measure,
}


def run(
    names: tuple[str, ...], *, toy: bool, on_postgresql: bool, skipped: Callable[[str], None] = lambda why: None
) -> Iterator[Row]:
    """What each of these found, in turn; `toy` is small and fast, and its figures mean nothing. `skipped` is told of
    each that cannot be measured here.
    """
    for name in names:
        with TemporaryDirectory(prefix="mentor-bot-") as folder:
            try:
                yield from MEASURES[name](Path(folder), toy=toy)
            except CannotMeasure as why:
                skipped(f"{name}: skipped. {why}")
        if name == "tick" and on_postgresql:
            yield tick.measure_on_postgresql(toy=toy)


@click.command()
@click.option(
    "--only", type=click.Choice(list(MEASURES)), multiple=True, help="Run this one; more than once for several."
)
@click.option("--toy", is_flag=True, help="Small and fast, to see that it works; the figures mean nothing.")
@click.option("--postgresql", is_flag=True, help="Measure the tick on PostgreSQL as well.")
@click.option("--markdown", is_flag=True, help="Print the table for README.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the figures to this file too.")
def main(only: tuple[str, ...], toy: bool, postgresql: bool, markdown: bool, json_file: Path | None) -> None:
    """How fast the bot is, as ratios against a floor or a peer in the same run."""
    rows = []
    console = Console(stderr=True)
    for row in run(only or tuple(MEASURES), toy=toy, on_postgresql=postgresql, skipped=console.print):
        console.print(f"{row.benchmark}: {row.what}", style="dim")
        rows.append(row)
    if markdown:
        click.echo(for_readme(rows))
    else:
        Console().print(for_people(rows))
    if json_file:
        json_file.write_text(as_json(rows))


if __name__ == "__main__":
    main()
