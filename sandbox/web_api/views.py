"""views.open, push, update and publish."""

from typing import Literal

from sandbox.block_kit import check_view
from sandbox.errors import MissingArgumentError, SlackError
from sandbox.types import JSON
from sandbox.web_api.method import TIER_4, Args, Method, MethodContext
from sandbox.workspace.triggers import Trigger
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace


def open_(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    source, trigger = _source(args, "modal"), _trigger(workspace, args)
    view = workspace.views.open(trigger.user, source)
    trigger.exchanged = True
    return _view_response(workspace, view)


def push(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    source, trigger = _source(args, "modal"), _trigger(workspace, args)
    if trigger.view_id is None:
        raise SlackError("not_found")
    view = workspace.views.push(trigger.user, source)
    trigger.exchanged = True
    return _view_response(workspace, view)


def update(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    if not args.text("view_id") and not args.text("external_id"):
        raise MissingArgumentError("view_id")
    source = _source(args, None)
    view = workspace.views.find(args.text("view_id"), args.text("external_id"))
    if source["type"] != view.source["type"]:
        raise SlackError("invalid_arguments", ["[ERROR] a view cannot change its type [json-pointer:/view/type]"])
    workspace.views.update(view, source, args.text("hash") or None)
    return _view_response(workspace, view)


def publish(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    user, source = args.required("user_id"), _source(args, "home")
    if not workspace.app.has_home_tab:
        raise SlackError("not_enabled")
    workspace.member(user)
    return _view_response(workspace, workspace.views.publish(user, source, args.text("hash") or None))


def _source(args: Args, kind: Literal["modal", "home"] | None) -> JSON:
    """The given view, of that type (None: any). Raises SlackError if Slack refuses it."""
    source = args.object("view")
    if source is None:
        raise MissingArgumentError("view")
    problems = check_view(source, kind)
    if problems:
        raise SlackError(problems[0].error, [str(problem) for problem in problems])
    return source


def _trigger(workspace: Workspace, args: Args) -> Trigger:
    trigger_id = args.text("trigger_id") or args.text("interactivity_pointer")
    if not trigger_id:
        raise MissingArgumentError("trigger_id")
    return workspace.triggers.check(trigger_id)


def _view_response(workspace: Workspace, view: View) -> JSON:
    workspace.change_listener.view_changed(view)
    workspace.changes.publish([view.user], "views")
    return {"view": workspace.view_payload(view, with_state=False)}


METHODS = (
    Method("views.open", open_, TIER_4),
    Method("views.push", push, TIER_4),
    Method("views.update", update, TIER_4),
    Method("views.publish", publish, TIER_4),
)
