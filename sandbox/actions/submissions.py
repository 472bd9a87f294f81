"""Submitting and closing a modal, and applying the app's response."""

from dataclasses import dataclass, field

from sandbox.actions.context import ActionContext, NotVisibleError
from sandbox.block_kit import check_acknowledgement
from sandbox.delivery import payloads
from sandbox.errors import SlackError
from sandbox.traffic import RecordedDelivery
from sandbox.types import JSON
from sandbox.workspace.element_state import validation_error
from sandbox.workspace.views import View

CONNECTION_ERROR = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Submission:
    """Result of a submission: `errors` by block id, or `closed`, or the `view` that is now on top.

    `error` is the sentence the client shows when the app did not respond, or responded with something Slack refuses.
    """

    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    view: JSON | None = None
    error: str = ""


def submit(context: ActionContext, user: str, view_id: str) -> Submission:
    """Submit a modal. Values that the client itself refuses are not sent to the app."""
    workspace = context.workspace
    member = context.person(user)
    with workspace.lock:
        view = context.open_view(user, view_id)
        if view.source.get("submit") is None:
            raise NotVisibleError("This view has no submit button.")
        errors = _validation_errors(view)
        if errors:
            return Submission(errors, False, _top_view(context, user))
        payload = payloads.view_submission(workspace, member, view)
    if not workspace.app.is_interactive:
        return Submission(error=CONNECTION_ERROR, view=_top_view(context, user))
    delivery = context.send("view_submission", payload)
    if not delivery.ok:
        return Submission(error=CONNECTION_ERROR, view=_top_view(context, user))
    return _apply_response(context, view, delivery)


def close(context: ActionContext, user: str, view_id: str, *, everything: bool = False) -> None:
    """Close a modal with its close button, or (`everything`) close the whole stack with the X.

    Sends `view_closed` to the app for each view with `notify_on_close`.
    """
    workspace = context.workspace
    member = context.person(user)
    with workspace.lock:
        view, stack = context.open_view(user, view_id), workspace.views.stack(user)
        if view not in stack:
            raise NotVisibleError("A Home tab does not close.")
        everything = everything or bool(view.source.get("clear_on_close"))
        gone = list(reversed(stack)) if everything else [view]
        queued = [
            payloads.view_closed(workspace, member, one, is_cleared=everything)
            for one in gone
            if one.source.get("notify_on_close")
        ]
        for one in gone:
            workspace.views.close(one)
        workspace.changes.publish([user], "views")
    for payload in queued:
        context.send("view_closed", payload)


def _validation_errors(view: View) -> dict[str, str]:
    errors = {}
    for slot in view.slots():
        if slot.is_input:
            state = view.state[slot.block_id][slot.action_id]
            found = validation_error(slot.element, state, optional=bool(slot.block.get("optional")))
            if found:
                errors[slot.block_id] = found
    return errors


def _apply_response(context: ActionContext, view: View, delivery: RecordedDelivery) -> Submission:
    workspace, user = context.workspace, view.user
    response = delivery.response.body if delivery.response else None
    with workspace.lock:
        problems = [str(problem) for problem in check_acknowledgement(view.source, response)]
        if not problems:
            try:
                errors = _perform_response_action(context, view, response if isinstance(response, dict) else {})
            except SlackError as error:
                problems = [f"[ERROR] {error.error}"]
        if problems:
            delivery.error, delivery.problems = "refused", problems
            return Submission(error=CONNECTION_ERROR, view=_top_view(context, user))
        workspace.changes.publish([user], "views")
        is_closed = view not in workspace.views.stack(user)
        return Submission(errors, is_closed, _top_view(context, user))


def _perform_response_action(context: ActionContext, view: View, response: JSON) -> dict[str, str]:
    """Perform the `response_action` of a valid response. Returns the errors to show, by block id."""
    views = context.workspace.views
    match response.get("response_action"):
        case "errors":
            return dict(response["errors"])
        case "clear":
            for one in reversed(list(views.stack(view.user))):
                views.close(one)
        case "update":
            views.update(view, response["view"])
        case "push":
            views.push(view.user, response["view"])
        case _:
            views.close(view)
    return {}


def _top_view(context: ActionContext, user: str) -> JSON | None:
    with context.workspace.lock:
        stack = context.workspace.views.stack(user)
        return context.workspace.view_payload(stack[-1]) if stack else None
