"""My data: what is kept about a person, as a page and as a file, and erasing it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import InvitationMoment
from mentoring.invitations.moments import MomentNoted
from messages import ids
from messages.ids import COMMAND
from sandbox.blocks import visible_texts
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, introduced, later, logged, partners
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_cases import two_owners
from tests.journeys.story import Story, answer_to
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot
from tests.one_programme import replace_owners

ODD = "שלום <b>👩🏽‍💻</b> & “so”"


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced, and there are two owners; the partnership's id."""
    found = introduced(town, ADA, BEN)
    two_owners(town)
    return found


def page_of(town: LocalBot, user: str) -> str:
    """What they read after the command."""
    person = town.person(user)
    person.command(f"{COMMAND} privacy")
    town.settle()
    return "\n".join(visible_texts(person.inbox()[-1]["blocks"]))


def file_of(town: LocalBot, user: str, action: str) -> str:
    """The file that they are sent when they press the button."""
    answers(town, clicked(town, user, action))
    town.settle()
    file = direct_messages(town, user)[-1]["files"][0]
    return town.slack.workspace.files[file["id"]].data.decode()


def erases(town: LocalBot, user: str, about: str = "") -> dict[str, Any]:
    """They press the button and go on twice; what they read last."""
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.OPEN_ERASURE, about))
    person = town.person(user)
    person.await_view(ids.ERASE_FORM)
    person.submit()
    person.await_view(ids.ERASE_AGAIN_FORM)
    person.submit()
    found = person.await_view(ids.SENTENCE_VIEW)
    town.settle()
    return found


def refused_to_erase(town: LocalBot, user: str, about: str = "") -> str:
    (said,) = answers(town, clicked(town, user, ids.OPEN_ERASURE, about))
    return said or answer_to(town.slack, user)


def test_the_page_says_what_is_kept_who_reads_it_and_how_long(town: LocalBot, pair: str) -> None:
    read = page_of(town, ADA)
    assert "*My applications*" in read
    assert "the owners, the committee, and people whom it concerns. Kept until you are erased" in read
    assert "*My partnerships*" in read
    assert "I don’t tell anyone who declined" in read, "who sees what is below"
    assert "*My plan and goals*" not in read, "there is none"


def test_a_stranger_reads_that_nothing_is_kept(town: LocalBot) -> None:
    assert "I keep nothing about you" in page_of(town, CHI) or "*My profile*" in page_of(town, CHI)


def test_what_is_known_without_an_application_is_said_and_can_be_erased(town: LocalBot) -> None:
    """From the organisation's list, and the days after which people are invited."""
    today = town.slack.calendar.now().date()
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(CHI, department="Loans"), MomentNoted(DEE, InvitationMoment.JOINED, today))))
    for user, words in ((CHI, "your department, grade, manager and start date"), (DEE, "invite you to apply")):
        read = page_of(town, user)
        assert "I keep nothing about you" not in read
        assert words in read
        assert "Send me my data" not in read, "the file would be empty"
        erases(town, user)
        assert rows(town)["staff"] == [] or user != CHI
    assert rows(town)["invitation_moments"] == []
    assert "I keep nothing about you" in page_of(town, DEE) or "*My profile*" in page_of(town, DEE)


def test_the_page_says_which_owner_looked_at_the_application(town: LocalBot, pair: str) -> None:
    assert f"Application viewed: <@{OWNER}>" not in page_of(town, ADA)
    (application,) = [row["id"] for row in rows(town)["applications"] if row["person"] == ADA]
    answers(town, clicked(town, OWNER, ids.OPEN_APPLICATION, application))
    assert f"Application viewed: <@{OWNER}>, " in page_of(town, ADA)
    assert "Application viewed" not in page_of(town, BEN)


def test_the_file_has_what_they_wrote_in_whole_characters(town: LocalBot) -> None:
    town.apply(ADA, f"{COMMAND} request", {**REQUEST, "hopes": ODD})
    found = json.loads(file_of(town, ADA, ids.SEND_OWN_JSON))
    private = found["categories"]["applications"]["records"][1]
    assert private["hopes"] == ODD
    assert found["made_at"].startswith("2026-11-23T10:") or "+" in found["made_at"]
    shown = file_of(town, ADA, ids.SEND_OWN_DATA)
    assert "שלום &lt;b&gt;👩🏽‍💻&lt;/b&gt; &amp; “so”" in shown
    assert "<script" not in shown
    assert '<html lang="en">' in shown


def test_the_file_has_nothing_of_the_partner(town: LocalBot) -> None:
    pair = logged(town)
    assert pair
    notes = [row["notes"] for row in rows(town)["meeting_notes"]]
    assert notes
    (author,) = {row["logged_by"] for row in rows(town)["meetings"]}
    other = BEN if author == ADA else ADA
    assert notes[0] in file_of(town, author, ids.SEND_OWN_JSON)
    read = file_of(town, other, ids.SEND_OWN_JSON)
    assert notes[0] not in read
    assert "score" not in read
    assert "approvals" not in read


def test_a_person_is_erased_after_two_questions(town: LocalBot, pair: str) -> None:
    before = len(direct_messages(town, BEN))
    assert "You are erased" in str(erases(town, ADA)["blocks"])
    assert [table for table, found in rows(town).items() if f"'{ADA}'" in str(found)] == []
    assert direct_messages(town, ADA) == []
    told = direct_messages(town, BEN)[-1]
    assert len(direct_messages(town, BEN)) >= before
    assert ADA not in str(direct_messages(town, BEN))
    assert "ended" in "\n".join(visible_texts(told["blocks"]))
    assert ADA not in str(direct_messages(town, OWNER))
    assert [row["action"] for row in rows(town)["owner_record"] if row["action"] == "erased"] == []


def test_nothing_happens_before_the_second_answer(town: LocalBot, pair: str) -> None:
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.OPEN_ERASURE))
    person = town.person(ADA)
    read = "\n".join(visible_texts(person.await_view(ids.ERASE_FORM)["blocks"]))
    assert "Partners are told that it has ended, and not why" in read
    assert "such as a spreadsheet of an owner" in read
    person.submit()
    assert "cannot be undone" in str(person.await_view(ids.ERASE_AGAIN_FORM)["blocks"])
    assert [row["person"] for row in rows(town)["applications"]] == [ADA, BEN]


def test_the_only_owner_names_another_first(town: LocalBot) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (OWNER,))
        _no_administrators(tx)
    assert "the only owner" in refused_to_erase(town, OWNER)
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (OWNER, SECOND_OWNER))
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.OPEN_ERASURE))
    read = "\n".join(visible_texts(town.person(OWNER).await_view(ids.ERASE_FORM)["blocks"]))
    assert f"You’re an owner of “Mentoring programme”. <@{SECOND_OWNER}> stays its owner" in read
    erases(town, OWNER)
    assert OWNER not in str(rows(town)["roles"])


def test_an_erased_owner_is_taken_out_of_introductions_and_of_what_all_others_read(town: LocalBot) -> None:
    """Also one who is no owner any more: what they did as one tells that they were."""
    introduced(town, ADA, BEN)
    town.person(CHI).command(COMMAND)
    two_owners(town)
    answers(town, clicked(town, OWNER, ids.OPEN_APPLICATION, rows(town)["applications"][0]["id"]))
    with town.storage.begin(town.slack.team_id) as tx:
        _no_administrators(tx)
    (group,) = [each["id"] for each in town.person(ADA).conversations() if each["kind"] == "mpim"]
    assert f"<@{OWNER}>" in str(town.slack.person(ADA).inbox(group))
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (SECOND_OWNER,))
        ((programme, _),) = tx.programmes.all()
        tx.save(Outcome((replace(programme, contact=SECOND_OWNER, version=programme.version + 1),)))
    erases(town, OWNER)
    later(town, days=1)
    read = str(town.slack.person(ADA).inbox(group))
    assert "ask someone who has left" in read
    assert OWNER not in read
    assert OWNER not in str(direct_messages(town, ADA) + direct_messages(town, BEN) + direct_messages(town, CHI))


def test_an_administrator_is_named_again_and_so_refused(town: LocalBot) -> None:
    assert "MENTOR_OWNERS" in refused_to_erase(town, OWNER)


def _no_administrators(tx: Any) -> None:
    from sqlalchemy import delete

    from storage.tables import AdministratorRow

    tx._context.connection.execute(delete(AdministratorRow))


def test_an_owner_erases_a_person_who_has_left(town: LocalBot, pair: str) -> None:
    town.changes(ADA, deactivated=True)
    later(town, hours=1)
    assert "erased" in str(erases(town, OWNER, ADA)["blocks"])
    assert [table for table, found in rows(town).items() if f"'{ADA}'" in str(found)] == []
    (act,) = [row for row in rows(town)["owner_record"] if row["action"] == "erased"]
    assert (act["by"], act["person"]) == (OWNER, "")
    answers(town, clicked(town, OWNER, ids.OPEN_OWNER_RECORD))
    assert "A person who had left was erased" in str(town.person(OWNER).await_view(ids.OWNER_RECORD_VIEW))


def test_an_owner_erases_nobody_who_is_here(town: LocalBot, pair: str) -> None:
    assert "deactivated" in refused_to_erase(town, OWNER, ADA)
    assert "deactivated" in refused_to_erase(town, BEN, ADA)


def test_no_one_else_erases_a_person_who_has_left(town: LocalBot, pair: str) -> None:
    town.changes(ADA, deactivated=True)
    assert "Ask the app admin" in refused_to_erase(town, BEN, ADA)
    assert partners is not None
    assert ADA in str(rows(town)["applications"])


def test_home_leads_to_the_page(town: LocalBot, pair: str) -> None:
    person = town.person(ADA)
    person.open_home()
    town.settle()
    assert ids.OPEN_OWN_DATA in str(person.home)
    person.click_home(ids.OPEN_OWN_DATA) if hasattr(person, "click_home") else None
