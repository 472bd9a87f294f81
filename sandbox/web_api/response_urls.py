"""Response URLs: posts to the URL of a command or an interaction."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from sandbox.clocks import monotonic
from sandbox.errors import SlackError
from sandbox.traffic import Call, FaultEffect, RecordedResponse
from sandbox.types import JSON
from sandbox.web_api.chat import require_sendable
from sandbox.web_api.faults import Fault, Faults
from sandbox.workspace.messages import edit, post_as_bot, remove
from sandbox.workspace.triggers import ResponseUrl
from sandbox.workspace.workspace import Workspace

_UNUSABLE = ("no_active_hooks", "expired_url", "used_url")


class ResponseUrlEndpoint:
    """Handles `/respond/…` (docs.slack.dev/interactivity/handling-user-interaction#message_responses).

    `on_call` is called with every post, as a call of the method "respond"; faults use this name too.
    """

    def __init__(self, workspace: Workspace, faults: Faults, on_call: Callable[[Call], None]) -> None:
        self._workspace = workspace
        self._faults = faults
        self._on_call = on_call

    async def handle(self, request: web.Request) -> web.Response:
        """Post, replace or delete a message.

        Responds 200 "ok", 404 for a URL that cannot be used any more, and 400 for a payload that Slack refuses.
        """
        try:
            body = json.loads(await request.text())
            if not isinstance(body, dict):
                raise ValueError
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        error, started, fault = "", monotonic(), self._faults.take_fault("respond")
        await asyncio.sleep(self._faults.take_delay("respond"))
        try:
            if fault and not fault.after_commit:
                raise SlackError(fault.error, retry_after=fault.retry_after)
            with self._workspace.lock:
                self._perform(self._workspace.response_urls.use(request.path), body)
        except SlackError as refusal:
            error = refusal.error
        answer = _response(error, fault)
        now, fault_effect = self._workspace.calendar.now(), _fault_effect(fault, error)
        self._on_call(
            Call(
                "respond", body, "none", not error, error, now, answer, monotonic() - started, fault_effect=fault_effect
            ),
        )
        if fault_effect == "dropped" and request.transport:
            request.transport.abort()
        if isinstance(answer.body, dict):
            return web.json_response(answer.body, status=answer.status)
        return web.Response(status=answer.status, text=answer.body, headers=dict(answer.headers))

    def _perform(self, url: ResponseUrl, body: JSON) -> None:
        conversation = self._workspace.conversations.get(url.channel)
        if conversation is None:
            raise SlackError("channel_not_found")
        original = conversation.message(url.ts) if url.ts else None
        if body.get("delete_original"):
            if original is None:
                raise SlackError("message_not_found")
            remove(self._workspace, conversation, original)
            return
        require_sendable({key: body.get(key) for key in ("text", "blocks", "attachments", "metadata")})
        text, blocks = body.get("text") or "", body.get("blocks") or []
        if body.get("replace_original") and original is not None:
            edit(self._workspace, conversation, original, {"text": text, "blocks": blocks or None}, marked=not blocks)
            return
        only_for = None if body.get("response_type") == "in_channel" else url.user
        thread_ts, metadata = body.get("thread_ts"), body.get("metadata") or None
        post_as_bot(
            self._workspace,
            conversation,
            text=text,
            blocks=blocks,
            thread_ts=thread_ts,
            metadata=metadata,
            only_for=only_for,
        )


def _response(error: str, fault: Fault | None) -> RecordedResponse:
    if fault and error == fault.error and not fault.after_commit and (fault.status >= 400):
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return RecordedResponse(fault.status, headers, error)
    if error in _UNUSABLE:
        return RecordedResponse(404, {}, {"ok": False, "error": error})
    return RecordedResponse(400, {}, error) if error else RecordedResponse(200, {}, "ok")


def _fault_effect(fault: Fault | None, error: str) -> FaultEffect:
    if fault is None:
        return ""
    if fault.after_commit:
        return "" if error else "dropped"
    return "answer"
