"""The Web API calls of a delivery, within the rate limits, and looking up people."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from slack_sdk import WebClient

from mentoring.core.outcome import Notification
from mentoring.core.people import AccountStatus, Person
from messages.people import person_of
from scheduler.delivery.rate_limiter import IN_A_ROW, RateLimiter
from scheduler.delivery.slack_errors import EXPECTED, NEEDS_MENDING, FailureKind, SlackFailure, classify

log = logging.getLogger(__name__)

POST, CHANGE, TAKE_AWAY, OPEN, HISTORY, WHO, TEST = (
    "chat.postMessage",
    "chat.update",
    "chat.delete",
    "conversations.open",
    "conversations.history",
    "users.info",
    "auth.test",
)
EVENT_TYPE, ID = "mentor_bot_notice", "id"
_Answer = TypeVar("_Answer")


class SlackCallFailed(Exception):
    """A call did not go well. `held`: it was not even made, since the method is held."""

    def __init__(self, trouble: SlackFailure, *, held: bool = False) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble
        self.held = held


class SlackClient:
    """Each call raises Troubled where it fails or its method is held."""

    def __init__(self, client: WebClient, pacer: RateLimiter) -> None:
        self._client = client
        self._pacer = pacer

    def open(self, notification: Notification) -> str:
        """Our DM with the person, or the group DM with both; Slack gives the same one for the same people."""
        people = f"{notification.to},{notification.also}" if notification.also else notification.to
        return str(self._call(OPEN, lambda: self._client.conversations_open(users=people))["channel"]["id"])

    def post(self, conversation: str, opaque: str, payload: Mapping[str, Any]) -> tuple[str, str]:
        """Where it is, and its timestamp."""
        answer = self._call(
            POST,
            lambda: self._client.chat_postMessage(
                channel=conversation,
                unfurl_links=False,
                unfurl_media=False,
                metadata=_named(opaque),
                **payload,
            ),
        )
        return str(answer["channel"]), str(answer["ts"])

    def change(self, conversation: str, ts: str, opaque: str, payload: Mapping[str, Any]) -> None:
        """Let our message `ts` say this instead."""
        self._call(
            CHANGE,
            lambda: self._client.chat_update(channel=conversation, ts=ts, metadata=_named(opaque), **payload),
        )

    def take_away(self, conversation: str, ts: str) -> None:
        """Remove our message `ts` for everybody."""
        self._call(TAKE_AWAY, lambda: self._client.chat_delete(channel=conversation, ts=ts))

    def history(self, conversation: str, *, oldest: str | None, cursor: str | None, limit: int) -> Any:
        """A page of the conversation, newest first, with metadata."""
        return self._call(
            HISTORY,
            lambda: self._client.conversations_history(
                channel=conversation, include_all_metadata=True, limit=limit, cursor=cursor, oldest=oldest
            ),
        )

    def who(self, person: str) -> Any:
        """The user object."""
        return self._call(WHO, lambda: self._client.users_info(user=person))["user"]

    def test(self) -> None:
        """Whether our token is accepted."""
        self._call(TEST, self._client.auth_test)

    def _call(self, method: str, call: Callable[[], _Answer]) -> _Answer:
        held = self._pacer.held(method)
        if held:
            raise SlackCallFailed(SlackFailure(FailureKind.LATER, "held", held), held=True)
        try:
            answer = call()
        except EXPECTED as error:
            trouble = classify(error)
            if method not in (POST, CHANGE):  # the others do no harm when they are done twice, or late
                trouble = replace(trouble, may_have_arrived=False)
            self._pacer.hold_if_general(method, trouble, in_a_row=1 if method == WHO else IN_A_ROW)
            if trouble.reason in NEEDS_MENDING:
                log.error("Slack refuses %s (%s): `mentor-bot doctor` says more", method, trouble.reason)
            raise SlackCallFailed(trouble) from None
        self._pacer.went_well(method)
        return answer


def _named(opaque: str) -> dict[str, Any]:
    """The metadata by which a message is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {ID: opaque}}


_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def look_up(slack: SlackClient, workspace: str, person: str) -> Person:
    """The person as Slack knows them now; who is not to be seen from this workspace is a stranger. Raises Troubled."""
    try:
        return person_of(slack.who(person), workspace)
    except SlackCallFailed as troubled:
        if troubled.trouble.reason in _NOBODY:
            return Person(person, AccountStatus.STRANGER)
        raise
