"""users.info, users.list and users.lookupByEmail."""

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


METHODS = (
    Method("users.info", info, TIER_4, ("users:read",)),
    Method("users.list", list_, TIER_2, ("users:read",)),
    Method("users.lookupByEmail", lookup_by_email, TIER_3, ("users:read.email",)),
)
