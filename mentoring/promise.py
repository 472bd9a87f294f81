"""Promises: what the programme will do by itself at a certain moment, kept until it is done or pointless."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class PromiseKind(StrEnum):
    """What is promised. Stored: a value is never renamed without a migration."""

    OFFER_REMINDER = "offer-reminder"
    OFFER_LAPSE = "offer-lapse"
    FIRST_MEETING = "first-meeting"
    SECOND_MEETING = "second-meeting"
    MONTHLY = "monthly"
    CHECK_IN = "check-in"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey-reminder"
    CLOSE = "close"
    APPLICATIONS_CLOSED = "applications-closed"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Promise:
    """`key` is unique in the workspace; `person` a Slack user id or "" where it is nobody's; `about` ids and dates
    only.

    `due` is an aware calendar moment. Keeping a promise under a key that exists and is not done moves it.
    """

    key: str
    kind: PromiseKind
    due: datetime
    person: str = ""
    about: Mapping[str, str] = field(default_factory=dict)

    def at(self, due: datetime) -> "Promise":
        """The same promise, later."""
        return replace(self, due=due)


@dataclass(frozen=True)
class Done:
    """A promise that is kept, or has become pointless; its `due` is put by as the moment of that, where it matters."""

    promise: Promise
