"""The data that a renderer needs, loaded when the notification is delivered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mentoring.agenda.agenda import Agenda
from mentoring.agreements.agreement import Agreement
from mentoring.announcements.announcement import AnnouncementContext
from mentoring.applications.application import Application, Role
from mentoring.cases.case import Case
from mentoring.core.fields import FieldName
from mentoring.core.owners import is_owner
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole, RoleHolders
from mentoring.core.undelivered import UndeliveredNotification
from mentoring.effort import MonthOfEffort
from mentoring.evaluation.figures import Evaluation
from mentoring.exports.export import ProgrammeExport
from mentoring.home.home import Home
from mentoring.home.needs import Need
from mentoring.items.item import ActionItem
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.matching.round import MatchingRound
from mentoring.meetings.finding_times import ProposedTime
from mentoring.meetings.log import Meeting
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting
from mentoring.meetings.regular_time import RegularDays, RegularTime
from mentoring.oversight.asking import OversightContext
from mentoring.oversight.digest import DigestRhythm
from mentoring.own_data.records import OwnData
from mentoring.partnerships.end_plan import EndPlan
from mentoring.partnerships.judgement import PartnershipJobContext
from mentoring.partnerships.partnership import Partnership
from mentoring.people.file_import import FileImport
from mentoring.programmes.membership import Membership
from mentoring.remarks.remark import Remark
from mentoring.reports.report import ProgressReport
from mentoring.reports.sharing import ReportShare, SharedReport
from mentoring.round_charts import RoundCharts
from mentoring.sessions.session import SeenSession
from mentoring.sponsor_page.page import SponsorPage
from mentoring.status import CohortStatus, PartnershipStatus, ProgrammeFigures, RoundStatus


@dataclass(frozen=True)
class NotificationContext:
    """`reader` is the recipient, and `today` the date in their time zone. What the kind does not need is None or
    empty: `KIND_RULES` says what it needs.
    """

    reader: Person
    today: date
    programme: Programme
    cohort: Cohort
    owners: tuple[str, ...]
    applications: Mapping[Role, Application] = field(default_factory=dict)
    """The reader's own applications in the cohort, withdrawn ones included."""
    application: Application | None = None
    status: CohortStatus | None = None
    match: Match | None = None
    partnership: Partnership | None = None
    meeting: Meeting | None = None
    profiles: Mapping[str, Application] = field(default_factory=dict)
    """By Slack user id, the applications of both people in `match` or `partnership`."""
    partnerships: PartnershipStatus | None = None
    own_matches: tuple[Match, ...] = ()
    """The reader's matches in the cohort, in any state."""
    own_partnerships: tuple[Partnership, ...] = ()
    """The reader's partnerships in the programme, ended and closed ones included."""
    their_partnerships: tuple[Partnership, ...] = ()
    """The partnerships in the programme of the person in `refs["person"]`, ended and closed ones included."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """By Slack user id, the people of `match`, `partnership` and `their_partnerships`; for some kinds also those of
    `own_partnerships`.
    """
    round: MatchingRound | None = None
    proposal_run: ProposalRun | None = None
    """The request for new proposals, if one is open, and the result of the last run."""
    undelivered: tuple[UndeliveredNotification, ...] = ()
    """The messages that a report lists."""
    job: PartnershipJobContext | None = None
    """The data by which a reminder or question about `partnership` is judged again."""
    present_approvers: tuple[str, ...] = ()
    """The owners and the committee, as far as their account is open, for kinds that count them."""
    agreement: Agreement | None = None
    """Where the agreement of `partnership` stands, for kinds that speak of it."""
    end_plan: EndPlan = field(default_factory=EndPlan)
    """What the two of `partnership` have said about its end, for kinds that speak of it."""
    meetings: int = 0
    """How many meetings `partnership` has logged, for the same kinds."""
    answered: bool = False
    """Whether the reader has answered the question that this kind asks about `partnership`."""
    wants_change: bool = False
    """Whether the reader chose to change something at the check-in of `partnership`, for its receipt."""
    thanks: str = ""
    """What the other of `partnership` wrote to the reader, for the thank-you."""
    can_say_thanks: bool = False
    """Whether the last page of the survey about `partnership` is still open to the reader."""
    named: frozenset[tuple[FieldName, str]] = frozenset()
    """The fields and Slack user ids of the people whom the reader's own `application` names."""
    file_import: FileImport | None = None
    """The list that a preview is about."""
    planned: PlannedMeeting | None = None
    """The planned meeting that it is about."""
    place: MeetingPlace | None = None
    """Where the two people of the planned meeting meet."""
    regular: RegularTime | None = None
    """The regular time that it is about, or to which the planned meeting belongs."""
    regular_meetings: tuple[PlannedMeeting, ...] = ()
    """The meetings that it gave."""
    regular_days: RegularDays | None = None
    """The meetings that it would give, if it is offered."""
    other_times: tuple[ProposedTime, ...] = ()
    """Further times that suit both, if the reader has the next word about those that are offered."""
    items: tuple[ActionItem, ...] = ()
    """The action items of `partnership`, for kinds that list them or count them."""
    met: int = 0
    """How often the two have met, for the agenda and the closing message."""
    agenda: Agenda | None = None
    """The agenda of the first meeting, while it is the next one."""
    early_survey_until: date | None = None
    """The last day on which the reader can answer the closing survey after an early end, unless they have."""
    asks_baseline: bool = False
    """Whether the reader can answer the survey before the first meeting of `partnership`, and has not."""
    case: Case | None = None
    """The case that it is about."""
    remark: Remark | None = None
    """The remark that it is about."""
    announcement: AnnouncementContext | None = None
    """The announcement that it is, or whose progress it shows."""
    remark_words: str = ""
    """What it says, if the reader is an owner."""
    conversation: str = ""
    """Slack's id of the reader's conversation with the bot, or "" if it has not been opened."""
    hopes: str = ""
    """What the mentee of `match` hopes for, if the reader is the mentor who is asked and may read it."""
    declined: bool = False
    """Whether the reader has declined `match`."""
    memberships: tuple[Membership, ...] = ()
    """Where the reader stands in the programmes that they can see, if the workspace has several."""
    is_named: bool = False
    """Whether the message names its programme, because a reader takes part in several."""
    other_rounds: tuple[RoundStatus, ...] = ()
    """For the weekly status, the rounds of the other programmes that the reader owns."""

    has_plan: bool = False
    """Whether the reader has a plan of their own and is a mentee, or waits to be one, in a programme with plans."""
    plan_changed_on: date | None = None
    """The day on which the reader last changed their plan."""
    plan_shared: bool = False
    """Whether the mentee of `partnership` shares their plan in it."""
    reports: tuple[ProgressReport, ...] = ()
    """The progress reports of `partnership`, without what they say."""
    report_due_since: date | None = None
    """The first day of the progress report of `partnership` for which it is time, as the two have agreed."""
    report_shares: tuple[ReportShare, ...] = ()
    """With whom they are shared, or are to be."""
    shared_report: SharedReport | None = None
    """The report that both of `partnership` share with the reader."""
    is_plan_offered: bool = False
    """Whether the reader is the mentee of `partnership` and may write a plan, after their first meeting."""
    oversight: OversightContext | None = None
    """What owners asked the two of `partnership`, and when these have met or will meet."""
    needs: Mapping[str, tuple[Need, ...]] = field(default_factory=dict)
    """What needs the reader in each programme that they own, by its id, most urgent first. What a message of its own
    has told them in the last hour is left out.
    """
    invited_as: tuple[Role, ...] = ()
    """The roles in which the reader is invited to apply, if they are to be invited still."""
    needs_told: frozenset[str] = frozenset()
    """The programmes (ids) of which something was left out of `needs`."""
    effort: Mapping[str, MonthOfEffort] = field(default_factory=dict)
    """How much work the last month was for the owners, by programme id, if the reader owns it."""
    digest: DigestRhythm = DigestRhythm.WEEKLY
    """How often the reader gets the message about it."""
    own_data: OwnData | None = None
    """What is kept about the reader, for the file that they asked for."""
    now: datetime | None = None
    """When it is made (calendar, aware), for the same file."""
    home: Home | None = None
    """What is at Home, for the reply to a message, as far as a message may show it."""
    figures: ProgrammeFigures | None = None
    """For the status that a sponsor requested, who is no owner."""
    charts: RoundCharts | None = None
    export: ProgrammeExport | None = None
    session: SeenSession | None = None
    """The session that it is about, as the reader sees it."""
    evaluation: Evaluation | None = None
    """For the evaluation report."""
    sponsor_page: SponsorPage | None = None
    """The page for sponsors, for its own kind."""
    gets_sponsor_page: bool | None = None
    """Whether the page is sent to the reader, a sponsor; None if the owners have turned it off."""
    sponsor_page_on: Mapping[str, date] = field(default_factory=dict)
    """For the weekly status, the day of the next page by programme, where it is near and has no sentence yet."""
    committee: tuple[str, ...] = ()
    """The members of the committee (Slack user ids), without the owners."""
    sponsors: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()
    present_facilitators: tuple[str, ...] = ()
    """Those whose account is open: people are told of these."""

    @property
    def present_owners(self) -> tuple[str, ...]:
        """The owners whose account is open, for kinds that count them; all owners if none is."""
        return tuple(each for each in self.owners if each in self.present_approvers) or self.owners

    @property
    def holders(self) -> RoleHolders:
        return RoleHolders(self.owners, self.committee, self.sponsors, self.facilitators)

    @property
    def roles(self) -> frozenset[ProgrammeRole]:
        """What the reader does for the programme."""
        return frozenset(role for role in ProgrammeRole if self.reader.id in self.holders.of(role))

    @property
    def is_owner(self) -> bool:
        return is_owner(self.reader.id, self.owners)

    @property
    def is_approver(self) -> bool:
        return self.reader.id in (*self.owners, *self.committee)
