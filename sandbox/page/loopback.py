"""Only this machine, and only the sandbox's own page: no web page from elsewhere may drive it."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

_HOSTS = ("127.0.0.1", "localhost", "::1")


@web.middleware
async def only_loopback(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer 403 unless the Host is loopback and the Origin, if a browser sends one, is this very server."""
    host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
    is_local = urlsplit(f"//{host}").hostname in _HOSTS
    is_own = origin is None or origin == f"http://{host}"
    if not (is_local and is_own):
        raise web.HTTPForbidden(text="Only pages of this very server may ask.")
    return await handler(request)
