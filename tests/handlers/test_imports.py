"""Lists that owners drop into the bot's direct message: a preview as a table, and a button to import them."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.manifest import SCOPES
from bot.people import dropped_files
from mentoring.applications.application import ApplicationState
from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.people.file_import import FileImportState
from messages.ids import DISMISS_LIST, IMPORT_LIST
from sandbox.blocks import visible_texts
from services.people import erase_person
from tests.handlers.conftest import Logs
from tests.handlers.requests import clicked
from tests.handlers.support import Json, buttons, direct_messages, last_payload, post, rows
from tests.local_bot import OWNER, PEOPLE, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

ADA, BEN, CHI = "U0ADA", "U0BEN", "U0CHI"
WITH_ADDRESSES = [replace(one, email="" if one.is_bot else f"{one.handle}@club.example") for one in PEOPLE]
SECRET = "a hope that nobody else reads"
APPLICATIONS = f"""\
email,role,topics,hopes,months,ways,languages,manager,works here since
ada@club.example,mentee,Career planning,{SECRET},6,video,English,U0BOSS,
U0BEN,mentor,Career planning,A good ear,12,phone,English,none,2015-03-02
""".encode()
PARTNERSHIPS = b"mentee,mentor,start,months,meetings,last meeting\nU0ADA,U0BEN,2026-09-01,12,5,2026-11-12\n"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with open_town(tmp_path, people=WITH_ADDRESSES, owners=(OWNER, SECOND_OWNER)) as opened:
        opened.settle()
        yield opened


def drop(town: LocalBot, data: bytes, name: str = "list.csv", user: str = OWNER) -> Json:
    """Share the file with the bot, and return what it answers."""
    before = len(direct_messages(town, user))
    assert town.person(user).share_file(name, data).ok
    town.settle()
    (answer,) = direct_messages(town, user)[before:]
    return answer


def table(message: Json) -> list[list[str]]:
    found = [block for block in message["blocks"] if block["type"] == "table"]
    return [[cell["text"] for cell in row] for block in found for row in block["rows"]]


def said(message: Json) -> str:
    return "\n".join(visible_texts(message))


def newest(town: LocalBot, user: str = OWNER) -> Json:
    return direct_messages(town, user)[-1]


def imports(town: LocalBot) -> list[Any]:
    return rows(town)["file_imports"]


def press(town: LocalBot, label: str) -> str:
    result = town.person(OWNER).click(label)
    town.settle()
    return "\n".join(message["text"] for message in result.messages)


def test_an_owner_sees_what_a_list_would_change_and_imports_it_in_one_press(town: LocalBot) -> None:
    preview = drop(town, APPLICATIONS)
    assert "I’ve read 2 lines of applications. Nothing is saved yet." in said(preview)
    assert table(preview) == [
        ["Line", "Who", "What would change"],
        ["2", "Ada Adams, mentee", "New. I ask them to confirm."],
        ["3", "Ben Brook, mentor", "New. I ask them to confirm."],
    ]
    assert not rows(town)["applications"]
    press(town, "Import 2 lines")
    assert [row["state"] for row in rows(town)["applications"]] == ["unconfirmed"] * 2
    after = newest(town)
    assert after["ts"] == preview["ts"]
    assert IMPORT_LIST not in buttons(after) if after["blocks"][-1]["type"] == "actions" else True
    assert "Your list is imported" in said(after)
    assert "2 new, 0 changed, 0 unchanged. I ask the people in 2 applications to confirm." in said(after)


def test_partnerships_in_a_workbook_are_imported_too(town: LocalBot) -> None:
    book, kept = Workbook(), io.BytesIO()
    assert book.active is not None
    for line in PARTNERSHIPS.decode().splitlines():
        book.active.append(line.split(","))
    book.save(kept)
    preview = drop(town, kept.getvalue(), "pairs.xlsx")
    assert table(preview)[1] == [
        "2",
        "Ada Adams and Ben Brook",
        "New. 1 September 2026 to 1 September 2027, 5 meetings, the last on 12 November 2026.",
    ]
    press(town, "Import 1 line")
    assert [row["met_before"] for row in rows(town)["partnerships"]] == [5]


def test_pressing_twice_or_an_old_preview_imports_once(town: LocalBot) -> None:
    preview = drop(town, APPLICATIONS)
    value = next(e["value"] for e in preview["blocks"][-2]["elements"] if e["action_id"] == IMPORT_LIST)
    for _ in range(2):
        assert post(town, clicked(town, OWNER, IMPORT_LIST, value))[0] == 200
        town.settle()
    assert len(rows(town)["applications"]) == 2
    again = drop(town, APPLICATIONS)
    assert "0 new, 0 changed, 2 unchanged." in said(again)
    assert IMPORT_LIST not in buttons(again), "there is nothing to import"
    assert DISMISS_LIST in buttons(again)


def test_the_same_event_twice_is_read_once(town: LocalBot) -> None:
    drop(town, APPLICATIONS)
    before = len(direct_messages(town, OWNER))
    event = last_payload(town, "event")
    post(town, event)
    town.settle()
    assert len(direct_messages(town, OWNER)) == before
    assert len(imports(town)) == 1


def test_a_stale_preview_says_what_has_changed_and_imports_nothing(town: LocalBot) -> None:
    drop(town, PARTNERSHIPS + b"U0CHI,U0BEN,2026-10-01,12,,\n")
    other = drop(town, PARTNERSHIPS)
    town.person(OWNER).click("Import 1 line", message=other)
    town.settle()
    reply = town.person(OWNER).click("Import 2 lines")
    town.settle()
    assert "nothing was imported" in said(newest(town)) or reply
    assert len(rows(town)["partnerships"]) == 1
    shown = next(m for m in direct_messages(town, OWNER) if "Something has changed since the last preview" in said(m))
    assert "see line 2." in said(shown)
    assert [row[0] for row in table(shown)[1:]] == ["3"]
    press(town, "Import 1 line")
    assert len(rows(town)["partnerships"]) == 2


def test_a_hard_rule_that_holds_by_now_refuses_the_whole_list(town: LocalBot) -> None:
    drop(town, PARTNERSHIPS)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(ADA, manager=BEN),)))
    press(town, "Import 1 line")
    assert not rows(town)["partnerships"]
    texts = [said(message) for message in direct_messages(town, OWNER)]
    assert any("Line 2: one of the two manages the other, directly or further up." in text for text in texts)


def test_wrong_lines_are_named_and_nothing_is_kept(town: LocalBot) -> None:
    answer = drop(town, b"mentee,mentor,start,months\nU0ADA,U0GUEST,2026-09-01,12\nnobody@club.example,U0BEN,x,12\n")
    assert "I can’t import this file, so nothing is saved" in answer["text"]
    assert "• Line 2, mentor: the programme does not admit this kind of Slack account" in said(answer)
    assert "• Line 3, start: not a date." in said(answer)
    assert not buttons_of(answer)
    assert "U0ADA" not in json.dumps(imports(town))


def buttons_of(message: Json) -> set[str]:
    return {
        element["action_id"]
        for block in message["blocks"]
        for element in block.get("elements", ())
        if "action_id" in element
    }


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("photo.png", b"\x89PNG\r\n", "The file is a picture."),
        ("staff.csv", b"person,department\nU0ADA,IT\n", "I don’t know these columns."),
        ("pairs.csv", b"mentee,mentor\nU0ADA,U0BEN\n", "A list of partnerships needs the columns"),
        ("empty.csv", b"", "I don’t know these columns."),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(town: LocalBot, name: str, data: bytes, says: str) -> None:
    assert says in said(drop(town, data, name))


def test_a_file_that_is_too_large_is_not_even_downloaded(town: LocalBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropped_files, "MOST_BYTES", 10)
    assert "The file is too large." in said(drop(town, APPLICATIONS))


def test_a_person_who_is_no_owner_is_told_kindly_and_the_file_stays_unread(town: LocalBot) -> None:
    answer = drop(town, APPLICATIONS, user=ADA)
    assert "Thank you, but I haven’t opened your file." in said(answer)
    assert not imports(town)
    assert not [call for call in town.slack.calls if call.method == "files.info"]


def test_without_the_scope_the_owner_hears_what_the_app_admin_can_do(town: LocalBot) -> None:
    town.slack.app.manifest["oauth_config"]["scopes"]["bot"] = [scope for scope in SCOPES if scope != "files:read"]
    assert "I’m not allowed to read files here yet." in said(drop(town, APPLICATIONS))


def test_what_was_read_is_gone_after_a_decision_and_after_a_day(town: LocalBot) -> None:
    drop(town, APPLICATIONS)
    kept = json.dumps(imports(town))
    assert SECRET in kept
    assert "ada@club.example" not in kept, "addresses are not stored"
    press(town, "Don’t import")
    drop(town, APPLICATIONS)
    town.slack.calendar.move_to(town.slack.calendar.now() + timedelta(days=1, minutes=1))
    town.bot.run_until_idle()
    town.settle()
    assert SECRET not in json.dumps(imports(town))
    assert [row["state"] for row in imports(town)] == [FileImportState.DISMISSED, FileImportState.EXPIRED]
    assert "A day has passed" in said(newest(town))
    assert not rows(town)["applications"]


def test_what_a_refusal_repeats_is_gone_after_a_day_too(town: LocalBot) -> None:
    drop(town, b"person,role,topics\nU0ADA,mentee,Cooking\n")
    assert "Cooking" in json.dumps(imports(town))
    town.slack.calendar.move_to(town.slack.calendar.now() + timedelta(days=1, minutes=1))
    town.bot.run_until_idle()
    assert "Cooking" not in json.dumps(imports(town))


def test_a_workbook_that_unpacks_to_far_more_is_not_read(town: LocalBot) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    assert "The file is too large." in said(drop(town, kept.getvalue(), "bomb.xlsx"))


def test_erasing_a_person_empties_the_lists_that_name_them(town: LocalBot) -> None:
    drop(town, APPLICATIONS)
    erase_person(town.storage, town.slack.team_id, BEN, now=town.slack.calendar.now())
    town.settle()
    assert BEN not in json.dumps(imports(town))
    assert SECRET not in json.dumps(imports(town))
    assert "A person in the list was erased" in said(newest(town))
    press_old = clicked(town, OWNER, IMPORT_LIST, f"{imports(town)[0]['id']}:2")
    post(town, press_old)
    town.settle()
    assert not rows(town)["applications"]


def test_another_owner_cannot_decide_on_it(town: LocalBot) -> None:
    drop(town, APPLICATIONS)
    (found,) = imports(town)
    post(town, clicked(town, SECOND_OWNER, IMPORT_LIST, f"{found['id']}:{found['version']}"))
    town.settle()
    assert not rows(town)["applications"]


def test_a_download_that_fails_is_tried_again(town: LocalBot, monkeypatch: pytest.MonkeyPatch) -> None:
    read = dropped_files.DroppedFiles._download

    def lost(*_: Any) -> bytes:
        raise ConnectionError

    monkeypatch.setattr(dropped_files.DroppedFiles, "_download", lost)
    before = len(direct_messages(town, OWNER))
    town.person(OWNER).share_file("list.csv", APPLICATIONS)
    town.settle()
    assert len(direct_messages(town, OWNER)) == before
    monkeypatch.setattr(dropped_files.DroppedFiles, "_download", read)
    with town.storage.begin(town.slack.team_id) as tx:
        for failure in tx.failures.all():
            tx.failures.clear(failure.item)
    town.bot.run_until_idle()
    town.settle()
    assert IMPORT_LIST in buttons(newest(town))


def test_nothing_of_a_file_is_logged(town: LocalBot, logs: Logs) -> None:
    drop(town, APPLICATIONS)
    drop(town, b"person,role,topics\nU0ADA,mentee,Cooking with secrets\n")
    press(town, "Import 2 lines")
    for private in (SECRET, "Cooking with secrets", "ada@club.example"):
        assert private not in logs.text


def test_an_application_in_the_preview_waits_for_its_person(town: LocalBot) -> None:
    drop(town, APPLICATIONS)
    press(town, "Import 2 lines")
    town.person(ADA).click("Confirm")
    town.settle()
    with town.database() as tx:
        _, cohort = programme_and_cohort(tx)
        states = {a.person: a.state for a in tx.applications.in_cohort(cohort.id)}
    assert states == {ADA: ApplicationState.OPEN, BEN: ApplicationState.UNCONFIRMED}
