"""A delivery office for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scheduler.delivery_harness import OWNER, DeliveryHarness
from tests.scheduler.delivery_harness import office as open_office


@pytest.fixture
def bare_office(tmp_path: Path) -> Iterator[DeliveryHarness]:
    """Without a programme."""
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def office(bare_office: DeliveryHarness) -> DeliveryHarness:
    """With a programme and one owner."""
    bare_office.found(OWNER)
    return bare_office
