"""auth.test, apps.connections.open, team.info, team.profile.get, bots.info and api.test."""

from sandbox.errors import SlackError
from sandbox.members import field_definition
from sandbox.types import JSON
from sandbox.web_api.method import SPECIAL, TIER_3, TIER_4, Args, Method, MethodContext
from sandbox.workspace.messages import bot_profile


def auth_test(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    bot = workspace.members[workspace.app.bot_user_id]
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": bot.handle,
        "team_id": workspace.team_id,
        "user_id": bot.id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(context: MethodContext, args: Args) -> JSON:
    return {"url": context.issue_socket_url()}


def team_info(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    if args.text("team", workspace.team_id) != workspace.team_id:
        raise SlackError("team_not_found")
    sizes = (34, 44, 68, 88, 102, 132, 230)
    icon = {f"image_{size}": f"https://avatars.invalid/{workspace.team_id}_{size}.png" for size in sizes}
    team = {
        "id": workspace.team_id,
        "name": workspace.name,
        "url": f"https://{workspace.domain}.slack.com/",
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {**icon, "image_default": True},
        "avatar_base_url": "https://avatars.invalid/",
        "is_verified": False,
    }
    return {"team": team}


_IS_SHOWN = {"all": (False, True), "visible": (False,), "hidden": (True,)}
"""The values of `is_hidden`, by the argument `visibility`."""


def team_profile_get(context: MethodContext, args: Args) -> JSON:
    wanted = _IS_SHOWN.get(args.text("visibility") or "all")
    if wanted is None:
        raise SlackError("invalid_arguments")
    defined = [field_definition(field, place) for place, field in enumerate(context.workspace.profile_fields)]
    return {"profile": {"fields": [field for field in defined if field["is_hidden"] in wanted], "sections": []}}


def bots_info(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    if args.text("bot", workspace.app.bot_id) != workspace.app.bot_id:
        raise SlackError("bot_not_found")
    profile = bot_profile(workspace)
    return {"bot": {key: value for key, value in profile.items() if key != "team_id"}}


def api_test(context: MethodContext, args: Args) -> JSON:
    if args.text("error"):
        raise SlackError(args.text("error"))
    return {"args": dict(args.values)}


METHODS = (
    Method("auth.test", auth_test, SPECIAL),
    Method("apps.connections.open", connections_open, TIER_3, ("connections:write",), "app"),
    Method("team.info", team_info, TIER_3, ("team:read",)),
    Method("team.profile.get", team_profile_get, TIER_3, ("users.profile:read",)),
    Method("bots.info", bots_info, TIER_3, ("users:read",)),
    Method("api.test", api_test, TIER_4),
)
