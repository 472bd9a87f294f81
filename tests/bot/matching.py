"""What the tests of `mentor-bot match` share: the command, and its spreadsheet."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import main
from bot.clocks import real_now
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Outcome
from mentoring.programmes.cohorts import weekly_job_key
from tests.handlers.support import direct_messages
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
OWNERS = (OWNER, SECOND_OWNER)
Row = dict[str, str]


def match(*more: str | Path) -> Result:
    result = CliRunner().invoke(main, ["match", *map(str, more)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "An unexpected error" not in result.output
    return result


def heard(town: LocalBot, user: str) -> list[str]:
    town.settle()
    return [message["text"] for message in direct_messages(town, user)]


def no_status_soon(town: LocalBot) -> None:
    """The owners' next weekly status comes in more than a week, so that no message waits to travel with it.

    The command goes by real time, and the workspace by its own calendar.
    """
    later = real_now() + timedelta(days=9)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome(tuple(ScheduledJob(weekly_job_key(one), JobKind.WEEKLY, later, one) for one in OWNERS)))


def sheet(*more: str) -> list[Row]:
    """The rows that `match --csv` writes."""
    result = match("--csv", "-", *more)
    assert result.exit_code == 0, result.output
    return rows_of(result.stdout_bytes)


def rows_of(data: bytes) -> list[Row]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def decided(
    path: Path, rows: Sequence[Mapping[str, str]], *, separator: str = ",", also: Callable[[str], str] = str
) -> Path:
    """The spreadsheet with these rows, as somebody saved it."""
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(also(lines.getvalue()), encoding="utf-8-sig", newline="")
    return path


def one_of(rows: Sequence[Row], **cells: str) -> Row:
    """The only row with these cells; `_` for a blank in a column's name."""
    (found,) = [row for row in rows if all(row[name.replace("_", " ")] == cell for name, cell in cells.items())]
    return found
