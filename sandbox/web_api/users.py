"""users.info, users.list, users.lookupByEmail and users.profile.get."""

from sandbox.errors import SlackError
from sandbox.types import JSON
from sandbox.web_api.method import TIER_2, TIER_3, TIER_4, Args, Method, MethodContext, paginate


def info(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    user = workspace.user_payload(workspace.member(args.text("user")))
    if args.flag("include_locale"):
        user["locale"] = "en-GB"
    return {"user": user}


def list_(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    # Members of other workspaces, here through shared channels, are not listed.
    ours = [member for member in workspace.members.values() if not workspace.is_external(member)]
    members, cursor = paginate(ours, args, default=1000, most=1000)
    return {
        "members": [workspace.user_payload(member) for member in members],
        "cache_ts": int(workspace.calendar.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def lookup_by_email(context: MethodContext, args: Args) -> JSON:
    workspace, email = context.workspace, args.required("email").casefold()
    for member in workspace.members.values():
        is_known = not member.deactivated and not workspace.is_external(member)
        if member.email and member.email.casefold() == email and is_known:
            return {"user": workspace.user_payload(member)}
    raise SlackError("users_not_found")


def profile_get(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    member = workspace.member(args.text("user", workspace.app.bot_user_id))
    profile = workspace.profile_payload(member)
    if args.flag("include_labels"):
        labels = {field.id: field.label for field in workspace.profile_fields}
        profile["fields"] = {id: {**said, "label": labels.get(id, "")} for id, said in profile["fields"].items()}
    return {"profile": profile}


METHODS = (
    Method("users.info", info, TIER_4, ("users:read",)),
    Method("users.list", list_, TIER_2, ("users:read",)),
    Method("users.lookupByEmail", lookup_by_email, TIER_3, ("users:read.email",)),
    Method("users.profile.get", profile_get, TIER_4, ("users.profile:read",)),
)
