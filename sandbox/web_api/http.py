"""The Web API over HTTP: what a request holds, and the faults that were ordered."""

import asyncio
import json

from aiohttp import web

from sandbox.clocks import monotonic
from sandbox.errors import SlackError
from sandbox.types import JSON
from sandbox.web_api.calls import ApiResponse, MethodCalls
from sandbox.web_api.faults import Faults


class WebApiEndpoint:
    """Answers `/api/{method}`."""

    def __init__(self, calls: MethodCalls, faults: Faults) -> None:
        self._calls = calls
        self._faults = faults

    async def handle(self, request: web.Request) -> web.Response:
        """Perform a call. A fault in wait fails it, or (`after_commit`) performs it and drops the connection."""
        name, since = request.match_info["method"], monotonic()
        given, token = await _read(request)
        if given is None:
            return _response(self._calls.refuse(name, {}, token, SlackError("invalid_json")))
        fault = self._faults.take_fault(name)
        await asyncio.sleep(self._faults.take_delay(name))
        if fault and not fault.after_commit:
            error = SlackError(fault.error, retry_after=fault.retry_after)
            refused = self._calls.refuse(name, given, token, error, fault.status, since=since, ordered="answer")
            return _response(refused)
        answered = self._calls.perform(name, given, token, since=since, is_dropped=fault is not None)
        if fault and answered.body["ok"] and request.transport:
            request.transport.abort()
        return _response(answered)


def _response(answered: ApiResponse) -> web.Response:
    return web.json_response(answered.body, status=answered.status, headers=dict(answered.headers))


async def _read(request: web.Request) -> tuple[JSON | None, str]:
    """The arguments (None when they cannot be read) and the token; a header's token goes before an argument's."""
    given: JSON = dict(request.query)
    if request.method == "POST" and request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            return None, "unreadable"
        if not isinstance(body, dict):
            return None, "unreadable"
        given |= body
    elif request.method == "POST":
        given |= dict(await request.post())
    scheme, _, header = request.headers.get("Authorization", "").partition(" ")
    argument = str(given.pop("token", ""))
    return given, header.strip() if scheme == "Bearer" and header else argument
