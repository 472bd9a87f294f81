"""Adapts Bolt listeners to handlers.

A handler is a function of the `AppContext` and the `Request` that returns a `Response`. Its refusals and errors become
sentences: in the reply to a command, near a button, or at the field of a form.
https://docs.slack.dev/interactivity/handling-user-interaction
"""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack, BoltContext, BoltResponse

from handlers.context import AppContext, ReplaceForm, Reply, Request, Response, SlackEvent
from handlers.drafts import save_draft_after_error
from handlers.effort import count_later
from handlers.request_runner import Handler, RequestRunner, conflict_sentence, database_sentence
from handlers.unknown_forms import keep_unknown_form
from mentoring.applications.errors import is_unknown
from mentoring.core.clean_text import clean_line
from mentoring.core.errors import MentoringError
from messages import saving
from messages.errors import at_fields
from messages.forms import UnknownForm
from messages.in_programme import split_value
from messages.payloads import check_command_ack, check_response_action
from services.errors import report_error
from storage import Conflict, DatabaseUnusable, retry_on_conflict

log = logging.getLogger(__name__)

_WRITTEN_SUBTYPES = (None, "file_share")
"""Subtypes of messages that a person wrote; others are about edits, deletions and the like."""

EventHandler = Callable[[AppContext, SlackEvent], None]
Listener = Callable[..., BoltResponse]


@dataclass(frozen=True)
class _Refused:
    """Plain sentences by block id, for a form that was not taken."""

    errors: dict[str, str]


@dataclass(frozen=True)
class _Kept:
    """A form of another version: what was typed is kept, and `view` shows it."""

    view: dict[str, Any]


class BoltAdapter(RequestRunner):
    """Adapts Bolt listeners to handlers: parse, run, acknowledge, respond."""

    def command(self, handler: Handler) -> Listener:
        """A slash command. A reply is part of the acknowledgement."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            request = self._read_request(
                body, context, person=body["user_id"], text=clean_line(body.get("text") or ""), is_command=True
            )
            self._note_act(request)
            response = self._respond(handler, request)
            count_later(self._app, request)
            if isinstance(response, Reply):
                payload = {"response_type": "ephemeral", **response.message.payload()}
                check_command_ack(payload)
                return ack(**payload)
            self._perform(response, request)
            return ack()

        return listener

    def action(self, handler: Handler, *, refresh: Handler | None = None) -> Listener:
        """A button, a menu, or a picker that sends its choice at once. If an action in a modal is refused, `refresh`
        updates that modal.
        """

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            action = body["actions"][0]
            chosen = action.get("selected_option") or {}
            sent = action.get("value") or action.get("selected_user") or chosen.get("value") or ""
            value, programme = split_value(sent)
            view = body.get("view")
            at_home = view is not None and view.get("type") == "home"
            request = self._read_request(
                body,
                context,
                person=body["user"]["id"],
                value=value,
                programme=programme,
                view=None if at_home else view,
                action=action["action_id"],
                at_home=at_home,
            )
            self._note_act(request)
            response = self._respond(handler, request)
            self._perform(response, request)
            self._close_reply(response, request)
            count_later(self._app, request)
            if refresh and request.view and isinstance(response, Reply):
                self._refresh_modal(refresh, request)
            return ack()

        return listener

    def submission(self, handler: Handler) -> Listener:
        """A form submission. Refusals are shown at their fields, and the form stays open with its input.

        A form that this version of the bot cannot have built is kept as a draft. If it takes too long, it is
        acknowledged with a view that says so and shows the result later.
        """

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            view = body["view"]
            request = self._read_request(body, context, person=body["user"]["id"], view=view)
            self._note_act(request)
            response = self._submitted(ack, request, view, lambda: self._submit(handler, request, view))
            count_later(self._app, request)
            return response

        return listener

    def unknown_submission(self) -> Listener:
        """A submission of a form that has no handler: one of another version of the bot."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            view = body["view"]
            request = self._read_request(body, context, person=body["user"]["id"], view=view)
            return self._submitted(ack, request, view, lambda: self._unknown_form(request))

        return listener

    def _submitted(
        self,
        ack: Ack,
        request: Request,
        view: Mapping[str, Any],
        work: Callable[[], "Response | _Refused | _Kept"],
    ) -> BoltResponse:
        """Do the work, and acknowledge with its result if it is there in time."""
        started = self._app.submissions.start(work)
        if not self._app.submissions.is_done_in_time(started):
            return self._acknowledge_early(ack, request, view, started)
        return self._acknowledge(ack, request, started.result())

    def _acknowledge(self, ack: Ack, request: Request, result: "Response | _Refused | _Kept") -> BoltResponse:
        match result:
            case _Refused(errors):
                return ack(response_action="errors", errors=errors)
            case _Kept(view):
                return ack(response_action="update", view=view)
            case ReplaceForm(following):
                return ack(response_action="update", view=dict(following))
            case response:
                self._perform(response, request)
                return ack()

    def _unknown_form(self, request: Request) -> "_Refused | _Kept":
        """Keep what was typed into a form of another version as a draft, and show it in the place of the form."""
        sent = request.view or {}
        try:
            view = keep_unknown_form(self._app, request)
            check_response_action(sent, {"response_action": "update", "view": view})
        except Exception as error:  # a form of a shape that Slack does not have
            return _Refused(at_fields.at_first_field(sent, self._unexpected(error, request, marked=False)))
        return _Kept(view)

    def _submit(self, handler: Handler, request: Request, view: Mapping[str, Any]) -> "Response | _Refused | _Kept":
        """Run the handler of a submission. A refusal or an error becomes sentences for the fields of `view`."""
        try:
            return self._run_known(handler, request)
        except MentoringError as refusal:
            errors = at_fields.field_errors(refusal, view, self._programme(request))
        except DatabaseUnusable as failure:
            errors = at_fields.at_first_field(view, database_sentence(failure))
        except (ValidationError, UnknownForm):
            return self._unknown_form(request)
        except Conflict as conflict:
            save_draft_after_error(self._app, request)
            errors = at_fields.at_first_field(view, conflict_sentence(conflict))
        except Exception as error:  # the person is told, and their input is saved
            save_draft_after_error(self._app, request)
            errors = at_fields.at_first_field(view, self._unexpected(error, request, marked=False))
        check_response_action(view, {"response_action": "errors", "errors": errors})
        return _Refused(errors)

    def _run_known(self, handler: Handler, request: Request) -> Response:
        """Run the handler. If it does not know yet who the person is, ask Slack, and run it again."""
        try:
            return self._run(handler, request)
        except MentoringError as refusal:
            if not is_unknown(refusal) or not self._app.profiles.look_up(request.person):
                raise
        return self._run(handler, request)

    def _acknowledge_early(
        self, ack: Ack, request: Request, view: Mapping[str, Any], started: "Future[Response | _Refused | _Kept]"
    ) -> BoltResponse:
        """Show that the form is being saved, above it or, where nothing fits above it, in its place."""
        in_place = saving.is_at_full_depth(view)
        external_id = f"saving-{secrets.token_hex(8)}"
        shown = saving.saving(external_id)
        action = "update" if in_place else "push"
        check_response_action(view, {"response_action": action, "view": shown})
        response = ack(response_action=action, view=shown)
        started.add_done_callback(lambda done: self._show_result(done, request, view, external_id, in_place=in_place))
        return response

    def _show_result(
        self,
        done: "Future[Response | _Refused | _Kept]",
        request: Request,
        view: Mapping[str, Any],
        external_id: str,
        *,
        in_place: bool,
    ) -> None:
        """Show the late result of a submission in the view that says that it is being saved."""
        refused = saving.given_back if in_place else saving.not_saved
        try:
            result = done.result()
            match result:
                case _Refused(errors):
                    shown = refused(view, errors)
                case _Kept(kept):
                    shown = {**kept, "clear_on_close": not in_place}
                case ReplaceForm(following):
                    shown = {**following, "clear_on_close": not in_place or following.get("clear_on_close", False)}
                case response:
                    self._perform(response, request)
                    shown = saving.saved(clears=not in_place)
        except Exception as error:  # the person waits for a result
            shown = refused(view, {"": self._unexpected(error, request, marked=False)})
        self._app.modals.replace(external_id, shown)

    def event(self, handler: Handler) -> Listener:
        """A message event, which may arrive more than once with the same `event_id`.

        After repeated write conflicts, and while the database cannot be written, it is not acknowledged, so that Slack
        sends it again.
        """

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            event = body["event"]
            if event.get("bot_id") or event.get("subtype") not in _WRITTEN_SUBTYPES or not event.get("user"):
                return ack()
            request = self._read_request(
                body, context, person=event["user"], event_id=body["event_id"], files=_files_in(event)
            )
            try:
                self._run(handler, request)
            except MentoringError as refusal:
                log.info("An event was refused: %s", type(refusal).__name__)
            except (Conflict, DatabaseUnusable) as error:
                return _send_again(error)
            except Exception as error:  # Slack would only send it again; the log has it
                report_error(error)
            return ack()

        return listener

    def workspace_event(self, handler: EventHandler) -> Listener:
        """An event without a response; it may arrive late and more than once. It is not acknowledged as `event`."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            event = SlackEvent(context.team_id or "", self._app.calendar(), body["event"])
            try:
                retry_on_conflict(lambda: handler(self._app, event))
            except (Conflict, DatabaseUnusable) as error:
                return _send_again(error)
            except Exception as error:  # Slack would only send it again; the log has it
                report_error(error)
            return ack()

        return listener


def _send_again(error: Conflict | DatabaseUnusable) -> BoltResponse:
    """Do not acknowledge an event. In Socket Mode, Bolt's adapter acknowledges only 200."""
    if isinstance(error, DatabaseUnusable):
        log.error("An event could not be handled, and Slack sends it again: %s", error)
    else:
        conflict_sentence(error)
    return BoltResponse(status=503)


def _files_in(event: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the files in a message."""
    files = event.get("files")
    found = [file.get("id") for file in files if isinstance(file, Mapping)] if isinstance(files, list) else []
    return tuple(id for id in found if isinstance(id, str) and _FILE_ID.fullmatch(id))


_FILE_ID = re.compile(r"F[A-Z0-9]{2,30}")
