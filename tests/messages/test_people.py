"""Who Slack says somebody is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mentoring.core.people import AccountStatus, Person
from messages.people import person_of

HERE = "T0HERE"


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({}, AccountStatus.MEMBER),
        ({"team_id": HERE}, AccountStatus.MEMBER),
        ({"team_id": None}, AccountStatus.MEMBER),
        ({"is_bot": True}, AccountStatus.BOT),
        ({"is_workflow_bot": True}, AccountStatus.BOT),
        ({"id": "USLACKBOT"}, AccountStatus.BOT),
        ({"deleted": True, "is_bot": True}, AccountStatus.DEACTIVATED),
        ({"is_restricted": True}, AccountStatus.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, AccountStatus.GUEST),
        ({"team_id": "T0OTHER"}, AccountStatus.STRANGER),
        ({"is_stranger": True}, AccountStatus.STRANGER),
        ({"team_id": "T0OTHER", "is_restricted": True}, AccountStatus.STRANGER),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": [HERE, "T0OTHER"]}}, AccountStatus.MEMBER),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": [HERE]}, "is_restricted": True}, AccountStatus.GUEST),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": ["T0OTHER"]}}, AccountStatus.STRANGER),
    ],
)
def test_slacks_user_object_says_what_somebody_is(user: dict[str, Any], standing: AccountStatus) -> None:
    assert person_of({"id": "U0X", **user}, HERE).account_status is standing


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "Evie", "real_name": "Eve"}, "name": "eve"}, "Evie"),
        ({"profile": {"display_name": "", "real_name": "Eve"}, "name": "eve"}, "Eve"),
        ({"profile": {}, "real_name": "Eve", "name": "eve"}, "Eve"),
        ({"profile": None, "name": "eve"}, "eve"),
        ({"profile": {"display_name": "\u200b", "real_name": "Eve\ud83d"}}, "Eve"),
        ({"profile": {"display_name": "\u202eE\u0301ve \u00a0X\0"}}, "Éve X"),
        ({}, ""),
    ],
)
def test_somebody_is_called_by_the_best_name_there_is(user: dict[str, Any], name: str) -> None:
    assert person_of({"id": "U0X", **user}, HERE) == Person("U0X", AccountStatus.MEMBER, name)


@pytest.mark.parametrize(
    ("user", "zone", "hours"),
    [
        ({"tz": "America/Los_Angeles", "tz_offset": -28800}, "America/Los_Angeles", -8),
        ({"tz": None, "tz_offset": -28800}, "UTC-08:00", -8),
        ({"tz": "", "tz_offset": 20700}, "UTC+05:45", 5.75),
        ({"tz_offset": -12600}, "UTC-03:30", -3.5),
        ({"tz": None, "tz_offset": 0}, "UTC+00:00", 0),
        ({"tz": "Atlantis/Capital", "tz_offset": 3600}, "UTC+01:00", 1),
        ({"tz": "x" * 300, "tz_offset": 3600}, "UTC+01:00", 1),
        ({"tz": None, "tz_offset": None}, "", 9),
        ({"tz": None}, "", 9),
        ({}, "", 9),
        ({"tz": None, "tz_offset": True}, "", 9),
        ({"tz": None, "tz_offset": "-28800"}, "", 9),
        ({"tz": None, "tz_offset": 10**9}, "", 9),
        ({"tz": 7, "tz_offset": 3600}, "UTC+01:00", 1),
    ],
)
def test_their_time_is_by_their_zone_or_its_offset_or_else_the_programmes(
    user: dict[str, Any], zone: str, hours: float
) -> None:
    found = replace(person_of({"id": "U0X", **user}, HERE), programme_zone="Asia/Tokyo")
    assert found.time_zone == zone
    assert found.local(datetime(2026, 12, 1, tzinfo=UTC)).utcoffset() == timedelta(hours=hours)
