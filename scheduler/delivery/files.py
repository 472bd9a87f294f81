"""Shares files with people, each once, like a message.

Slack takes a file in three steps: it names a new file, takes its content, and shares it in a conversation with a
comment. Nothing can be attached to a file by which to find it again, so its id is saved before it is shared: if the
answer is lost, Slack is asked where the file is. A file that was not shared is seen by nobody, and the next attempt
begins anew.
https://docs.slack.dev/messaging/working-with-files
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from messages.payloads import AttachedFile
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient
from storage import Claim, Storage

_GONE = frozenset({"file_deleted", "file_not_found"})


@dataclass(frozen=True)
class FoundShare:
    """Where a file was shared: the timestamp of its message, or None where Slack does not tell it yet."""

    ts: str | None


class FileDelivery:
    """Every method raises SlackCallFailed."""

    def __init__(self, storage: Storage, slack: SlackClient, workspace: str) -> None:
        self._storage = storage
        self._slack = slack
        self._workspace = workspace

    def share(self, claim: Claim, conversation: str, file: AttachedFile, comment: str) -> str | None:
        """Share the file in a conversation, with a comment (mrkdwn). Returns the timestamp of the message, as far as
        Slack tells it. Raises FilesRefused.
        """
        file_id, url = self._slack.start_upload(file.name, len(file.content))
        self._slack.upload(url, file.content)
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.set_file(claim, file_id)
        return _share_in(self._slack.share_file(file_id, file.title, conversation, comment), conversation)

    def find(self, file_id: str, conversation: str) -> FoundShare | None:
        """Whether the file was shared in the conversation."""
        try:
            found = self._slack.file_info(file_id)
        except SlackCallFailed as error:
            if error.failure.reason in _GONE:
                return None
            raise
        ts = _share_in(found, conversation)
        places = [id for kind in ("channels", "groups", "ims") for id in found.get(kind) or ()]
        return FoundShare(ts) if ts or conversation in places else None


def _share_in(file: Mapping[str, Any], conversation: str) -> str | None:
    """The timestamp of the message that shares the file in the conversation (its `shares`), or None."""
    for places in (file.get("shares") or {}).values():
        for share in places.get(conversation) or ():
            if share.get("ts"):
                return str(share["ts"])
    return None
