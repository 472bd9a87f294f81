"""A log line of an error says what kind it was and where, and never its words."""

import logging
from io import StringIO

import pytest

from bot.logs import RedactingFormatter


@pytest.fixture
def log() -> tuple[logging.Logger, StringIO]:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    logger = logging.Logger("somewhere")
    logger.addHandler(handler)
    return logger, written


def test_an_exception_shows_its_kind_and_place_and_those_of_its_causes(log: tuple[logging.Logger, StringIO]) -> None:
    logger, written = log
    try:
        try:
            raise ValueError("a secret")
        except ValueError as cause:
            raise RuntimeError("another secret") from cause
    except RuntimeError:
        logger.exception("It broke")
    first, *rest = written.getvalue().splitlines()
    assert first == "ERROR somewhere: It broke"
    assert [line for line in rest if not line.startswith(" ")] == ["RuntimeError", "ValueError"]
    assert any("test_logs.py" in line for line in rest)
    assert "secret" not in written.getvalue()


def test_an_exception_that_came_while_another_was_handled_is_as_discreet(log: tuple[logging.Logger, StringIO]) -> None:
    logger, written = log
    try:
        try:
            raise KeyError("a secret")
        finally:
            raise OSError("another secret")
    except OSError:
        logger.exception("It broke")
    assert "KeyError" in written.getvalue()
    assert "secret" not in written.getvalue()
