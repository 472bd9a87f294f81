"""Each benchmark runs, small, and says what it found. No figure is looked at: that is for a quiet machine."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import MEASURES, main
from tests.browser.chromium import NONE_HERE, chromium
from tests.browser.conftest import without_browser


@pytest.mark.long
@pytest.mark.parametrize("name", MEASURES)
def test_a_benchmark_runs_small_and_says_what_it_found(name: str, tmp_path: Path) -> None:
    if name == "page" and not chromium():
        without_browser(NONE_HERE)
    report = tmp_path / "report.json"
    result = CliRunner().invoke(main, ["--toy", "--markdown", "--only", name, "--json", str(report)])
    assert result.exit_code == 0, result.output
    rows = json.loads(report.read_text())["rows"]
    assert rows
    for row in rows:
        assert row["benchmark"] == name
        assert row["what"]
        assert row["against"]
        assert isinstance(row["figure"], int | float)
        assert row["samples"] > 0
        assert f"| {row['what']} | {row['against']} |" in result.output
