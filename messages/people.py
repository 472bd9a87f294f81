"""Parses the user objects of Slack (https://docs.slack.dev/reference/objects/user-object), and custom profile fields:
their definitions (https://docs.slack.dev/reference/methods/team.profile.get) and values
(https://docs.slack.dev/reference/methods/users.profile.get).
"""

import re
from collections.abc import Mapping
from typing import Any

from mentoring.core.clean_text import clean_line
from mentoring.core.people import AccountStatus, Person, fixed_zone, zone_named
from mentoring.people.profile_fields import CustomField


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


def title_of(user: Mapping[str, Any]) -> str:
    """What the profile of a `user` object of Slack says as title, or ""."""
    profile = user.get("profile")
    return clean_line(str(profile.get("title") or "")) if isinstance(profile, Mapping) else ""


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


_FIELD = re.compile(r"Xf[A-Z0-9]{2,30}")


def is_custom_field(id: str) -> bool:
    """Whether `id` has the form of Slack's ids of custom fields, such as Xf0123ABCD."""
    return _FIELD.fullmatch(id) is not None


def custom_fields_of(profile: Any) -> tuple[CustomField, ...]:
    """The custom fields of a workspace's `profile`, in Slack's order: those that are shown, without what Slack
    derives from another field, such as a manager's reports.
    """
    found = profile.get("fields") if isinstance(profile, Mapping) else None
    fields = [each for each in found or () if isinstance(each, Mapping) and is_custom_field(str(each.get("id")))]
    return tuple(
        CustomField(str(field["id"]), clean_line(str(field.get("label") or field["id"])), str(field.get("type")))
        for field in fields
        if not field.get("is_hidden") and not field.get("is_inverse")
    )


def field_values_of(profile: Any) -> dict[str, str]:
    """What the custom fields of a person's `profile` say, by Slack's id of the field, without empty ones."""
    found = profile.get("fields") if isinstance(profile, Mapping) else None
    if not isinstance(found, Mapping):  # Slack sends null or a list if there is none
        return {}
    values = {str(id): each.get("value") for id, each in found.items() if isinstance(each, Mapping)}
    return {id: clean_line(str(value)) for id, value in values.items() if value}
