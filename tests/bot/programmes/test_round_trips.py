"""What is written is read again, whatever people put into their settings; and what did not change stays as it is."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.programmes.file_reader import read_programme
from bot.programmes.file_settings import SETTINGS
from bot.programmes.file_writer import update_text, write_programme
from mentoring.programmes.whole_settings import ProgrammeSettings
from tests.bot.programmes.values import TODAY, USUAL, any_settings

EXAMPLES = settings(max_examples=int(os.environ.get("EXAMPLES", "3")), deadline=None, derandomize=True)


@EXAMPLES
@given(any_settings())
def test_a_file_says_every_setting(any_one: ProgrammeSettings) -> None:
    text = write_programme(any_one)
    assert read_programme(text).over(USUAL, TODAY) == any_one
    assert update_text(text, any_one, TODAY) == text


@EXAMPLES
@given(any_settings(), any_settings(), st.sampled_from(("\n", "\r\n")), st.booleans())
def test_a_file_follows_changes_and_keeps_its_comments(
    before: ProgrammeSettings, after: ProgrammeSettings, line_break: str, marked: bool
) -> None:
    mine = "# agreed with Ada\n" + write_programme(before).replace("\nround:", "\n# mine\nround:")
    text = ("\ufeff" if marked else "") + mine.replace("\n", line_break)
    updated = update_text(text, after, TODAY)
    assert read_programme(updated).over(USUAL, TODAY) == after
    assert {"# agreed with Ada", "# mine"} <= set(updated.removeprefix("\ufeff").splitlines())
    assert update_text(updated, after, TODAY) == updated
    assert ("\r\n" in updated) == (line_break == "\r\n")


@EXAMPLES
@given(any_settings(), st.sets(st.sampled_from([setting.key for setting in SETTINGS]), max_size=30))
def test_a_setting_that_a_file_leaves_out_is_added_where_it_belongs(
    any_one: ProgrammeSettings, left_out: set[str]
) -> None:
    updated = update_text("# mine\n" + _without(write_programme(any_one), left_out), any_one, TODAY)
    assert "# mine" in updated.splitlines()
    assert read_programme(updated).over(USUAL, TODAY) == any_one
    assert [setting for setting in SETTINGS if setting.key not in read_programme(updated).places] == []


def _without(text: str, left_out: set[str]) -> str:
    """The text without the lines of these settings."""
    lines = text.splitlines(keepends=True)
    places = read_programme(text).places
    gone = {
        number
        for node in (places[key] for key in left_out)
        for number in range(node.key_line - 1, text.count("\n", 0, max(node.end, node.key_end)) + 1)
    }
    return "".join(line for number, line in enumerate(lines) if number not in gone)


@pytest.mark.parametrize("text", ["", "# nothing", "a: [", "name: x\nforms: {topics: [a]}\n", "- a"])
def test_a_text_that_cannot_follow_becomes_the_standard_form(text: str) -> None:
    updated = update_text(text, USUAL, TODAY)
    assert read_programme(updated).over(USUAL, TODAY) == USUAL
