"""Asks Slack who a person is while they wait for a form."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from mentoring.core.people import AccountStatus, Person
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient, fetch_profile
from services.people import save_profile
from storage import Storage, retry_on_conflict

log = logging.getLogger(__name__)

LOOK_UP_WITHIN = timedelta(seconds=5)
"""How long a person waits for Slack to say who they are."""


class LookUpThreads:
    """Runs look-ups on threads of their own. One that takes too long goes on by itself."""

    def __init__(self, threads: int = 8) -> None:
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="profiles")

    def __call__(self, look_up: Callable[[], bool]) -> bool:
        """The result, or False if it is not there within LOOK_UP_WITHIN."""
        started = self._threads.submit(look_up)
        return not wait([started], LOOK_UP_WITHIN.total_seconds()).not_done and started.result()

    def close(self) -> None:
        """Finish what is running."""
        self._threads.shutdown(wait=True)


class ProfileLookup:
    """Look-ups in one workspace. `run` runs one, for a while; `calendar` gives aware times."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackClient,
        workspace: str,
        *,
        calendar: Callable[[], datetime],
        run: Callable[[Callable[[], bool]], bool],
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._workspace = workspace
        self._calendar = calendar
        self._run = run

    def look_up(self, person: str) -> bool:
        """Ask Slack who `person` (a Slack user id) is, and save it. Whether that is known now."""
        return self._run(lambda: self._look_up(person))

    def _look_up(self, person: str) -> bool:
        try:
            if self._is_known(person):
                return True
            profile = fetch_profile(self._slack, self._workspace, person)
            retry_on_conflict(lambda: self._save(profile))
        except SlackCallFailed as error:
            log.warning("Slack did not say who somebody is: %s", error.failure.reason)
            return False
        return True

    def _is_known(self, person: str) -> bool:
        with self._storage.read(self._workspace) as tx:
            return tx.people.get(person).account_status is not AccountStatus.UNKNOWN

    def _save(self, profile: Person) -> None:
        with self._storage.begin(self._workspace) as tx:
            tx.people.request_profiles([profile.id], self._calendar())
            save_profile(tx, profile, self._calendar())
