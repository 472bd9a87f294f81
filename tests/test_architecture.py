"""docs/architecture.md and the tree agree: every file that it names is there, and holds what it names of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

FILES = sorted(set(re.findall(r"`([a-z_]+/[a-z_/.]+)`", TEXT)))
"""Files and folders, as paths from the root."""
NAMES = re.findall(r"`([a-z_/]+\.py)` `(\w+)`", TEXT)
"""A file and a function or constant that follows it."""


@pytest.mark.parametrize("path", FILES)
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("path", "name"), NAMES)
def test_a_file_defines_what_is_named_of_it(path: str, name: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^(\s*def {name}\b|class {name}\b|{name}\b.*=)", source, re.MULTILINE)


def test_the_three_walks_name_files_and_functions() -> None:
    assert (len(re.findall("^## Walk ", TEXT, re.MULTILINE)), len(FILES) > 40, len(NAMES) > 10) == (3, True, True)
