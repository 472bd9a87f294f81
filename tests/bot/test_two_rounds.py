"""Two rounds that people live in the local Slack, with surveys, and the evaluation after them."""

from pathlib import Path

import pytest

from bot.demo.library.scenario import Library
from messages.evaluation.files import EvaluationFile, file_name
from tests.two_rounds import live_two_rounds

SMALL = Library(people=40, mentees=12, mentors=10, meetings=0)


@pytest.mark.long
def test_a_small_library_lives_two_rounds_and_reads_what_came_of_them(tmp_path: Path) -> None:
    files = live_two_rounds(tmp_path, (SMALL, SMALL))
    assert set(files) == {file_name(file) for file in EvaluationFile}
    page = files[file_name(EvaluationFile.REPORT_HTML)].decode()
    assert "Two rounds side by side" in page
    assert "We’ll invite the branches outside the city by name." in page, "the owner’s own words"
    assert files[file_name(EvaluationFile.REPORT_PDF)].startswith(b"%PDF")
