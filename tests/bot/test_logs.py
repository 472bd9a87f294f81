"""A log line of an error says what kind it was and where, and never its words; no line shows a secret."""

import logging
import sys
import threading
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.logs import (
    BURST,
    MOST_CHARACTERS,
    PER_MINUTE,
    LogRateLimit,
    OncePerMinute,
    RedactingFormatter,
    hide_secrets,
    logging_uncaught,
    set_up_logs,
    without_secrets,
)
from tests.bot.stopwatch import Stopwatch
from tests.local_bot import START


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


@pytest.fixture
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test declares to be secret is so only in that test."""
    monkeypatch.setattr("bot.logs._known", set())


@pytest.fixture
def whole_log(monkeypatch: pytest.MonkeyPatch, _nothing_known: None) -> Iterator[StringIO]:
    """The log as the command line sets it up; set back afterwards."""
    written, root = StringIO(), logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions
    levels = {name: logging.getLogger(name).level for name in list(logging.root.manager.loggerDict)}
    root.handlers.clear()  # else they are closed, and they are pytest's
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", written)
        set_up_logs(logging.DEBUG, lambda: START)
    yield written
    logging.captureWarnings(False)
    root.handlers[:], root.level, logging.raiseExceptions = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


SECRETS = {
    "a bot token": "xoxb-1234567890-abcDEF",
    "an app-level token": "xapp-1-A0AAAAAAA-123-0123abcdef",
    "a token that changes": "xoxe.xoxb-1-Mi0yLTk4NzY1",
    "a refresh token": "xoxe-1-Mi0yLTk4NzY1",
    "a user's token": "xoxp-1234-5678",
    "a header": "Authorization: Bearer abc.def",
    "a proxy's password": "Proxy-Authorization: Basic dXNlcjpwYXNz",
    "a database's password": "postgresql://me:hunter2@db.example/mentors",
    "a password with an @": "postgresql+psycopg://me:hun@ter2@db.example/mentors",
    "a password among parameters": "postgresql://me@db.example/mentors?sslmode=require&password=hunter2",
    "the address of a connection": "wss://wss-primary.slack.com/link/?ticket=0123-4567&app_id=abc",
    "the address of a reply": "https://hooks.slack.com/commands/T0/1234/abcdef",
}
LIBRARIES = (
    "slack_sdk.socket_mode",
    "slack_bolt.App",
    "urllib3",
    "websocket",
    "sqlalchemy.pool",
    "apscheduler",
    "waitress",
)


PRIVATE = [
    "1234567890",
    "0123abcdef",
    "Mi0yLTk4NzY1",
    "1234-5678",
    "abc.def",
    "dXNlcjpwYXNz",
    "hunter2",
    "ter2",
    "0123-4567",
    "abcdef",
]


@pytest.mark.parametrize("secret", SECRETS.values(), ids=list(SECRETS))
@pytest.mark.parametrize("name", LIBRARIES)
def test_no_logger_prints_what_looks_like_a_secret(whole_log: StringIO, name: str, secret: str) -> None:
    """Whatever its level is: the Socket Mode client silences the library's."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)
    logger.error(f"It failed (error: {secret!r})")
    logger.error("It failed: %s", {"headers": secret})
    try:
        raise ValueError(f"Invalid header value b'{secret}'")
    except ValueError as error:
        logger.exception("It failed: %s", error)
    assert whole_log.getvalue().count("It failed") == 3
    assert "[removed]" in whole_log.getvalue()
    assert not [part for part in PRIVATE if part in whole_log.getvalue()]


def test_what_only_speaks_of_tokens_is_left_as_it_is() -> None:
    text = (
        "SLACK_APP_TOKEN is not set: it begins with xapp-. SLACK_BOT_TOKEN begins with xoxb-. See https://slack.com/a@b"
    )
    assert without_secrets(text) == text


def test_a_secret_of_ours_is_removed_whatever_it_looks_like(whole_log: StringIO) -> None:
    hide_secrets("0a1b2c3d", "0a1b2c3d4e", "tiny")
    logging.getLogger("sqlalchemy").warning("Once 0a1b2c3d4e, once 0a1b2c3d; a tiny word stays")
    assert "Once [removed], once [removed]; a tiny word stays" in whole_log.getvalue()


def test_a_traceback_that_another_handler_has_formatted_is_not_repeated(whole_log: StringIO) -> None:
    other = logging.StreamHandler(StringIO())
    other.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("somewhere.else")
    logger.addHandler(other)
    try:
        raise ValueError("what Ada has typed")
    except ValueError:
        logger.exception("It broke")
    finally:
        logger.removeHandler(other)
    assert "It broke" in whole_log.getvalue()
    assert "Ada" not in whole_log.getvalue()


def test_errors_that_are_the_cause_of_each_other_end(log: tuple[logging.Logger, StringIO]) -> None:
    logger, written = log
    first, second = ValueError("a secret"), KeyError("another")
    first.__context__, second.__context__ = second, first
    logger.error("It broke", exc_info=first)
    assert written.getvalue().splitlines()[1:] == ["ValueError", "KeyError"]


def test_what_a_thread_raises_is_reported_and_not_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ValueError("xoxb-1-secretsecret")

    reported: list[BaseException] = []
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    with logging_uncaught(reported.append):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert [type(error) for error in reported] == [ValueError]
    assert "secretsecret" not in "".join(capsys.readouterr())
    assert threading.excepthook is threading.__excepthook__


def test_a_hook_of_somebody_else_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def hook(_: object) -> None: ...

    monkeypatch.setattr(threading, "excepthook", hook)
    monkeypatch.setattr(sys, "unraisablehook", hook)
    hooks: list[object] = []
    with logging_uncaught(hooks.append):
        hooks += threading.excepthook, sys.unraisablehook
    hooks += threading.excepthook, sys.unraisablehook
    assert hooks == [hook] * 4


@pytest.mark.parametrize("character", ["\n", "\r\n", "\x1b[2J", "\x00", "\x85", "\u2028", "\u202e", "\x7f", "\t"])
def test_a_record_stays_on_its_line_whatever_is_in_it(whole_log: StringIO, character: str) -> None:
    forged = f"event{character}2027-01-01 00:00:00,000 ERROR bot.run: All is lost"
    logging.getLogger("bot.app").error("Ignored the type %s", forged)
    logging.getLogger("waitress").error("Exception while serving " + forged)
    assert len(whole_log.getvalue().splitlines()) == 2
    assert all(line.isprintable() for line in whole_log.getvalue().splitlines())
    assert character.encode("unicode_escape").decode() in whole_log.getvalue()


def test_half_an_emoji_is_escaped() -> None:
    """Formatted here, since pytest cannot report a log that holds one."""
    record = logging.makeLogRecord({"msg": "half \ud83d"})
    assert RedactingFormatter("%(message)s").format(record) == "half \\ud83d"


def test_a_long_record_is_cut(whole_log: StringIO) -> None:
    logging.getLogger("bot.app").error("x" * (MOST_CHARACTERS + 7))
    assert whole_log.getvalue().endswith("x" * MOST_CHARACTERS + "… (7 more characters)\n")


@pytest.fixture
def limited() -> tuple[logging.Logger, StringIO, Stopwatch]:
    written, stopwatch = StringIO(), Stopwatch(START)
    handler = logging.StreamHandler(written)
    handler.setFormatter(RedactingFormatter("%(message)s"))
    handler.addFilter(LogRateLimit(stopwatch))
    logger = logging.Logger("limited")
    logger.addHandler(handler)
    return logger, written, stopwatch


def test_a_place_in_the_code_cannot_fill_the_log(limited: tuple[logging.Logger, StringIO, Stopwatch]) -> None:
    logger, written, stopwatch = limited

    def flood(count: int) -> None:
        for number in range(count):
            logger.error(f"Refused {number}")  # the text differs each time; the place is the same

    flood(BURST + 1000)
    assert len(written.getvalue().splitlines()) == BURST
    stopwatch.pass_by(minutes=2)
    flood(1000)
    *_, first, _ = written.getvalue().splitlines()[: BURST + 2]
    assert first == "Refused 0 (1000 more like this were left out)"
    assert len(written.getvalue().splitlines()) == BURST + 2 * PER_MINUTE
    stopwatch.pass_by(days=1)
    flood(1000)
    assert len(written.getvalue().splitlines()) == 2 * BURST + 2 * PER_MINUTE


def test_another_place_is_heard_all_the_same(limited: tuple[logging.Logger, StringIO, Stopwatch]) -> None:
    logger, written, _ = limited
    for _number in range(BURST + 1):
        logger.error("Refused")
    logger.error("The database is away")
    assert written.getvalue().endswith("The database is away\n")


def test_a_clock_that_is_set_back_silences_nothing(limited: tuple[logging.Logger, StringIO, Stopwatch]) -> None:
    logger, written, stopwatch = limited
    logger.error("One")
    stopwatch.pass_by(hours=-1)
    for _number in range(3):
        logger.error("Two")
    assert written.getvalue().splitlines() == ["One", "Two", "Two", "Two"]


def test_once_per_minute_counts_what_it_does_not_say() -> None:
    stopwatch = Stopwatch(START)
    requests = OncePerMinute(stopwatch)
    assert [requests.count() for _ in range(3)] == [1, 0, 0]
    stopwatch.pass_by(seconds=59)
    assert requests.count() == 0
    stopwatch.pass_by(seconds=1)
    assert [requests.count() for _ in range(2)] == [4, 0]
    stopwatch.pass_by(hours=-5)
    assert requests.count() == 2
