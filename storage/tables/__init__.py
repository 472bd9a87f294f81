"""The tables. Each carries its workspace; what is confidential has a table of its own; no time is the database's."""

from storage.tables.applications import ApplicationRow, ConfidenceRow, DraftRow
from storage.tables.base import Table
from storage.tables.jobs import PromiseRow
from storage.tables.matching import BanRow, DecidedRow, ExemptionRow, MatchRow, SolvingRow, StaffRow
from storage.tables.notifications import NoticeRow
from storage.tables.partnerships import FeedbackRow, MeetingNotesRow, MeetingRow, PartnershipRow
from storage.tables.people import OwnerRow, PersonRow, TombstoneRow, WorkspaceRow
from storage.tables.programmes import CohortRow, ProgrammeRow

__all__ = [
    "ApplicationRow",
    "BanRow",
    "CohortRow",
    "ConfidenceRow",
    "DecidedRow",
    "DraftRow",
    "ExemptionRow",
    "FeedbackRow",
    "MatchRow",
    "MeetingNotesRow",
    "MeetingRow",
    "NoticeRow",
    "OwnerRow",
    "PartnershipRow",
    "PersonRow",
    "ProgrammeRow",
    "PromiseRow",
    "SolvingRow",
    "StaffRow",
    "Table",
    "TombstoneRow",
    "WorkspaceRow",
]
