"""Owners get the data of the programme as a file, with codes unless they ask for names, and it is recorded."""

import io
import json

import pytest
from openpyxl import Workbook, load_workbook

from messages import ids
from messages.in_programme import carry
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, logged
from tests.handlers.support import direct_messages, post, rows
from tests.handlers.test_own_data import file_of, page_of
from tests.handlers.test_status import town_programme
from tests.local_bot import OWNER, LocalBot


def exported(town: LocalBot, action: str, naming: str) -> bytes:
    """Press the button; the content of the file."""
    post(town, clicked(town, OWNER, action, carry(naming, town_programme(town))))
    town.settle()
    (file,) = direct_messages(town, OWNER)[-1]["files"]
    return bytes(town.slack.workspace.files[file["id"]].data)


def workbook(town: LocalBot, naming: str) -> Workbook:
    return load_workbook(io.BytesIO(exported(town, ids.EXPORT_WORKBOOK, naming)))


def texts(book: Workbook) -> str:
    return str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])


def test_the_offer_says_what_is_in_it_and_asks_for_the_names(town: LocalBot) -> None:
    post(town, clicked(town, OWNER, ids.OPEN_EXPORT, carry("", town_programme(town))))
    town.settle()
    said = message_text(town.person(OWNER).inbox()[-1])
    assert "*Export data of Mentoring" in said, "an owner may have several programmes"
    assert "No notes" in said
    assert "With codes" in said


def test_a_file_with_codes_names_nobody_and_has_no_notes(town: LocalBot) -> None:
    logged(town)
    read = texts(workbook(town, "codes"))
    names = [row["display_name"] for row in rows(town)["people"] if row["id"] in (ADA, BEN)]
    assert not [each for each in (ADA, BEN, *names) if each in read]
    assert not [row["notes"] for row in rows(town)["meeting_notes"] if row["notes"] and row["notes"] in read]
    assert read == texts(workbook(town, "codes")), "codes are the same in each export"


def test_a_file_with_names_is_recorded_and_the_person_reads_of_it(town: LocalBot) -> None:
    logged(town)
    assert "exported" not in page_of(town, ADA)
    assert ADA not in texts(workbook(town, "names"))
    assert [(row["by"], json.loads(row["fields"])) for row in rows(town)["owner_record"]][-1] == (OWNER, ["names"])
    assert f"exported with names: <@{OWNER}>" in page_of(town, ADA)
    assert "exported" not in page_of(town, CHI)
    (record,) = json.loads(file_of(town, ADA, ids.SEND_OWN_JSON))["categories"]["looks"]["records"]
    assert record["action"] == "exported"


def test_csv_files_come_in_one_archive(town: LocalBot) -> None:
    assert exported(town, ids.EXPORT_CSV, "codes").startswith(b"PK")


def test_a_press_that_slack_repeats_is_one_export(town: LocalBot) -> None:
    press = clicked(town, OWNER, ids.EXPORT_WORKBOOK, carry("codes", town_programme(town)))
    for _ in range(2):
        post(town, press)
        town.settle()
    assert len([row for row in rows(town)["owner_record"] if row["action"] == "exported"]) == 1
    assert len([each for each in direct_messages(town, OWNER) if each.get("files")]) == 1


@pytest.mark.parametrize("action", [ids.OPEN_EXPORT, ids.EXPORT_WORKBOOK, ids.EXPORT_CSV])
def test_only_owners_export(town: LocalBot, action: str) -> None:
    (refused,) = answers(town, clicked(town, ADA, action, carry("names", town_programme(town))))
    assert "owners" in refused
    assert direct_messages(town, ADA) == []
    assert rows(town)["owner_record"] == []


def test_a_way_to_name_people_that_does_not_exist_is_refused(town: LocalBot) -> None:
    (refused,) = answers(town, clicked(town, OWNER, ids.EXPORT_CSV, carry("faces", town_programme(town))))
    assert refused
    assert rows(town)["owner_record"] == []
