"""One transaction of one workspace: what may be read, decided on and kept, all of it or nothing."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from mentoring.applications.application import Application, PrivateAnswers
from mentoring.core.errors import NoProgramme
from mentoring.core.jobs import JobDone, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import ProfileUpdate, StaffRecord, StaffRecords
from mentoring.core.programmes import Cohort, Programme
from mentoring.feedback import Feedback
from mentoring.matching.decisions import MatchDecision
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted, Exemption
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.meetings import Meeting, MeetingNotes
from mentoring.notifications.live_views import OUTDATED_BY, cohort_of
from mentoring.notifications.undelivered import UndeliveredResolution
from mentoring.partnerships.partnership import Partnership
from storage.applications import Applications
from storage.conflicts import Conflict
from storage.drafts import Drafts
from storage.erasure import Erasure
from storage.jobs import ScheduledJobs
from storage.matching import Decisions, Exclusions, Matches, ProposalRuns, Rounds
from storage.meetings import Meetings
from storage.notifications.live_views import LiveViews
from storage.notifications.outbox import Outbox
from storage.notifications.undelivered import UndeliveredNotifications
from storage.partnerships import Partnerships
from storage.people import Owners, People, Staff
from storage.private import PrivateReader
from storage.programmes import Cohorts, Programmes
from storage.repository import TransactionContext
from storage.workspaces import Workspaces


class Transaction:
    """The unit of work of one workspace, made by `Storage.begin` and `Storage.read`."""

    def __init__(self, here: TransactionContext, stopwatch: Callable[[], datetime] | None) -> None:
        self.workspace = here.workspace
        self._stopwatch = stopwatch
        self.access = Workspaces(here)
        self.programmes = Programmes(here)
        self.cohorts = Cohorts(here)
        self.owners = Owners(here)
        self.people = People(here)
        self.applications = Applications(here)
        self.matches = Matches(here)
        self.rounds = Rounds(here)
        self.staff = Staff(here)
        self.exclusions = Exclusions(here)
        self.decisions = Decisions(here)
        self.proposal_runs = ProposalRuns(here)
        self.partnerships = Partnerships(here)
        self.meetings = Meetings(here)
        self.scheduled_jobs = ScheduledJobs(here)
        self.drafts = Drafts(here)
        self.outbox = Outbox(here)
        self.live_views = LiveViews(here)
        self.undelivered = UndeliveredNotifications(here)
        self.erasure = Erasure(here)
        self._private = PrivateReader(here)
        self._outdated: dict[NotificationKind, set[str]] = defaultdict(set)

    def programme_and_cohort(self) -> tuple[Programme, Cohort] | None:
        """The programme with its current cohort; None before it is founded."""
        programme = self.programmes.current()
        cohort = self.cohorts.current(programme.id) if programme else None
        return (programme, cohort) if programme and cohort else None

    def require_programme(self) -> tuple[Programme, Cohort]:
        """The programme with its current cohort. Raises NoProgramme before it is founded."""
        found = self.programme_and_cohort()
        if found is None:
            raise NoProgramme
        return found

    def private(self, member: str) -> PrivateReader:
        """What `member` (a Slack user id) may read of what people said in confidence."""
        return self._private.for_reader(member, is_owner=member in self.owners.all())

    @staticmethod
    def new_id() -> str:
        """An id that no other row has and that says nothing."""
        return secrets.token_hex(8)

    def save(self, outcome: Outcome) -> None:
        """Save the changes and enqueue the notifications. A person who was erased gets none but replies.

        Raises Conflict where a change was decided on an older version.
        """
        moved = [told for told in outcome.changes if isinstance(told, ProfileUpdate) and self._has_moved(told)]
        for change in outcome.changes:
            if not _SAVERS[type(change)](self, change):
                raise Conflict(type(change).__name__)
        self._outdate_by([change for change in outcome.changes if not isinstance(change, ProfileUpdate)] + moved)
        now = self._stopwatch() if self._stopwatch else None
        for notification in outcome.notifications:
            if notification.is_reply or not self.erasure.is_erased(notification.recipient):
                queue = self.live_views if notification.kind in OUTDATED_BY else self.outbox
                queue.enqueue(notification, at=now)

    def mark_live_views_stale(self) -> None:
        """Mark the live views of the current cohort stale, after a change that `save` does not see."""
        if current := self.programme_and_cohort():
            self._outdate(set(OUTDATED_BY), {current[1].id})

    def _outdate_by(self, changes: Sequence[object]) -> None:
        """Mark the live views stale that show something of `changes`."""
        for kind, types in OUTDATED_BY.items():
            cohorts = {cohort_of(change) for change in changes if isinstance(change, types)}
            if None in cohorts:
                current = self.programme_and_cohort()
                cohorts |= {current[1].id} if current else set()
            self._outdate({kind}, {cohort for cohort in cohorts if cohort})

    def _outdate(self, kinds: set[NotificationKind], cohorts: set[str]) -> None:
        """Once a transaction is enough."""
        for kind in kinds:
            if new := cohorts - self._outdated[kind]:
                self.live_views.mark_stale(kind, new)
                self._outdated[kind] |= new

    def _has_moved(self, told: ProfileUpdate) -> bool:
        """Whether they have left, or are back, as far as we know."""
        return self.people.get(told.person.id).is_away is not told.person.is_away


def _save_job(tx: Transaction, job: ScheduledJob) -> bool:
    return tx.erasure.is_erased(job.person) or tx.scheduled_jobs.save(job)


_SAVERS: dict[type, Callable[[Transaction, Any], bool]] = {
    ProfileUpdate: lambda tx, told: tx.people.save_profile(told.person, told.at),
    Programme: lambda tx, programme: tx.programmes.save(programme),
    Cohort: lambda tx, cohort: tx.cohorts.save(cohort),
    Application: lambda tx, application: tx.applications.save(application),
    PrivateAnswers: lambda tx, confidence: tx._private.save_private_answers(confidence),
    Match: lambda tx, match: tx.matches.save(match),
    StaffRecord: lambda tx, record: tx.staff.save(record),
    StaffRecords: lambda tx, records: tx.staff.save_all(records),
    Exclusion: lambda tx, ban: tx.exclusions.save(ban),
    ExclusionLifted: lambda tx, lifted: tx.exclusions.lift(lifted),
    MatchDecision: lambda tx, decided: tx.decisions.save(decided),
    Exemption: lambda tx, exemption: tx._private.save_exemption(exemption),
    ProposalRun: lambda tx, solving: tx.proposal_runs.save(solving),
    Partnership: lambda tx, partnership: tx.partnerships.save(partnership),
    Meeting: lambda tx, meeting: tx.meetings.save(meeting),
    MeetingNotes: lambda tx, notes: tx._private.save_notes(notes),
    Feedback: lambda tx, feedback: tx._private.save_feedback(feedback),
    ScheduledJob: _save_job,
    JobDone: lambda tx, done: tx.scheduled_jobs.done(done),
    UndeliveredResolution: lambda tx, resolved: tx.undelivered.save(resolved),
}
