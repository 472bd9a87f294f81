"""Who Slack says somebody is."""

from typing import Any

import pytest

from mentoring.core.people import Person, Standing
from messages.people import person_of

HERE = "T0HERE"


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"team_id": HERE}, Standing.MEMBER),
        ({"team_id": None}, Standing.MEMBER),
        ({"is_bot": True}, Standing.BOT),
        ({"is_workflow_bot": True}, Standing.BOT),
        ({"id": "USLACKBOT"}, Standing.BOT),
        ({"deleted": True, "is_bot": True}, Standing.DEACTIVATED),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, Standing.GUEST),
        ({"team_id": "T0OTHER"}, Standing.STRANGER),
        ({"is_stranger": True}, Standing.STRANGER),
        ({"team_id": "T0OTHER", "is_restricted": True}, Standing.STRANGER),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": [HERE, "T0OTHER"]}}, Standing.MEMBER),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": [HERE]}, "is_restricted": True}, Standing.GUEST),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": ["T0OTHER"]}}, Standing.STRANGER),
    ],
)
def test_slacks_user_object_says_what_somebody_is(user: dict[str, Any], standing: Standing) -> None:
    assert person_of({"id": "U0X", **user}, HERE).standing is standing


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "Evie", "real_name": "Eve"}, "name": "eve"}, "Evie"),
        ({"profile": {"display_name": "", "real_name": "Eve"}, "name": "eve"}, "Eve"),
        ({"profile": {}, "real_name": "Eve", "name": "eve"}, "Eve"),
        ({"profile": None, "name": "eve"}, "eve"),
        ({}, ""),
    ],
)
def test_somebody_is_called_by_the_best_name_there_is(user: dict[str, Any], name: str) -> None:
    assert person_of({"id": "U0X", **user}, HERE) == Person("U0X", Standing.MEMBER, name, "UTC")
