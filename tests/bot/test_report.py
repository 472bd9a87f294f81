"""`mentor-bot report` writes four files for the owners, and says what is wrong in a sentence."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import evaluation
from bot.cli import main
from tests.local_bot import START, LocalBot

FILES = ["award-evidence.html", "award-evidence.pdf", "evaluation.html", "evaluation.pdf"]


def report(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments])


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "real_now", lambda: START)


def test_it_writes_the_report_and_the_evidence_also_when_there_is_nothing_to_show(
    town: LocalBot, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "folder"
    result = report("--out", str(folder))
    assert result.exit_code == 0
    assert sorted(each.name for each in folder.iterdir()) == FILES
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}, "others on the machine cannot read it"
    assert "Nothing to show yet" in (folder / "evaluation.html").read_text(encoding="utf-8")
    assert result.output.splitlines()[-1].startswith("They hold averages and comments")


def test_it_replaces_files_only_if_asked_to(town: LocalBot, tmp_path: Path) -> None:
    (tmp_path / "evaluation.pdf").write_bytes(b"mine")
    refused = report("--out", str(tmp_path))
    assert refused.exit_code == 2
    assert "already has evaluation.pdf" in refused.output
    assert [each.name for each in tmp_path.iterdir() if each.suffix in (".pdf", ".html")] == ["evaluation.pdf"]
    assert report("--out", str(tmp_path), "--overwrite").exit_code == 0
    assert (tmp_path / "evaluation.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "evaluation.pdf").stat().st_mode & 0o777 == 0o600


def test_an_unknown_programme_and_a_folder_that_cannot_be_written_get_a_sentence(
    town: LocalBot, tmp_path: Path
) -> None:
    unknown = report("--out", str(tmp_path / "a"), "--programme", "Nowhere")
    assert unknown.exit_code == 2
    assert "There is no programme “Nowhere”." in unknown.output
    (tmp_path / "file").write_text("")
    blocked = report("--out", str(tmp_path / "file" / "below"))
    assert blocked.exit_code == 2
    assert "cannot be written" in blocked.output


@pytest.mark.parametrize(
    "arguments", [["report", "--out"], ["programme", "export"], ["match", "--csv"]], ids=lambda each: each[0]
)
def test_a_path_that_no_one_can_look_at_gets_a_sentence(town: LocalBot, tmp_path: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(main, [*arguments, str(tmp_path / ("a" * 300) / "b")])
    assert result.exit_code == 2
    assert "cannot be written: File name too long." in result.output
