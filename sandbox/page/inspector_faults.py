"""The inspector's switches for failures. Each calls one method of `Sandbox`."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

from aiohttp import web

from sandbox.actions.context import NotVisibleError
from sandbox.app import InstalledApp
from sandbox.page.responses import read_body, run_blocking, success, with_errors
from sandbox.traffic import RecordedDelivery
from sandbox.types import JSON
from sandbox.web_api import METHODS
from sandbox.web_api.faults import ANY_METHOD, Fault, Faults
from sandbox.workspace.workspace import Workspace

MOST_SECONDS, MOST_CALLS = 600, 1000

FaultKind = Literal["limited", "slow", "broken", "dropped", "late", "refused"]


class DisruptionTarget(Protocol):
    """The part of the sandbox that causes failures."""

    faults: Faults
    workspace: Workspace
    app: InstalledApp

    def redeliver(self) -> RecordedDelivery: ...
    def redeliver_all(self) -> list[RecordedDelivery]: ...
    def change_member(self, user: str, **changes: Any) -> None: ...
    def expire_triggers(self) -> None: ...
    def revoke_token(self) -> None: ...
    def restore_token(self) -> None: ...
    def uninstall(self) -> None: ...
    def reinstall(self, *, same_token: bool = False) -> None: ...


class InspectorFaults:
    """The routes under `/sandbox/inspector/` that change something. `…/faults` lists the active failures."""

    def __init__(self, target: DisruptionTarget) -> None:
        self._target = target

    def add_routes(self, app: web.Application) -> None:
        base = "/sandbox/inspector"
        app.router.add_get(f"{base}/faults", self._show)
        app.router.add_post(f"{base}/faults", self._add)
        app.router.add_post(rf"{base}/faults/{{number:\d+}}/remove", self._remove)
        app.router.add_post(f"{base}/redeliver", with_errors(self._redeliver))
        app.router.add_post(f"{base}/people/{{user}}", with_errors(self._change_person))
        app.router.add_post(f"{base}/app", self._change_app)

    def disruptions(self) -> JSON:
        """The active failures: the `faults`, oldest first, and whether the app is `revoked` or `installed`."""
        app = self._target.app
        faults = [_shown(one, self._target.faults.seconds_left(one)) for one in self._target.faults.active()]
        return {"faults": faults, "revoked": app.revoked, "installed": app.installed}

    async def _show(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.disruptions() | {"methods": [*METHODS, "respond"]})

    async def _add(self, request: web.Request) -> web.StreamResponse:
        """Add a fault of `kind` for `method` ("*": every method).

        It applies to the next `calls`, or for `lasting` seconds, or without both until it is removed. `seconds` is the
        Retry-After or the delay.
        """
        body = await read_body(request)
        method = str(body.get("method") or ANY_METHOD)
        seconds, duration = _number(body, "seconds", MOST_SECONDS), _number(body, "lasting", MOST_SECONDS)
        calls = _number(body, "calls", MOST_CALLS)
        if method not in (ANY_METHOD, "respond", *METHODS) or body.get("kind") not in _ADD_FAULT:
            raise web.HTTPBadRequest(text="There is no such method or fault.")
        number = _ADD_FAULT[body["kind"]](self._target.faults, method, seconds or 5, calls, duration)
        return success(number=number)

    async def _remove(self, request: web.Request) -> web.StreamResponse:
        self._target.faults.remove(int(request.match_info["number"]))
        return success()

    async def _redeliver(self, request: web.Request) -> web.StreamResponse:
        """Send the last event again, or with `all` every recorded event, and wait for the responses."""
        everything = (await read_body(request)).get("all") is True
        try:
            again = await run_blocking(self._target.redeliver_all if everything else self._target.redeliver)
        except LookupError:
            again = []
        return success(sent=len(again) if isinstance(again, list) else 1)

    async def _change_person(self, request: web.Request) -> web.StreamResponse:
        user, is_gone = request.match_info["user"], (await read_body(request)).get("deactivated") is True
        member = self._target.workspace.members.get(user)
        if member is None or member.is_bot:
            raise NotVisibleError(f"There is no {user}.")
        await run_blocking(self._target.change_member, user, deactivated=is_gone)
        return success()

    async def _change_app(self, request: web.Request) -> web.StreamResponse:
        """Body: {"act": "revoke", "restore", "uninstall", "reinstall" or "expire" (open trigger ids)}."""
        target = self._target
        acts: Mapping[str, Callable[[], None]] = {
            "revoke": target.revoke_token,
            "restore": target.restore_token,
            "uninstall": target.uninstall,
            "reinstall": lambda: target.reinstall(same_token=True),
            "expire": target.expire_triggers,
        }
        act = acts.get(str((await read_body(request)).get("act")))
        if act is None:
            raise web.HTTPBadRequest(text="There is no such act.")
        await run_blocking(act)
        return success()


def _shown(fault: Fault, seconds_left: float | None) -> JSON:
    return {
        "number": fault.number,
        "kind": _kind(fault),
        "method": fault.method,
        "error": fault.error,
        "seconds": fault.delay or fault.retry_after,
        "calls": fault.remaining,
        "seconds_left": seconds_left,
    }


def _kind(fault: Fault) -> FaultKind:
    if fault.delay:
        return "slow"
    if fault.after_commit:
        return "dropped"
    if fault.retry_after is not None:
        return "limited"
    if fault.error == "expired_trigger_id":
        return "late"
    return "broken" if fault.status >= 500 else "refused"


_ADD_FAULT: Mapping[str, Callable[[Faults, str, int, int | None, int | None], int]] = {
    "limited": lambda faults, method, seconds, calls, duration: faults.fail(
        method, times=calls, retry_after=seconds, duration=duration
    ),
    "slow": lambda faults, method, seconds, calls, duration: faults.delay(
        method, seconds, times=calls, duration=duration
    ),
    "broken": lambda faults, method, seconds, calls, duration: faults.fail(
        method, times=calls, status=503, duration=duration
    ),
    "dropped": lambda faults, method, seconds, calls, duration: faults.fail(
        method, times=calls, after_commit=True, duration=duration
    ),
    "late": lambda faults, method, seconds, calls, duration: faults.fail(
        "views.open" if method == ANY_METHOD else method, "expired_trigger_id", times=calls, duration=duration
    ),
}


def _number(body: JSON, name: str, most: int) -> int | None:
    """A whole number from 1 to `most`, or None if absent. Raises HTTPBadRequest."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise web.HTTPBadRequest(text=f"{name} is a number from 1 to {most}.")
    return value
