"""The record of what owners do, besides their decisions about matches, which are recorded in `matching.decisions`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.matching.decisions import MatchDecision


class OwnerAction(StrEnum):
    """Stored: a value is never renamed without a migration."""

    VIEWED = "viewed"
    """They read an application of somebody else, with its private answers."""
    CORRECTED = "corrected"
    """They changed an application on behalf of its author."""
    ENTERED = "entered"
    """They entered an application for somebody who asked in person, or changed one that was not confirmed."""
    WITHDREW = "withdrew"
    """They withdrew an application on behalf of its author."""
    PUT_ON_LEAVE = "put-on-leave"
    """They put a person on leave, or changed until when."""
    ENDED_LEAVE = "ended-leave"
    """They ended somebody's leave early."""
    NUDGED = "nudged"
    """They reminded two people to meet."""
    OFFERED_HELP = "offered-help"
    ASKED = "asked"
    """They asked two people how it stands."""
    OFFERED_ANOTHER = "offered-another"
    """They asked the people of a partnership that is over whether they would like another match."""
    PAUSED = "paused"
    """They paused a partnership."""
    ENDED = "ended"
    """They ended a partnership."""
    HANDED_OVER = "handed-over"
    """They handed a partnership over to an owner."""
    ERASED = "erased"
    """They erased a person who had left. The record does not say whom."""
    EXPORTED = "exported"
    """They, or the app admin for them, wrote the round or the data of the programme to a file. For the data, `fields`
    say how people are named in it: an `ExportNaming`.
    """
    PURGED = "purged"
    """The bot deleted what was past its time. `fields` say what and how much: `DeletedCount.code`."""


@dataclass(frozen=True)
class OwnerAct:
    """Something that an owner, or the OPERATOR, did at `at` (calendar, aware). Added in the same transaction, and never
    changed.

    `person` is the Slack user id of the person whom it concerns, or "", and `other` that of the second one, if it
    concerns a partnership. `role` is the role of their application, or "".
    `fields` are the names of the fields that were changed, never what was in them.
    """

    id: str
    cohort_id: str
    action: OwnerAction
    by: str
    at: datetime
    person: str = ""
    role: str = ""
    fields: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True)
class RecordEntry:
    """A line of the record: an act, or a decision about two people, with or without an exemption from a hard rule."""

    id: str
    entry: OwnerAct | MatchDecision
    is_exception: bool = False
