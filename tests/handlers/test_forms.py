"""Applying: forms that come back filled, drafts that keep what was typed, and effects that happen once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.programmes import Cohort
from messages.ids import APPLICATION_FORM, OPEN_REQUEST, SENTENCE_VIEW, WITHDRAW
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from sandbox.person import Person
from tests.handlers.support import buttons, direct_messages, last_payload, post, rows
from tests.local_bot import OFFER, OWNER, REQUEST, START, LocalBot, typed
from tests.local_bot import local_bot as open_town
from tests.one_programme import the_programme

ADA = "U0ADA"
EVERYTHING: dict[str, Any] = {
    **OFFER,
    "topics": ["Career planning", "Job search"],
    "hopes": "Twelve years of nights & weekends, <seriously>.",
    "ways": ["video", "walking"],
    "languages": ["en", "cy"],
    "other_languages": "Klingon",
    "wish": "U0BEN",
}


def opens(town: LocalBot, user: str, command: str, callback_id: str = APPLICATION_FORM) -> Person:
    person = town.person(user)
    assert person.command(command).ok
    person.await_view(callback_id)
    return person


def test_a_first_form_is_empty(town: LocalBot) -> None:
    assert typed(opens(town, ADA, "/mentor request")) == {}


@pytest.mark.parametrize(("command", "says"), [("/mentor request", REQUEST), ("/mentor volunteer", EVERYTHING)])
def test_applying_again_opens_what_was_sent(town: LocalBot, command: str, says: dict[str, Any]) -> None:
    town.apply(ADA, command, says)
    assert typed(opens(town, ADA, command)) == says


def test_both_roles_at_once_are_two_applications(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    town.apply(ADA, "/mentor volunteer", OFFER)
    assert set(_applications(town, ADA)) == {Role.MENTEE, Role.MENTOR}


def test_an_edit_changes_the_application_and_keeps_its_place_in_the_queue(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    before = _applications(town, ADA)[Role.MENTEE]
    town.slack.calendar.move_to(START + timedelta(days=2))
    town.apply(ADA, "/mentor request", {**REQUEST, "months": "9"})
    after = _applications(town, ADA)[Role.MENTEE]
    assert (after.months, after.id, after.sent_at) == (9, before.id, before.sent_at)
    assert len(rows(town)["applications"]) == 1


def test_a_refused_form_comes_back_with_all_that_was_typed(town: LocalBot) -> None:
    town.knows(ADA, "U0BOSS", "U0BEN")
    ada = opens(town, ADA, "/mentor volunteer")
    ada.fill({**EVERYTHING, "started_on": "2026-03-23"})
    assert list(ada.submit().errors) == ["started_on"]
    ada.close(everything=True)

    ada = opens(town, ADA, "/mentor volunteer")
    assert typed(ada) == {**EVERYTHING, "started_on": "2026-03-23"}
    ada.fill({"started_on": "2025-11-23"})
    assert ada.submit().closed
    assert _applications(town, ADA)[Role.MENTOR].topics == ("Career planning", "Job search")
    assert rows(town)["drafts"] == []


def test_a_draft_of_one_role_does_not_fill_the_other(town: LocalBot) -> None:
    town.knows(ADA, "U0BOSS")
    ada = opens(town, ADA, "/mentor volunteer")
    ada.fill({**OFFER, "started_on": "2026-03-23"})
    ada.submit()
    ada.close()
    assert typed(opens(town, ADA, "/mentor request")) == {}


def test_a_draft_survives_a_restart(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        town.knows(ADA, "U0BOSS")
        ada = opens(town, ADA, "/mentor volunteer")
        ada.fill({**OFFER, "started_on": "2026-03-23"})
        assert not ada.submit().closed
    with open_town(tmp_path) as town:
        assert typed(opens(town, ADA, "/mentor volunteer")) == {**OFFER, "started_on": "2026-03-23"}


def test_one_year_to_the_day_is_enough_service(town: LocalBot) -> None:
    town.apply(ADA, "/mentor volunteer", {**OFFER, "started_on": "2025-11-23"})
    assert _applications(town, ADA)[Role.MENTOR].state is ApplicationState.OPEN


def test_everything_that_is_wrong_is_said_at_once(town: LocalBot) -> None:
    town.knows(ADA)
    ada = opens(town, ADA, "/mentor volunteer")
    ada.fill({**OFFER, "manager": ADA, "started_on": "2027-01-01"})
    assert set(ada.submit().errors) == {"manager", "started_on"}


def test_somebody_picked_is_looked_up_while_the_rest_is_typed(town: LocalBot) -> None:
    ada = opens(town, ADA, "/mentor request")
    ada.fill({"manager": "U0BOSS"})
    town.settle()
    assert _asked_slack(town, "U0BOSS")
    ada.fill(REQUEST)
    assert ada.submit().closed


def test_until_slack_has_answered_a_sentence_says_so_and_nothing_is_typed_in_vain(town: LocalBot) -> None:
    town.slack.faults.fail("users.info", times=50)
    ada = opens(town, ADA, "/mentor request", SENTENCE_VIEW)
    assert ada.view is not None
    assert "Slack can’t tell me who you are right now." in "\n".join(visible_texts(ada.view["blocks"]))


def test_a_form_that_is_sent_while_slack_does_not_say_who_is_named_in_it_is_taken(town: LocalBot) -> None:
    town.knows(ADA)
    town.slack.faults.fail("users.info", times=50)
    ada = opens(town, ADA, "/mentor request")
    ada.fill(REQUEST)
    assert ada.submit().closed


def test_sending_the_same_twice_has_one_effect(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    held = rows(town)["applications"]
    status, body = post(town, last_payload(town, "view_submission"))
    town.settle()
    assert (status, body) == (200, "")
    assert rows(town)["applications"] == held
    assert len(direct_messages(town, ADA)) == 1


def test_a_double_click_on_send_has_one_effect(town: LocalBot) -> None:
    town.knows(ADA, "U0BOSS")
    ada = opens(town, ADA, "/mentor request")
    ada.fill(REQUEST)
    assert ada.submit().closed
    town.settle()
    payload = last_payload(town, "view_submission")
    ben = {**payload, "user": {**payload["user"], "id": "U0BEN"}}
    town.knows("U0BEN")
    with ThreadPoolExecutor(8) as clicks:
        answers = list(clicks.map(lambda _: post(town, ben), range(8)))
    town.settle()
    assert answers == [(200, "")] * 8
    assert len(direct_messages(town, "U0BEN")) == 1
    assert [row["person"] for row in rows(town)["applications"]] == [ADA, "U0BEN"]


def test_withdrawing_is_a_click_and_a_confirmation_and_says_that_it_is_done(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    ada = town.person(ADA)
    ada.click(WITHDRAW, confirm=False)
    assert _applications(town, ADA)[Role.MENTEE].state is ApplicationState.OPEN
    ada.click(WITHDRAW)
    town.settle()
    assert _applications(town, ADA)[Role.MENTEE].state is ApplicationState.WITHDRAWN
    assert "withdrawn" in direct_messages(town, ADA)[-1]["text"]


def test_withdrawing_twice_has_one_effect_and_a_sentence(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    ada = town.person(ADA)
    receipt = direct_messages(town, ADA)[0]
    ada.click(WITHDRAW, message=receipt)
    town.settle()
    ada.click(WITHDRAW, message=receipt)
    town.settle()
    assert len(direct_messages(town, ADA)) == 2
    assert ada.inbox()[-1]["is_ephemeral"]
    assert "withdrawn" in ada.inbox()[-1]["text"]


def test_what_was_withdrawn_can_be_sent_again_and_waits_again(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    before = _applications(town, ADA)[Role.MENTEE]
    ada = town.person(ADA)
    ada.click(WITHDRAW)
    town.settle()
    town.slack.calendar.move_to(START + timedelta(days=3))
    ada.click(OPEN_REQUEST, message=direct_messages(town, ADA)[-1])
    assert typed(ada) == REQUEST
    assert ada.submit().closed
    town.settle()
    after = _applications(town, ADA)[Role.MENTEE]
    assert (after.state, after.id) == (ApplicationState.OPEN, before.id)
    assert after.sent_at > before.sent_at
    assert len(direct_messages(town, ADA)) == 3


def test_the_last_day_is_the_applicants_own(town: LocalBot) -> None:
    last_day = _cohort(town).apply_by
    town.knows("U0BEN", "U0CHI", "U0BOSS")  # New York and Kolkata
    moment = START.replace(year=last_day.year, month=last_day.month, day=last_day.day, hour=20)
    town.slack.calendar.move_to(moment)
    town.apply("U0BEN", "/mentor request", REQUEST)
    town.apply("U0CHI", "/mentor request", REQUEST)
    cohort = _cohort(town)
    assert not _applications(town, "U0BEN")[Role.MENTEE].waits_for_next(cohort)
    assert _applications(town, "U0CHI")[Role.MENTEE].waits_for_next(cohort)


def test_before_it_opens_and_when_it_is_over_a_sentence_says_so(town: LocalBot) -> None:
    cohort = _cohort(town)
    town.apply(ADA, "/mentor request", REQUEST)
    town.slack.calendar.move_to(START.replace(year=cohort.ends_on.year) + timedelta(days=60))
    town.knows("U0BEN")
    reply = town.person("U0BEN").command("/mentor request")
    assert len(reply.messages) == 1
    assert town.person("U0BEN").view is None
    (help_,) = town.person("U0BEN").command("/mentor").messages
    assert buttons(help_) == set()


def test_a_form_that_was_left_open_too_long_is_refused_and_kept(town: LocalBot) -> None:
    town.knows(ADA, "U0BOSS")
    ada = opens(town, ADA, "/mentor request")
    ada.fill(REQUEST)
    town.slack.calendar.move_to(START.replace(year=2028))
    refused = ada.submit()
    assert not refused.closed
    assert refused.errors
    assert len(rows(town)["drafts"]) == 1
    assert rows(town)["applications"] == []


def test_who_sees_the_answers_is_said_at_the_top_and_at_each_field_for_owners_only(town: LocalBot) -> None:
    view = opens(town, ADA, "/mentor volunteer").view
    assert view is not None
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert len(inputs) == 13
    assert "The programme owners see all of them." in str(view["blocks"][0])
    owners_only = [block["block_id"] for block in inputs if "Owners only." in block.get("hint", {}).get("text", "")]
    assert owners_only == ["hopes", "started_on", "places", "manager", "no_manager", "wish"]
    manager = next(block for block in inputs if block["block_id"] == "manager")
    assert "avoid a match in your line of management" in manager["hint"]["text"]


def test_the_owner_is_no_witness_of_what_others_do(town: LocalBot) -> None:
    town.apply(ADA, "/mentor request", REQUEST)
    assert [m["text"] for m in direct_messages(town, OWNER)] == ["You’re an owner of the mentoring programme here"]
    assert REQUEST["hopes"] not in "".join(message_text(m) for m in direct_messages(town, ADA))


def _asked_slack(town: LocalBot, user: str) -> bool:
    return any(call.method == "users.info" and call.args.get("user") == user for call in town.slack.calls)


def _cohort(town: LocalBot) -> Cohort:
    with town.database() as tx:
        programme = the_programme(tx)
        assert programme is not None
        cohort = tx.cohorts.current(programme.id)
    assert cohort is not None
    return cohort


def _applications(town: LocalBot, user: str) -> Any:
    with town.database() as tx:
        return tx.applications.of(user, _cohort(town).id)
