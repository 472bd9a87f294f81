"""Sends cards and tables, and plain blocks to a workspace whose Slack refuses them."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from messages.plain_blocks import has_newer, in_plain
from scheduler.delivery.slack_client import SlackCallFailed
from storage import Storage

log = logging.getLogger(__name__)

REFUSED: Final = frozenset({"invalid_arguments", "invalid_blocks", "invalid_blocks_format"})
"""Slack's codes for blocks that it does not take: the first from views.publish, the others from chat.postMessage."""

Payload = Mapping[str, Any]
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class NewerBlocks:
    """What is refused once in a workspace is sent in plain blocks from then on: see `Workspaces.is_plain`.

    `calendar` is aware.
    """

    storage: Storage
    workspace: str
    calendar: Callable[[], datetime]

    def send(self, payload: Payload, call: Callable[[Payload], _Result], plain: Callable[[], Payload]) -> _Result:
        """Make the `call` with a message or view, or with the `plain` one instead. Raises SlackCallFailed.

        Slack has not performed a call that it refuses, so the second one does nothing twice.
        """
        if not has_newer(payload.get("blocks", ())):
            return call(payload)
        with self.storage.read(self.workspace) as tx:
            is_plain = tx.access.is_plain(self.calendar())
        if is_plain:
            return call(plain())
        try:
            return call(payload)
        except SlackCallFailed as error:
            if error.failure.reason not in REFUSED:
                raise
            code = error.failure.reason
        result = call(plain())
        with self.storage.begin(self.workspace) as tx:
            tx.access.refuse_newer_blocks(self.calendar())
        log.info("Slack refuses cards and tables here (%s), so plain blocks are sent", code)
        return result

    def send_message(self, payload: dict[str, Any], call: Callable[[dict[str, Any]], _Result]) -> _Result:
        """The same for a message."""

        def plain() -> Payload:
            return {**payload, "blocks": in_plain(payload["blocks"])}

        return self.send(payload, lambda sent: call(dict(sent)), plain)
