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

from handlers.context import (
    AppContext,
    Done,
    InBackground,
    OpenModal,
    OpenWhenKnown,
    OpenWhenReady,
    ReplaceForm,
    Reply,
    Request,
    Response,
    SlackEvent,
    UpdateModal,
)
from handlers.drafts import save_draft_after_error
from handlers.unknown_forms import keep_unknown_form
from mentoring.applications.errors import is_unknown
from mentoring.core.clean_text import clean_line
from mentoring.core.errors import MentoringError, SeveralProgrammes
from mentoring.core.programmes import Programme
from messages import forms, saving
from messages.blocks import sentence_view
from messages.errors import (
    DATABASE_AWAY,
    NOT_POSSIBLE,
    OUR_FAULT,
    SOMEBODY_WAS_FASTER,
    at_fields,
    sentence_for,
    title_for,
    unknown_error,
)
from messages.forms import UnknownForm
from messages.ids import OPEN_HELP, OPENS, Subcommand
from messages.in_programme import split_value
from messages.payloads import check_command_ack, check_response_action, check_view, message
from messages.programmes.overview import choice
from services.errors import report_error
from services.programmes import as_read, programme_about
from storage import Conflict, DatabaseUnusable, retry_on_conflict

log = logging.getLogger(__name__)

_WRITTEN_SUBTYPES = (None, "file_share")
"""Subtypes of messages that a person wrote; others are about edits, deletions and the like."""

Handler = Callable[[AppContext, Request], Response]
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


class BoltAdapter:
    """Adapts Bolt listeners to handlers: parse, run, acknowledge, respond."""

    def __init__(self, app: AppContext) -> None:
        self._app = app

    def command(self, handler: Handler) -> Listener:
        """A slash command. A reply is part of the acknowledgement."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            request = self._read_request(body, context, person=body["user_id"], text=clean_line(body.get("text") or ""))
            response = self._respond(handler, request)
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
            request = self._read_request(
                body,
                context,
                person=body["user"]["id"],
                value=value,
                programme=programme,
                view=body.get("view"),
                action=action["action_id"],
            )
            response = self._respond(handler, request)
            self._perform(response, request)
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
            return self._submitted(ack, request, view, lambda: self._submit(handler, request, view))

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
            errors = at_fields.at_first_field(view, _database_sentence(failure))
        except (ValidationError, UnknownForm):
            return self._unknown_form(request)
        except Conflict as conflict:
            save_draft_after_error(self._app, request)
            errors = at_fields.at_first_field(view, _conflict_sentence(conflict))
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

    def _read_request(self, body: Mapping[str, Any], context: BoltContext, **known: Any) -> Request:
        """Build the request, for the workspace that Bolt has authorized: the body of a form may have the person's home
        workspace instead (https://docs.slack.dev/apis/slack-connect).
        """
        return Request(
            workspace=context.team_id or "",
            now=self._app.calendar(),
            trigger_id=body.get("trigger_id") or "",
            response_url=body.get("response_url") or "",
            **{**known, "programme": known.get("programme") or _programme_in(known.get("view"))},
        )

    def _respond(self, handler: Handler, request: Request) -> Response:
        try:
            return self._run(handler, request)
        except SeveralProgrammes as several:
            return Reply(choice(several.programmes, several.today, _action_of(request), request.value))
        except MentoringError as refusal:
            sentence, title = sentence_for(refusal, self._programme(request)), title_for(refusal)
        except DatabaseUnusable as failure:
            sentence, title = _database_sentence(failure), NOT_POSSIBLE
        except Conflict as conflict:
            sentence, title = _conflict_sentence(conflict), NOT_POSSIBLE
        except Exception as error:  # the person is told
            sentence, title = self._unexpected(error, request), OUR_FAULT
        return Reply(message(sentence, ()), title)

    def _run(self, handler: Handler, request: Request) -> Response:
        """Run the handler, and run it again after a write conflict."""
        return retry_on_conflict(lambda: _checked(handler(self._app, request)))

    def _perform(self, response: Response, request: Request) -> None:
        match response:
            case OpenModal(view):
                self._app.modals.open(request, view)
            case OpenWhenKnown(waiting, then):
                self._app.modals.open_then(request, waiting, lambda: self._view_when_known(then, request))
            case OpenWhenReady(waiting, then):
                self._app.modals.open_then(request, waiting, lambda: self._view_of(lambda *_: then(), request))
            case UpdateModal(view, view_id, refresh):
                self._app.modals.show(view_id, view)
                if refresh:
                    self._perform(refresh, request)
            case Reply(reply) if request.response_url:
                self._app.response_urls.reply(request.response_url, reply)
            case Reply(reply, title):
                self._app.modals.open(request, sentence_view(title, reply.text))
            case InBackground(first, work):
                self._perform(first, request)
                self._app.background.run(work)
            case Done():
                pass

    def _view_when_known(self, then: Callable[[], Response], request: Request) -> Mapping[str, Any]:
        """Ask Slack who the person is; then the form that opens, or a sentence."""

        def ask(app: AppContext, request: Request) -> Response:
            app.profiles.look_up(request.person)
            return then()

        return self._view_of(ask, request)

    def _view_of(self, handler: Handler, request: Request) -> Mapping[str, Any]:
        """The modal that the handler opens, or its sentence as one."""
        match self._respond(handler, request):
            case OpenModal(view):
                return view
            case Reply(reply, title):
                return sentence_view(title, reply.text)
            case response:
                raise TypeError(f"{type(response).__name__} is not a view")

    def _refresh_modal(self, refresh: Handler, request: Request) -> None:
        update = self._respond(refresh, request)
        if isinstance(update, UpdateModal):
            self._perform(update, request)

    def _programme(self, request: Request) -> Programme | None:
        """The programme, whose own words a sentence uses. None if it cannot be read, so that the sentence arrives."""
        try:
            with self._app.storage.read(request.workspace) as tx:
                found = programme_about(tx, {"programme": request.programme} if request.programme else {})
                return as_read(tx, found[0]) if found else None
        except Exception as error:  # the database itself may be the cause of the sentence
            log.warning("Not even the programme could be read: %s", type(error).__name__)
            return None

    def _unexpected(self, error: Exception, request: Request, *, marked: bool = True) -> str:
        return unknown_error(report_error(error), self._programme(request), marked=marked)


def _programme_in(view: Mapping[str, Any] | None) -> str:
    """The id of the programme that the open modal names, or ""."""
    try:
        return forms.meta_of(view or {}).programme
    except ValueError:
        return ""


def _action_of(request: Request) -> str:
    """The button that does what was asked for."""
    words = request.text.split()
    return request.action or OPENS[Subcommand(words[0].lower())] if words else request.action or OPEN_HELP


def _conflict_sentence(conflict: Conflict) -> str:
    log.warning("Somebody else was faster again and again: %s", type(conflict.__cause__ or conflict).__name__)
    return SOMEBODY_WAS_FASTER


def _database_sentence(failure: DatabaseUnusable) -> str:
    log.error("A request could not be handled: %s", failure)
    return DATABASE_AWAY


def _send_again(error: Conflict | DatabaseUnusable) -> BoltResponse:
    """Do not acknowledge an event. In Socket Mode, Bolt's adapter acknowledges only 200."""
    if isinstance(error, DatabaseUnusable):
        log.error("An event could not be handled, and Slack sends it again: %s", error)
    else:
        _conflict_sentence(error)
    return BoltResponse(status=503)


def _checked(response: Response) -> Response:
    """Check the payloads while an InvalidPayload can still be reported to the person."""
    match response:
        case OpenModal(view):
            check_view(view)
        case UpdateModal(view, _, refresh):
            check_view(view)
            if refresh:
                _checked(refresh)
        case ReplaceForm(view):
            check_view(view)
        case Reply(reply):
            reply.payload()
        case OpenWhenKnown(waiting) | OpenWhenReady(waiting):
            check_view(waiting)
        case InBackground(first):
            _checked(first)
    return response


def _files_in(event: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the files in a message."""
    files = event.get("files")
    found = [file.get("id") for file in files if isinstance(file, Mapping)] if isinstance(files, list) else []
    return tuple(id for id in found if isinstance(id, str) and _FILE_ID.fullmatch(id))


_FILE_ID = re.compile(r"F[A-Z0-9]{2,30}")
