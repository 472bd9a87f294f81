"""How the organisation's list names people."""

import pytest

from mentoring.people.staff_list import StaffColumn, StaffListRow, handle_of, handles


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("U012AB3CD", "U012AB3CD"),
        ("<@U012AB3CD>", "U012AB3CD"),
        ("<@W012AB3CD|ada>", "W012AB3CD"),
        ("@U012AB3CD", "U012AB3CD"),
        ("Ada@Club.Example", "ada@club.example"),
        ("mailto:ada@club.example", "ada@club.example"),
        ("Ada Adams <ada@club.example>", "ada@club.example"),
        ("<mailto:ada@club.example>", "ada@club.example"),
        ("\u200bU012AB3CD\u202c", "U012AB3CD"),
        ("", ""),
        ("Ada Adams", ""),
        ("@ada", ""),
        ("ada@", ""),
        ("a@b@c", ""),
        ("ada@club.example, ben@club.example", ""),
        ("Ada <ada> <ada@club.example>", ""),
        ("<@U012AB3CD", "U012AB3CD"),
        ("U" + "A" * 40, ""),
    ],
)
def test_a_person_is_named_by_slack_id_or_address_as_they_are_copied(text: str, handle: str) -> None:
    assert handle_of(text) == handle


def test_whom_a_list_names_are_its_people_and_their_managers_each_once() -> None:
    lines = [
        StaffListRow(2, {StaffColumn.PERSON: "ada@club.example", StaffColumn.MANAGER: "Boss@club.example"}),
        StaffListRow(3, {StaffColumn.PERSON: "boss@club.example", StaffColumn.MANAGER: ""}),
        StaffListRow(4, {StaffColumn.PERSON: "nobody", StaffColumn.MANAGER: "U0BOSS"}),
    ]
    assert handles(lines) == {"ada@club.example", "boss@club.example", "U0BOSS"}
    assert handles([StaffListRow(2, {StaffColumn.PERSON: "U0ADA"})]) == {"U0ADA"}
