"""Years in which everything goes wrong, and every promise is kept."""

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.load import most_messages
from tests.simulation import once_failed
from tests.simulation.seeded import setting_of
from tests.simulation.year import live, live_in

SEEDS = (0, 1, 3, 4, 9, 11, 17, 18, 25, 26, 27, 28, 30, 31, 32, 36, 38, 39, 41, 46)
"""Most of them with short partnerships, to be quick: 3 has some of twelve months, 38 of nine."""
A_FEW = 2
"""So many of them are lived by `make test` too."""
TWO_MONTHS, A_WEEK = timedelta(days=60), timedelta(days=7)

_MODEL = (
    "model.py",
    "pairs.py",
    "plans.py",
    "absences.py",
    "leaves.py",
    "pauses.py",
    "oversight.py",
    "expectations.py",
    "almanac.py",
    "standing.py",
    "unmatched.py",
    "approvals.py",
    "running_out.py",
    "plans.py",
    "planned.py",
    "regular.py",
    "items.py",
    "reports.py",
    "cases.py",
    "remarks.py",
)
_PRODUCT = {"bot", "handlers", "messages", "mentoring", "scheduler", "services", "storage", "sandbox"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "seed",
    [pytest.param(seed, marks=pytest.mark.long) if number >= A_FEW else seed for number, seed in enumerate(SEEDS)],
)
def test_every_promise_is_kept_once_and_in_time(seed: int) -> None:
    year = live(seed)
    assert year.complaint is None, f"{year.says}\nmake simulate SEED={seed} YEARS=1\n" + "\n".join(year.log[-40:])
    assert year.deaths >= 15
    assert year.posted > 100
    assert {who: load for who, load in year.loads.items() if load[0] > most_messages(*load[1:])} == {}


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", once_failed.seeds())
def test_a_year_that_failed_once_keeps_every_promise(seed: int) -> None:
    year = live(seed)
    assert year.complaint is None, f"{year.says}\nmake simulate SEED={seed} YEARS=1\n" + "\n".join(year.log[-40:])


def test_a_seed_that_fails_is_kept_once(tmp_path: Path) -> None:
    file = tmp_path / "seeds.txt"
    file.write_text("# What failed.\n40  at night\n")
    once_failed.keep(7, "lost: help to U0ADA", file)
    once_failed.keep(40, "lost", file)
    assert once_failed.seeds(file) == [40, 7]
    assert file.read_text().splitlines()[1:] == ["40  at night", "7  lost: help to U0ADA"]


@pytest.mark.long
@pytest.mark.timeout(300)
def test_the_same_seed_is_the_same_year() -> None:
    setting = setting_of(3)
    one, other = (live_in(replace(setting_of(3), end=setting.start + TWO_MONTHS), stale=A_WEEK) for _ in range(2))
    assert one.log == other.log
    assert one == other


def test_the_model_shares_no_code_with_what_it_judges() -> None:
    here = Path(__file__).parent
    for name in _MODEL:
        for node in ast.walk(ast.parse((here / name).read_text())):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for module in modules:
                assert module.split(".")[0] not in _PRODUCT, f"{name} imports {module}"
                assert not module.startswith("tests.") or f"{module.rsplit('.', 1)[1]}.py" in _MODEL, (name, module)
