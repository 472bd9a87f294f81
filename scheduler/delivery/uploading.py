"""Sends the content of a file to the URL that Slack has given for it.

https://docs.slack.dev/reference/methods/files.getUploadURLExternal
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener
from urllib.request import Request as HttpRequest

from slack_sdk import WebClient

Upload = Callable[[WebClient, str, bytes], None]
_SLACK = ("slack.com", "slack-gov.com")


def upload_bytes(client: WebClient, url: str, content: bytes) -> None:
    """POST `content`, as the client reaches Slack. Raises OSError, also for an address that is not Slack's."""
    if not _is_of_slack(url, client.base_url):
        raise ConnectionError("Slack gave an address elsewhere for a file.")
    request = HttpRequest(url, data=content, headers={"Content-Type": "application/octet-stream"})  # noqa: S310
    proxies = {"http": client.proxy, "https": client.proxy} if client.proxy else None
    handlers = [_StaysThere(), ProxyHandler(proxies), HTTPHandler(), HTTPSHandler(context=client.ssl)]
    with build_opener(*handlers).open(request, timeout=client.timeout):
        pass


class _StaysThere(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none: what people wrote goes to Slack alone."""


def _is_of_slack(url: str, api_url: str) -> bool:
    """Whether `url` is at Slack, or at the same place as an API that is not Slack's own."""
    parts, api = urlsplit(url), urlsplit(api_url)
    host, api_host = parts.hostname or "", api.hostname or ""
    if _ends_in(api_host):
        return parts.scheme == "https" and _ends_in(host)
    return (parts.scheme, parts.netloc) == (api.scheme, api.netloc)


def _ends_in(host: str) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in _SLACK)
