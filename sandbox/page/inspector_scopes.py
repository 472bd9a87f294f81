"""The inspector's list of scopes with their use, and of rate limits."""

from collections import Counter

from aiohttp import web

from sandbox.app import EVENT_SCOPES
from sandbox.page.responses import run_blocking
from sandbox.traffic import RecordedDelivery, TrafficLog
from sandbox.types import JSON
from sandbox.web_api.calls import APP_SCOPES
from sandbox.workspace.workspace import Workspace


class InspectorScopes:
    """`/sandbox/inspector/scopes`: the granted `scopes`, each with the calls and events that used it, and `rates`."""

    def __init__(self, workspace: Workspace, traffic: TrafficLog) -> None:
        self._workspace = workspace
        self._traffic = traffic

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/inspector/scopes", self._show)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(await run_blocking(self._shown))

    def _shown(self) -> JSON:
        drawn: Counter[tuple[str, str]] = Counter()
        for call in self._traffic.calls:
            drawn.update((scope, call.method) for scope in call.scopes)
        for delivery in self._traffic.deliveries:
            drawn.update(_used_by(delivery))
        with self._workspace.lock:
            rates, granted = self._workspace.rate_limits, self._workspace.app.scopes
            budgets = rates.budgets()
        scopes = [(scope, "bot") for scope in granted] + [(scope, "app") for scope in APP_SCOPES]
        return {
            "scopes": [{"scope": scope, "token": token, "by": _uses_of(scope, drawn)} for scope, token in scopes],
            "rates": {
                "on": rates.enabled,
                "budgets": [
                    {
                        "method": one.key[0],
                        "people": self._people_in(one.key[1]) if len(one.key) > 1 else None,
                        "used": one.used,
                        "size": one.size,
                        "per_minute": one.per_minute,
                        "blocked_seconds": one.blocked_seconds,
                    }
                    for one in budgets
                ],
            },
        }

    def _people_in(self, channel: str) -> list[str]:
        conversation, bot = self._workspace.conversations.get(channel), self._workspace.app.bot_user_id
        return [user for user in conversation.members if user != bot] if conversation else []


def _used_by(delivery: RecordedDelivery) -> list[tuple[str, str]]:
    if delivery.kind == "command":
        return [("commands", str(delivery.payload["command"]))]
    scope = EVENT_SCOPES.get(delivery.subscription)
    return [(scope, delivery.subscription)] if scope else []


def _uses_of(scope: str, drawn: Counter[tuple[str, str]]) -> list[JSON]:
    return [{"name": name, "count": count} for (drew, name), count in drawn.most_common() if drew == scope]
