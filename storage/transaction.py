"""The unit of work: the repositories of one transaction in one workspace, and saving an outcome."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from mentoring.agenda.agenda import AgendaStep
from mentoring.agreements.agreement import Agreement, WrittenTerms
from mentoring.announcements.announcement import Announcement, AnnouncementOutdated
from mentoring.announcements.sending import RecipientsChosen, RecipientsTold
from mentoring.applications.application import Application, PrivateAnswers
from mentoring.cases.case import Case, CaseWords
from mentoring.cases.yearly import CaseCounted
from mentoring.closure import Closure, ThankYou
from mentoring.core.acting import ActingOperator, ActingPerson
from mentoring.core.errors import NoProgramme
from mentoring.core.jobs import JobDone, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import LeaveChange, ProfileUpdate, StaffRecord, StaffRecords
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import AdministratorNamed, AdministratorRemoved, ProgrammeRole, RoleGiven, RoleTaken
from mentoring.core.undelivered import UndeliveredResolution
from mentoring.evaluation.words import NextTime
from mentoring.feedback.answers import Feedback
from mentoring.feedback.baseline import FeedbackCorrected
from mentoring.feedback.counts import AnswerCount, AnswersCounted
from mentoring.feedback.groups import GroupFormed
from mentoring.goals.goal import Goal, GoalChange, GoalDeleted
from mentoring.goals.plan import DevelopmentPlan, PlanDeleted, PlanShare, PlanUnshared
from mentoring.home.outdated import Concerned, outdates_home
from mentoring.invitations.invitation import Invitation, InvitationChoice
from mentoring.invitations.moments import MomentNoted, MomentsForgotten, TitleNoted
from mentoring.items.item import ActionItem, AgendaOutdated
from mentoring.matching.decisions import MatchDecision
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted, Exemption
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.meetings.log import Meeting, MeetingDeleted, MeetingNotes
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting
from mentoring.meetings.regular_time import RegularTime
from mentoring.notifications.kinds import KIND_RULES, LIVE_KINDS, Outdated, outdated
from mentoring.oversight.alarms import AlarmSnoozed
from mentoring.oversight.asking import OversightRequest, StandingAnswer
from mentoring.oversight.digest import DigestChoice
from mentoring.owner_record import OwnerAct
from mentoring.partnerships.end_date import EndMoved
from mentoring.partnerships.end_plan import EndKept, EndProposal
from mentoring.partnerships.partnership import EndArrived, Partnership
from mentoring.people.file_import import FileImport
from mentoring.people.profile_fields import ProfileMapping
from mentoring.programmes.setup_steps import SetupStep, SetupStepUndone
from mentoring.programmes.whole_settings import ProgrammeFile
from mentoring.remarks.groups import RemarkGroupFormed
from mentoring.remarks.remark import CountedRemark, Remark, RemarkWords
from mentoring.reports.page import ReportWords
from mentoring.reports.report import ProgressReport
from mentoring.reports.sharing import ReportShare
from mentoring.retention.retention import DeletionNotice
from mentoring.sessions.session import Session, SessionAnswer, SessionForgotten
from mentoring.sponsor_page.sending import SponsorPageResumed, SponsorPageStopped, SponsorSentence
from storage.agenda import Agendas
from storage.agreements import Agreements
from storage.announcements import Announcements
from storage.applications import Applications
from storage.cases import Cases
from storage.closures import Closures, ThankYous
from storage.conflicts import Conflict
from storage.effort import OwnerEffort
from storage.end_plans import EndPlans
from storage.erasure import Erasure
from storage.evaluation import EvaluationWords
from storage.failures import WorkFailures
from storage.feedback import FeedbackResults
from storage.file_imports import FileImports
from storage.goals import PlanData, PlanFacts
from storage.invitations import Invitations
from storage.items import ActionItems
from storage.jobs import ScheduledJobs
from storage.matching import Decisions, Exclusions, Matches, ProposalRuns, Rounds
from storage.meeting_places import MeetingPlaces
from storage.meetings import Meetings
from storage.notifications.homes import Homes
from storage.notifications.live_views import LiveViews
from storage.notifications.outbox import Outbox
from storage.notifications.undelivered import UndeliveredNotifications
from storage.oversight import Oversight
from storage.own_data import OwnRecords
from storage.owner_record import OwnerRecord
from storage.partnership_list import PartnershipList
from storage.partnerships import Partnerships
from storage.people import People, Staff
from storage.people_list import PeopleList
from storage.planned_meetings import PlannedMeetings
from storage.private import (
    Drafts,
    NamedPeople,
    OfferedHopes,
    OperatorReader,
    PrivateData,
    PrivateReader,
    SharedReports,
)
from storage.profile_fields import ProfileFields
from storage.programmes import Cohorts, ProgrammeFiles, Programmes
from storage.purges import Purges
from storage.regular_times import RegularTimes
from storage.remarks import Remarks, RemarksToOwners
from storage.reports import ReportData, Reports
from storage.repository import Repository, TransactionContext
from storage.roles import Roles
from storage.sessions import Sessions
from storage.setup_steps import SetupSteps
from storage.slack_removals import SlackRemovals
from storage.sponsor_page import SponsorPages
from storage.workspaces import Digests, Workspaces

R = TypeVar("R", bound=Repository)


def _repository(kind: type[R]) -> "cached_property[R]":
    """A repository of the transaction, made when it is used: a transaction uses few of them."""
    return cached_property(lambda tx: kind(tx._context))


class Transaction:
    """The unit of work of one workspace, made by `Storage.begin` and `Storage.read`."""

    access = _repository(Workspaces)
    programmes = _repository(Programmes)
    setup_steps = _repository(SetupSteps)
    cohorts = _repository(Cohorts)
    programme_files = _repository(ProgrammeFiles)
    roles = _repository(Roles)
    owner_record = _repository(OwnerRecord)
    own_records = _repository(OwnRecords)
    people = _repository(People)
    profile_fields = _repository(ProfileFields)
    people_list = _repository(PeopleList)
    applications = _repository(Applications)
    matches = _repository(Matches)
    rounds = _repository(Rounds)
    staff = _repository(Staff)
    exclusions = _repository(Exclusions)
    decisions = _repository(Decisions)
    proposal_runs = _repository(ProposalRuns)
    partnerships = _repository(Partnerships)
    partnership_list = _repository(PartnershipList)
    meetings = _repository(Meetings)
    agreements = _repository(Agreements)
    cases = _repository(Cases)
    end_plans = _repository(EndPlans)
    agendas = _repository(Agendas)
    planned_meetings = _repository(PlannedMeetings)
    meeting_places = _repository(MeetingPlaces)
    regular_times = _repository(RegularTimes)
    announcements = _repository(Announcements)
    remarks = _repository(Remarks)
    remarks_to_owners = _repository(RemarksToOwners)
    reports = _repository(Reports)
    feedback = _repository(FeedbackResults)
    closures = _repository(Closures)
    oversight = _repository(Oversight)
    sessions = _repository(Sessions)
    sponsor_pages = _repository(SponsorPages)
    effort = _repository(OwnerEffort)
    evaluation_words = _repository(EvaluationWords)
    thank_yous = _repository(ThankYous)
    invitations = _repository(Invitations)
    scheduled_jobs = _repository(ScheduledJobs)
    failures = _repository(WorkFailures)
    drafts = _repository(Drafts)
    file_imports = _repository(FileImports)
    outbox = _repository(Outbox)
    live_views = _repository(LiveViews)
    homes = _repository(Homes)
    undelivered = _repository(UndeliveredNotifications)
    erasure = _repository(Erasure)
    slack_removals = _repository(SlackRemovals)
    purges = _repository(Purges)
    digests = _repository(Digests)
    named = _repository(NamedPeople)
    offered_hopes = _repository(OfferedHopes)
    plan_facts = _repository(PlanFacts)
    items = _repository(ActionItems)
    shared_reports = _repository(SharedReports)
    _private = _repository(PrivateData)
    _plans = _repository(PlanData)
    _reports = _repository(ReportData)

    def __init__(self, context: TransactionContext, stopwatch: Callable[[], datetime] | None) -> None:
        self.workspace = context.workspace
        self._context = context
        self._stopwatch = stopwatch
        self._outdated: dict[NotificationKind, set[Outdated]] = defaultdict(set)

    def programme(self, programme_id: str) -> tuple[Programme, Cohort]:
        """The programme with its current cohort. Raises NoProgramme."""
        found = self.programmes.with_cohort(programme_id)
        if found is None:
            raise NoProgramme
        return found

    def programme_of(self, cohort_id: str) -> tuple[Programme, Cohort]:
        """The programme to which a cohort belongs, with its current cohort. Raises NoProgramme."""
        found = self.programmes.of_cohort(cohort_id)
        if found is None:
            raise NoProgramme
        return found

    def private(self, acting: ActingPerson) -> PrivateReader:
        """A reader of private data, for the person who made the request."""
        owned = self.roles.programmes_of(acting.id, ProgrammeRole.OWNER)
        approved = self.roles.approved_by(acting.id)
        return PrivateReader(self._context, acting, owned=frozenset(owned), approved=frozenset(approved))

    def exported(self, acting: ActingOperator) -> OperatorReader:
        """A reader of what the command line exports for the owners."""
        return OperatorReader(self._context, acting)

    @staticmethod
    def new_id() -> str:
        """A new random id."""
        return secrets.token_hex(8)

    def save(self, outcome: Outcome) -> None:
        """Save the changes and enqueue the notifications. A person who was erased gets none but replies.

        Raises Conflict if a change is based on an older version than the stored one.
        """
        updates = [each for each in outcome.changes if isinstance(each, ProfileUpdate)]
        profiles = [each for each in updates if self._changes_presence(each)]
        same = [each for each in updates if self._is_known(each)]
        for change in outcome.changes:
            if not _SAVERS[type(change)](self, change):
                raise Conflict(type(change).__name__)
        self._outdate_by([change for change in outcome.changes if not isinstance(change, ProfileUpdate)] + profiles)
        self._outdate_homes_by([change for change in outcome.changes if change not in same])
        now = self._now()
        for notification in outcome.notifications:
            if notification.is_reply or not self.erasure.is_erased(notification.recipient):
                queue = self.live_views if KIND_RULES[notification.kind].is_live else self.outbox
                queue.enqueue(notification, at=now)

    def _outdate_by(self, changes: Sequence[object]) -> None:
        """Mark the live views stale that show any of `changes`."""
        for kind in LIVE_KINDS:
            views = {found for change in changes if (found := outdated(kind, change))}
            if Outdated(None) in views:
                views |= {Outdated(cohort.id) for _, cohort in self.programmes.all()}
            self._outdate(kind, {view for view in views if view.about})

    def _outdate(self, kind: NotificationKind, views: set[Outdated]) -> None:
        """Mark live views stale, each once in a transaction."""
        if new := views - self._outdated[kind]:
            self.live_views.mark_stale(kind, new)
            self._outdated[kind] |= new

    def _is_known(self, update: ProfileUpdate) -> bool:
        """Whether the stored profile says the same, as far as it counts for what people read."""
        stored, new = self.people.get(update.person.id), update.person
        return (stored.account_status, stored.time_zone) == (new.account_status, new.time_zone)

    def _outdate_homes_by(self, changes: Sequence[object]) -> None:
        """Mark the Homes stale that show any of `changes`."""
        found = [concerned for change in changes if (concerned := outdates_home(change))]
        if found:
            self.homes.outdate(found, at=self._now())

    def outdate_home(self, person: str) -> None:
        """Mark the Home of `person` (a Slack user id) stale, for what is no change of an outcome: a draft."""
        self.homes.outdate([Concerned((person,))], at=self._now())

    def open_home(self, person: str) -> None:
        """`person` (a Slack user id) opens Home: publish it, and keep it up to date while they look."""
        if now := self._now():
            self.homes.opened(person, at=now)

    def looks_soon(self, person: str, *, at_home: bool) -> bool:
        """Whether `note_act` has anything to do."""
        now = self._now()
        return now is not None and self.homes.is_forgotten_soon(person, at=now, at_home=at_home)

    def note_act(self, person: str, *, at_home: bool) -> None:
        """`person` (a Slack user id) does something: keep their Home up to date for a while, if they ever opened it."""
        if now := self._now():
            self.homes.acted(person, at=now, at_home=at_home)

    def _now(self) -> datetime | None:
        """The time on the stopwatch, if there is one."""
        return self._stopwatch() if self._stopwatch else None

    def _changes_presence(self, update: ProfileUpdate) -> bool:
        """Whether the person becomes absent, or has returned, compared with the stored profile."""
        return self.people.get(update.person.id).is_absent is not update.person.is_absent


def _save_job(tx: Transaction, job: ScheduledJob) -> bool:
    return tx.erasure.is_erased(job.person) or tx.scheduled_jobs.save(job)


_SAVERS: dict[type, Callable[[Transaction, Any], bool]] = {
    LeaveChange: lambda tx, change: tx.people.save_leave(change),
    ProfileUpdate: lambda tx, update: tx.people.save_profile(update.person, update.at),
    RoleGiven: lambda tx, given: tx.roles.give(given),
    RoleTaken: lambda tx, taken: tx.roles.take(taken),
    AdministratorNamed: lambda tx, named: tx.roles.name_administrator(named),
    AdministratorRemoved: lambda tx, removed: tx.roles.remove_administrator(removed),
    Programme: lambda tx, programme: tx.programmes.save(programme),
    Cohort: lambda tx, cohort: tx.cohorts.save(cohort),
    ProgrammeFile: lambda tx, file: tx.programme_files.save(file),
    Application: lambda tx, application: tx.applications.save(application),
    PrivateAnswers: lambda tx, answers: tx._private.save_private_answers(answers),
    Match: lambda tx, match: tx.matches.save(match),
    StaffRecord: lambda tx, record: tx.staff.save(record),
    StaffRecords: lambda tx, records: tx.staff.save_all(records),
    ProfileMapping: lambda tx, mapping: tx.profile_fields.save(mapping),
    Exclusion: lambda tx, exclusion: tx.exclusions.save(exclusion),
    SetupStep: lambda tx, step: tx.setup_steps.save(step),
    SetupStepUndone: lambda tx, undone: tx.setup_steps.undo(undone),
    ExclusionLifted: lambda tx, lifted: tx.exclusions.lift(lifted),
    MatchDecision: lambda tx, decision: tx.decisions.save(decision),
    Exemption: lambda tx, exemption: tx._private.save_exemption(exemption),
    ProposalRun: lambda tx, run: tx.proposal_runs.save(run),
    Partnership: lambda tx, partnership: tx.partnerships.save(partnership),
    Agreement: lambda tx, agreement: tx.agreements.save(agreement),
    EndMoved: lambda tx, moved: tx.agreements.follow_end(moved),
    EndArrived: lambda tx, reached: True,  # nothing is stored: it outdates messages
    EndProposal: lambda tx, proposal: tx.end_plans.save_proposal(proposal),
    EndKept: lambda tx, kept: tx.end_plans.save_kept(kept),
    WrittenTerms: lambda tx, written: tx.agreements.save_terms(written),
    Meeting: lambda tx, meeting: tx.meetings.save(meeting),
    MeetingDeleted: lambda tx, deleted: tx.meetings.delete(deleted),
    MeetingNotes: lambda tx, notes: tx._private.save_notes(notes),
    DevelopmentPlan: lambda tx, plan: tx._plans.save_plan(plan),
    Goal: lambda tx, goal: tx._plans.save_goal(goal),
    GoalChange: lambda tx, change: tx._plans.save_change(change),
    GoalDeleted: lambda tx, deleted: tx._plans.delete_goal(deleted.goal_id),
    PlanShare: lambda tx, share: tx._plans.share(share),
    PlanUnshared: lambda tx, unshared: tx._plans.unshare(unshared.partnership_id),
    PlanDeleted: lambda tx, deleted: tx._plans.delete_all(deleted.person),
    PlannedMeeting: lambda tx, planned: tx.planned_meetings.save(planned),
    RegularTime: lambda tx, regular: tx.regular_times.save(regular),
    MeetingPlace: lambda tx, place: tx.meeting_places.save(place),
    ActionItem: lambda tx, item: tx.items.save(item),
    AgendaOutdated: lambda tx, outdated: True,  # nothing is stored: it outdates messages
    ProgressReport: lambda tx, report: tx._reports.save(report),
    ReportWords: lambda tx, words: tx._reports.save_words(words),
    ReportShare: lambda tx, share: tx._reports.save_share(share),
    AgendaStep: lambda tx, step: tx.agendas.save(step),
    Case: lambda tx, case: tx.cases.save(case),
    CaseCounted: lambda tx, counted: tx.cases.count(counted),
    CaseWords: lambda tx, words: tx.cases.save_words(words),
    Announcement: lambda tx, announcement: tx.announcements.save(announcement),
    AnnouncementOutdated: lambda tx, outdated: True,  # nothing is stored: it outdates messages
    RecipientsChosen: lambda tx, chosen: tx.announcements.choose(chosen),
    RecipientsTold: lambda tx, told: tx.announcements.tell(told),
    Remark: lambda tx, remark: tx.remarks.save(remark),
    RemarkWords: lambda tx, words: tx.remarks.save_words(words),
    CountedRemark: lambda tx, remark: tx.remarks.save_counted(remark),
    RemarkGroupFormed: lambda tx, formed: tx.remarks.form_group(formed),
    OwnerAct: lambda tx, act: tx.owner_record.save(act),
    OversightRequest: lambda tx, request: tx.oversight.save_request(request),
    AlarmSnoozed: lambda tx, snoozed: tx.oversight.save_snooze(snoozed),
    DigestChoice: lambda tx, choice: tx.oversight.save_digest(choice),
    StandingAnswer: lambda tx, answer: tx.oversight.save_answer(answer),
    Session: lambda tx, session: tx.sessions.save(session),
    SessionAnswer: lambda tx, answer: tx.sessions.save_answer(answer),
    SessionForgotten: lambda tx, forgotten: tx.sessions.forget(forgotten),
    NextTime: lambda tx, said: tx.evaluation_words.save(said),
    SponsorSentence: lambda tx, sentence: tx.sponsor_pages.save_sentence(sentence),
    SponsorPageStopped: lambda tx, stopped: tx.sponsor_pages.stop(stopped),
    SponsorPageResumed: lambda tx, resumed: tx.sponsor_pages.resume(resumed),
    Invitation: lambda tx, invitation: tx.invitations.save(invitation),
    InvitationChoice: lambda tx, choice: tx.invitations.save_choice(choice),
    MomentNoted: lambda tx, noted: tx.invitations.save_moment(noted),
    TitleNoted: lambda tx, noted: tx.invitations.save_title(noted),
    MomentsForgotten: lambda tx, forgotten: tx.invitations.forget(forgotten),
    DeletionNotice: lambda tx, notice: tx.purges.save_notice(notice),
    Feedback: lambda tx, feedback: tx.feedback.save(feedback),
    FeedbackCorrected: lambda tx, corrected: tx.feedback.correct(corrected.answer),
    Closure: lambda tx, closure: tx.closures.save(closure),
    ThankYou: lambda tx, thanks: tx.closures.save_thanks(thanks),
    AnswerCount: lambda tx, count: tx.feedback.save_count(count),
    AnswersCounted: lambda tx, counted: tx.feedback.mark_counted(counted),
    GroupFormed: lambda tx, formed: tx.feedback.form_group(formed),
    ScheduledJob: _save_job,
    JobDone: lambda tx, done: tx.scheduled_jobs.done(done),
    FileImport: lambda tx, file_import: tx.file_imports.save(file_import),
    UndeliveredResolution: lambda tx, resolution: tx.undelivered.save(resolution),
}
