"""Logs without secrets and without anything that a person typed.

Libraries log the text of exceptions and, at debug level, whole payloads. So the text of an exception is left out (its
type and traceback stay), and no library logs at debug level.
"""

import logging
import sys
import traceback
from types import TracebackType

_LIBRARIES = ("slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "apscheduler", "aiohttp", "urllib3")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class RedactingFormatter(logging.Formatter):
    """Formats an exception, and its causes, as type and traceback, without its text."""

    def formatException(self, ei: ExcInfo) -> str:
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines.append(type(error).__name__)
            lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def set_up_logs(level: int = logging.INFO) -> None:
    """Log to standard error, redacted."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a failed log call would print its arguments
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
