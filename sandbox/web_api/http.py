"""The Web API over HTTP: reads requests and applies injected faults."""

import asyncio
import json

from aiohttp import web

from sandbox.clocks import monotonic
from sandbox.errors import SlackError
from sandbox.types import JSON
from sandbox.web_api.calls import ApiResponse, MethodCalls
from sandbox.web_api.faults import Faults


class WebApiEndpoint:
    """Handles `/api/{method}`."""

    def __init__(self, calls: MethodCalls, faults: Faults) -> None:
        self._calls = calls
        self._faults = faults

    async def handle(self, request: web.Request) -> web.Response:
        """Perform a call. An active fault replaces the response, or with `after_commit` drops it."""
        name, started = request.match_info["method"], monotonic()
        arguments, token = await _read(request)
        if arguments is None:
            return _response(self._calls.refuse(name, {}, token, SlackError("invalid_json")))
        fault = self._faults.take_fault(name)
        await asyncio.sleep(self._faults.take_delay(name))
        if fault and not fault.after_commit:
            error = SlackError(fault.error, retry_after=fault.retry_after)
            refused = self._calls.refuse(
                name, arguments, token, error, fault.status, started=started, fault_effect="answer"
            )
            return _response(refused)
        answered = self._calls.perform(name, arguments, token, started=started, is_dropped=fault is not None)
        if fault and answered.body["ok"] and request.transport:
            request.transport.abort()
        return _response(answered)


def _response(answered: ApiResponse) -> web.Response:
    return web.json_response(answered.body, status=answered.status, headers=dict(answered.headers))


async def _read(request: web.Request) -> tuple[JSON | None, str]:
    """The arguments (None if unreadable) and the token. A token in the header takes precedence."""
    arguments: JSON = dict(request.query)
    if request.method == "POST" and request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            return None, "unreadable"
        if not isinstance(body, dict):
            return None, "unreadable"
        arguments |= body
    elif request.method == "POST":
        arguments |= dict(await request.post())
    scheme, _, header = request.headers.get("Authorization", "").partition(" ")
    argument = str(arguments.pop("token", ""))
    return arguments, header.strip() if scheme == "Bearer" and header else argument
