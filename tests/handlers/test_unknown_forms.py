"""Forms of another version of the bot, which a person had open during an upgrade: nothing that was typed is lost."""

import json
from typing import Any

import pytest

from messages import ids
from sandbox.blocks import visible_texts
from tests.handlers.conftest import Logs
from tests.handlers.requests import clicked, filled_in
from tests.handlers.starting_points import ADA, BEN, CHECK_IN_DAY, MET, TODO, after_days, founded, partners
from tests.handlers.support import Json, post, rows
from tests.handlers.test_discretion import broken
from tests.local_bot import OWNER, REQUEST, LocalBot, typed

WORDS = "Marker, in my own words"
ANSWERS = {**REQUEST, "hopes": WORDS, "wish": BEN}


def sent(town: LocalBot, user: str, action: str, says: Json, value: str = "") -> Json:
    """A form of this version, filled in and about to be sent."""
    post(town, clicked(town, user, action, value))
    town.settle()
    town.person(user).await_view()
    return filled_in(town, user, says)


def other(payload: Json, **changes: Any) -> Json:
    """The same form as another version may have built it."""
    return {**payload, "view": {**payload["view"], **changes}}


def shown(town: LocalBot, payload: Json) -> str:
    """What replaces the form when it is sent."""
    status, body = post(town, payload)
    town.settle()
    assert status == 200
    assert isinstance(body, dict)
    assert body["response_action"] == "update", body
    assert body["view"]["title"]["text"] == "This form has changed"
    assert "submit" not in body["view"]
    return "\n".join(visible_texts(body["view"]["blocks"]))


def drafts(town: LocalBot, user: str) -> dict[str, Json]:
    """By the name of the form, without the programme."""
    found = [row for row in rows(town)["drafts"] if row["person"] == user]
    return {row["form"].partition("@")[0]: json.loads(row["form_values"]) for row in found}


def test_a_form_with_an_unknown_name_is_kept_shown_and_filled_in_where_it_fits(town: LocalBot, logs: Logs) -> None:
    founded(town)
    payload = sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)
    text = shown(town, other(payload, callback_id="request-form", private_metadata="mentee"))
    assert "it wasn’t sent.* We kept what you typed." in text
    assert "`/mentor request`" in text
    for part in (WORDS, "What do you hope to get from mentoring?", "6 months", "In person", f"<@{BEN}>", "English"):
        assert part in text
    assert set(drafts(town, ADA)) == {"request-form", "application-form:mentee"}
    assert rows(town)["applications"] == []
    town.person(ADA).close()
    town.person(ADA).command("/mentor request")
    assert typed(town.person(ADA)) == ANSWERS
    assert WORDS not in logs.text


def test_what_was_kept_is_gone_once_the_form_of_today_is_sent(town: LocalBot) -> None:
    founded(town)
    payload = sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)
    shown(town, other(payload, private_metadata="mentee|7"))
    assert post(town, payload) == (200, "")
    assert "application-form:mentee" not in drafts(town, ADA)


def test_a_form_that_asks_for_something_else_is_kept_under_its_own_name_and_shown(town: LocalBot) -> None:
    founded(town)
    payload = sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)
    blocks = [{"type": "input", "block_id": "goal", "label": {"type": "plain_text", "text": "By then I will <…>"}}]
    state = {"values": {"goal": {"x": {"type": "plain_text_input", "value": WORDS}}}}
    meta = json.dumps({"form": "goal", "about": "a1"})
    goal = other(payload, callback_id="goal-form", private_metadata=meta, blocks=blocks, state=state)
    text = shown(town, goal)
    assert f"*By then I will &lt;…&gt;*\n{WORDS}" in text
    assert "Here it is, to copy. To see what you can do now, type `/mentor`." in text
    assert drafts(town, ADA) == {"goal-form:goal:a1": {"goal": WORDS}}
    assert rows(town)["drafts"][0]["saved_at"]


@pytest.mark.parametrize(
    "metadata", ["", "garbage", "mentee|7", '{"form": "owner"}', '{"form": "", "version": 1}', "null"]
)
def test_a_form_with_metadata_of_another_version_is_kept(town: LocalBot, metadata: str) -> None:
    founded(town)
    payload = sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)
    assert WORDS in shown(town, other(payload, private_metadata=metadata))
    assert drafts(town, ADA)["application-form:mentee"]["hopes"] == WORDS


def test_a_form_with_a_choice_of_another_version_is_kept(town: LocalBot) -> None:
    founded(town)
    payload = json.loads(json.dumps(sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)))
    pigeon = {"value": "pigeon", "text": {"type": "plain_text", "text": "By carrier pigeon"}}
    payload["view"]["state"]["values"]["ways"]["ways"]["selected_options"] = [pigeon]
    assert "By carrier pigeon" in shown(town, payload)
    town.person(ADA).close()
    town.person(ADA).command("/mentor request")
    assert typed(town.person(ADA)) == {key: value for key, value in ANSWERS.items() if key != "ways"}


def test_a_mentors_form_fills_in_the_mentors_form(town: LocalBot) -> None:
    founded(town)
    payload = sent(town, ADA, ids.OPEN_VOLUNTEER, {**ANSWERS, "started_on": "2020-01-07", "places": "2"})
    assert "`/mentor volunteer`" in shown(town, other(payload, callback_id="offer-form", private_metadata=""))
    assert drafts(town, ADA)["application-form:mentor"]["places"] == "2"


def test_a_person_who_was_once_named_in_words_does_not_stop_the_form_of_today(town: LocalBot) -> None:
    founded(town)
    payload = json.loads(json.dumps(sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)))
    payload["view"]["state"]["values"]["manager"] = {"x": {"type": "plain_text_input", "value": "Bo Boss"}}
    assert "Bo Boss" in shown(town, other(payload, callback_id="request-form"))
    town.person(ADA).close()
    town.person(ADA).command("/mentor request")
    assert typed(town.person(ADA)) == {key: value for key, value in ANSWERS.items() if key != "manager"}


def test_the_log_of_a_meeting_comes_back(town: LocalBot) -> None:
    partners(town)
    payload = sent(town, ADA, ids.LOG_MEETING, {**MET, **TODO})
    assert "`/mentor log`" in shown(town, other(payload, callback_id="log-form"))
    town.person(ADA).close()
    town.person(ADA).command("/mentor log")
    assert typed(town.person(ADA)) == {**MET, **TODO}


def test_a_check_in_comes_back_by_its_button(town: LocalBot) -> None:
    partnership = after_days(CHECK_IN_DAY)(town)
    says = {"rating": "4", "helps": WORDS, "decision": "go-on"}
    payload = sent(town, ADA, ids.OPEN_CHECK_IN, says, partnership)
    assert "Use the button in my message" in shown(town, other(payload, callback_id="pulse-form"))
    town.person(ADA).close()
    town.person(ADA).click(ids.OPEN_CHECK_IN)
    assert typed(town.person(ADA)) == says
    assert rows(town)["feedback"] == []


def test_the_settings_come_back_for_an_owner(town: LocalBot) -> None:
    payload = sent(town, OWNER, ids.OPEN_SETUP, {"purpose": WORDS}, "basics")
    assert "`/mentor setup`" in shown(town, other(payload, private_metadata="basics|3"))
    assert drafts(town, OWNER)["setup-form:basics"]["purpose"] == WORDS


def test_if_it_cannot_be_kept_it_is_shown_all_the_same(town: LocalBot) -> None:
    founded(town)
    payload = sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)
    with broken(town, "drafts"):
        text = shown(town, other(payload, callback_id="request-form"))
    assert "We couldn’t save what you typed. Copy it before you close this." in text
    assert "fill in" not in text
    assert WORDS in text


def test_an_unknown_name_may_be_as_long_as_slack_allows(town: LocalBot) -> None:
    founded(town)
    payload = sent(town, ADA, ids.OPEN_REQUEST, ANSWERS)
    assert WORDS in shown(town, other(payload, callback_id="x" * 255, private_metadata=""))
    assert "x" * 64 in drafts(town, ADA)
