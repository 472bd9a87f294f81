"""The one way in from Slack: read the request, let a handler decide and keep, acknowledge, then answer.

A handler is a function of the desk and the visit. Whatever it raises becomes a sentence at the right place: in the
answer to a command, beside a button, at the field of a form.
https://docs.slack.dev/interactivity/handling-user-interaction
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, BoltContext, BoltResponse

from handlers.context import Answer, Desk, Done, News, Open, Say, Show, Visit, Working
from handlers.drafts import keep_what_was_typed, report
from mentoring.core.errors import MentoringError
from mentoring.core.programmes import Programme
from messages import errors as words
from messages.blocks import sentence_view
from messages.errors import at_fields
from messages.payloads import check_command_ack, check_response_action, check_view, message
from storage import Conflict, decided_anew

log = logging.getLogger(__name__)

_SAID = (None, "file_share")
"""Subtypes of what a person wrote; the others say that something was changed."""

Handler = Callable[[Desk, Visit], Answer]
Hearer = Callable[[Desk, News], None]
Listener = Callable[..., BoltResponse]


class Surface:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def command(self, handler: Handler) -> Listener:
        """A slash command: what it says goes back in the acknowledgement."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            visit = self._visit(body, context, person=body["user_id"], text=body.get("text") or "")
            answer = self._decide(handler, visit)
            if isinstance(answer, Say):
                payload = {"response_type": "ephemeral", **answer.message.payload()}
                check_command_ack(payload)
                return ack(**payload)
            self._then(answer, visit)
            return ack()

        return listener

    def button(self, handler: Handler, *, below: Handler | None = None) -> Listener:
        """A button, a menu of several, or a picker that tells at once what was picked. Where a button of an open list
        is refused, `below` shows that list as it is now, under the sentence.
        """

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            action = body["actions"][0]
            chosen = action.get("selected_option") or {}
            value = action.get("value") or action.get("selected_user") or chosen.get("value") or ""
            visit = self._visit(
                body, context, person=body["user"]["id"], value=value, view=body.get("view"), action=action["action_id"]
            )
            answer = self._decide(handler, visit)
            self._then(answer, visit)
            if below and visit.view and isinstance(answer, Say):
                self._show_anew(below, visit)
            return ack()

        return listener

    def form(self, handler: Handler) -> Listener:
        """A form that was sent: refusals go to their fields, and the form stays open with all that was typed."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            view = body["view"]
            visit = self._visit(body, context, person=body["user"]["id"], view=view)
            try:
                answer = self._handled(handler, visit)
            except MentoringError as refusal:
                errors = at_fields.field_errors(refusal, view, self._programme(visit))
            except Conflict as conflict:
                keep_what_was_typed(self._desk, visit)
                errors = at_fields.at_first_field(view, _somebody_was_faster(conflict))
            except Exception as error:  # whatever it was, the person is told and keeps what they typed
                keep_what_was_typed(self._desk, visit)
                errors = at_fields.at_first_field(view, self._sorry(error, visit, marked=False))
            else:
                self._then(answer, visit)
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
            visit = self._visit(body, context, person=event["user"], event_id=body["event_id"])
            try:
                self._handled(handler, visit)
            except MentoringError as refusal:
                log.info("An event was refused: %s", type(refusal).__name__)
            except Conflict as conflict:
                _somebody_was_faster(conflict)
                return BoltResponse(status=503)
            except Exception as error:  # Slack would only send it again; the log has it
                report(error)
            return ack()

        return listener

    def news(self, hearer: Hearer) -> Listener:
        """An event that nobody is answered for; it may come more than once, and late."""

        def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
            try:
                hearer(self._desk, News(context.team_id or "", self._desk.calendar(), body["event"]))
            except Exception as error:  # Slack would only send it again; the log has it
                report(error)
            return ack()

        return listener

    def _visit(self, body: Mapping[str, Any], context: BoltContext, **known: Any) -> Visit:
        """The workspace is the one that Bolt has authorized: a form's body may name the person's own instead
        (https://docs.slack.dev/apis/slack-connect).
        """
        return Visit(
            workspace=context.team_id or "",
            now=self._desk.calendar(),
            trigger_id=body.get("trigger_id") or "",
            response_url=body.get("response_url") or "",
            **known,
        )

    def _decide(self, handler: Handler, visit: Visit) -> Answer:
        try:
            return self._handled(handler, visit)
        except MentoringError as refusal:
            sentence = words.sentence(refusal, self._programme(visit))
        except Conflict as conflict:
            sentence = _somebody_was_faster(conflict)
        except Exception as error:  # whatever it was, the person is told
            sentence = self._sorry(error, visit)
        return Say(message(sentence, ()))

    def _handled(self, handler: Handler, visit: Visit) -> Answer:
        """What the handler answers; it is run anew, on fresh values, where somebody else was faster."""
        return decided_anew(lambda: _checked(handler(self._desk, visit)))

    def _then(self, answer: Answer, visit: Visit) -> None:
        match answer:
            case Open(view):
                self._desk.forms.open(visit, view)
            case Show(view, view_id, also):
                self._desk.forms.show(view_id, view)
                if also:
                    self._then(also, visit)
            case Say(said) if visit.response_url:
                self._desk.answers.say(visit.response_url, said)
            case Say(said):
                self._desk.forms.open(visit, sentence_view("A moment", said.text))
            case Working(first, work):
                self._then(first, visit)
                self._desk.errands.run(work)
            case Done():
                pass

    def _show_anew(self, below: Handler, visit: Visit) -> None:
        shown = self._decide(below, visit)
        if isinstance(shown, Show):
            self._then(shown, visit)

    def _programme(self, visit: Visit) -> Programme | None:
        with self._desk.storage.read(visit.workspace) as tx:
            return tx.programmes.current()

    def _sorry(self, error: Exception, visit: Visit, *, marked: bool = True) -> str:
        reference = report(error)
        try:
            programme = self._programme(visit)
        except Exception as also:  # the database itself may be what is wrong
            log.warning("Not even the programme could be read: %s", type(also).__name__)
            programme = None
        return words.unknown_error(reference, programme, marked=marked)


def _somebody_was_faster(conflict: Conflict) -> str:
    log.warning("Somebody else was faster again and again: %s", type(conflict.__cause__ or conflict).__name__)
    return words.SOMEBODY_WAS_FASTER


def _checked(answer: Answer) -> Answer:
    """Raises Unsendable here, where it still becomes a sentence."""
    match answer:
        case Open(view):
            check_view(view)
        case Show(view, _, also):
            check_view(view)
            if also:
                _checked(also)
        case Say(said):
            said.payload()
        case Working(first):
            _checked(first)
    return answer
