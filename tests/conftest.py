"""Fixtures that the tests of handlers, deliveries and journeys share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.town import Town
from tests.town import town as open_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A workspace with the bot in it and one owner."""
    with open_town(tmp_path) as opened:
        yield opened
