"""The table of settings: every field of a programme and of its round is in the file, or a reason says why not."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import time
from typing import Any, Final

import pytest

from bot.programmes.file_setting import FileSetting
from bot.programmes.file_settings import SECTIONS, SETTINGS
from mentoring.programmes.whole_settings import ProgrammeSettings
from tests.bot.programmes.values import LISTED, USUAL

NOT_IN_FILE: Final[Mapping[str, str]] = {
    "programme.id": "it is made when the programme starts",
    "programme.version": "it counts the saves",
    "programme.changed_by": "it says who saved last",
    "programme.asked_statements": "it follows from the statements that were asked",
    "programme.has_committee": "it comes from the roles, and a file names nobody but the contact",
    "programme.has_facilitators": "it comes from the roles, and a file names nobody but the contact",
    "cohort.id": "it is made when the round opens",
    "cohort.programme_id": "the file is about one programme",
    "cohort.closed_on": "an owner closes the round, in Slack",
}
"""Why the file does not have these."""


def _missing_attributes(settings: ProgrammeSettings, table: Sequence[FileSetting] = SETTINGS) -> list[str]:
    """The attributes of `settings` that are neither in the table nor in NOT_IN_FILE."""
    covered = {*NOT_IN_FILE, *(setting.attribute for setting in table)}
    return [path for path in _attributes(settings, "", covered) if path not in covered]


def _attributes(whole: Any, path: str, covered: set[str]) -> list[str]:
    """Every field of a dataclass and of those inside it. A tuple counts by its places if the table has one of them."""
    found: list[str] = []
    for each in fields(whole):
        value, name = getattr(whole, each.name), f"{path}{each.name}"
        if is_dataclass(value):
            found += _attributes(value, f"{name}.", covered)
        elif isinstance(value, tuple) and any(f"{name}.{place}" in covered for place in range(len(value))):
            found += [f"{name}.{place}" for place in range(len(value))]
        else:
            found.append(name)
    return found


def test_every_field_of_a_programme_and_its_round_is_in_the_file() -> None:
    assert _missing_attributes(LISTED) == [], (
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
def test_a_field_without_a_row_is_named(key: str, attribute: str) -> None:
    fewer = tuple(setting for setting in SETTINGS if setting.key != key)
    assert _missing_attributes(LISTED, fewer) == [attribute]


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
