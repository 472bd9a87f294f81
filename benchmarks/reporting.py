"""Findings as a table for people, as a table for README, and as JSON."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version

from rich.table import Table

from benchmarks.measuring import Row

_PACKAGES = ("slack-bolt", "slack-sdk", "sqlalchemy")


def for_people(rows: Sequence[Row]) -> Table:
    table = Table("Benchmark", "What", "Against", "Measured", "At most", "Samples", title=ran_on())
    for row in rows:
        colour = "green" if row.is_as_promised else "red"
        measured = _figure(row) if row.most is None else f"[{colour}]{_figure(row)}[/]"
        table.add_row(row.benchmark, row.what, row.against, measured, _most(row), str(row.samples))
    return table


def for_readme(rows: Sequence[Row]) -> str:
    """A Markdown table."""
    lines = ["| What | Against | Measured | At most |", "|---|---|--:|--:|"]
    lines += [f"| {row.what} | {row.against} | {_figure(row)} | {_most(row)} |" for row in rows]
    return "\n".join((*lines, "", ran_on()))


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps({"ran_on": ran_on(), "rows": [asdict(row) for row in rows]}, indent=2) + "\n"


def ran_on() -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    return f"mentor-bot {version('mentor-bot')}, Python {platform.python_version()}, {packages}"


def _figure(row: Row) -> str:
    return f"{row.figure:.2f} ×" if row.unit == "×" else f"{row.figure:.0f}"


def _most(row: Row) -> str:
    if row.most is None:
        return ""
    return f"{row.most:.1f} ×" if row.unit == "×" else f"{row.most:.0f}"
