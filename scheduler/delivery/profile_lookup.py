"""Asks Slack who a person is, and which custom fields profiles have, while somebody waits for a form."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from mentoring.core.people import AccountStatus, Person
from mentoring.people.errors import CannotReadFields
from mentoring.people.profile_fields import CustomField
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient, fetch_field_values, fetch_profile
from scheduler.delivery.slack_errors import NOT_ALLOWED
from services.people import save_profile
from services.profile_fields import reads_profile_fields, save_profile_fields
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
        self._may_not_read_fields = False

    def look_up(self, person: str) -> bool:
        """Ask Slack who `person` (a Slack user id) is, and save it. Whether that is known now."""
        return self._run(lambda: self._look_up(person))

    def custom_fields(self) -> tuple[CustomField, ...]:
        """The custom fields that profiles show, from Slack. Raises CannotReadFields."""
        try:
            found = self._slack.custom_fields()
        except SlackCallFailed as error:
            if not error.on_hold:
                self._may_not_read_fields = error.failure.reason in NOT_ALLOWED
                log.warning("Slack did not say which fields profiles have: %s", error.failure.reason)
            raise CannotReadFields(self._may_not_read_fields) from None
        self._may_not_read_fields = False
        return found

    def _look_up(self, person: str) -> bool:
        try:
            is_known, reads_fields = self._what_is_known(person)
            if is_known:
                return True
            profile = fetch_profile(self._slack, self._workspace, person)
            values = fetch_field_values(self._slack, profile) if reads_fields else None
            retry_on_conflict(lambda: self._save(profile, values))
        except SlackCallFailed as error:
            log.warning("Slack did not say who somebody is: %s", error.failure.reason)
            return False
        return True

    def _what_is_known(self, person: str) -> tuple[bool, bool]:
        """Whether it is known who they are, and whether the custom fields of profiles are read."""
        with self._storage.read(self._workspace) as tx:
            is_known = tx.people.get(person).account_status is not AccountStatus.UNKNOWN
            return is_known, reads_profile_fields(tx)

    def _save(self, profile: Person, values: Mapping[str, str] | None) -> None:
        with self._storage.begin(self._workspace) as tx:
            tx.people.request_profiles([profile.id], self._calendar())
            save_profile(tx, profile, self._calendar())
            save_profile_fields(tx, profile.id, values, self._calendar())
