"""Every message and modal as its reader sees it. `RECORD_GOLDEN=1` records them anew, to be read in the diff."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.golden.pieces import PIECES

FILES = Path(__file__).parent / "files"
RECORDS = os.environ.get("RECORD_GOLDEN") == "1"


@pytest.mark.parametrize("name", PIECES)
def test_it_reads_as_it_did(name: str) -> None:
    reads = _read(PIECES[name])
    file = FILES / f"{name}.txt"
    if RECORDS:
        file.write_text(reads, encoding="utf-8")
    assert file.exists(), "a new piece: record it with RECORD_GOLDEN=1 and read it"
    assert reads == file.read_text(encoding="utf-8")


def test_no_file_is_left_over() -> None:
    leftover = {file.stem for file in FILES.glob("*.txt")} - set(PIECES)
    if RECORDS:
        for name in leftover:
            (FILES / f"{name}.txt").unlink()
        return
    assert leftover == set()


def _read(piece: Callable[[], str]) -> str:
    return piece()
