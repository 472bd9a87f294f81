"""Frozen groups give nobody away: all guarantees hold in random years, and the checks find planted mistakes.

`MANY_YEARS=1000 .venv/bin/pytest -m long tests/disclosure` runs more of them.
"""

import os
from collections.abc import Callable

import pytest

from tests.disclosure.guarantees import Disclosed, check_year
from tests.disclosure.mutations import MUTATIONS
from tests.mentoring.feedback.stored_answers import Programme

SEEDS = (1, 5)
MANY_YEARS = int(os.environ.get("MANY_YEARS", "100"))
MOST_UNTIL_FOUND = 30


def test_a_few_years_give_nobody_away() -> None:
    assert sum(check_year(seed) for seed in SEEDS) > 200, "answers are shown"


@pytest.mark.long
@pytest.mark.timeout(200 + 2 * MANY_YEARS)
def test_many_years_give_nobody_away() -> None:
    shown = [check_year(seed) for seed in range(MANY_YEARS)]
    assert sum(shown) > 80 * MANY_YEARS


@pytest.mark.long
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_planted_mistake_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = MUTATIONS[name](monkeypatch)
    with pytest.raises(Disclosed):
        _check_years(programme)


def _check_years(programme: Callable[[], Programme]) -> None:
    for seed in range(MOST_UNTIL_FOUND):
        check_year(seed, programme)
