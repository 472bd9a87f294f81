"""`mentor-bot programme data` writes the data for the owners, and records it."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.programmes import data
from mentoring.core.owners import OPERATOR
from tests.handlers.support import rows
from tests.local_bot import START, LocalBot

XLSX = "programme-data-with-codes-2026-11-23.xlsx"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "real_now", lambda: START)


def written(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["programme", "data", *arguments])


def test_it_writes_a_file_that_only_its_owner_may_read_and_records_it(town: LocalBot, tmp_path: Path) -> None:
    result = written("--out", str(tmp_path / "new"))
    assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "new").iterdir()
    assert path.name == XLSX
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "delete it afterwards" in result.output
    assert written("--out", str(tmp_path / "new"), "--csv", "--names").exit_code == 0
    recorded = [(row["action"], row["by"], json.loads(row["fields"])) for row in rows(town)["owner_record"]]
    assert sorted(recorded) == [("exported", OPERATOR, ["codes"]), ("exported", OPERATOR, ["names"])]


def test_a_file_that_is_there_stays_and_another_folder_is_asked_for(town: LocalBot, tmp_path: Path) -> None:
    (tmp_path / XLSX).write_bytes(b"mine")
    refused = written("--out", str(tmp_path))
    assert refused.exit_code == 2
    assert "already exists. Delete it, or choose another folder." in refused.output
    assert (tmp_path / XLSX).read_bytes() == b"mine"
    assert written("--out", str(tmp_path / XLSX / "below")).exit_code == 2
    assert rows(town)["owner_record"] == [], "nothing was exported"
