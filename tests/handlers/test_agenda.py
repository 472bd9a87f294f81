"""The agenda of a first meeting: either ticks, leaves out and adds in private; the log and the agreement begin from
it.
"""

from dataclasses import replace

import pytest

from mentoring.agenda.agenda import AgendaStepId
from mentoring.core.outcome import Outcome
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.agreement_story import switch
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, introduced, later
from tests.handlers.support import Json, direct_messages, last_payload, post, rows
from tests.journeys.story import Story, answer_to, button_values
from tests.local_bot import OWNER, LocalBot, typed
from tests.one_programme import programme_and_cohort

OURS = "The garden behind the house"


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced yesterday, in a programme with agreements; the partnership's id."""
    switch(town)
    found = introduced(town, ADA, BEN)
    later(town, days=1)
    return found


def opens(town: LocalBot, user: str, pair: str) -> Json:
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.OPEN_AGENDA, pair))
    return town.person(user).await_view(ids.AGENDA_VIEW)


def press(town: LocalBot, user: str, action: str, key: str = "") -> None:
    """In the agenda that is open."""
    Story(town).clicks(user, action, key)


def said(town: LocalBot, user: str) -> str:
    view = town.person(user).view
    assert view is not None
    return " ".join(" ".join(visible_texts(view["blocks"])).split())


def adds(town: LocalBot, user: str, pair: str, words: str = OURS) -> None:
    press(town, user, ids.ADD_AGENDA_STEP, pair)
    town.person(user).await_view(ids.AGENDA_STEP_FORM)
    town.person(user).fill({"step": words})
    assert not town.person(user).submit().errors
    town.settle()


def kept(town: LocalBot) -> dict[str, str]:
    return {row["words"] or row["step"]: row["state"] for row in rows(town)["agenda_steps"]}


def chooses(town: LocalBot, user: str, label: str, key: str) -> None:
    """From one of the two menus."""
    view = town.person(user).view
    assert view is not None
    payload = clicked(town, user, label, key)
    rest = {name: payload[name] for name in payload if name not in ("message", "channel", "response_url", "container")}
    answers(town, {**rest, "view": view, "container": {"type": "view", "view_id": view["id"]}})


def test_the_introduction_shows_the_steps_and_opens_the_agenda(town: LocalBot, pair: str) -> None:
    (group,) = [place for place in town.person(ADA).conversations() if place["kind"] == "mpim"]
    words = message_text(town.person(ADA).inbox(group["id"])[0])
    assert "What stays between you" in words
    assert f"What <@{ADA}> hopes for" in words
    view = opens(town, BEN, pair)
    assert len(button_values(view, ids.TICK_AGENDA_STEP)) == len(AgendaStepId)


def test_what_one_ticks_and_adds_the_other_sees_and_no_one_else(town: LocalBot, pair: str) -> None:
    opens(town, ADA, pair)
    press(town, ADA, ids.TICK_AGENDA_STEP, AgendaStepId.HELLO)
    assert "✓ *Who you are" in said(town, ADA)
    adds(town, ADA, pair)
    assert OURS in said(town, ADA), "in the agenda below the form"
    opens(town, BEN, pair)
    assert "✓ *Who you are" in said(town, BEN)
    assert OURS in said(town, BEN)
    press(town, BEN, ids.UNTICK_AGENDA_STEP, AgendaStepId.HELLO)
    assert kept(town) == {"hello": "open", OURS: "open"}
    heard = [message for user in (ADA, BEN) for message in direct_messages(town, user)]
    assert OURS not in str(heard), "nobody gets a message"
    for stranger in (CHI, OWNER):
        (answer,) = answers(town, clicked(town, stranger, ids.OPEN_AGENDA, pair))
        assert "can’t find this partnership" in answer


def test_a_step_is_left_out_and_put_back(town: LocalBot, pair: str) -> None:
    opens(town, ADA, pair)
    chooses(town, ADA, ids.LEAVE_OUT_STEP, AgendaStepId.STRAIGHT)
    assert "Left out: How you tell each other what is hard to hear" in said(town, ADA)
    chooses(town, ADA, ids.PUT_BACK_STEP, AgendaStepId.STRAIGHT)
    assert "Left out" not in said(town, ADA)
    assert kept(town) == {"straight": "open"}


def test_a_step_without_words_is_refused_and_the_same_form_twice_adds_one(town: LocalBot, pair: str) -> None:
    opens(town, ADA, pair)
    press(town, ADA, ids.ADD_AGENDA_STEP, pair)
    ada = town.person(ADA)
    ada.await_view(ids.AGENDA_STEP_FORM)
    assert list(ada.submit().errors) == ["step"]
    ada.fill({"step": OURS})
    ada.submit()
    town.settle()
    post(town, last_payload(town, "view_submission"))
    town.settle()
    assert kept(town) == {OURS: "open"}


def test_the_log_begins_with_what_is_ticked_and_then_the_agenda_stays_as_it_is(town: LocalBot, pair: str) -> None:
    opens(town, ADA, pair)
    press(town, ADA, ids.TICK_AGENDA_STEP, AgendaStepId.RULES)
    adds(town, ADA, pair)
    press(town, ADA, ids.TICK_AGENDA_STEP, button_values(town.person(ADA).view, ids.TICK_AGENDA_STEP)[-1])
    opens(town, BEN, pair)
    press(town, ADA, ids.LOG_MEETING, pair)
    ada = town.person(ADA)
    ada.await_view(ids.MEETING_FORM)
    assert str(typed(ada)["notes"]).splitlines() == ["We talked about:", "– what stays between us", f"– {OURS}"]
    ada.fill({"way": "walking"})
    assert not ada.submit().errors
    town.settle()
    assert [view["callback_id"] for view in ada.views] == [ids.PARTNERSHIPS_VIEW]
    assert "what stays between us" in said(town, ADA)
    press(town, BEN, ids.TICK_AGENDA_STEP, AgendaStepId.HELLO)
    assert "Your first meeting is logged" in answer_to(town.slack, BEN) + str(town.person(BEN).views)
    assert "hello" not in kept(town)
    view = opens(town, BEN, pair)
    assert OURS in said(town, BEN), "it can still be read"
    assert button_values(view, ids.TICK_AGENDA_STEP) == []


def test_the_agreement_begins_with_what_is_ticked(town: LocalBot, pair: str) -> None:
    opens(town, ADA, pair)
    adds(town, ADA, pair)
    press(town, ADA, ids.TICK_AGENDA_STEP, button_values(town.person(ADA).view, ids.TICK_AGENDA_STEP)[-1])
    press(town, ADA, ids.OPEN_AGREEMENT, pair)
    town.person(ADA).await_view(ids.AGREEMENT_FORM)
    assert "You’ve talked about this" in said(town, ADA)
    assert OURS in str(typed(town.person(ADA))["purpose"])


def test_home_and_the_list_lead_to_it_until_they_have_met(town: LocalBot, pair: str) -> None:
    story = Story(town)
    view = story.opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    assert button_values(view, ids.OPEN_AGENDA) == [pair]
    press(town, ADA, ids.OPEN_AGENDA, pair)
    assert [each["callback_id"] for each in town.person(ADA).views] == [ids.AGENDA_VIEW], "in place of the list"
    story.leaves(ADA)
    town.person(ADA).open_home()
    town.settle()
    assert ids.OPEN_AGENDA in str(town.person(ADA).home)
    story.logs(BEN, ADA, on="2026-11-24")
    town.settle()
    town.person(ADA).open_home()
    town.settle()
    assert ids.OPEN_AGENDA not in str(town.person(ADA).home)


def test_a_guide_of_the_programme_takes_the_place_of_our_steps(town: LocalBot, pair: str) -> None:
    lines = ("Why this work?", "x" * 150)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, first_guide=lines, version=programme.version + 1),)))
    view = opens(town, ADA, pair)
    keys = button_values(view, ids.TICK_AGENDA_STEP)
    assert keys == ["Why this work?", "x" * 64]
    press(town, ADA, ids.TICK_AGENDA_STEP, keys[0])
    adds(town, ADA, pair)
    opens(town, BEN, pair)
    assert "✓ *Why this work?*" in said(town, BEN)
    chooses(town, BEN, ids.LEAVE_OUT_STEP, keys[1])
    assert f"Left out: {lines[1]}" in said(town, BEN)
    assert kept(town) == {lines[0]: "ticked", lines[1]: "left-out", OURS: "open"}


def test_an_erasure_takes_the_agenda_with_it(town: LocalBot, pair: str) -> None:
    opens(town, ADA, pair)
    adds(town, ADA, pair)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(BEN, town.slack.calendar.now())
    assert rows(town)["agenda_steps"] == []
