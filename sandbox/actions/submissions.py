"""A modal submitted or closed, and what Slack makes of the app's answer."""

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
    """What a submit comes to: `errors` under the inputs by block id, or `closed`, or another `view` on top.

    `error` is the sentence the client shows when the app failed to answer, or answered what Slack refuses.
    """

    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    view: JSON | None = None
    error: str = ""


def submit(desk: ActionContext, user: str, view_id: str) -> Submission:
    """Press the submit button of a modal. Entries the client itself objects to never reach the app."""
    workspace = desk.workspace
    member = desk.person(user)
    with workspace.lock:
        view = desk.open_view(user, view_id)
        if view.source.get("submit") is None:
            raise NotVisibleError("This view has no submit button.")
        errors = _validation_errors(view)
        if errors:
            return Submission(errors, False, _top_view(desk, user))
        payload = payloads.view_submission(workspace, member, view)
    if not workspace.app.is_interactive:
        return Submission(error=CONNECTION_ERROR, view=_top_view(desk, user))
    delivery = desk.send("view_submission", payload)
    if not delivery.ok:
        return Submission(error=CONNECTION_ERROR, view=_top_view(desk, user))
    return _apply_response(desk, view, delivery)


def close(desk: ActionContext, user: str, view_id: str, *, everything: bool = False) -> None:
    """Close a modal with its close button, or (`everything`) the whole stack with the X.

    `view_closed` goes to the app for each view that asked for it.
    """
    workspace = desk.workspace
    member = desk.person(user)
    with workspace.lock:
        view, stack = desk.open_view(user, view_id), workspace.views.stack(user)
        if view not in stack:
            raise NotVisibleError("A Home tab does not close.")
        everything = everything or bool(view.source.get("clear_on_close"))
        gone = list(reversed(stack)) if everything else [view]
        told = [
            payloads.view_closed(workspace, member, one, is_cleared=everything)
            for one in gone
            if one.source.get("notify_on_close")
        ]
        for one in gone:
            workspace.views.close(one)
        workspace.changes.publish([user], "views")
    for payload in told:
        desk.send("view_closed", payload)


def _validation_errors(view: View) -> dict[str, str]:
    errors = {}
    for slot in view.slots():
        if slot.is_input:
            state = view.state[slot.block_id][slot.action_id]
            found = validation_error(slot.element, state, optional=bool(slot.block.get("optional")))
            if found:
                errors[slot.block_id] = found
    return errors


def _apply_response(desk: ActionContext, view: View, delivery: RecordedDelivery) -> Submission:
    workspace, user = desk.workspace, view.user
    answer = delivery.response.body if delivery.response else None
    with workspace.lock:
        findings = [str(finding) for finding in check_acknowledgement(view.source, answer)]
        if not findings:
            try:
                errors = _perform_response_action(desk, view, answer if isinstance(answer, dict) else {})
            except SlackError as error:
                findings = [f"[ERROR] {error.error}"]
        if findings:
            delivery.error, delivery.problems = "refused", findings
            return Submission(error=CONNECTION_ERROR, view=_top_view(desk, user))
        workspace.changes.publish([user], "views")
        is_closed = view not in workspace.views.stack(user)
        return Submission(errors, is_closed, _top_view(desk, user))


def _perform_response_action(desk: ActionContext, view: View, answer: JSON) -> dict[str, str]:
    """Do what a legal answer asks for; the errors to show, if that is what it asks."""
    views = desk.workspace.views
    match answer.get("response_action"):
        case "errors":
            return dict(answer["errors"])
        case "clear":
            for one in reversed(list(views.stack(view.user))):
                views.close(one)
        case "update":
            views.update(view, answer["view"])
        case "push":
            views.push(view.user, answer["view"])
        case _:
            views.close(view)
    return {}


def _top_view(desk: ActionContext, user: str) -> JSON | None:
    with desk.workspace.lock:
        stack = desk.workspace.views.stack(user)
        return desk.workspace.view_payload(stack[-1]) if stack else None
