"""Text that no keyboard writes, such as half an emoji, is normalised where it enters, and never stops a form."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from messages import ids
from tests.handlers.requests import answers, clicked, filled_in, typed_command
from tests.handlers.starting_points import (
    ADA,
    BOSS,
    CHECK_IN_DAY,
    MET,
    after_days,
    boss_applied,
    founded,
    partners,
    time_booked,
)
from tests.handlers.support import Json, post, rows
from tests.local_bot import OWNER, REQUEST, LocalBot

ODD = "\u200b\ud83d \0cafe\u0301\x07\u00a0\U0001f468\u200d\U0001f469\u200d\U0001f467 \udc00\ufeff"
NORMAL = "café \U0001f468\u200d\U0001f469\u200d\U0001f467"
UNSEEN = "\u200b\u00a0\u2060\ud83d\ufeff"


def opened(town: LocalBot, user: str, action: str, value: str, callback_id: str, says: Json) -> Json:
    """The form that a button opens, filled in and about to be sent."""
    post(town, clicked(town, user, action, value))
    town.settle()
    town.person(user).await_view(callback_id)
    return filled_in(town, user, says)


def with_text(sent: Json, block_id: str, text: str) -> Json:
    """The same form with this text in a field, as Slack sends it: JSON can carry half an emoji."""
    changed: Json = json.loads(json.dumps(sent))
    (element,) = changed["view"]["state"]["values"][block_id].values()
    element["value"] = text
    return changed


def column(table: str, name: str) -> Callable[[LocalBot], Any]:
    return lambda town: rows(town)[table][0][name]


FORMS: dict[str, tuple[Callable[[LocalBot], str], str, str, str, Json, str, Callable[[LocalBot], Any]]] = {
    "hopes": (founded, ADA, ids.OPEN_REQUEST, ids.APPLICATION_FORM, dict(REQUEST), "hopes", column(
        "application_private_answers", "hopes"
    )),
    "notes": (
        partners,
        ADA,
        ids.LOG_MEETING,
        ids.MEETING_FORM,
        dict(MET), "notes", column("meeting_notes", "notes")),
    "actions_mine": (
        partners, ADA, ids.LOG_MEETING, ids.MEETING_FORM, dict(MET), "actions_mine", column("action_items", "words"),
    ),
    "action": (partners, ADA, ids.ADD_ITEM, ids.ITEM_FORM, {}, "action", column("action_items", "words")),
    "meeting place": (
        time_booked, ADA, ids.CHANGE_PLACE, ids.PLACE_FORM, {}, "meeting_place", column("meeting_places", "words"),
    ),
    "check-in": (
        after_days(CHECK_IN_DAY), ADA, ids.OPEN_CHECK_IN, ids.CHECK_IN_FORM, {"rating": "4", "decision": "go-on"},
        "helps", column("feedback", "helps"),
    ),
    "reason": (
        boss_applied, OWNER, ids.PAIR_BY_HAND, ids.PAIR_FORM,
        {"mentee": f"mentee-{ADA}", "mentor": f"mentor-{BOSS}"}, "reason", column("exemptions", "reason"),
    ),
    "purpose": (
        lambda _: "basics", OWNER, ids.OPEN_SETUP, ids.SETUP_FORM, {}, "purpose", column("programmes", "purpose")
    ),
    "topics": (
        lambda _: "choices", OWNER, ids.OPEN_SETUP, ids.SETUP_FORM, {}, "topics",
        lambda town: json.loads(rows(town)["programmes"][0]["topics"])[0],
    ),
    "word": (
        lambda _: "words", OWNER, ids.OPEN_SETUP, ids.SETUP_FORM, {}, "term_mentor",
        lambda town: json.loads(rows(town)["programmes"][0]["terms"])[0],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_half_an_emoji_in_a_form_is_left_out_and_the_rest_is_saved(town: LocalBot, name: str) -> None:
    begin, user, action, callback_id, says, block_id, saved = FORMS[name]
    sent = opened(town, user, action, begin(town), callback_id, says)
    assert answers(town, with_text(sent, block_id, ODD)) == [""]
    assert saved(town) == NORMAL
    assert rows(town)["drafts"] == []


@pytest.mark.parametrize("name", ["hopes", "action", "topics", "reason"])
def test_what_nobody_can_see_is_an_empty_field(town: LocalBot, name: str) -> None:
    begin, user, action, callback_id, says, block_id, _ = FORMS[name]
    sent = opened(town, user, action, begin(town), callback_id, says)
    (said,) = answers(town, with_text(sent, block_id, UNSEEN))
    assert said
    assert "wrong on our side" not in said
    assert [block_id in row["form_values"] and UNSEEN not in row["form_values"] for row in rows(town)["drafts"]] == [
        True
    ]


def test_a_refused_form_is_kept_although_it_has_half_an_emoji(town: LocalBot) -> None:
    sent = opened(town, ADA, ids.OPEN_REQUEST, founded(town), ids.APPLICATION_FORM, {**REQUEST, "manager": ADA})
    (said,) = answers(town, with_text(sent, "hopes", ODD))
    assert said == "You can’t choose yourself. Choose your manager."
    assert json.loads(rows(town)["drafts"][0]["form_values"])["hopes"] == NORMAL


@pytest.mark.parametrize("text", ["re\u200bquest", "\ufeffrequest\u00a0", "req\u00aduest \u2066", "\u3000REQUEST\0"])
def test_a_command_is_understood_whatever_was_copied_with_it(town: LocalBot, text: str) -> None:
    founded(town)
    post(town, typed_command(town, ADA, text))
    town.person(ADA).await_view(ids.APPLICATION_FORM)


def test_names_from_slack_are_normalised(town: LocalBot) -> None:
    town.knows(ADA)
    town.changes(ADA, display_name="\u202eA\u0308da\u200b\u00a0 Adams\u2066")
    assert [row["display_name"] for row in rows(town)["people"] if row["id"] == ADA] == ["Äda Adams"]
