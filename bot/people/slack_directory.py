"""Finding people in Slack by e-mail address or user id. Addresses are compared, and not stored.

Source: https://docs.slack.dev/reference/methods: `users.lookupByEmail` (50 a minute; finds active accounts only),
`users.info` (100), and `users.list` (20; up to 1,000 a page, in no order, deactivated accounts included).
"""

import threading
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.slack import SlackAuthFailed, SlackUnreachable
from mentoring.core.clean_text import clean_line
from mentoring.core.people import Person
from mentoring.people.staff_list import is_address
from messages.people import person_of
from scheduler.delivery.slack_errors import EXPECTED, NEEDS_OPERATOR, SlackFailure, back_off, classify

FEW = 40
"""Up to this many are looked up one by one: fewer than Slack answers in a minute."""
PAGE, SMALL_PAGE = 1000, 200
"""Accounts a page: the most that Slack allows, and the size it recommends, used if the first one fails."""
TRIES = 6
"""Tries of one call."""

Progress = Callable[[int, int | None], None]
"""Called with the number of accounts read, and the total if it is known."""


def wait(pause: timedelta) -> None:
    threading.Event().wait(pause.total_seconds())


class SlackDirectory:
    """The people of the workspace of `client`. `wait` is called to wait for a time."""

    def __init__(self, client: WebClient, workspace: str, *, wait: Callable[[timedelta], None] = wait) -> None:
        self._client = client
        self._workspace = workspace
        self._wait = wait

    def find(self, handles: Collection[str], progress: Progress) -> dict[str, Person]:
        """The people that Slack knows, by handle: e-mail addresses in lower case, and user ids.

        Raises SlackAuthFailed, SlackUnreachable.
        """
        if len(handles) <= FEW:
            return self._one_by_one(handles, progress)
        return self._page_by_page(handles, progress)

    def _one_by_one(self, handles: Collection[str], progress: Progress) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for read, handle in enumerate(sorted(handles)):
            progress(read, len(handles))
            answer = self._call_with_retry(partial(self._one, handle))
            if not isinstance(answer, SlackFailure):
                found[handle] = person_of(answer["user"], self._workspace)
        progress(len(handles), len(handles))
        return found

    def _one(self, handle: str) -> Any:
        if is_address(handle):
            return self._client.users_lookupByEmail(email=handle)
        return self._client.users_info(user=handle)

    def _page_by_page(self, handles: Collection[str], progress: Progress) -> dict[str, Person]:
        """Read pages until everyone is found. Of two accounts with the same address the active one counts."""
        found: dict[str, Person] = {}
        missing, read, cursor, size = set(handles), 0, "", PAGE
        progress(0, None)
        while missing:
            answer = self._call_with_retry(
                partial(self._client.users_list, limit=size, cursor=cursor or None), once=size == PAGE
            )
            if isinstance(answer, SlackFailure):
                if size == SMALL_PAGE:
                    raise SlackUnreachable(
                        f"Slack did not return its list of people ({answer.reason}). Try again later."
                    )
                size = SMALL_PAGE
                continue
            for user in answer["members"]:
                person = person_of(user, self._workspace)
                address = clean_line(str((user.get("profile") or {}).get("email") or "")).casefold()
                for handle in {person.id, address} & missing:
                    found[handle] = person
                    if not person.is_absent:
                        missing.discard(handle)
            read += len(answer["members"])
            progress(read, None)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return found

    def _call_with_retry(self, call: Callable[[], Any], *, once: bool = False) -> Any:
        """The response, or a SlackFailure that concerns this call alone, or (`once`) any but a rate limit.

        Retries other failures, after the time that Slack asks for. Raises SlackAuthFailed, SlackUnreachable.
        """
        for tries in range(TRIES):
            try:
                return call()
            except EXPECTED as error:
                failure = classify(error)
            if failure.reason in NEEDS_OPERATOR:
                raise SlackAuthFailed(
                    f"Slack does not let the bot look up people ({failure.reason}). Run `mentor-bot doctor`."
                )
            if not failure.affects_method or (once and failure.wait is None):
                return failure
            self._wait(failure.wait or back_off(tries))
        raise SlackUnreachable(f"Slack does not answer ({failure.reason}). Nothing is lost. Try again later.")
