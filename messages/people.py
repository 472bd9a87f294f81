"""Parses the user objects of Slack (https://docs.slack.dev/reference/objects/user-object)."""

from collections.abc import Mapping
from typing import Any

from mentoring.core.clean_text import clean_line
from mentoring.core.people import AccountStatus, Person, fixed_zone, zone_named


def person_of(user: Mapping[str, Any], workspace: str) -> Person:
    """A `user` object of Slack as a person of `workspace`, with a normalised name. Raises KeyError if it has no id."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return Person(
        id=user["id"],
        account_status=_account_status(user, workspace),
        display_name=next(filter(None, (clean_line(str(name or "")) for name in names)), ""),
        time_zone=_time_zone(user),
    )


def _time_zone(user: Mapping[str, Any]) -> str:
    """The user's time zone, by its name or else by its offset now; "" if Slack tells neither."""
    named, seconds = user.get("tz"), user.get("tz_offset")
    if isinstance(named, str) and zone_named(named):
        return named
    return fixed_zone(seconds) if isinstance(seconds, int) and not isinstance(seconds, bool) else ""


def _account_status(user: Mapping[str, Any], workspace: str) -> AccountStatus:
    if user.get("deleted"):
        return AccountStatus.DEACTIVATED
    if user.get("is_bot") or user.get("is_workflow_bot") or user["id"] == "USLACKBOT":
        return AccountStatus.BOT
    of_this_organisation = workspace in (user.get("enterprise_user") or {}).get("teams", ())
    if user.get("is_stranger") or (user.get("team_id") not in (None, workspace) and not of_this_organisation):
        return AccountStatus.STRANGER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return AccountStatus.GUEST
    return AccountStatus.MEMBER
