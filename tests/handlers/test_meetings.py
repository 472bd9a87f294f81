"""Logging a meeting, correcting it, ticking off what was agreed; and the notes, which stay between the two."""

import json

import pytest

from messages.ids import (
    CORRECT_MEETING,
    DELETE_MEETING,
    LOG_MEETING,
    MEETING_FORM,
    OPEN_PARTNERSHIPS,
    PARTNERSHIPS_VIEW,
    TICK_ITEM,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import applied, introduced, later
from tests.handlers.support import direct_messages, last_payload, post, rows
from tests.journeys.story import Story, answer_to, button_values
from tests.local_bot import OWNER, LocalBot, typed

ADA, BEN, CHI = "U0ADA", "U0BEN", "U0CHI"
NOTES = "what only the two know"
MET = {"met_on": "2026-11-24", "minutes": "45", "way": "walking", "notes": NOTES}


@pytest.fixture
def story(town: LocalBot) -> Story:
    """Ada and Ben were introduced yesterday."""
    introduced(town, ADA, BEN)
    later(town, days=1)
    return Story(town)


def open_form(story: Story, user: str) -> None:
    story.opens(user, lambda person: person.command("/mentor log"), MEETING_FORM)


def shown(story: Story, user: str) -> str:
    """What this person's partnerships show them."""
    view = story.opens(user, lambda person: person.command("/mentor status"), PARTNERSHIPS_VIEW)
    return "\n".join(visible_texts(view["blocks"]))


def test_the_partner_gets_one_line_without_the_notes_and_a_button_to_where_they_are(
    town: LocalBot, story: Story
) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    told = direct_messages(town, BEN)[-1]
    assert told["text"] == f"<@{ADA}> logged a meeting with you"
    assert "24 November 2026, 45 minutes" in " ".join(message_text(told).split())
    assert NOTES not in message_text(told)
    story.opens(BEN, lambda person: person.click(OPEN_PARTNERSHIPS), PARTNERSHIPS_VIEW)
    assert NOTES in "\n".join(visible_texts(town.person(BEN).views[-1]["blocks"]))
    assert [message["text"] for message in direct_messages(town, ADA)] == ["Your meeting is saved"]
    assert NOTES not in message_text(direct_messages(town, ADA)[0])


def test_no_owner_ever_reads_the_notes(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    owner = town.person(OWNER)
    owner.command("/mentor status")
    town.settle()
    owner.click("See all partnerships")
    town.settle()
    assert NOTES not in str(direct_messages(town, OWNER))
    assert NOTES not in str(owner.views)
    assert "See all partnerships" in message_text(direct_messages(town, OWNER)[-1])


def test_the_same_form_sent_twice_is_one_meeting(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    again = last_payload(town, "view_submission")
    assert post(town, again) == (200, "")
    town.settle()
    assert len(rows(town)["meetings"]) == 1
    assert [message["text"] for message in direct_messages(town, BEN)] == [f"<@{ADA}> logged a meeting with you"]


def log_again(story: Story, user: str) -> str:
    """Try to log a meeting of a day that has one, and return what the form says then."""
    open_form(story, user)
    person = story.person(user)
    person.fill(MET)
    refused = person.submit()
    assert not refused.closed
    assert refused.errors == {}
    assert typed(person) == MET
    assert person.view is not None
    return "\n".join(visible_texts(person.view["blocks"]))


@pytest.mark.parametrize(("second", "who"), [(ADA, "You’ve"), (BEN, f"<@{ADA}> has")])
def test_a_second_log_of_a_day_asks_first_and_nothing_typed_is_lost(
    town: LocalBot, story: Story, second: str, who: str
) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    heard = direct_messages(town, ADA), direct_messages(town, BEN)
    says = log_again(story, second)
    assert f"{who} already logged a meeting on 24 November 2026" in " ".join(says.split())
    assert len(rows(town)["meetings"]) == 1
    assert NOTES in str(rows(town)["drafts"])
    assert (direct_messages(town, ADA), direct_messages(town, BEN)) == heard
    town.person(second).close()
    open_form(story, second)
    assert typed(story.person(second)) == MET, "as a draft"


def test_another_day_is_logged_from_the_form_that_asks(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    log_again(story, ADA)
    story.sends(ADA, {"met_on": "2026-11-23"})
    assert sorted(meeting["met_on"] for meeting in rows(town)["meetings"]) == ["2026-11-23", "2026-11-24"]


def test_a_correction_that_moves_it_to_a_logged_day_asks_first(town: LocalBot, story: Story) -> None:
    for day in ("2026-11-24", "2026-11-23"):
        open_form(story, ADA)
        story.sends(ADA, {**MET, "met_on": day})
    shown(story, ADA)
    story.opens(ADA, lambda person: person.click(CORRECT_MEETING), MEETING_FORM)
    ada = story.person(ADA)
    ada.fill({"met_on": "2026-11-23"})
    assert not ada.submit().closed
    assert "already logged a meeting on 23 November 2026" in " ".join(visible_texts(ada.views[-1]["blocks"]))
    story.sends(ADA, {"another": ["yes"]})
    assert [meeting["met_on"] for meeting in rows(town)["meetings"]] == ["2026-11-23", "2026-11-23"]


def test_two_meetings_on_one_day_are_two_and_the_second_is_told_a_week_later(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    log_again(story, ADA)
    story.sends(ADA, {"another": ["yes"]})
    assert len(rows(town)["meetings"]) == 2
    assert len(direct_messages(town, BEN)) == 1
    later(town, days=7, hours=5)  # Ben is in New York
    assert len(direct_messages(town, BEN)) == 2


@pytest.mark.parametrize(("day", "says"), [("2026-11-25", "in the future"), ("2026-11-22", "started then")])
def test_a_day_that_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(
    story: Story, day: str, says: str
) -> None:
    open_form(story, ADA)
    ada = story.person(ADA)
    ada.fill({**MET, "met_on": day})
    refused = ada.submit()
    assert list(refused.errors) == ["met_on"]
    assert says in refused.errors["met_on"]
    ada.close()
    open_form(story, ADA)
    assert typed(ada) == {**MET, "met_on": day}


def test_today_is_the_authors_own_day(town: LocalBot, story: Story) -> None:
    """It is the 24th in London, and the 25th in Kolkata already."""
    introduced(town, CHI, "U0DEE")
    later(town, hours=9)
    open_form(story, CHI)
    assert typed(story.person(CHI))["met_on"] == "2026-11-25"
    story.sends(CHI, {**MET, "met_on": "2026-11-25"})
    assert [meeting["met_on"] for meeting in rows(town)["meetings"]] == ["2026-11-25"]


def test_the_button_under_an_old_message_says_so_after_the_end(town: LocalBot, story: Story) -> None:
    later(town, days=12)
    old = story.partnership_of(ADA, BEN)
    story.ends(BEN, ADA)
    introduced(town, CHI, ADA)
    story.clicks(ADA, LOG_MEETING, old)
    assert "has already ended" in answer_to(town.slack, ADA), "although there is another one"
    assert town.person(ADA).view is None


def test_a_form_that_was_open_when_it_ended_says_so_and_keeps_what_was_typed(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    town.person(ADA).fill(MET)
    story.ends(BEN, ADA)
    refused = town.person(ADA).submit()
    assert not refused.closed
    assert "has already ended" in " ".join(refused.errors.values())
    assert rows(town)["meetings"] == []
    assert NOTES in str(rows(town)["drafts"])


def test_who_has_two_partnerships_says_which(town: LocalBot, story: Story) -> None:
    applied(town, [CHI], [ADA])
    introduced(town, CHI, ADA)
    open_form(story, ADA)
    with town.database() as tx:
        (chis,) = [p.id for p in tx.partnerships.of(CHI)]
    story.sends(ADA, {**MET, "partnership": chis})
    assert [meeting["partnership_id"] for meeting in rows(town)["meetings"]] == [chis]
    assert direct_messages(town, BEN) == []
    assert [message["text"] for message in direct_messages(town, CHI)] == [f"<@{ADA}> logged a meeting with you"]


def test_the_button_of_one_partnership_does_not_ask_which(town: LocalBot, story: Story) -> None:
    introduced(town, CHI, ADA)
    story.logs(ADA, CHI, on="2026-11-24")
    assert direct_messages(town, BEN) == []
    assert len(direct_messages(town, CHI)) == 1


def test_only_the_author_corrects_and_nobody_is_told(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    (meeting,) = rows(town)["meetings"]
    heard = direct_messages(town, BEN)
    shown(story, ADA)
    story.opens(ADA, lambda person: person.click(CORRECT_MEETING), MEETING_FORM)
    assert typed(story.person(ADA)) == MET
    story.sends(ADA, {"minutes": "60", "notes": "mended"})
    ada = story.person(ADA)
    assert ada.view is not None
    assert "mended" in "\n".join(visible_texts(ada.view["blocks"]))
    assert direct_messages(town, BEN) == heard
    (corrected,) = rows(town)["meetings"]
    assert (corrected["id"], corrected["minutes"], corrected["logged_by"]) == (meeting["id"], 60, ADA)

    shown(story, BEN)
    assert button_values(story.person(BEN).view, CORRECT_MEETING) == []


def test_a_correction_of_anothers_log_made_by_hand_is_refused(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    shown(story, ADA)
    story.opens(ADA, lambda person: person.click(CORRECT_MEETING), MEETING_FORM)
    story.sends(ADA, {"minutes": "60"})
    forged = last_payload(town, "view_submission")
    forged["user"]["id"] = BEN
    forged["view"]["state"]["values"]["minutes"]["minutes"]["selected_option"]["value"] = "90"
    _, answer = post(town, forged)
    assert "only they can correct it" in json.dumps(answer)
    forged["user"]["id"] = CHI
    _, answer = post(town, forged)
    assert "errors" in json.dumps(answer)
    assert [meeting["minutes"] for meeting in rows(town)["meetings"]] == [60]


@pytest.mark.parametrize("by", [ADA, BEN])
def test_either_deletes_a_log_with_its_notes_and_the_other_is_told_once(town: LocalBot, story: Story, by: str) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    other = BEN if by == ADA else ADA
    mine, theirs = direct_messages(town, by), direct_messages(town, other)
    shown(story, by)
    if by == ADA:
        story.opens(ADA, lambda person: person.click(CORRECT_MEETING), MEETING_FORM)
    story.clicks(by, DELETE_MEETING)
    assert rows(town)["meetings"] == []
    assert rows(town)["meeting_notes"] == []
    views = town.person(by).views
    assert NOTES not in str(views), "also in the list below the form"
    assert "Log deleted" in str(views) or by == BEN
    assert direct_messages(town, by) == mine
    later(town, hours=6)  # Ben is in New York
    (told,) = direct_messages(town, other)[len(theirs) :]
    assert told["text"] == f"<@{by}> deleted the log of a meeting"
    assert "24 November 2026" in " ".join(message_text(told).split())
    story.clicks(other, LOG_MEETING)
    assert town.person(other).view is not None


def test_a_stranger_deletes_nothing(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, MET)
    (meeting,) = rows(town)["meetings"]
    (said,) = answers(town, clicked(town, CHI, DELETE_MEETING, f"{meeting['id']}:1"))
    assert "can’t find this partnership" in said
    assert len(rows(town)["meetings"]) == 1


def test_either_ticks_off_what_was_agreed(town: LocalBot, story: Story) -> None:
    open_form(story, ADA)
    story.sends(ADA, {**MET, "actions_theirs": "Read the report", "action_by": "2026-12-01"})
    for user in (ADA, BEN):
        assert "Read the report" in shown(story, user)
        assert "1 December 2026" in " ".join(shown(story, user).split())
    story.clicks(BEN, TICK_ITEM)
    view = story.person(BEN).view
    assert button_values(view, TICK_ITEM) == []
    assert "Read the report" not in shown(story, ADA)
    assert button_values(story.person(ADA).view, TICK_ITEM) == []
    assert [item["state"] for item in rows(town)["action_items"]] == ["done"]


def test_who_has_no_partnership_is_told_where_they_stand(town: LocalBot) -> None:
    (reply,) = town.person(CHI).command("/mentor log").messages
    assert "You don’t have a partnership right now" in reply["text"]
