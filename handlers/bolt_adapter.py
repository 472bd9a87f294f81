"""The one way in from Slack: read the request, let a handler decide and keep, acknowledge, then answer.

A handler is a function of the desk and the request. Whatever it raises becomes a sentence at the right place: in the
answer to a command, beside a button, at the field of a form.
https://docs.slack.dev/interactivity/handling-user-interaction
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, BoltContext, BoltResponse

from handlers.context import (
    AppContext,
    Done,
    InBackground,
    OpenModal,
    Reply,
    Request,
    Response,
    SlackEvent,
    UpdateModal,
)
from handlers.drafts import save_draft_after_error
from mentoring.core.errors import MentoringError
from mentoring.core.programmes import Programme
from messages.blocks import sentence_view
from messages.errors import (
    NOT_POSSIBLE,
    OUR_FAULT,
    SOMEBODY_WAS_FASTER,
    at_fields,
    sentence_for,
    title_for,
    unknown_error,
)
from messages.payloads import check_command_ack, check_response_action, check_view, message
from services.errors import report_error
from storage import Conflict, retry_on_conflict

log = logging.getLogger(__name__)

_SAID = (None, "file_share")
"""Subtypes of what a person wrote; the others say that something was changed."""

Handler = Callable[[AppContext, Request], Response]
Hearer = Callable[[AppContext, SlackEvent], None]
Listener = Callable[..., BoltResponse]


class BoltAdapter:
    """Adapts Bolt listeners to handlers: parse, run, acknowledge, respond."""

    def __init__(self, app: AppContext) -> None:
        self._app = app

    def command(self, handler: Handler) -> Listener:
        """A slash command: what it says goes back in the acknowledgement."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            request = self._read_request(body, context, person=body["user_id"], text=body.get("text") or "")
            answer = self._respond(handler, request)
            if isinstance(answer, Reply):
                payload = {"response_type": "ephemeral", **answer.message.payload()}
                check_command_ack(payload)
                return ack(**payload)
            self._perform(answer, request)
            return ack()

        return listener

    def action(self, handler: Handler, *, refresh: Handler | None = None) -> Listener:
        """A button, a menu of several, or a picker that tells at once what was picked. Where a button of an open list
        is refused, `refresh` shows that list as it is now, under the sentence.
        """

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            action = body["actions"][0]
            chosen = action.get("selected_option") or {}
            value = action.get("value") or action.get("selected_user") or chosen.get("value") or ""
            request = self._read_request(
                body, context, person=body["user"]["id"], value=value, view=body.get("view"), action=action["action_id"]
            )
            answer = self._respond(handler, request)
            self._perform(answer, request)
            if refresh and request.view and isinstance(answer, Reply):
                self._refresh_modal(refresh, request)
            return ack()

        return listener

    def submission(self, handler: Handler) -> Listener:
        """A form that was sent: refusals go to their fields, and the form stays open with all that was typed."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            view = body["view"]
            request = self._read_request(body, context, person=body["user"]["id"], view=view)
            try:
                answer = self._run(handler, request)
            except MentoringError as refusal:
                errors = at_fields.field_errors(refusal, view, self._programme(request))
            except Conflict as conflict:
                save_draft_after_error(self._app, request)
                errors = at_fields.at_first_field(view, _somebody_was_faster(conflict))
            except Exception as error:  # whatever it was, the person is told and keeps what they typed
                save_draft_after_error(self._app, request)
                errors = at_fields.at_first_field(view, self._unexpected(error, request, marked=False))
            else:
                self._perform(answer, request)
                return ack()
            check_response_action(view, {"response_action": "errors", "errors": errors})
            return ack(response_action="errors", errors=errors)

        return listener

    def event(self, handler: Handler) -> Listener:
        """An event, which may come more than once; `event_id` names it. Where others were faster than we could decide,
        it is not acknowledged, so that Slack sends it again.
        """

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            event = body["event"]
            if event.get("bot_id") or event.get("subtype") not in _SAID or not event.get("user"):
                return ack()
            request = self._read_request(body, context, person=event["user"], event_id=body["event_id"])
            try:
                self._run(handler, request)
            except MentoringError as refusal:
                log.info("An event was refused: %s", type(refusal).__name__)
            except Conflict as conflict:
                _somebody_was_faster(conflict)
                return BoltResponse(status=503)
            except Exception as error:  # Slack would only send it again; the log has it
                report_error(error)
            return ack()

        return listener

    def workspace_event(self, hearer: Hearer) -> Listener:
        """An event that nobody is answered for; it may come more than once, and late."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            try:
                hearer(self._app, SlackEvent(context.team_id or "", self._app.calendar(), body["event"]))
            except Exception as error:  # Slack would only send it again; the log has it
                report_error(error)
            return ack()

        return listener

    def _read_request(self, body: Mapping[str, Any], context: BoltContext, **known: Any) -> Request:
        """The workspace is the one that Bolt has authorized: a form's body may name the person's own instead
        (https://docs.slack.dev/apis/slack-connect).
        """
        return Request(
            workspace=context.team_id or "",
            now=self._app.calendar(),
            trigger_id=body.get("trigger_id") or "",
            response_url=body.get("response_url") or "",
            **known,
        )

    def _respond(self, handler: Handler, request: Request) -> Response:
        try:
            return self._run(handler, request)
        except MentoringError as refusal:
            sentence, title = sentence_for(refusal, self._programme(request)), title_for(refusal)
        except Conflict as conflict:
            sentence, title = _somebody_was_faster(conflict), NOT_POSSIBLE
        except Exception as error:  # whatever it was, the person is told
            sentence, title = self._unexpected(error, request), OUR_FAULT
        return Reply(message(sentence, ()), title)

    def _run(self, handler: Handler, request: Request) -> Response:
        """What the handler answers; it runs again, on fresh values, after a write conflict."""
        return retry_on_conflict(lambda: _checked(handler(self._app, request)))

    def _perform(self, answer: Response, request: Request) -> None:
        match answer:
            case OpenModal(view):
                self._app.modals.open(request, view)
            case UpdateModal(view, view_id, also):
                self._app.modals.show(view_id, view)
                if also:
                    self._perform(also, request)
            case Reply(said) if request.response_url:
                self._app.response_urls.reply(request.response_url, said)
            case Reply(said, title):
                self._app.modals.open(request, sentence_view(title, said.text))
            case InBackground(first, work):
                self._perform(first, request)
                self._app.background.run(work)
            case Done():
                pass

    def _refresh_modal(self, refresh: Handler, request: Request) -> None:
        shown = self._respond(refresh, request)
        if isinstance(shown, UpdateModal):
            self._perform(shown, request)

    def _programme(self, request: Request) -> Programme | None:
        with self._app.storage.read(request.workspace) as tx:
            return tx.programmes.current()

    def _unexpected(self, error: Exception, request: Request, *, marked: bool = True) -> str:
        reference = report_error(error)
        try:
            programme = self._programme(request)
        except Exception as also:  # the database itself may be what is wrong
            log.warning("Not even the programme could be read: %s", type(also).__name__)
            programme = None
        return unknown_error(reference, programme, marked=marked)


def _somebody_was_faster(conflict: Conflict) -> str:
    log.warning("Somebody else was faster again and again: %s", type(conflict.__cause__ or conflict).__name__)
    return SOMEBODY_WAS_FASTER


def _checked(answer: Response) -> Response:
    """Raises InvalidPayload here, where it still becomes a sentence."""
    match answer:
        case OpenModal(view):
            check_view(view)
        case UpdateModal(view, _, also):
            check_view(view)
            if also:
                _checked(also)
        case Reply(said):
            said.payload()
        case InBackground(first):
            _checked(first)
    return answer
