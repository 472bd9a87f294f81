"""The Web API calls of a delivery, within the rate limits, and looking up people."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from slack_sdk import WebClient

from mentoring.core.outcome import Notification
from mentoring.core.people import AccountStatus, Person
from messages.people import person_of
from scheduler.delivery.rate_limiter import FAILURES_BEFORE_HOLD, RateLimiter
from scheduler.delivery.slack_errors import EXPECTED, NEEDS_MENDING, FailureKind, SlackFailure, classify

log = logging.getLogger(__name__)

POST, UPDATE, DELETE, OPEN, HISTORY, USER_INFO, AUTH_TEST = (
    "chat.postMessage",
    "chat.update",
    "chat.delete",
    "conversations.open",
    "conversations.history",
    "users.info",
    "auth.test",
)
EVENT_TYPE, ID = "mentor_bot_notice", "id"
_Result = TypeVar("_Result")


class SlackCallFailed(Exception):
    """A call did not go well. `held`: it was not even made, since the method is held."""

    def __init__(self, failure: SlackFailure, *, held: bool = False) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.on_hold = held


class SlackClient:
    """Each call raises SlackCallFailed where it fails or its method is held."""

    def __init__(self, client: WebClient, rate_limiter: RateLimiter) -> None:
        self._client = client
        self._rate_limiter = rate_limiter

    def open(self, notification: Notification) -> str:
        """Our DM with the person, or the group DM with both; Slack gives the same one for the same people."""
        people = (
            f"{notification.recipient},{notification.second_recipient}"
            if notification.second_recipient
            else notification.recipient
        )
        return str(self._call(OPEN, lambda: self._client.conversations_open(users=people))["channel"]["id"])

    def post(self, conversation: str, opaque: str, payload: Mapping[str, Any]) -> tuple[str, str]:
        """Where it is, and its timestamp."""
        response = self._call(
            POST,
            lambda: self._client.chat_postMessage(
                channel=conversation,
                unfurl_links=False,
                unfurl_media=False,
                metadata=_named(opaque),
                **payload,
            ),
        )
        return str(response["channel"]), str(response["ts"])

    def update(self, conversation: str, ts: str, opaque: str, payload: Mapping[str, Any]) -> None:
        """Let our message `ts` say this instead."""
        self._call(
            UPDATE,
            lambda: self._client.chat_update(channel=conversation, ts=ts, metadata=_named(opaque), **payload),
        )

    def delete(self, conversation: str, ts: str) -> None:
        """Remove our message `ts` for everybody."""
        self._call(DELETE, lambda: self._client.chat_delete(channel=conversation, ts=ts))

    def history(self, conversation: str, *, oldest: str | None, cursor: str | None, limit: int) -> Any:
        """A page of the conversation, newest first, with metadata."""
        return self._call(
            HISTORY,
            lambda: self._client.conversations_history(
                channel=conversation, include_all_metadata=True, limit=limit, cursor=cursor, oldest=oldest
            ),
        )

    def user_info(self, person: str) -> Any:
        """The user object."""
        return self._call(USER_INFO, lambda: self._client.users_info(user=person))["user"]

    def auth_test(self) -> None:
        """Whether our token is accepted."""
        self._call(AUTH_TEST, self._client.auth_test)

    def _call(self, method: str, call: Callable[[], _Result]) -> _Result:
        held = self._rate_limiter.on_hold(method)
        if held:
            raise SlackCallFailed(SlackFailure(FailureKind.RETRY, "held", held), held=True)
        try:
            response = call()
        except EXPECTED as error:
            failure = classify(error)
            if method not in (POST, UPDATE):  # the others do no harm when they are done twice, or late
                failure = replace(failure, may_have_arrived=False)
            self._rate_limiter.hold_method(method, failure, in_a_row=1 if method == USER_INFO else FAILURES_BEFORE_HOLD)
            if failure.reason in NEEDS_MENDING:
                log.error("Slack refuses %s (%s): `mentor-bot doctor` says more", method, failure.reason)
            raise SlackCallFailed(failure) from None
        self._rate_limiter.succeeded(method)
        return response


def _named(opaque: str) -> dict[str, Any]:
    """The metadata by which a message is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {ID: opaque}}


_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def look_up(slack: SlackClient, workspace: str, person: str) -> Person:
    """The person as Slack knows them now; a stranger if this workspace cannot see them. Raises SlackCallFailed."""
    try:
        return person_of(slack.user_info(person), workspace)
    except SlackCallFailed as error:
        if error.failure.reason in _NOBODY:
            return Person(person, AccountStatus.STRANGER)
        raise
