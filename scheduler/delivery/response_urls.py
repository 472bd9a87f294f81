"""Ephemeral replies through a `response_url`, which Slack accepts for half an hour after a click.

Replies are held in memory only and may be lost. Nothing depends on them: changes are saved by their transactions, and
notifications are in the outbox.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

from slack_sdk.webhook import WebhookClient

from messages.payloads import Message, check_response_url
from scheduler.delivery.slack_errors import EXPECTED

log = logging.getLogger(__name__)


class ResponseUrlClient:
    """Posts on its own threads, so that no acknowledgement waits for Slack. `timeout` is in seconds."""

    def __init__(self, timeout: int = 10) -> None:
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="answers")

    def reply(self, response_url: str, message: Message) -> None:
        """Show `message` to the person who clicked only. Returns at once. Raises InvalidPayload."""
        payload = {**message.payload(), "response_type": "ephemeral", "replace_original": False}
        check_response_url(payload)
        self._threads.submit(self._post, response_url, payload)

    def _post(self, response_url: str, payload: dict[str, object]) -> None:
        try:
            response = WebhookClient(response_url, timeout=self._timeout, retry_handlers=[]).send_dict(payload)
        except EXPECTED as error:
            log.warning("A reply could not be sent: %s", type(error).__name__)
            return
        if response.status_code != 200:
            log.warning("A reply was refused: HTTP %s", response.status_code)

    def close(self) -> None:
        """Wait until all replies have been sent."""
        self._threads.shutdown(wait=True)
