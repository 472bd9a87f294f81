"""The seeds in whose years a promise was broken once: `make check` lives them again."""

from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).with_name("seeds_that_failed.txt")


def seeds(file: Path = FILE) -> list[int]:
    """Those that are kept, each once, in their order in the file."""
    return list(dict.fromkeys(_seeds(file)))


def keep(seed: int, says: str, file: Path = FILE) -> None:
    """Add a seed, and what was broken in its year. One that is there stays as it is."""
    if seed not in seeds(file):
        with file.open("a") as kept:
            kept.write(f"{seed}  {says}\n")


def _seeds(file: Path) -> Iterator[int]:
    for line in file.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield int(line.split()[0])
