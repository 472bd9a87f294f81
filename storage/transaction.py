"""One transaction of one workspace: what may be read, decided on and kept, all of it or nothing."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from mentoring.application import Application, Confidence
from mentoring.ban import Ban, Lifted
from mentoring.exemption import Exemption
from mentoring.feedback import Feedback
from mentoring.match import Match
from mentoring.meeting import Meeting, MeetingNotes
from mentoring.outcome import Outcome
from mentoring.partnership import Partnership
from mentoring.person import Told
from mentoring.programme import Cohort, Programme
from mentoring.promise import Done, Promise
from mentoring.solving import Solving
from mentoring.staff import StaffRecord
from mentoring.undelivered import Resolved
from mentoring.verdict import Decided
from storage.access import Access
from storage.applications import Applications
from storage.contention import Conflict
from storage.drafts import Drafts
from storage.erasure import Erasure
from storage.here import Here
from storage.involved import Concern
from storage.matches import Matches, Rounds
from storage.outbox import Outbox
from storage.partnerships import Meetings, Partnerships
from storage.people import Owners, People
from storage.private import Private
from storage.programmes import Cohorts, Programmes
from storage.promises import Promises
from storage.rulings import Bans, Decisions, Solvings
from storage.staff import Staff
from storage.undelivered import Undelivereds


class Transaction:
    """Made by `Storage.begin` and `Storage.read`."""

    def __init__(self, here: Here, stopwatch: Callable[[], datetime] | None) -> None:
        self.workspace = here.workspace
        self._stopwatch = stopwatch
        self.access = Access(here)
        self.programmes = Programmes(here)
        self.cohorts = Cohorts(here)
        self.owners = Owners(here)
        self.people = People(here)
        self.involved = Concern(here)
        self.applications = Applications(here)
        self.matches = Matches(here)
        self.rounds = Rounds(here)
        self.staff = Staff(here)
        self.bans = Bans(here)
        self.decisions = Decisions(here)
        self.solvings = Solvings(here)
        self.partnerships = Partnerships(here)
        self.meetings = Meetings(here)
        self.promises = Promises(here)
        self.drafts = Drafts(here)
        self.outbox = Outbox(here)
        self.undelivered = Undelivereds(here)
        self.erasure = Erasure(here)
        self._private = Private(here)
        self._keepers: dict[type, Callable[[Any], bool]] = {
            Told: lambda told: self.people.tell(told.person, told.at),
            Programme: self.programmes.keep,
            Cohort: self.cohorts.keep,
            Application: self.applications.keep,
            Confidence: self._private.keep_confidence,
            Match: self.matches.keep,
            StaffRecord: self.staff.keep,
            Ban: self.bans.keep,
            Lifted: self.bans.lift,
            Decided: self.decisions.keep,
            Exemption: self._private.keep_exemption,
            Solving: self.solvings.keep,
            Partnership: self.partnerships.keep,
            Meeting: self.meetings.keep,
            MeetingNotes: self._private.keep_notes,
            Feedback: self._private.keep_feedback,
            Promise: self._promise,
            Done: self.promises.done,
            Resolved: self.undelivered.keep,
        }

    def ground(self) -> tuple[Programme, Cohort] | None:
        """The programme with its current cohort; None before it is founded."""
        programme = self.programmes.current()
        cohort = self.cohorts.current(programme.id) if programme else None
        return (programme, cohort) if programme and cohort else None

    def private(self, member: str) -> Private:
        """What `member` (a Slack user id) may read of what people said in confidence."""
        return self._private.for_reader(member, is_owner=member in self.owners.all())

    @staticmethod
    def new_id() -> str:
        """An id that no other row has and that says nothing."""
        return secrets.token_hex(8)

    def keep(self, outcome: Outcome) -> None:
        """Keep the changes and owe the notices: what nobody asked for is not owed to who was erased.

        Raises Conflict where a change was decided on something older.
        """
        for change in outcome.changes:
            if not self._keepers[type(change)](change):
                raise Conflict(type(change).__name__)
        for notice in outcome.notices:
            if notice.asked or not self.erasure.is_forgotten(notice.to):
                self.outbox.owe(notice, at=self._stopwatch() if self._stopwatch else None)

    def _promise(self, promise: Promise) -> bool:
        return self.erasure.is_forgotten(promise.person) or self.promises.keep(promise)
