"""Runs the handler of a request, and performs its response.

Refusals and errors become sentences: in the reply to a command, or near the button.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltContext

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
    UpdateModal,
)
from mentoring.core.errors import MentoringError, SeveralProgrammes
from mentoring.core.programmes import Programme
from messages import forms
from messages.blocks import sentence_view
from messages.errors import (
    DATABASE_AWAY,
    NOT_POSSIBLE,
    OUR_FAULT,
    SOMEBODY_WAS_FASTER,
    sentence_for,
    title_for,
    unknown_error,
)
from messages.home import done_view, reply_view
from messages.ids import OPEN_HELP, OPENS, REPLY_VIEW, Subcommand
from messages.payloads import check_view, message
from messages.programmes.overview import choice
from services.errors import report_error
from services.programmes import as_read, programme_about
from storage import Conflict, DatabaseUnusable, retry_on_conflict

log = logging.getLogger(__name__)

Handler = Callable[[AppContext, Request], Response]


class RequestRunner:
    """Runs handlers and performs what they respond."""

    def __init__(self, app: AppContext) -> None:
        self._app = app

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
            asks = choice(several.programmes, several.today, _action_of(request), request.value)
            return _at_home(Reply(asks), request)
        except MentoringError as refusal:
            sentence, title = sentence_for(refusal, self._programme(request)), title_for(refusal)
        except DatabaseUnusable as failure:
            sentence, title = database_sentence(failure), NOT_POSSIBLE
        except Conflict as conflict:
            sentence, title = conflict_sentence(conflict), NOT_POSSIBLE
        except Exception as error:  # the person is told
            sentence, title = self._unexpected(error, request), OUR_FAULT
        return Reply(message(sentence, ()), title)

    def _run(self, handler: Handler, request: Request) -> Response:
        """Run the handler, and run it again after a write conflict."""
        return retry_on_conflict(lambda: _checked(_at_home(handler(self._app, request), request)))

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
                self._app.modals.open(request, sentence_view(title or NOT_POSSIBLE, reply.text))
            case InBackground(first, work):
                self._perform(first, request)
                self._app.background.run(work)
            case Done():
                pass

    def _note_act(self, request: Request) -> None:
        """Keep the person's Home up to date for a while, if they have ever opened it. It is for convenience: whatever
        fails here is found by the handler, too.
        """
        try:
            with self._app.storage.read(request.workspace) as tx:
                if not tx.looks_soon(request.person, at_home=request.at_home):
                    return
            with self._app.storage.begin_unlocked(request.workspace) as tx:
                tx.note_act(request.person, at_home=request.at_home)
        except (Conflict, DatabaseUnusable) as error:
            log.info("It is not noted that somebody looks at Home: %s", type(error).__name__)

    def _close_reply(self, response: Response, request: Request) -> None:
        """Say in a reply that opened as a modal that what was pressed there is done: it shows how things stood."""
        showing = request.view or {}
        if isinstance(response, Done) and showing.get("callback_id") == REPLY_VIEW:
            self._app.modals.show(str(showing["id"]), done_view())

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
                return sentence_view(title or NOT_POSSIBLE, reply.text)
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


def _at_home(response: Response, request: Request) -> Response:
    """At Home there is no conversation to reply in: what a reply says opens as a modal."""
    if request.at_home and isinstance(response, Reply):
        return OpenModal(reply_view(response.message, response.title))
    return response


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


def conflict_sentence(conflict: Conflict) -> str:
    log.warning("Somebody else was faster again and again: %s", type(conflict.__cause__ or conflict).__name__)
    return SOMEBODY_WAS_FASTER


def database_sentence(failure: DatabaseUnusable) -> str:
    log.error("A request could not be handled: %s", failure)
    return DATABASE_AWAY


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
