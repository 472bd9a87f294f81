"""Fixtures that the tests of handlers, deliveries and journeys share, and a last look at what they used of Slack."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

import storage.storage as door
from tests.engines import open_quickly
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town
from tests.usage import USED

# How long an example takes says how busy the machine is, and nothing about the bot.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with patch.object(door, "open_engine", open_quickly):
        yield


@pytest.fixture
def usual_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests in which connections fail: the bot has SQLAlchemy's own."""
    monkeypatch.setattr("tests.local_bot.quicken", lambda _: None)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """A workspace with the bot in it and one owner."""
    with open_town(tmp_path) as opened:
        yield opened


@pytest.fixture
def delivering_town(tmp_path: Path) -> Iterator[LocalBot]:
    """As `town`; the bot's own threads deliver at once, as in a real process."""
    with open_town(tmp_path, delivers_by_itself=True) as opened:
        yield opened


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the garbage collector need not look at it again and again, nor at
    the rest after every few hundred objects.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


_COMPLAINTS = pytest.StashKey[list[str]]()
_SKIPPING = ("keyword", "markexpr", "deselect", "lf", "ignore", "ignore_glob", "collectonly", "stepwise", "maxfail")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """One of several processes has ended: it hands over what it saw."""
    USED.add(getattr(node, "workeroutput", {}).get("usage", {}))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """The manifest asks for what was used, and after a run of all tests for nothing else; else the run has failed."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["usage"] = USED.dump()
        return
    found = USED.complaints(all_tests_ran=exitstatus == pytest.ExitCode.OK and _runs_all(config))
    config.stash[_COMPLAINTS] = found
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for sentence in config.stash.get(_COMPLAINTS, []):
        terminalreporter.write_line(f"bot/manifest.py: {sentence}", red=True)


def _runs_all(config: pytest.Config) -> bool:
    narrowed = any(config.getoption(name, None) for name in _SKIPPING)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not narrowed
