"""What a rule decides: values to keep and notices to owe, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a notice is about. Stored with what we owe: a value is never renamed without a migration."""

    WELCOME_OWNER = "welcome-owner"
    HELP = "help"
    APPLICATION_RECEIVED = "application-received"
    APPLICATION_CHANGED = "application-changed"
    APPLICATION_WITHDRAWN = "application-withdrawn"
    APPLICATIONS_CLOSED = "applications-closed"
    PROGRAMME_CHANGED = "programme-changed"
    COHORT_STATUS = "cohort-status"


@dataclass(frozen=True)
class Notice:
    """What we owe whom.

    `key` is unique in the workspace and stable, so that owing twice is harmless. `to` is a Slack user id. `about`
    holds ids and ISO dates only, never a text. `due` is an aware calendar time; None means at once. `asked` marks an
    answer to something the person just did, which goes before anything that merely fell due.
    """

    key: str
    kind: Kind
    to: str
    about: Mapping[str, str] = field(default_factory=dict)
    due: datetime | None = None
    asked: bool = False


@dataclass(frozen=True)
class Outcome:
    """`changes` are the new values of what is to be kept (each of a type that storage knows how to keep)."""

    changes: tuple[object, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.changes + other.changes, self.notices + other.notices)


NOTHING = Outcome()
