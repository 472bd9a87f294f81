"""Answers to a click, at the place where it was made: posts to a `response_url`, which lives half an hour.

They are kept in memory only: what a click changed is kept by its transaction, and what is owed for it is in the outbox.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

from slack_sdk.webhook import WebhookClient

from messages.payloads import Message, check_response_url
from scheduler.delivery.slack_errors import EXPECTED

log = logging.getLogger(__name__)


class ResponseUrlClient:
    """Posts on threads of its own, so that no acknowledgement waits for Slack."""

    def __init__(self, timeout: int = 10) -> None:
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="answers")

    def reply(self, response_url: str, message: Message) -> None:
        """Tell the person who clicked, and nobody else. Returns at once. Raises InvalidPayload."""
        payload = {**message.payload(), "response_type": "ephemeral", "replace_original": False}
        check_response_url(payload)
        self._threads.submit(self._post, response_url, payload)

    def _post(self, response_url: str, payload: dict[str, object]) -> None:
        try:
            response = WebhookClient(response_url, timeout=self._timeout, retry_handlers=[]).send_dict(payload)
        except EXPECTED as error:
            log.warning("An answer did not arrive: %s", type(error).__name__)
            return
        if response.status_code != 200:
            log.warning("An answer was refused: HTTP %s", response.status_code)

    def close(self) -> None:
        """Wait until all that was said has gone out."""
        self._threads.shutdown(wait=True)
