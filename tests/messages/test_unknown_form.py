"""The modal that replaces a form of another version."""

from typing import Any

import pytest

from mentoring.applications.application import Role
from mentoring.programmes.settings import Part
from messages import ids
from messages.forms import FormMetadata
from messages.ids import Subcommand
from messages.payloads import check_view
from messages.unknown_form import TodaysForm, todays_form, unknown_form


def a_form(*block_ids: str, callback_id: str = "old-form", meta: str = "", text: str = "Typed.") -> dict[str, Any]:
    return {
        "callback_id": callback_id,
        "private_metadata": meta,
        "blocks": [
            {"type": "input", "block_id": block_id, "label": {"type": "plain_text", "text": block_id * 50}}
            for block_id in block_ids
        ],
        "state": {"values": {block_id: {"x": {"value": text}} for block_id in block_ids}},
    }


@pytest.mark.parametrize(
    ("view", "form"),
    [
        (a_form("hopes", "months", "ways"), TodaysForm(ids.APPLICATION_FORM, Role.MENTEE, "", Subcommand.REQUEST)),
        (a_form("hopes", "places"), TodaysForm(ids.APPLICATION_FORM, Role.MENTOR, "", Subcommand.VOLUNTEER)),
        (
            a_form("hopes", meta=FormMetadata(form=Role.MENTOR).dump()),
            TodaysForm(ids.APPLICATION_FORM, Role.MENTOR, "", Subcommand.VOLUNTEER),
        ),
        (
            a_form("helps", "rating", meta=FormMetadata(form="check-in", about="P1").dump()),
            TodaysForm(ids.CHECK_IN_FORM, "check-in", "P1"),
        ),
        (
            a_form("notes", "met_on", meta=FormMetadata(form="correct", about="M1").dump()),
            TodaysForm(ids.MEETING_FORM, "correct", "M1", Subcommand.STATUS),
        ),
        (
            a_form("reason", "other", meta=FormMetadata(form=ids.SWAP_FORM, about="M1").dump()),
            TodaysForm(ids.SWAP_FORM, ids.SWAP_FORM, "M1", Subcommand.MATCH),
        ),
        (a_form("mentee", "mentor"), TodaysForm(ids.PAIR_FORM, ids.PAIR_FORM, "", Subcommand.MATCH)),
        (a_form("grades", "departments"), TodaysForm(ids.SETUP_FORM, Part.CHOICES, "", Subcommand.SETUP)),
        (a_form("name", callback_id=ids.SETUP_FORM), TodaysForm(ids.SETUP_FORM, Part.BASICS, "", Subcommand.SETUP)),
        (a_form("notes", "met_on"), None),
        (a_form("goal"), None),
        (a_form("goal", "hopes"), None),
        (a_form(), None),
        (a_form("hopes", text=""), None),
    ],
)
def test_the_form_of_today_is_the_one_that_asks_for_most_of_it(view: dict[str, Any], form: TodaysForm | None) -> None:
    assert todays_form(view) == form


@pytest.mark.parametrize("text", ["\N{GRINNING FACE}" * 1500, "<&>\n" * 750, "漢" * 3000])
@pytest.mark.parametrize("fields", [1, 16, 100])
def test_however_much_was_typed_slack_takes_it(fields: int, text: str) -> None:
    view = a_form(*(f"field-{number}" for number in range(fields)), text=text)
    shown = unknown_form(view, None, kept=True)
    check_view(shown)
    if fields == 1:
        assert shown["blocks"][2]["text"]["text"] == text.strip()
