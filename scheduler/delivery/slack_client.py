"""The Web API calls of a delivery, respecting methods on hold, and fetching profiles."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from slack_sdk import WebClient

from mentoring.core.outcome import Notification
from mentoring.core.people import AccountStatus, Person
from mentoring.people.profile_fields import CustomField
from messages.people import custom_fields_of, field_values_of, person_of
from scheduler.delivery.rate_limiter import FAILURES_BEFORE_HOLD, RateLimiter
from scheduler.delivery.slack_errors import EXPECTED, NEEDS_OPERATOR, TURNED_OFF, FailureKind, SlackFailure, classify
from scheduler.delivery.uploading import Upload, upload_bytes

log = logging.getLogger(__name__)

POST, UPDATE, DELETE, PUBLISH, OPEN, HISTORY, USER_INFO, USER_PROFILE, TEAM_PROFILE, AUTH_TEST, COMPLETE, FILE_INFO = (
    "chat.postMessage",
    "chat.update",
    "chat.delete",
    "views.publish",
    "conversations.open",
    "conversations.history",
    "users.info",
    "users.profile.get",
    "team.profile.get",
    "auth.test",
    "files.completeUploadExternal",
    "files.info",
)
DELETE_FILE = "files.delete"
EVENT_TYPE, ID = "mentor_bot_notice", "id"
_Result = TypeVar("_Result")


class SlackCallFailed(Exception):
    """A call failed, or was not made because its method is `on_hold`."""

    def __init__(self, failure: SlackFailure, *, on_hold: bool = False) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.on_hold = on_hold


class FilesRefused(Exception):
    """The app, or every app of the workspace, may not have files. The message is Slack's code."""


FILES_REFUSED = frozenset(
    {
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
    }
    | {"missing_scope", "no_permission", "not_allowed_token_type", "restricted_action"}
)


class SlackClient:
    """Every method raises SlackCallFailed if the call fails or its Slack method is on hold."""

    def __init__(self, client: WebClient, rate_limiter: RateLimiter, upload: Upload = upload_bytes) -> None:
        self._client = client
        self._upload = upload
        self._rate_limiter = rate_limiter

    def open(self, notification: Notification) -> str:
        """The id of our direct message conversation with the recipient, or of the group with both recipients.

        Slack returns the same conversation for the same people.
        """
        people = (
            f"{notification.recipient},{notification.second_recipient}"
            if notification.second_recipient
            else notification.recipient
        )
        return str(self._call(OPEN, lambda: self._client.conversations_open(users=people))["channel"]["id"])

    def post(self, conversation: str, correlation_id: str, payload: Mapping[str, Any]) -> tuple[str, str]:
        """Post a message and return its channel id and timestamp."""
        response = self._call(
            POST,
            lambda: self._client.chat_postMessage(
                channel=conversation,
                unfurl_links=False,
                unfurl_media=False,
                metadata=_metadata(correlation_id),
                **payload,
            ),
        )
        return str(response["channel"]), str(response["ts"])

    def update(self, conversation: str, ts: str, correlation_id: str, payload: Mapping[str, Any]) -> None:
        """Replace the content of our message `ts`. Without a `correlation_id` its metadata stays as it is."""
        metadata = _metadata(correlation_id) if correlation_id else None
        self._call(
            UPDATE,
            lambda: self._client.chat_update(channel=conversation, ts=ts, metadata=metadata, **payload),
        )

    def delete(self, conversation: str, ts: str) -> None:
        """Delete our message `ts`."""
        self._call(DELETE, lambda: self._client.chat_delete(channel=conversation, ts=ts))

    def publish(self, person: str, view: Mapping[str, Any]) -> None:
        """Replace what `person` (a Slack user id) sees at Home."""
        self._call(PUBLISH, lambda: self._client.views_publish(user_id=person, view=dict(view)))

    def delete_file(self, file_id: str) -> None:
        """Delete a file of ours."""
        self._call(DELETE_FILE, lambda: self._client.files_delete(file=file_id))

    def history(
        self,
        conversation: str,
        *,
        oldest: str | None = None,
        latest: str | None = None,
        cursor: str | None = None,
        limit: int,
    ) -> Any:
        """A page of up to `limit` messages between two timestamps, newest first, with metadata."""
        return self._call(
            HISTORY,
            lambda: self._client.conversations_history(
                channel=conversation,
                include_all_metadata=True,
                limit=limit,
                cursor=cursor,
                oldest=oldest,
                latest=latest,
            ),
        )

    def start_upload(self, name: str, size: int) -> tuple[str, str]:
        """The id of a new file of `size` bytes, and the URL to which its content goes. Nobody sees the file yet.

        Raises FilesRefused if the app or the workspace may not have files.
        """
        try:
            found = self._client.files_getUploadURLExternal(filename=name, length=size)
        except EXPECTED as error:
            failure = replace(classify(error), may_have_arrived=False)
            if failure.reason in FILES_REFUSED:
                raise FilesRefused(failure.reason) from None
            raise SlackCallFailed(failure) from None
        return str(found["file_id"]), str(found["upload_url"])

    def upload(self, url: str, content: bytes) -> None:
        """Send the content of a file. Until it is shared, it may be sent twice."""
        try:
            self._upload(self._client, url, content)
        except EXPECTED as error:
            raise SlackCallFailed(replace(classify(error), may_have_arrived=False)) from None

    def share_file(self, file_id: str, title: str, conversation: str, comment: str) -> Any:
        """Share an uploaded file in a conversation, with a comment (mrkdwn). Slack's file object."""
        response = self._call(
            COMPLETE,
            lambda: self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": title}], channel_id=conversation, initial_comment=comment
            ),
        )
        return next(iter(response.get("files") or ()), {})

    def file_info(self, file_id: str) -> Any:
        """Slack's file object."""
        return self._call(FILE_INFO, lambda: self._client.files_info(file=file_id))["file"]

    def user_info(self, person: str) -> Any:
        """Slack's user object of `person` (a Slack user id)."""
        return self._call(USER_INFO, lambda: self._client.users_info(user=person))["user"]

    def user_field_values(self, person: str) -> dict[str, str]:
        """What the custom fields of the profile of `person` (a Slack user id) say, by Slack's id of the field."""
        found = self._call(USER_PROFILE, lambda: self._client.users_profile_get(user=person))
        return field_values_of(found.get("profile"))

    def custom_fields(self) -> tuple[CustomField, ...]:
        """The custom fields that the workspace's profiles show."""
        found = self._call(TEAM_PROFILE, lambda: self._client.team_profile_get(visibility="visible"))
        return custom_fields_of(found.get("profile"))

    def auth_test(self) -> str:
        """Check that Slack accepts our token. Returns the Slack user id of the bot."""
        return str(self._call(AUTH_TEST, self._client.auth_test)["user_id"])

    def _call(self, method: str, call: Callable[[], _Result]) -> _Result:
        wait = self._rate_limiter.on_hold(method)
        if wait:
            raise SlackCallFailed(SlackFailure(FailureKind.RETRY, "held", wait), on_hold=True)
        try:
            response = call()
        except EXPECTED as error:
            failure = classify(error)
            if method not in (POST, UPDATE, PUBLISH, COMPLETE):  # the other methods may be called twice, or late
                failure = replace(failure, may_have_arrived=False)
            self._rate_limiter.hold_method(method, failure, after=_FAILURES.get(method, FAILURES_BEFORE_HOLD))
            if failure.reason in TURNED_OFF:
                log.info("%s is not possible: %s. `mentor-bot doctor` says more", method, failure.reason)
            if failure.reason in NEEDS_OPERATOR:
                log.error("Slack refuses %s (%s): `mentor-bot doctor` says more", method, failure.reason)
            raise SlackCallFailed(failure) from None
        self._rate_limiter.succeeded(method)
        return response


def _metadata(correlation_id: str) -> dict[str, Any]:
    """Message metadata by which `find_post` recognises a message."""
    return {"event_type": EVENT_TYPE, "event_payload": {ID: correlation_id}}


_FAILURES = {USER_INFO: 1, USER_PROFILE: 1}
"""How often these methods may fail before they are put on hold, where it is not as often as the others."""
_NOT_FOUND = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def fetch_profile(slack: SlackClient, workspace: str, person: str) -> Person:
    """Fetch the profile of `person`; a stranger if this workspace cannot see them. Raises SlackCallFailed."""
    try:
        return person_of(slack.user_info(person), workspace)
    except SlackCallFailed as error:
        if error.failure.reason in _NOT_FOUND:
            return Person(person, AccountStatus.STRANGER)
        raise


_HAVE_FIELDS = frozenset({AccountStatus.MEMBER, AccountStatus.GUEST})


def fetch_field_values(slack: SlackClient, profile: Person) -> dict[str, str] | None:
    """What the custom fields of this profile say, by Slack's id of the field. None if Slack does not tell: the rest of
    the profile does not depend on them.
    """
    if profile.account_status not in _HAVE_FIELDS:
        return None
    try:
        return slack.user_field_values(profile.id)
    except SlackCallFailed as error:
        if not error.on_hold:
            log.warning("The custom fields of a profile could not be fetched: %s", error.failure.reason)
        return None
