"""Finding people in Slack by e-mail address or user id. Addresses are compared, and nothing of them is kept.

Source: https://docs.slack.dev/reference/methods: `users.lookupByEmail` (50 a minute; finds open accounts alone),
`users.info` (100), and `users.list` (20; up to 1,000 a page, in no order, closed accounts among them).
"""

import threading
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.slack import SlackAuthFailed, SlackUnreachable
from mentoring.core.people import Person
from mentoring.people.staff_list import is_address
from messages.people import person_of
from scheduler.delivery.slack_errors import EXPECTED, NEEDS_MENDING, SlackFailure, back_off, classify

FEW = 40
"""So many are asked about one by one: fewer than Slack answers in a minute."""
PAGE, SMALL_PAGE = 1000, 200
"""Accounts in a page: the most there can be, and what Slack advises, once it has stumbled over the most."""
TRIES = 6
"""In a row."""

Progress = Callable[[int, int | None], None]
"""Told how many have been read, and of how many, where that is known."""


def wait(pause: timedelta) -> None:
    threading.Event().wait(pause.total_seconds())


class SlackDirectory:
    """The people of the workspace that `client` is of. `wait` lets time pass."""

    def __init__(self, client: WebClient, workspace: str, *, wait: Callable[[timedelta], None] = wait) -> None:
        self._client = client
        self._workspace = workspace
        self._wait = wait

    def find(self, handles: Collection[str], progress: Progress) -> dict[str, Person]:
        """Those whom Slack knows, by handle: e-mail addresses in small letters, and user ids.

        Raises SlackAuthFailed, SlackUnreachable.
        """
        if len(handles) <= FEW:
            return self._one_by_one(handles, progress)
        return self._page_by_page(handles, progress)

    def _one_by_one(self, handles: Collection[str], progress: Progress) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for read, handle in enumerate(sorted(handles)):
            progress(read, len(handles))
            answer = self._ask(partial(self._one, handle))
            if not isinstance(answer, SlackFailure):
                found[handle] = person_of(answer["user"], self._workspace)
        progress(len(handles), len(handles))
        return found

    def _one(self, handle: str) -> Any:
        if is_address(handle):
            return self._client.users_lookupByEmail(email=handle)
        return self._client.users_info(user=handle)

    def _page_by_page(self, handles: Collection[str], progress: Progress) -> dict[str, Person]:
        """Until everybody is found or Slack has no more. Of two accounts with one address the open one is meant."""
        found: dict[str, Person] = {}
        missing, read, cursor, size = set(handles), 0, "", PAGE
        progress(0, None)
        while missing:
            answer = self._ask(partial(self._client.users_list, limit=size, cursor=cursor or None), once=size == PAGE)
            if isinstance(answer, SlackFailure):
                if size == SMALL_PAGE:
                    raise SlackUnreachable(f"Slack does not list its people ({answer.reason}). Please try again later.")
                size = SMALL_PAGE
                continue
            for user in answer["members"]:
                person = person_of(user, self._workspace)
                address = str((user.get("profile") or {}).get("email") or "").casefold()
                for handle in {person.id, address} & missing:
                    found[handle] = person
                    if not person.is_away:
                        missing.discard(handle)
            read += len(answer["members"])
            progress(read, None)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return found

    def _ask(self, call: Callable[[], Any], *, once: bool = False) -> Any:
        """The answer, or a Trouble that is about what was asked, or (`once`) any that is not of the rate.

        What may pass is asked again, after as long as Slack says.
        """
        for tried in range(TRIES):
            try:
                return call()
            except EXPECTED as error:
                trouble = classify(error)
            if trouble.reason in NEEDS_MENDING:
                raise SlackAuthFailed(
                    f"Slack refuses to say who people are ({trouble.reason}): see `mentor-bot doctor`."
                )
            if not trouble.affects_method or (once and trouble.wait is None):
                return trouble
            self._wait(trouble.wait or back_off(tried))
        raise SlackUnreachable(f"Slack does not answer ({trouble.reason}). Nothing is lost; please try again later.")
