"""Every message and modal as its reader sees it. `RECORD_GOLDEN=1` records them again, to be read in the diff."""

import os
import re
from pathlib import Path

import pytest

from tests.golden.pieces import PIECES

FILES = Path(__file__).parent / "files"
RECORDS = os.environ.get("RECORD_GOLDEN") == "1"


@pytest.mark.parametrize("name", PIECES)
def test_it_reads_as_it_did(name: str) -> None:
    reads = PIECES[name]()
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


@pytest.mark.parametrize("name", PIECES)
def test_nobody_is_shouted_at(name: str) -> None:
    assert "!" not in PIECES[name]().replace("[!", "[")


@pytest.mark.parametrize("name", [name for name in PIECES if name.endswith("own-words") and "form-words" not in name])
def test_a_programmes_own_words_stand_everywhere(name: str) -> None:
    reads = PIECES[name]().replace("/mentor", "")
    if name.startswith("every-refusal"):  # before each sentence stands the refusal as the code calls it
        reads = "\n".join(line for line in reads.splitlines() if line.startswith(" "))
    assert not re.search(r"\b(mentor|mentee|partnership)s?\b", reads, re.IGNORECASE)
