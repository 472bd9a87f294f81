"""Work that failed unexpectedly: what it was, how often, and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


class WorkKind(StrEnum):
    """What failed. Stored: renaming a value needs a migration."""

    JOB = "job"
    PROFILE = "profile"
    PROPOSAL_RUN = "proposal-run"
    FILE_IMPORT = "file-import"


@dataclass(frozen=True)
class WorkItem:
    """One item of a loop: a job by its key, a profile by its person, a proposal run by its cohort, a file import by its
    id.

    `person` is the Slack user id that `id` names, or "" if it names nobody.
    """

    kind: WorkKind
    id: str
    person: str = ""


@dataclass(frozen=True)
class WorkFailure:
    """An item that failed and is tried again at `retry_at`. All times are on the stopwatch, aware.

    `attempts` counts the failures since `since` without a success between. `reference` is where the log tells of the
    last one, and `error` its type or code: never the text of an error, which may contain what a person typed.
    """

    item: WorkItem
    attempts: int
    since: datetime
    retry_at: datetime
    reference: str
    error: str


def after_failure(
    item: WorkItem, before: WorkFailure | None, *, reference: str, error: str, now: datetime
) -> WorkFailure:
    """The record of a failure at `now` (stopwatch, aware), the next one after `before`. Each wait is twice the last."""
    attempts = (before.attempts if before else 0) + 1
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(attempts - 1, 12)))
    return WorkFailure(item, attempts, before.since if before else now, now + wait, reference, error)
