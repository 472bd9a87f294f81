"""`mentor-bot people import` of applications and running partnerships: all lines are taken, or none."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from bot.cli import main
from mentoring.applications.application import Application, ApplicationState
from mentoring.core.jobs import JobKind
from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.matching.hard_rules import Exclusion
from messages.ids import APPLICATION_FORM, CONFIRM_APPLICATION, WITHDRAW
from sandbox.blocks import visible_texts
from tests.bot.conftest import ROOT, set_all, settings_of
from tests.handlers.support import buttons, direct_messages, rows
from tests.local_bot import OWNER, PEOPLE, REQUEST, START, LocalBot, typed
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

ADA, BEN, CHI, DEE, BOSS = "U0ADA", "U0BEN", "U0CHI", "U0DEE", "U0BOSS"
EXAMPLES = ROOT / "docs" / "examples"
WITH_ADDRESSES = [
    replace(one, email="" if one.is_bot else f"{one.handle}@club.example", time_zone="Europe/London") for one in PEOPLE
]
APPLICATIONS = """\
email,role,topics,hopes,months,ways to meet,languages,manager,works here since,places
ada@club.example,mentee,career planning; Job search,To find my way.,6 months,"in person, video",English,U0BOSS,,
<@U0BEN>,Mentor,Career planning,A good ear.,12,phone,English and German,none,2015-03-02,2
U0DEE,mentor,Work/life issues,,,,,,2015-03-02,
"""
PARTNERSHIPS = """\
mentee,mentor,start,end,topics,meetings,last meeting
ada@club.example,ben@club.example,2026-09-01,2027-06-30,Career planning,5,2026-11-12
U0CHI,U0BEN,2026-10-01,2027-04-01,,,
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalBot]:
    """The bot runs; people have addresses. The clock of the command line stands where that of the town does."""
    with open_town(tmp_path, people=WITH_ADDRESSES) as opened:
        set_all(monkeypatch, {**settings_of(opened.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db"})
        monkeypatch.setattr("bot.people.list_import.real_now", opened.slack.calendar.now)
        opened.settle()
        yield opened


@pytest.fixture
def bring(tmp_path: Path) -> Callable[..., Result]:
    def run(contents: str, *more: str) -> Result:
        path = tmp_path / "list.csv"
        path.write_text(contents, encoding="utf-8")
        return CliRunner().invoke(main, ["people", "import", str(path), *more])

    return run


Bring = Callable[..., Result]


def applications(town: LocalBot) -> dict[tuple[str, str], Application]:
    with town.database() as tx:
        _, cohort = programme_and_cohort(tx)
        return {(a.person, a.role): a for a in tx.applications.in_cohort(cohort.id)}


def everything(town: LocalBot) -> dict[str, object]:
    """All that the database holds, without what belongs to the delivery."""
    return {table: found for table, found in rows(town).items() if table not in ("outbox", "live_views", "people")}


def to_confirm(town: LocalBot, user: str) -> dict[str, object]:
    town.settle()
    found = [message for message in direct_messages(town, user) if CONFIRM_APPLICATION in buttons(message)]
    assert len(found) == 1, found
    return found[0]


def test_applications_wait_for_their_people_who_confirm_in_one_press(town: LocalBot, bring: Bring) -> None:
    result = bring(APPLICATIONS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "3 new, 0 changed, 0 unchanged. I ask the people in 3 applications to confirm. Until then, they aren’t "
        "matched.\n"
    )
    found = applications(town)
    assert {state.state for state in found.values()} == {ApplicationState.UNCONFIRMED}
    assert found[ADA, "mentee"].topics == ("Career planning", "Job search")
    assert (found[BEN, "mentor"].places, found[BEN, "mentor"].started_on) == (2, date(2015, 3, 2))
    message = to_confirm(town, ADA)
    said = "\n".join(visible_texts(message))
    assert "Please confirm your application for a mentor" in said
    assert "To find my way" not in said, "answers for owners only stay out of messages"
    town.person(ADA).click("Confirm")
    town.settle()
    confirmed = applications(town)[ADA, "mentee"]
    assert confirmed.state is ApplicationState.OPEN
    asked, receipt = direct_messages(town, ADA)[-2:]
    assert CONFIRM_APPLICATION not in buttons(asked)
    assert "has arrived" in receipt["text"]
    assert applications(town)[BEN, "mentor"].state is ApplicationState.UNCONFIRMED


def test_an_answer_that_is_missing_opens_the_form_with_what_is_known(town: LocalBot, bring: Bring) -> None:
    bring(APPLICATIONS)
    town.settle()
    town.person(DEE).click("Confirm")
    town.settle()
    view = town.person(DEE).await_view(APPLICATION_FORM)
    assert "The programme owners have entered what they know" in "\n".join(visible_texts(view))
    assert typed(town.person(DEE)) == {
        "topics": ["Work/life issues"],
        "started_on": "2015-03-02",
        "places": "1",
    }
    town.person(DEE).fill(
        {key: value for key, value in REQUEST.items() if key != "topics"} | {"hopes": "An ear", "places": "1"}
    )
    assert town.person(DEE).submit().closed
    town.settle()
    assert applications(town)[DEE, "mentor"].state is ApplicationState.OPEN


def test_the_same_file_twice_changes_nothing_and_no_word_of_theirs(town: LocalBot, bring: Bring) -> None:
    bring(APPLICATIONS)
    town.settle()
    town.person(ADA).click("Confirm")
    town.person(BEN).click("Withdraw")
    town.settle()
    before, heard = everything(town), [len(direct_messages(town, user)) for user in (ADA, BEN, DEE)]
    result = bring(APPLICATIONS)
    assert result.stdout == "0 new, 0 changed, 3 unchanged.\n"
    town.settle()
    assert everything(town) == before
    assert [len(direct_messages(town, user)) for user in (ADA, BEN, DEE)] == heard


def test_a_corrected_line_changes_the_question_and_an_old_button_says_so(town: LocalBot, bring: Bring) -> None:
    bring(APPLICATIONS)
    town.settle()
    old = to_confirm(town, ADA)
    result = bring(APPLICATIONS.replace("career planning; Job search", "Job search"))
    assert result.stdout.startswith("0 new, 1 changed, 2 unchanged.")
    town.settle()
    assert "Career planning" not in "\n".join(visible_texts(to_confirm(town, ADA)))
    assert old["ts"] == to_confirm(town, ADA)["ts"]


def test_a_dry_run_shows_each_line_and_saves_nothing(town: LocalBot, bring: Bring) -> None:
    before = everything(town)
    result = bring(APPLICATIONS, "--dry-run")
    assert result.stdout.splitlines() == [
        "Line 2, Ada Adams, mentee: New. I ask them to confirm.",
        "Line 3, Ben Brook, mentor: New. I ask them to confirm.",
        "Line 4, Dee Dunn, mentor: New. I ask them to add what’s missing and confirm.",
        "3 new, 0 changed, 0 unchanged. I will ask the people in 3 applications to confirm. Until then, they aren’t "
        "matched. This was a dry run: nothing was saved.",
    ]
    assert everything(town) == before


def test_each_wrong_cell_is_named_and_nothing_is_saved(town: LocalBot, bring: Bring) -> None:
    before = everything(town)
    result = bring(
        "person,role,topics,months,ways,manager,wish,works here since,places\n"
        "U0ADA,mentee,Career planning,6,video,U0BOSS,,,\n"
        "U0BEN,boss,Cooking,60,pigeon,U0BEN,U0ROBOT,2026-06-01,9\n"
        "U0GUEST,mentee,Job search,6,,,,,\n"
        "nobody@club.example,mentee,,six,,,,,\n"
        "U0CHI,mentor,Job search,6,,U0BOSS,U0BOSS,2026-06-01,\n"
        "U0ADA,mentee,,,,,,,\n"
        "U0GONE,mentee,,,,,,,\n"
    )
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Line 2, person: line 7 is about the same person and role. Keep one.",
        "Line 3, role: write mentee or mentor. For a person who is both, add two lines.",
        "Line 3, topics: “Cooking” is not a topic of the programme. Its topics: Career planning, Advanced degree or "
        "certification, New to the institution, Organisational culture, Job search and Work/life issues.",
        "Line 3, months: not a length of the programme. It offers 6 to 12 months.",
        "Line 3, places: out of range. Write a number from 1 to 3.",
        "Line 3, ways to meet: “pigeon” is not a way to meet. Write one or more of: in person, video, phone, walk.",
        "Line 4, person: the programme does not admit this kind of Slack account, such as a guest. Delete the line.",
        "Line 5, person: no one in Slack has this address or id. Correct it, or delete the line.",
        "Line 5, months: not a length. Write it like “9 months” or “6 weeks”.",
        "Line 6, wish: this is their manager, who cannot be matched with them. Correct it, or leave it empty.",
        "Line 6, works here since: less than 12 months ago. They can take part from 1 June 2027. Correct it, or delete "
        "the line.",
        "Line 7, person: line 2 is about the same person and role. Keep one.",
        "Line 8, person: their Slack account is deactivated. Delete the line.",
        "Nothing was saved. Correct 7 lines, and import the file again.",
    ]
    assert everything(town) == before


def test_a_list_of_staff_with_jobs_called_roles_is_still_one_of_staff(town: LocalBot, bring: Bring) -> None:
    result = bring("person,role,manager\nU0ADA,Librarian,U0BOSS\n")
    assert result.stdout == "Columns not used: “role”.\n1 new, 0 changed, 0 unchanged.\n"


def test_running_partnerships_are_there_at_once_with_what_they_had(town: LocalBot, bring: Bring) -> None:
    result = bring(PARTNERSHIPS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == ("2 new, 0 changed, 0 unchanged. I write to 2 pairs that reminders now come from me.\n")
    town.settle()
    with town.database() as tx:
        first, second = tx.partnerships.all()
        due = {
            (kind, user): tx.scheduled_jobs.due_at(f"{kind}:{first.id}:{user}")
            for kind in (JobKind.FIRST_MEETING, JobKind.SECOND_MEETING, JobKind.MONTHLY, JobKind.CHECK_IN)
            for user in (ADA, BEN)
        }
    assert (first.mentee, first.mentor, first.started_on, first.ends_on) == (
        ADA,
        BEN,
        date(2026, 9, 1),
        date(2027, 6, 30),
    )
    assert (first.months, first.met_before, first.last_met_before) == (10, 5, date(2026, 11, 12))
    assert (second.months, second.agreed_end, second.met_before) == (6, None, 0)
    days = {key: at.date() if at else None for key, at in due.items()}
    assert days[JobKind.FIRST_MEETING, ADA] is days[JobKind.SECOND_MEETING, ADA] is None, "they are past"
    assert days[JobKind.MONTHLY, ADA] == days[JobKind.MONTHLY, BEN] == date(2026, 12, 10), "four weeks after the last"
    assert days[JobKind.CHECK_IN, ADA] == date(2027, 3, 1)
    mentor = applications(town)[BEN, "mentor"]
    assert (mentor.state, mentor.places) == (ApplicationState.UNCONFIRMED, 2)
    together = [m for m in town.person(ADA).inbox() if "is now here" in m["text"]]
    assert not together, "the pair reads it in their own conversation"
    assert bring(PARTNERSHIPS).stdout == "0 new, 0 changed, 2 unchanged.\n"


def test_a_person_in_a_running_partnership_is_not_asked_to_confirm(town: LocalBot, bring: Bring) -> None:
    bring(APPLICATIONS)
    bring(PARTNERSHIPS)
    town.settle()
    found = applications(town)
    assert found[ADA, "mentee"].state is found[BEN, "mentor"].state is ApplicationState.OPEN
    assert all(CONFIRM_APPLICATION not in buttons(message) for message in direct_messages(town, ADA))
    bring(APPLICATIONS.replace("U0DEE,mentor", "U0CHI,mentee"))
    assert applications(town)[CHI, "mentee"].state is ApplicationState.UNCONFIRMED, "it lacks answers"


def test_hard_rules_refuse_partnerships_with_a_sentence_each(town: LocalBot, bring: Bring) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(
            Outcome(
                (
                    StaffRecord(ADA, manager=DEE),
                    StaffRecord(DEE, manager=BOSS),
                    Exclusion(BEN, CHI, OWNER, START, programme_and_cohort(tx)[0].id),
                )
            )
        )
    before = everything(town)
    result = bring(
        "mentee,mentor,start,months,end,meetings,last meeting\n"
        "U0ADA,U0BOSS,2026-09-01,12,,,\n"
        "U0CHI,U0BEN,2026-09-01,12,,,\n"
        "U0GUEST,U0BEN,2026-09-01,12,,,\n"
        "U0DEE,U0BEN,2026-12-01,12,,,\n"
        "U0DEE,U0BEN,2025-09-01,12,,,\n"
        "U0DEE,U0CHI,2026-09-01,12,2027-03-01,,\n"
        "U0DEE,U0CHI,2026-09-01,,,3,\n"
        "U0DEE,U0CHI,2026-09-01,9,,3,2026-08-01\n"
        "U0DEE,U0DEE,2026-09-01,9,,,\n"
        "U0DEE,U0CHI,01.09.2026,9,,,\n"
        "U0SECOND,U0CHI,2026-09-01,9,,,\n"
        "U0SECOND,U0ADA,2026-09-01,9,,,\n"
    )
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Line 2: one of the two manages the other, directly or further up. Delete the line.",
        "Line 3: an owner decided that these two are never matched. Lift that in Slack, or delete the line.",
        "Line 4, mentee: the programme does not admit this kind of Slack account, such as a guest. Delete the line.",
        "Line 5, start: this date is in the future. Correct it, or wait until they have started.",
        "Line 6, months: it ended on 1 September 2026. Only running ones can be added: correct it, or delete the line.",
        "Line 7, end: not the end after this length, which is 1 September 2027. Keep the end or the length.",
        "Line 8, end: no end. Add the agreed end, or the length.",
        "Line 8, last meeting: empty, but there were meetings. Add the day of the last one.",
        "Line 9, last meeting: before the start, 1 September 2026. Correct one of the two.",
        "Line 10, mentor: this is the same person as the mentee. Correct one of the two.",
        "Line 11, start: this may be day and month, or month and day. Write year, month and day, such as 2020-01-31.",
        "Line 13, mentee: already has a partner or a match in this role (see line 12), and has one place. Keep one "
        "line for them.",
        "Nothing was saved. Correct 11 lines, and import the file again.",
    ]
    assert everything(town) == before


def test_a_person_who_withdrew_what_was_entered_can_apply_themselves(town: LocalBot, bring: Bring) -> None:
    bring(APPLICATIONS)
    message = to_confirm(town, ADA)
    assert WITHDRAW in buttons(message)
    town.person(ADA).click("Withdraw")
    town.settle()
    assert applications(town)[ADA, "mentee"].state is ApplicationState.WITHDRAWN
    town.apply(ADA, "/mentor request", REQUEST)
    assert applications(town)[ADA, "mentee"].state is ApplicationState.OPEN


def test_an_excel_workbook_is_read(town: LocalBot, tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "pairs.xlsx"
    assert book.active is not None
    for line in PARTNERSHIPS.splitlines():
        book.active.append([date.fromisoformat(cell) if cell[:2] == "20" else cell for cell in line.split(",")])
    book.save(path)
    result = CliRunner().invoke(main, ["people", "import", str(path)])
    assert result.stdout.startswith("2 new, 0 changed, 0 unchanged."), result.stdout + result.stderr


def test_people_are_written_to_in_their_working_hours(town: LocalBot, bring: Bring) -> None:
    town.slack.change_member(ADA, time_zone="America/New_York")
    bring(APPLICATIONS)
    town.settle()
    assert not [m for m in direct_messages(town, ADA) if CONFIRM_APPLICATION in buttons(m)], "it is five in the morning"
    assert [m for m in direct_messages(town, DEE) if CONFIRM_APPLICATION in buttons(m)]
