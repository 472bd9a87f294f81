"""Where things stand: for who has applied at once, for an owner by direct message, and one application opened."""

from datetime import timedelta

import pytest

from messages.ids import APPLICATION_VIEW, OPEN_APPLICATION, OPEN_STATUS, SEND_CHARTS, SEND_CSV, SEND_WORKBOOK
from messages.in_programme import carry
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.support import buttons, direct_messages, rows
from tests.local_bot import OFFER, OWNER, REQUEST, START, LocalBot

ADA, BEN = "U0ADA", "U0BEN"


def test_who_has_sent_nothing_is_shown_the_way(town: LocalBot) -> None:
    (shown,) = town.person(ADA).command("/mentor status").messages
    assert "21 December 2026" in message_text(shown)
    assert direct_messages(town, ADA) == []


def test_an_applicant_sees_what_they_sent_where_it_stands_and_nothing_of_others(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", {**REQUEST, "hopes": "To <find> my way.", "wish": "U0DEE"})
    town.apply(BEN, "/mentor volunteer", OFFER)
    (shown,) = town.person(ADA).command("/mentor status").messages
    text = message_text(shown)
    assert shown["is_ephemeral"]
    for mine in ("To <find> my way.", "Career planning", "<@U0BOSS>", "<@U0DEE>", "4 January 2027"):
        assert mine in text
    assert OFFER["hopes"] not in text
    assert "Sent on" in text


def test_both_of_ones_applications_stand_below_each_other(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    town.apply(ADA, "/mentor volunteer", OFFER)
    (shown,) = town.person(ADA).command("/mentor status").messages
    assert REQUEST["hopes"] in message_text(shown)
    assert OFFER["hopes"] in message_text(shown)


def test_an_owner_reads_the_round_in_a_direct_message(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", {**REQUEST, "topics": ["Job search"]})
    town.slack.calendar.move_to(START + timedelta(days=1))
    town.apply(BEN, "/mentor volunteer", {**OFFER, "places": "3"})
    owner = town.person(OWNER)
    reply = owner.command("/mentor status")
    assert [message["is_ephemeral"] for message in reply.messages] == [True]
    town.settle()
    status = direct_messages(town, OWNER)[-1]
    lines = message_text(status).splitlines()
    assert lines[lines.index("*Places offered*") + 1] == "3"
    waiting = [line for line in lines if line.startswith("<@")]
    assert [line[2 : line.index(">")] for line in waiting] == [ADA, BEN]
    assert "23 November 2026" in waiting[0]
    assert "24 November 2026" in waiting[1]


def test_the_owners_status_holds_no_hopes_no_managers_and_no_wishes(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", {**REQUEST, "wish": "U0DEE"})
    town.person(OWNER).command("/mentor status")
    town.settle()
    status = message_text(direct_messages(town, OWNER)[-1])
    for private in (REQUEST["hopes"], "U0BOSS", "U0DEE"):
        assert private not in status


def test_an_owner_opens_an_application_and_reads_what_is_confidential(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", {**REQUEST, "wish": "U0DEE"})
    owner = town.person(OWNER)
    owner.command("/mentor status")
    town.settle()
    assert owner.click(OPEN_APPLICATION).ok
    view = owner.await_view(APPLICATION_VIEW)
    text = "\n".join(visible_texts(view["blocks"]))
    for told in (f"<@{ADA}>", REQUEST["hopes"], "<@U0BOSS>", "<@U0DEE>"):
        assert told in text


def test_an_application_that_is_gone_is_a_sentence(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    owner = town.person(OWNER)
    owner.command("/mentor status")
    town.settle()
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, START)
    assert owner.click(OPEN_APPLICATION).ok
    town.settle()
    assert owner.view is None
    assert owner.inbox()[-1]["is_ephemeral"]


def test_an_owner_who_has_applied_sees_both(town: LocalBot) -> None:
    town.apply(OWNER, "/mentor request", REQUEST)
    (shown,) = town.person(OWNER).command("/mentor status").messages
    assert REQUEST["hopes"] in message_text(shown)
    town.settle()
    assert OPEN_APPLICATION in buttons(direct_messages(town, OWNER)[-1])


def test_the_button_of_the_receipt_does_what_the_command_does(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    ada = town.person(ADA)
    assert ada.click(OPEN_STATUS).ok
    town.settle()
    assert REQUEST["hopes"] in message_text(ada.inbox()[-1])


def test_asking_where_things_stand_changes_nothing(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    before = rows(town)
    town.person(ADA).command("/mentor status")
    town.settle()
    assert rows(town) == before


def test_an_owner_gets_the_round_in_charts(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    owner = town.person(OWNER)
    owner.command("/mentor status")
    town.settle()
    assert owner.click(SEND_CHARTS).ok
    town.settle()
    sent = direct_messages(town, OWNER)[-1]
    kinds = [block["type"] for block in sent["blocks"]]
    assert kinds.count("data_visualization") == 1, "no meetings yet"
    assert "applied: 1, got a match: 0" in sent["text"]


def test_where_slack_refuses_charts_an_owner_gets_them_in_words(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    owner = town.person(OWNER)
    owner.command("/mentor status")
    town.settle()
    town.slack.faults.fail("chat.postMessage", "invalid_blocks", times=1)
    assert owner.click(SEND_CHARTS).ok
    town.settle()
    sent = direct_messages(town, OWNER)[-1]
    assert "Applied: 1" in message_text(sent)
    assert "data_visualization" not in {block["type"] for block in sent["blocks"]}


def test_an_owner_gets_the_figures_as_a_file(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    owner = town.person(OWNER)
    owner.command("/mentor status")
    town.settle()
    owner.click(SEND_CHARTS)
    town.settle()
    for pressed, kind in ((SEND_WORKBOOK, "xlsx"), (SEND_CSV, "csv")):
        assert owner.click(pressed).ok
        town.settle()
        (file,) = direct_messages(town, OWNER)[-1]["files"]
        assert file["name"] == f"round-2027-01-04-on-2026-11-23.{kind}"


@pytest.mark.parametrize("action", [SEND_CHARTS, SEND_WORKBOOK, SEND_CSV])
def test_charts_and_figures_are_for_owners(town: LocalBot, action: str) -> None:
    (refused,) = answers(town, clicked(town, ADA, action, carry("", town_programme(town))))
    assert "owners" in refused
    assert direct_messages(town, ADA) == []


def town_programme(town: LocalBot) -> str:
    with town.database() as tx:
        ((programme, _),) = tx.programmes.all()
    return programme.id
