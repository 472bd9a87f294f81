"""The members of the workspace, Slack's user object for them, and the custom fields of their profiles."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.types import JSON


@dataclass(frozen=True)
class ProfileField:
    """A custom field that the workspace's profiles have, as in team.profile.get.

    `type` is one of Slack's: "text", "options_list" (with `options`), "date", "link", "user". The members' values are
    in `Member.fields`. `is_hidden`: profiles do not show it.
    """

    id: str
    label: str
    type: str = "text"
    hint: str = ""
    options: tuple[str, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True)
class Member:
    """A person (or another bot) of the workspace.

    `team_id` None is this workspace; another id makes an external member who is here through a shared channel.
    `is_guest` is a multi-channel guest, `is_single_channel_guest` a single-channel guest. `avatar` is an emoji, or
    describes a drawn face: empty for any face, "short" for one with short hair, or "face 5 0 9" for the indices of
    skin, hair colour and hairstyle in `avatars.js`. `utc_offset` (seconds) is of a member whose time zone Slack cannot
    name: `tz` is null then. `fields` are the values of custom fields, by the id of the field: a date as YYYY-MM-DD, a
    person as their id.
    """

    id: str
    handle: str
    name: str
    display_name: str = ""
    time_zone: str = "Europe/London"
    email: str = ""
    title: str = ""
    is_bot: bool = False
    is_guest: bool = False
    is_single_channel_guest: bool = False
    deactivated: bool = False
    team_id: str | None = None
    avatar: str = ""
    utc_offset: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def user_object(
    member: Member, *, home_team: str, now: datetime, with_email: bool, is_stranger: bool, bot: Mapping[str, str]
) -> JSON:
    """The user object of users.info (docs.slack.dev/reference/objects/user-object).

    The email address needs the scope users:read.email. `is_stranger`: a member of another workspace who shares no
    channel with the app. `bot` has `bot_id` and `api_app_id` of a bot.
    """
    team = member.team_id or home_team
    user: JSON = {
        "id": member.id,
        "team_id": team,
        "name": member.handle,
        "deleted": member.deactivated,
        "profile": profile_object(member, team, with_email and team == home_team, bot),
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": int(now.timestamp()),
    }
    if member.team_id not in (None, home_team):
        user["is_stranger"] = is_stranger
    if member.deactivated:
        return user
    return user | {
        "color": hashlib.sha256(member.id.encode()).hexdigest()[:6],
        "real_name": member.name,
        **_time_zone(member, now),
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.is_guest or member.is_single_channel_guest,
        "is_ultra_restricted": member.is_single_channel_guest,
        "has_2fa": False,
        "is_email_confirmed": not member.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }


def _time_zone(member: Member, now: datetime) -> JSON:
    if member.utc_offset is not None:
        return {"tz": None, "tz_label": None, "tz_offset": member.utc_offset}
    local = now.astimezone(ZoneInfo(member.time_zone))
    offset = local.utcoffset()
    return {
        "tz": member.time_zone,
        "tz_label": local.tzname() or member.time_zone,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def profile_object(member: Member, team: str, with_email: bool, bot: Mapping[str, str]) -> JSON:
    """The profile of the user object, without the values of custom fields: Slack leaves them out there."""
    first, _, last = member.name.partition(" ")
    avatar = f"https://avatars.invalid/{member.id}"
    profile: JSON = {
        "title": member.title,
        "phone": "",
        "skype": "",
        "real_name": member.name,
        "real_name_normalized": member.name,
        "display_name": member.display_name,
        "display_name_normalized": member.display_name,
        "fields": None,
        "status_text": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "avatar_hash": hashlib.sha256(member.avatar.encode()).hexdigest()[:12],
        "first_name": first,
        "last_name": last,
        **{f"image_{size}": f"{avatar}_{size}.png" for size in (24, 32, 48, 72, 192, 512)},
        "status_text_canonical": "",
        "team": team,
    }
    if member.is_bot:
        profile |= {**bot, "always_active": True}
    elif with_email and member.email:
        profile["email"] = member.email
    return profile


def field_definition(field: ProfileField, place: int) -> JSON:
    """A field of team.profile.get (docs.slack.dev/reference/methods/team.profile.get). `place` counts from 0."""
    return {
        "id": field.id,
        "ordering": place,
        "field_name": "",
        "label": field.label,
        "hint": field.hint,
        "type": field.type,
        "possible_values": list(field.options) or None,
        "options": {"is_scim": False, "is_protected": False},
        "is_hidden": field.is_hidden,
        "is_inverse": False,
    }


def field_values(member: Member) -> JSON:
    """The values of custom fields, as in users.profile.get (docs.slack.dev/reference/methods/users.profile.get)."""
    return {id: {"value": value, "alt": ""} for id, value in member.fields.items() if value}
