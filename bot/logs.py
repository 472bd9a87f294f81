"""Logs without secrets and without anything that a person typed, in lines that nobody outside can forge or multiply.

Libraries log the text of exceptions and, at debug level, whole payloads. So the text of an exception is left out (its
type and traceback stay), and no library logs at debug level. Secrets are removed from every line, wherever it comes
from: those that are known (`hide_secrets`) and whatever looks like one.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any

from bot.clocks import Clock, real_now

_LIBRARIES = (
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "alembic",
    "apscheduler",
    "aiohttp",
    "asyncio",
    "concurrent",
    "psycopg",
    "urllib3",
    "waitress",
    "websocket",
)

MOST_CHARACTERS = 1000
"""The length of a message; what is longer is cut."""
BURST = 50
"""Records that one place in the code may log at once."""
PER_MINUTE = 10
"""Records that one place in the code may log in the long run."""

_REMOVED = "[removed]"
_KNOWN_LENGTH = 6
"""A shorter secret is not searched for: it would be found in ordinary words."""
_SHAPES = (
    # Slack's tokens: xoxb-…, xapp-1-…, xoxe.xoxp-1-… (https://docs.slack.dev/authentication/tokens)
    (re.compile(r"\b(xox[a-z]|xapp)[.-](?=[\w.%-]*\w)[\w.%-]+"), rf"\1-{_REMOVED}"),
    (re.compile(r"\b(Bearer|Basic)\s+[^\s,;'\"]+", re.IGNORECASE), rf"\1 {_REMOVED}"),
    # A password in an address, also one that holds an @ of its own.
    (re.compile(r"(://[^\s:/@]*):\S*@"), rf"\1:{_REMOVED}@"),
    (re.compile(r"\b(\w*(?:password|secret|token|ticket))=[^\s&,;'\"]+", re.IGNORECASE), rf"\1={_REMOVED}"),
    # Anybody can post to these: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
    (re.compile(r"\b(hooks\.slack(?:-gov)?\.com)/[^\s'\"]+"), rf"\1/{_REMOVED}"),
)

_known: set[str] = set()

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def hide_secrets(*secrets: str) -> None:
    """Remove these from every later line of the log. Secrets of fewer than six characters are not searched for."""
    _known.update(secret for secret in secrets if len(secret) >= _KNOWN_LENGTH)


def without_secrets(text: str) -> str:
    """`text` without known secrets, and without whatever looks like a token or a password."""
    for secret in sorted(_known, key=len, reverse=True):  # a secret may contain another
        text = text.replace(secret, _REMOVED)
    for shape, replacement in _SHAPES:
        text = shape.sub(replacement, text)
    return text


def on_one_line(text: str) -> str:
    """`text` with escapes in place of line breaks, control characters and all else that is not visible."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


class RedactingFormatter(logging.Formatter):
    """Formats a record as one line, without secrets and at most `MOST_CHARACTERS` long.

    An exception, and its causes, follow as types and tracebacks, without their texts.
    """

    def format(self, record: logging.LogRecord) -> str:
        # Not Formatter.format: that keeps and repeats a traceback that another handler has formatted with its text.
        text = on_one_line(without_secrets(record.getMessage()))
        left_out = len(text) - MOST_CHARACTERS
        record.message = f"{text[:MOST_CHARACTERS]}… ({left_out} more characters)" if left_out > 0 else text
        record.asctime = self.formatTime(record, self.datefmt)
        line = self.formatMessage(record)
        if record.exc_info and (exception := self.formatException(record.exc_info)):
            line = f"{line}\n{exception}"
        return line

    def formatException(self, ei: ExcInfo) -> str:
        lines: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = traceback.extract_tb(error.__traceback__)
            lines.append(type(error).__name__)
            lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


@dataclass
class _Allowance:
    """What one place in the code may still log."""

    at: datetime
    records: float = field(default=float(BURST))
    left_out: int = 0

    def spend(self, now: datetime) -> bool:
        minutes = max(0.0, (now - self.at).total_seconds() / 60)
        self.records = min(float(BURST), self.records + minutes * PER_MINUTE)
        self.at = now
        if self.records < 1:
            self.left_out += 1
            return False
        self.records -= 1
        return True


class LogRateLimit(logging.Filter):
    """Keeps the log from growing without bound: each place in the code may log `BURST` records, and then `PER_MINUTE`.

    The next record of that place says how many were left out. Safe to share between threads.
    """

    def __init__(self, stopwatch: Clock) -> None:
        super().__init__()
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._places: dict[tuple[str, str, int], _Allowance] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        now = self._stopwatch()
        with self._lock:
            place = self._places.setdefault((record.name, record.pathname, record.lineno), _Allowance(now))
            if not place.spend(now):
                return False
            left_out, place.left_out = place.left_out, 0
        if left_out:
            record.msg, record.args = f"{record.getMessage()} ({left_out} more like this were left out)", ()
        return True


class OncePerMinute:
    """Counts what happens again and again, and says at most once a minute how often it has happened since."""

    def __init__(self, stopwatch: Clock) -> None:
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._said_at: datetime | None = None
        self._count = 0

    def count(self) -> int:
        """Count one. Returns how many there were since it last returned a number; 0 if that was within the minute."""
        now = self._stopwatch()
        with self._lock:
            self._count += 1
            if self._said_at is not None and 0 <= (now - self._said_at).total_seconds() < 60:
                return 0
            count, self._count, self._said_at = self._count, 0, now
            return count


def set_up_logs(level: int = logging.INFO, stopwatch: Clock = real_now) -> None:
    """Log to standard error, redacted and limited."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(LogRateLimit(stopwatch))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a failed log call would print its arguments
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


@contextmanager
def logging_uncaught(report: Callable[[BaseException], object]) -> Iterator[None]:
    """Report what a thread or a destructor raises and nobody catches, instead of printing its text.

    A hook that somebody else has set stays.
    """

    def in_thread(uncaught: Any) -> None:
        if uncaught.exc_value is not None and not isinstance(uncaught.exc_value, SystemExit):
            report(uncaught.exc_value)

    def in_destructor(uncaught: Any) -> None:
        if uncaught.exc_value is not None:
            report(uncaught.exc_value)

    threads, destructors = threading.excepthook, sys.unraisablehook
    if threads is threading.__excepthook__:
        threading.excepthook = in_thread
    if destructors is sys.__unraisablehook__:
        sys.unraisablehook = in_destructor
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = threads, destructors
