"""What is wrong in a file is named with its line, its column and what to do."""

from dataclasses import replace
from datetime import date

import pytest

from bot.programmes.file_nodes import MOST_BYTES, FileProblem, WrongFile, read_text
from bot.programmes.file_reader import check_programme, read_programme
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Term
from tests.bot.programmes.values import LISTED, TODAY, USUAL


def problems(text: str) -> list[FileProblem]:
    with pytest.raises(WrongFile) as caught:
        read_programme(text)
    return caught.value.problems


def only(text: str) -> tuple[int, int, str]:
    (problem,) = problems(text)
    return problem.line, problem.column, problem.sentence


def together(text: str, *, alone: bool = False) -> list[tuple[int, int, str, str]]:
    read = read_programme(text)
    found = check_programme(read, LISTED, read.over(LISTED, TODAY), TODAY, alone=alone)
    return [(each.line, each.column, each.key, each.sentence) for each in found]


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("purpos: x", 1, 1, "There is no setting “purpos” here. Did you mean purpose?"),
        ("name: x\nround:\n  apply-by: 2027-01-01", 3, 3, "Did you mean apply_by?"),
        ("apply_by: 2027-01-01", 1, 1, "It belongs in the section “round”."),
        ("forms:\n  name: x", 2, 3, "It belongs above the sections, not indented."),
        ("forms:\n  zzz: x", 2, 3, "Known here: topics, departments and grades."),
        ("forms: none", 1, 8, "“forms” is a section. Write its settings below it, indented: topics, departments"),
        ("name: a\nname: b", 2, 1, "This is in the file twice. Keep one of them."),
        ("name: [a]", 1, 7, "Write one value here, not a list."),
        ("name: {a: b}", 1, 7, "Write one value here, not a list."),
        ("forms:\n  topics: Job search", 2, 11, "Write a list here: each value on a line of its own"),
        ("forms:\n  topics:\n    - Job search\n    - job  search", 3, 5, "“job search” is in the list twice."),
        ("forms:\n  grades:\n    - A\n    -\n", 4, 6, "This is empty."),
        ("round:\n  apply_by: 31.01.2027", 2, 13, "This may be day and month, or month and day. Write year, month"),
        ("round:\n  apply_by: 2027-02-30", 2, 13, "There is no such day."),
        ("round:\n  apply_by:\n  starts_on: 2027-01-01", 2, 3, "This is empty."),
        ("weights:\n  topics: 101", 2, 11, "Write 100 or less."),
        ("weights:\n  topics: -1", 2, 11, "Write 0 or more."),
        ("weights:\n  topics: many", 2, 11, "Write a whole number."),
        ("partnerships:\n  ask_first: perhaps", 2, 14, "Write true or false."),
        ("working_time:\n  starts: 9:15", 2, 11, "Write a full or half hour of the day, such as 09:00"),
        ("working_time:\n  days: [Monday, Funday]", 2, 18, "“Funday” is none of the days of the week."),
        ("working_time:\n  country: Germny", 2, 12, "Did you mean Germany"),
        ("working_time:\n  time_zone: Europe/Maltta", 2, 14, "Did you mean Europe/Malta"),
        ("open_to: [guest]", 1, 11, "“guest” is none of the two groups. Write guests or connected workspaces."),
        ("contact: bob", 1, 10, "is not a Slack member id such as U012AB3CD."),
        ("words:\n  mentor: a very long word for a mentor", 2, 11, "Use 24 characters or fewer."),
        (f"purpose: {'x' * 1001}", 1, 10, "Use 1,000 characters or fewer. This has 1,001."),
        ("name: a: b", 1, 8, "There is a second colon on this line"),
        ("round:\n\tapply_by: 2027-01-01", 2, 1, "indent with blanks, not with tabs"),
        ("forms:\n  topics: [a", 2, 13, "A list that begins with [ must end with ]"),
        ("name: 'x", 1, 9, "A quotation mark is not closed."),
        ("name: &x a\npurpose: *x", 1, 7, "Names for values (& and *) are not read here."),
        ("name: !!python/name:os.system", 1, 7, "Types (!) are not read here."),
        ("name: a\x00", 1, 8, "There is an invisible character here. Delete it."),
        ("name: a\n---\nname: b", 2, 1, "The file must describe one programme."),
        ("- a", 1, 1, "The file must have a setting on each line"),
        ("# nothing", 1, 1, "The file is empty."),
        ("[" * 3000, 1, 1, "too many brackets"),
    ],
)
def test_a_wrong_place_is_named_with_what_to_do(text: str, line: int, column: int, says: str) -> None:
    found = problems(text)[0]
    assert (found.line, found.column) == (line, column), found
    assert says in found.sentence


def test_every_problem_is_named_at_once_in_the_order_of_the_file() -> None:
    found = problems("purpos: x\nround:\n  apply_by: soon\nweights:\n  load: 1000\n")
    assert [(each.line, each.key) for each in found] == [(1, ""), (3, "round.apply_by"), (5, "weights.load")]


def test_bytes_that_are_not_utf_8_are_found_in_their_line() -> None:
    with pytest.raises(WrongFile) as caught:
        read_text("name: Bücherei\npurpose: für alle".encode("latin-1"))
    assert [(each.line, each.column) for each in caught.value.problems] == [(1, 8)]
    with pytest.raises(WrongFile):
        read_text(b"#" * (MOST_BYTES + 1))


def test_settings_that_contradict_each_other_are_named_at_their_line() -> None:
    text = (
        "round:\n  apply_by: 2026-12-10\n  starts_on: 2026-12-09\n"
        "partnerships:\n  service_months: 6\n  lengths: []\n"
        "matching:\n  mentee_departments:\n    - IT\n    - Archive\n  least_gap: 3\n"
        "working_time:\n  starts: 17:00\n  ends: 09:00\n  country: GB\n  region: Scotland\n"
    )
    assert together(text) == [
        (3, 14, "round.starts_on", "The round can’t start before the last day to apply. Choose a later day."),
        (
            6,
            12,
            "partnerships.lengths",
            "This is empty. Write at least one length, such as 6 weeks or 9 months.",
        ),
        (
            10,
            7,
            "matching.mentee_departments",
            "“Archive” is not in the list forms.departments. Did you mean Archives?",
        ),
        (
            11,
            14,
            "matching.least_gap",
            "With 3 grades in forms.grades, a gap of 3 isn’t possible. Write a smaller one, or add grades.",
        ),
        (14, 9, "working_time.ends", "Working hours must end after they start. Choose a later time."),
        (16, 11, "working_time.region", "Write the code of “Scotland”: SCT."),
    ]


def test_a_list_that_loses_what_a_limit_names_does_not_open_the_programme_to_everyone() -> None:
    says = "“IT” is not in the list forms.departments. Add it there, or delete it in matching.mentee_departments."
    found = together("forms:\n  departments: [Archives]\n")
    assert found == [(1, 1, "matching.mentee_departments", says)]


def test_a_file_alone_is_not_blamed_for_what_it_leaves_to_the_programme() -> None:
    text = "matching:\n  mentee_departments: [Elsewhere]\n  least_gap: 9\nround:\n  apply_by: 2026-01-01\n"
    assert len(together(text)) == 3
    assert together(text, alone=True) == []


def test_values_are_read_as_people_write_them() -> None:
    text = (
        "name: ' Library\u00a0 mentoring\u200b '\nopen_to: [Guests]\nround:\n  apply_by: 10 December 2026\n"
        "partnerships:\n  ask_first: no\nworking_time:\n  country: Malta\n  time_zone: europe/malta\n"
        "  days: [friday, Monday]\ncontact: <@U012AB3CD>\n"
    )
    read = read_programme(text).over(USUAL, TODAY)
    programme = read.programme
    assert (programme.name, programme.admits, programme.ask_first) == (
        "Library mentoring",
        frozenset({AccountStatus.GUEST}),
        False,
    )
    assert (programme.country, programme.time_zone, programme.working_days) == ("MT", "Europe/Malta", (0, 4))
    assert (programme.contact, read.cohort.apply_by) == ("U012AB3CD", date(2026, 12, 10))


def test_a_setting_that_is_left_out_stays_as_it_is() -> None:
    assert read_programme("purpose: To grow.").over(LISTED, TODAY) == replace(
        LISTED, programme=replace(LISTED.programme, purpose="To grow.")
    )


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("words:\n  mentor: guide\n", Term("guide", "guides")),
        ("words:\n  mentor: guide\n  mentors:\n", Term("guide", "guides")),
        ("words:\n  mentor: guide\n  mentors: guiding people\n", Term("guide", "guiding people")),
        ("words:\n  mentor:\n", Term("mentor", "mentors")),
        ("words:\n  mentors: mentoring people\n", Term("mentor", "mentoring people")),
    ],
)
def test_a_word_has_a_plural(text: str, term: Term) -> None:
    assert read_programme(text).over(USUAL, TODAY).programme.terms.mentor == term
