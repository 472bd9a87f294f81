"""The tables. Each has the workspace in its key, private data has its own tables, no time comes from the database."""

from storage.tables.agenda import AgendaStepRow
from storage.tables.agreements import AgreementRow, AgreementTermsRow, AgreementVersionRow
from storage.tables.announcements import AnnouncementRecipientRow, AnnouncementRow
from storage.tables.applications import ApplicationRow, DraftRow, PrivateAnswersRow
from storage.tables.base import Table
from storage.tables.cases import CaseCountRow, CaseRow, CaseWordsRow
from storage.tables.closures import ClosureRow, ThankYouRow
from storage.tables.effort import OwnerEffortRow
from storage.tables.ends import EndKeptRow, EndProposalRow
from storage.tables.evaluation import EvaluationWordsRow
from storage.tables.failures import WorkFailureRow
from storage.tables.feedback import (
    FeedbackCountRow,
    FeedbackFigureRow,
    FeedbackGroupRow,
    FeedbackItemRow,
    FeedbackRow,
    FeedbackWordsRow,
)
from storage.tables.goals import GoalChangeRow, GoalRow, PlanRow, PlanShareRow
from storage.tables.homes import HomeRow
from storage.tables.imports import FileImportRow
from storage.tables.invitations import InvitationChoiceRow, InvitationMomentRow, InvitationRow, TitleMarkRow
from storage.tables.items import ActionItemRow
from storage.tables.jobs import ScheduledJobRow
from storage.tables.matching import DecisionRow, ExclusionRow, ExemptionRow, MatchRow, ProposalRunRow, StaffRow
from storage.tables.notifications import LiveViewRow, OutboxRow
from storage.tables.oversight import AlarmSnoozeRow, DigestChoiceRow, OversightRequestRow, StandingAnswerRow
from storage.tables.owner_record import OwnerActRow
from storage.tables.partnerships import (
    MeetingNotesRow,
    MeetingPlaceRow,
    MeetingRow,
    PartnershipRow,
    PlannedMeetingRow,
    RegularTimeRow,
)
from storage.tables.people import (
    AdministratorRow,
    PersonRow,
    ProfileFieldRow,
    RoleRow,
    TombstoneRow,
    WorkspaceRow,
)
from storage.tables.programmes import CohortRow, ProgrammeFileRow, ProgrammeRow, SetupStepRow
from storage.tables.remarks import (
    CountedRemarkRow,
    RemarkGroupRow,
    RemarkGroupWordsRow,
    RemarkRow,
    RemarkWordsRow,
)
from storage.tables.reports import ReportRow, ReportShareRow, ReportWordsRow
from storage.tables.retention import DeletionNoticeRow
from storage.tables.sessions import SessionAnswerRow, SessionRow
from storage.tables.slack_removals import SlackRemovalRow
from storage.tables.sponsor_page import SponsorPageStopRow, SponsorSentenceRow

__all__ = [
    "ActionItemRow",
    "AdministratorRow",
    "AgendaStepRow",
    "AgreementRow",
    "AgreementTermsRow",
    "AgreementVersionRow",
    "AlarmSnoozeRow",
    "AnnouncementRecipientRow",
    "AnnouncementRow",
    "ApplicationRow",
    "CaseCountRow",
    "CaseRow",
    "CaseWordsRow",
    "ClosureRow",
    "CohortRow",
    "CountedRemarkRow",
    "DecisionRow",
    "DeletionNoticeRow",
    "DigestChoiceRow",
    "DraftRow",
    "EndKeptRow",
    "EndProposalRow",
    "EvaluationWordsRow",
    "ExclusionRow",
    "ExemptionRow",
    "FeedbackCountRow",
    "FeedbackFigureRow",
    "FeedbackGroupRow",
    "FeedbackItemRow",
    "FeedbackRow",
    "FeedbackWordsRow",
    "FileImportRow",
    "GoalChangeRow",
    "GoalRow",
    "HomeRow",
    "InvitationChoiceRow",
    "InvitationMomentRow",
    "InvitationRow",
    "LiveViewRow",
    "MatchRow",
    "MeetingNotesRow",
    "MeetingPlaceRow",
    "MeetingRow",
    "OutboxRow",
    "OversightRequestRow",
    "OwnerActRow",
    "OwnerEffortRow",
    "PartnershipRow",
    "PersonRow",
    "PlanRow",
    "PlanShareRow",
    "PlannedMeetingRow",
    "PrivateAnswersRow",
    "ProfileFieldRow",
    "ProgrammeFileRow",
    "ProgrammeRow",
    "ProposalRunRow",
    "RegularTimeRow",
    "RemarkGroupRow",
    "RemarkGroupWordsRow",
    "RemarkRow",
    "RemarkWordsRow",
    "ReportRow",
    "ReportShareRow",
    "ReportWordsRow",
    "RoleRow",
    "ScheduledJobRow",
    "SessionAnswerRow",
    "SessionRow",
    "SetupStepRow",
    "SlackRemovalRow",
    "SponsorPageStopRow",
    "SponsorSentenceRow",
    "StaffRow",
    "StandingAnswerRow",
    "Table",
    "ThankYouRow",
    "TitleMarkRow",
    "TombstoneRow",
    "WorkFailureRow",
    "WorkspaceRow",
]
