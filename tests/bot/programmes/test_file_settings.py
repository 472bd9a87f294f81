"""The table of settings: every field of a programme and of its round is in the file, or a reason says why not."""

from dataclasses import replace
from datetime import time

import pytest

from bot.programmes import file_settings
from bot.programmes.file_settings import NOT_IN_FILE, SECTIONS, SETTINGS, FileSetting, missing_attributes
from tests.bot.programmes.values import LISTED, USUAL


def test_every_field_of_a_programme_and_its_round_is_in_the_file() -> None:
    assert missing_attributes(LISTED) == [], (
        "Give each of these a row in SETTINGS (bot/programmes/file_settings.py), or a reason in NOT_IN_FILE."
    )


@pytest.mark.parametrize(
    ("key", "attribute"),
    [
        ("name", "programme.name"),
        ("words.mentees", "programme.terms.mentee.many"),
        ("working_time.ends", "programme.workday.1"),
    ],
)
def test_a_field_without_a_row_is_named(monkeypatch: pytest.MonkeyPatch, key: str, attribute: str) -> None:
    fewer = tuple(setting for setting in SETTINGS if setting.key != key)
    monkeypatch.setattr(file_settings, "SETTINGS", fewer)
    assert missing_attributes(LISTED) == [attribute]


def test_a_reason_is_given_only_for_what_is_not_in_the_file() -> None:
    assert set(NOT_IN_FILE).isdisjoint(setting.attribute for setting in SETTINGS)


def test_keys_and_attributes_are_unique_and_sections_are_together() -> None:
    for names in ([setting.key for setting in SETTINGS], [setting.attribute for setting in SETTINGS]):
        assert len(set(names)) == len(names)
    sections = list(dict.fromkeys(setting.section for setting in SETTINGS))
    assert sections == ["", *SECTIONS]
    assert sorted(SETTINGS, key=lambda setting: sections.index(setting.section)) == list(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_a_value_is_put_where_it_is_read(setting: FileSetting) -> None:
    value = setting.get(LISTED)
    changed = setting.put(USUAL, value)
    assert setting.get(changed) == value
    assert setting.put(changed, setting.get(USUAL)) == USUAL


def test_a_value_inside_a_tuple_leaves_the_others() -> None:
    starts = next(setting for setting in SETTINGS if setting.key == "working_time.starts")
    changed = starts.put(USUAL, time(8, 30))
    assert changed == replace(USUAL, programme=replace(USUAL.programme, workday=(time(8, 30), time(17))))


def test_comments_fit_a_line_and_say_what_is_usual() -> None:
    comments = [*SECTIONS.values(), *(setting.comment for setting in SETTINGS)]
    assert [line for comment in comments for line in comment.splitlines() if len(line) > 114] == []
    for setting in SETTINGS:
        if "Usual: " in setting.comment:
            assert setting.comment.endswith(f"Usual: {setting.get(USUAL)}")
