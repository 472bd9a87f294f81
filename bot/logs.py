"""Logs that hold no secret and nothing that a person typed.

Libraries print the words of an exception and, when asked to debug, whole payloads. So an exception's own words are left
out (where it happened and of what kind it was stays), and no library may debug.
"""

import logging
import sys
import traceback
from types import TracebackType

_TALKATIVE = ("slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "apscheduler", "aiohttp", "urllib3")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class RedactingFormatter(logging.Formatter):
    """Formats an exception as its kind and its place, its causes likewise."""

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
    """Log to standard error, discreetly."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a log that cannot be written would print what it was about, and why
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
