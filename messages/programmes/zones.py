"""Time zones to choose from, by region."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

from mentoring.core.people import zone_named
from messages.forms import Option
from messages.payloads import limits

_TABLE: Final = "zone.tab"
"""Lines of country codes, coordinates, the name of a zone and comments, with tabs between."""
_NO_REGION: Final = "UTC"


@cache
def zones_by_region() -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Every time zone by its IANA name, in groups such as "Europe"; a large region is in several groups."""
    lines = files("tzdata.zoneinfo").joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
    names = sorted({line.split("\t")[2] for line in lines if line and not line.startswith("#")})
    known = [name for name in names if zone_named(name)]
    found = [group for _, zones in groupby(known, _region) for group in _groups(list(zones))]
    return (*found, (_NO_REGION, (Option(_NO_REGION, _NO_REGION),)))


def _region(name: str) -> str:
    return name.partition("/")[0]


def _groups(names: list[str]) -> Iterator[tuple[str, tuple[Option, ...]]]:
    """One group, or several of about the same size if Slack allows no group as large."""
    count = -(-len(names) // limits.OPTIONS)
    size = -(-len(names) // count)
    for start in range(0, len(names), size):
        some = names[start : start + size]
        region = _region(some[0])
        first, last = (name.removeprefix(f"{region}/")[0] for name in (some[0], some[-1]))
        label = f"{region}, {first} to {last}" if count > 1 else region
        yield label, tuple(Option(name, name.replace("_", " ")) for name in some)
