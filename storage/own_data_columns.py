"""Which columns a person reads in the file of their own data, and which not. A test fails for a column without one.

The file has what they wrote and what they may read anyway. It never has proposals, rejections, exclusions, exemptions,
or what others wrote, also about them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from mentoring.matching.match import MatchState
from mentoring.own_data.records import Category
from mentoring.owner_record import OwnerAction
from storage.notifications.outbox_statements import DeliveryState
from storage.repository import WORKSPACE_PARAM
from storage.tables import (
    ActionItemRow,
    AdministratorRow,
    AgreementTermsRow,
    AgreementVersionRow,
    AlarmSnoozeRow,
    ApplicationRow,
    CaseRow,
    CaseWordsRow,
    ClosureRow,
    CohortRow,
    CountedRemarkRow,
    DigestChoiceRow,
    EndKeptRow,
    EndProposalRow,
    EvaluationWordsRow,
    FeedbackItemRow,
    FeedbackRow,
    FileImportRow,
    GoalChangeRow,
    GoalRow,
    InvitationChoiceRow,
    MatchRow,
    MeetingNotesRow,
    MeetingPlaceRow,
    MeetingRow,
    OutboxRow,
    OversightRequestRow,
    OwnerActRow,
    OwnerEffortRow,
    PartnershipRow,
    PersonRow,
    PlannedMeetingRow,
    PlanRow,
    PlanShareRow,
    PrivateAnswersRow,
    RegularTimeRow,
    RemarkRow,
    RemarkWordsRow,
    ReportRow,
    ReportWordsRow,
    RoleRow,
    SessionAnswerRow,
    SponsorPageStopRow,
    SponsorSentenceRow,
    StaffRow,
    StandingAnswerRow,
    ThankYouRow,
)
from storage.tables.base import PERSON

_ME = bindparam("person", type_=PERSON)


@dataclass(frozen=True)
class OwnTable:
    """The columns of a table that a person reads of the rows for which `mine` holds.

    Of the columns in `flags`, which hold lists of people, they read only whether they are in it themselves.
    """

    category: Category
    row: Any
    columns: tuple[str, ...]
    mine: ColumnElement[bool]
    flags: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return str(self.row.__tablename__)


def _table(category: Category, row: Any, columns: str, *mine: ColumnElement[bool], flags: str = "") -> OwnTable:
    here = row.workspace == WORKSPACE_PARAM
    return OwnTable(category, row, tuple(columns.split()), and_(here, *mine), tuple(flags.split()))


def _partnerships(*people: Any) -> Any:
    theirs = or_(*(each == _ME for each in people))
    return select(PartnershipRow.id).where(PartnershipRow.workspace == WORKSPACE_PARAM, theirs)


_AS_MENTEE, _AS_MENTOR = _partnerships(PartnershipRow.mentee), _partnerships(PartnershipRow.mentor)
_THEIRS = _partnerships(PartnershipRow.mentee, PartnershipRow.mentor)


def _of(row: Any, key: Any) -> Any:
    """The keys of the rows that name them as `person`."""
    return select(key).where(row.workspace == WORKSPACE_PARAM, row.person == _ME)


_LOGGED = select(MeetingRow.id).where(MeetingRow.workspace == WORKSPACE_PARAM, MeetingRow.logged_by == _ME)
_WRITTEN = (
    select(AgreementVersionRow.number)
    .where(
        AgreementVersionRow.workspace == WORKSPACE_PARAM,
        AgreementVersionRow.partnership_id == AgreementTermsRow.partnership_id,
        AgreementVersionRow.number == AgreementTermsRow.number,
        AgreementVersionRow.written_by == _ME,
    )
    .exists()
)
_TOLD = (
    OwnerAction.VIEWED,
    OwnerAction.CORRECTED,
    OwnerAction.ENTERED,
    OwnerAction.WITHDREW,
    OwnerAction.PUT_ON_LEAVE,
    OwnerAction.ENDED_LEAVE,
    OwnerAction.NUDGED,
    OwnerAction.OFFERED_HELP,
    OwnerAction.ASKED,
    OwnerAction.PAUSED,
    OwnerAction.ENDED,
    OwnerAction.HANDED_OVER,
)
"""Looks at their application, and acts of which a message told them."""
_APPLIED = select(ApplicationRow.cohort_id).where(
    ApplicationRow.workspace == WORKSPACE_PARAM, ApplicationRow.person == _ME
)
_OTHER_ROUNDS = aliased(CohortRow)
_ROUNDS = (
    select(CohortRow.id)
    .join(
        _OTHER_ROUNDS,
        and_(_OTHER_ROUNDS.workspace == CohortRow.workspace, _OTHER_ROUNDS.programme_id == CohortRow.programme_id),
    )
    .where(CohortRow.workspace == WORKSPACE_PARAM, _OTHER_ROUNDS.id.in_(_APPLIED))
)
"""The rounds of the programmes to which they have applied."""
_FIRST_SENT = (
    select(func.min(ApplicationRow.sent_at))
    .where(ApplicationRow.workspace == WORKSPACE_PARAM, ApplicationRow.person == _ME)
    .scalar_subquery()
)
_EXPORTED = and_(
    OwnerActRow.action == OwnerAction.EXPORTED, OwnerActRow.cohort_id.in_(_ROUNDS), OwnerActRow.at >= _FIRST_SENT
)
"""Files with the applications of a programme to which they have applied, made since."""
_TERMS = (
    "purpose rhythm minutes ways schedules hours between answer until mentee_brings mentor_brings feedback off_limits "
    "obstacles review_on reports"
)
_APPLICATION = (
    "cohort_id person role state topics months weeks ways languages department grade started_on places sent_at sent_on"
)
_PARTNERSHIP = (
    "cohort_id mentee mentor topics months weeks introduced_at ends_on state over_at agreed_end completed_on "
    "entered_on met_before last_met_before paused_since paused_until"
)

OWN_TABLES: tuple[OwnTable, ...] = (
    _table(
        Category.PROFILE,
        PersonRow,
        "id standing display_name time_zone left_at leave_since leave_until",
        PersonRow.id == _ME,
    ),
    _table(Category.PROFILE, StaffRow, "languages", StaffRow.person == _ME, StaffRow.languages != ""),
    _table(Category.APPLICATIONS, ApplicationRow, _APPLICATION, ApplicationRow.person == _ME),
    _table(
        Category.APPLICATIONS,
        PrivateAnswersRow,
        "application_id hopes hopes_shared manager no_manager wish",
        PrivateAnswersRow.application_id.in_(_of(ApplicationRow, ApplicationRow.id)),
    ),
    _table(
        Category.MATCHES,
        MatchRow,
        "cohort_id mentee mentor offered_at answer_until",
        or_(MatchRow.mentee == _ME, MatchRow.mentor == _ME),
        MatchRow.offered_at.is_not(None),
        MatchRow.state != MatchState.PROPOSED,
        flags="accepted_by",
    ),
    _table(
        Category.PARTNERSHIPS,
        PartnershipRow,
        _PARTNERSHIP,
        or_(PartnershipRow.mentee == _ME, PartnershipRow.mentor == _ME),
        flags="back not_again",
    ),
    _table(
        Category.MEETINGS,
        MeetingRow,
        "partnership_id met_on minutes way topics",
        MeetingRow.partnership_id.in_(_THEIRS),
    ),
    _table(Category.MEETINGS, MeetingNotesRow, "meeting_id notes", MeetingNotesRow.meeting_id.in_(_LOGGED)),
    _table(
        Category.MEETINGS,
        PlannedMeetingRow,
        "partnership_id starts_at minutes state mentee_answer",
        PlannedMeetingRow.partnership_id.in_(_AS_MENTEE),
    ),
    _table(
        Category.MEETINGS,
        PlannedMeetingRow,
        "partnership_id starts_at minutes state mentor_answer",
        PlannedMeetingRow.partnership_id.in_(_AS_MENTOR),
    ),
    _table(
        Category.MEETINGS,
        RegularTimeRow,
        "partnership_id state starts_at zone weeks minutes until",
        RegularTimeRow.partnership_id.in_(_THEIRS),
    ),
    _table(Category.MEETINGS, MeetingPlaceRow, "partnership_id words", MeetingPlaceRow.changed_by == _ME),
    _table(
        Category.ITEMS,
        ActionItemRow,
        "partnership_id words owner due state added_at",
        ActionItemRow.changed_by == _ME,
    ),
    _table(
        Category.GOALS,
        PlanRow,
        "strengths stretch energy direction why skills other_skills written_on",
        PlanRow.person == _ME,
    ),
    _table(
        Category.GOALS,
        GoalRow,
        "id words term proof until first_step help other_who obstacle state added_on",
        GoalRow.person == _ME,
    ),
    _table(
        Category.GOALS,
        GoalChangeRow,
        "goal_id changed_on state happened next_step old_words old_proof old_until",
        GoalChangeRow.goal_id.in_(_of(GoalRow, GoalRow.id)),
    ),
    _table(Category.GOALS, PlanShareRow, "partnership_id shared_at", PlanShareRow.person == _ME),
    _table(
        Category.AGREEMENTS,
        AgreementVersionRow,
        "partnership_id number written_at countersigned_at",
        or_(AgreementVersionRow.written_by == _ME, AgreementVersionRow.countersigned_by == _ME),
    ),
    _table(Category.AGREEMENTS, AgreementTermsRow, f"partnership_id number {_TERMS}", _WRITTEN),
    _table(
        Category.REPORTS,
        ReportRow,
        "id partnership_id number starts_on ended_on mentee_finished_at",
        ReportRow.partnership_id.in_(_AS_MENTEE),
    ),
    _table(
        Category.REPORTS,
        ReportRow,
        "id partnership_id number starts_on ended_on mentor_finished_at",
        ReportRow.partnership_id.in_(_AS_MENTOR),
    ),
    _table(
        Category.REPORTS,
        ReportWordsRow,
        "report_id mentee_learnt mentee_shows_titles",
        ReportWordsRow.partnership_id.in_(_AS_MENTEE),
    ),
    _table(
        Category.REPORTS,
        ReportWordsRow,
        "report_id mentor_learnt mentor_shows_titles",
        ReportWordsRow.partnership_id.in_(_AS_MENTOR),
    ),
    _table(
        Category.ANSWERS,
        FeedbackRow,
        "partnership_id question rating helps hinders decision is_signed",
        FeedbackRow.person == _ME,
    ),
    _table(
        Category.ANSWERS,
        FeedbackItemRow,
        "partnership_id question item score chosen words is_signed",
        FeedbackItemRow.person == _ME,
    ),
    _table(Category.ANSWERS, ClosureRow, "partnership_id is_named places", ClosureRow.person == _ME),
    _table(Category.ANSWERS, ThankYouRow, "partnership_id words", ThankYouRow.author == _ME),
    _table(Category.ANSWERS, EndKeptRow, "partnership_id ends_on", EndKeptRow.person == _ME),
    _table(Category.ANSWERS, EndProposalRow, "partnership_id ends_on state", EndProposalRow.proposed_by == _ME),
    _table(Category.ANSWERS, StandingAnswerRow, "partnership_id answer at", StandingAnswerRow.person == _ME),
    _table(Category.ANSWERS, SessionAnswerRow, "session_id is_coming has_place", SessionAnswerRow.person == _ME),
    _table(Category.ANSWERS, InvitationChoiceRow, "is_on", InvitationChoiceRow.person == _ME),
    _table(Category.HELP, CaseRow, "id state opened_at contact second_contact", CaseRow.person == _ME),
    _table(Category.HELP, CaseWordsRow, "case_id words", CaseWordsRow.case_id.in_(_of(CaseRow, CaseRow.id))),
    _table(Category.REMARKS, RemarkRow, "id said_at read_at", RemarkRow.person == _ME),
    _table(
        Category.REMARKS, RemarkWordsRow, "remark_id words", RemarkWordsRow.remark_id.in_(_of(RemarkRow, RemarkRow.id))
    ),
    _table(Category.REMARKS, CountedRemarkRow, "words", CountedRemarkRow.person == _ME),
    _table(Category.ROLES, RoleRow, "programme_id role", RoleRow.person == _ME),
    _table(Category.ROLES, AdministratorRow, "person", AdministratorRow.person == _ME),
    _table(Category.ROLES, DigestChoiceRow, "rhythm", DigestChoiceRow.person == _ME),
    _table(Category.ROLES, AlarmSnoozeRow, "partnership_id until", AlarmSnoozeRow.owner == _ME),
    _table(Category.ROLES, SponsorSentenceRow, "month words", SponsorSentenceRow.by == _ME),
    _table(Category.ROLES, EvaluationWordsRow, "cohort_id words", EvaluationWordsRow.by == _ME),
    _table(Category.ROLES, SponsorPageStopRow, "programme_id", SponsorPageStopRow.person == _ME),
    _table(Category.ROLES, OversightRequestRow, "partnership_id kind at", OversightRequestRow.by == _ME),
    _table(Category.ROLES, OwnerEffortRow, "month presses", OwnerEffortRow.owner == _ME),
    _table(Category.ROLES, FileImportRow, "state", FileImportRow.person == _ME),
    _table(
        Category.LOOKS,
        OwnerActRow,
        "action by at role fields",
        or_(
            and_(or_(OwnerActRow.person == _ME, OwnerActRow.other == _ME), OwnerActRow.action.in_(_TOLD)),
            _EXPORTED,
        ),
    ),
    _table(
        Category.MESSAGES,
        OutboxRow,
        "kind sent_at",
        or_(OutboxRow.recipient == _ME, OutboxRow.second_recipient == _ME),
        OutboxRow.state == DeliveryState.SENT,
    ),
)
"""Each entry has the rows of one table that are theirs, in one capacity."""

INTERNAL = frozenset({"workspace", "version"})
"""Names of columns that the bot needs for itself, in every table."""

LEFT_OUT: Mapping[str, str] = {
    # Kept so that the bot works: ids, counters, leases, what it will do next.
    "homes": "person state revision rendered_revision looks_until due retry_at lease_until fence attempts reason",
    "live_views": "key kind recipient refs subject state revision rendered_revision due retry_at lease_until fence "
    "attempts reason posts post_id correlation_id conversation ts obsolete_posts",
    "outbox": "id key recipient second_recipient refs state is_reply due retry_at lease_until fence attempts "
    "enqueued_at first_attempt_at correlation_id conversation ts reason report_id live_view "
    "view_revision carried_by file_id",
    "scheduled_jobs": "key kind due person refs done",
    "slack_removals": "kind conversation file_id message_ts before_ts passes claim attempts retry_at lease_until",
    "work_failures": "kind item person attempts since retry_at reference error",
    "tombstones": "digest erased_at",
    "announcement_recipients": "announcement_id recipient key is_limited",
    "people": "sort_name conversation known_at asked_at",
    "workspaces": "tombstone_key stopped_at stopped_why plain_since",
    # Rows of a programme, not of the person who set them.
    "cohorts": "id programme_id opens_on apply_by starts_on ends_on closed_on",
    "profile_fields": "fact field mapped_by mapped_at",
    "programme_files": "programme_id text contact",
    "deletion_notices": "partnership_id kind announced_on deleted_on",
    "programmes": "id name type purpose objectives is_pilot definition mentee_responsibilities mentor_responsibilities "
    "referrals topics departments grades contact expectations_url country region time_zone work_starts work_ends "
    "working_days closed_days lengths first_month_meetings monthly_meetings has_agreements has_reports first_guide "
    "meeting_guide last_guide service_months most_places pause_weeks approvals admits terms ask_first "
    "introduces_at_start least_gap shared_hours mentee_departments mentee_grades mentor_departments mentor_grades "
    "has_plans weights keep_notes keep_answers keep_applications keep_log survey_shelf survey_statements "
    "asked_statements changed_by invites_at invite_weeks "
    "invites_mentees invites_mentors",
    "sessions": "id programme_id kind starts_at minutes place audience plan places state sequence planned_by came",
    "announcements": "id programme_id cohort_id kind audience text name channels has_buttons moment state approved_by "
    "changed_by",
    "setup_steps": "programme_id cohort_id name done_by done_at",
    # What is decided about them, and why.
    "invitations": "id programme_id person sent_on applied_on",
    "invitation_moments": "person moment day",
    "title_marks": "person mark",
    "decisions": "id cohort_id match_id verdict by at mentee mentor",
    "exclusions": "programme_id one other by at",
    "exemptions": "match_id bars reason by at",
    "matches": "id mentee_application mentor_application score reasons state approvals paired_by pinned_by excepted "
    "other_mentor other_mentee",
    "proposal_runs": "cohort_id asked_by asked_at done_by done_at added gone kept",
    # What the organisation says about them: its own list has it.
    "staff": "person department grade manager started_on from_profile",
    # Groups of answers, which belong to no one.
    "case_counts": "programme_id year opened",
    "counted_remarks": "id cohort_id person said_at group_id",
    "feedback": "person audience answered_at is_counted group_id",
    "feedback_counts": "question cohort_id asked answered",
    "feedback_figures": "group_id question answers total extreme bars",
    "feedback_groups": "id item version stages kind cohort_id role people",
    "feedback_words": "group_id number question field text",
    "remark_groups": "id cohort_id people",
    "remark_group_words": "group_id number text",
    # What two people wrote together, without a name at each word: both read it in Slack.
    "agenda_steps": "partnership_id step state words number",
    "report_shares": "report_id reader partnership_id mentee_agreed_at mentor_agreed_at attempt",
    "report_words": "partnership_id lines next_steps wishes leaves_out_resting page",
    # A form that is open, of which the bot does not know whether it is about somebody else.
    "drafts": "person form form_values saved_at",
    "file_imports": "id programme_id person file_id asked_at contents",
    # Keys of their rows, the person themselves, and what the other one did.
    "action_items": "id meeting_id changed_by",
    "administrators": "place named_by",
    "agreements": "partnership_id",
    "agreement_terms": "goals",
    "agreement_versions": "written_by countersigned_by",
    "alarm_snoozes": "owner",
    "applications": "id",
    "cases": "programme_id person next_contacts",
    "closures": "person answered_at",
    "digest_choices": "person",
    "end_proposals": "number proposed_by end_before",
    "ends_kept": "person",
    "invitation_choices": "person",
    "session_answers": "person number",
    "evaluation_words": "by",
    "feedback_items": "person group_id",
    "goal_changes": "number",
    "goals": "person who number",
    "meeting_notes": "goals",
    "meeting_places": "changed_by",
    "meetings": "id logged_by",
    "oversight_requests": "number by",
    "owner_record": "id cohort_id person other",
    "partnerships": "id match_id mentee_application mentor_application check_in_day paused_by resumed_on "
    "pause_confirmed pause_moves_end paused_days responsible",
    "owner_effort": "programme_id owner",
    "plan_shares": "person",
    "planned_meetings": "id offered_minutes options offered_by sequence is_disputed cancelled_by proposed_by "
    "regular_id regular_at",
    "plans": "person",
    "regular_times": "id offered_by ended_by",
    "remarks": "programme_id person read_by",
    "reports": "edition",
    "roles": "person place named_by",
    "sponsor_page_stops": "person",
    "sponsor_sentences": "programme_id by",
    "standing_answers": "person number",
    "thank_yous": "author",
}
"""What the file does not have, column by column."""
