"""What a programme file says: one table of all settings, with their keys, comments and places in the programme."""

from collections.abc import Mapping
from typing import Final

from bot.programmes.file_setting import FileSetting
from bot.programmes.file_values import (
    ACCOUNTS,
    COUNTRY,
    DAY,
    DAYS,
    HOUR,
    LENGTHS,
    LINES,
    MOMENTS,
    PERSON,
    SHELF_ITEMS,
    TYPE,
    WORD,
    WORKING_DAYS,
    YES_NO,
    ZONE,
    line_kind,
    lines_kind,
    text_kind,
    whole_number,
)
from mentoring.core.fields import FieldName
from mentoring.core.programmes import MOST_IN_NAME
from mentoring.feedback.added import MOST_ADDED
from mentoring.matching.optimiser import BEST
from mentoring.programmes.aims import (
    MOST_IN_AIM,
    MOST_IN_DEFINITION,
    MOST_OBJECTIVES,
    MOST_REFERRALS,
    MOST_RESPONSIBILITIES,
)
from mentoring.programmes.extras import MOST_IN_GUIDE
from mentoring.programmes.invitation_settings import MOST_INVITE_WEEKS
from mentoring.programmes.partnership_settings import LONGEST_PAUSE, LONGEST_SERVICE, MOST_MEETINGS, MOST_PLACES
from mentoring.programmes.retention_settings import LEAST_LOG_MONTHS, LEAST_MONTHS, MOST_MONTHS
from mentoring.programmes.settings import MOST_CHOICES, MOST_IN_CHOICE
from messages.programmes.settings_form import MOST_IN_PURPOSE, MOST_IN_URL
from messages.programmes.settings_parser import MOST_IN_REGION
from messages.voice import MOST_IN_TERM

HEADER: Final = (
    "The settings of a mentoring programme, and the dates of its round.\n"
    "To check the file: mentor-bot programme check FILE. To use it: mentor-bot programme import FILE.\n"
    "A setting that you delete here stays as it is. Owners can change each of them in Slack too: /mentor setup."
)

SECTIONS: Final[Mapping[str, str]] = {
    "roles": (
        "Shown when people apply and when they are introduced. Responsibilities: up to "
        f"{MOST_RESPONSIBILITIES} lines for each, of\n{MOST_IN_AIM} characters."
    ),
    "round": "The days of the round, each included. After the owners have closed a round, new days open the next one.",
    "partnerships": "",
    "forms": (
        f"What people choose from when they apply: up to {MOST_CHOICES} entries of {MOST_IN_CHOICE} characters. "
        "Without\ndepartments or grades, the form skips the question."
    ),
    "matching": "Who can be matched. An empty list means everyone. Departments and grades must be in the lists above.",
    "weights": (
        "What counts in matching: the most points that each part can give. 0 leaves a part out. The comments say what\n"
        "is usual."
    ),
    "invitations": (
        "People who have never applied can be invited, at most once in six months. The message doesn’t say why they "
        "get it."
    ),
    "surveys": "What the surveys ask besides our own questions.",
    "retention": "How long data is kept. Both people are told a month before their notes and answers are deleted.",
    "working_time": "When the bot writes to people by itself, in each person’s own time zone.",
    "words": (
        f"Your own words, as in “your mentor”, each for one and for several: up to {MOST_IN_TERM} characters, in\n"
        "lower case."
    ),
}
"""The comment of each section."""

_POINTS: Final = whole_number(0, BEST)


def _weight(part: str, comment: str, key: str = "", field: FieldName | None = None) -> FileSetting:
    return FileSetting(f"weights.{key or part}", f"programme.weights.{part}", _POINTS, comment, field)


SETTINGS: Final[tuple[FileSetting, ...]] = (
    FileSetting(
        "name",
        "programme.name",
        line_kind(MOST_IN_NAME),
        "Shown to everyone in the programme. It also says which programme this file is about.",
        FieldName.NAME,
    ),
    FileSetting(
        "purpose",
        "programme.purpose",
        text_kind(MOST_IN_PURPOSE),
        "What it is for, in a sentence or two. Shown when people type /mentor.",
        FieldName.PURPOSE,
    ),
    FileSetting(
        "type",
        "programme.type",
        TYPE,
        "The type of mentoring. mentoring: the mentor is more experienced. peer: colleagues at a similar level.",
        FieldName.PROGRAMME_TYPE,
    ),
    FileSetting(
        "objectives",
        "programme.objectives",
        lines_kind(MOST_OBJECTIVES, MOST_IN_AIM),
        f"What it wants to reach: up to {MOST_OBJECTIVES} lines of {MOST_IN_AIM} characters.",
        FieldName.OBJECTIVES,
    ),
    FileSetting("pilot", "programme.is_pilot", YES_NO, "Whether the round is a pilot: true or false."),
    FileSetting(
        "contact",
        "programme.contact",
        PERSON,
        "Who answers questions: a Slack member id such as U012AB3CD. Empty: the owners.",
        FieldName.CONTACT,
    ),
    FileSetting(
        "expectations_url",
        "programme.expectations_url",
        line_kind(MOST_IN_URL),
        "The page with what you ask of people. They agree to it when they apply. Empty: our standard text.",
        FieldName.EXPECTATIONS_URL,
    ),
    FileSetting(
        "open_to",
        "programme.admits",
        ACCOUNTS,
        "Who can take part besides members of the workspace: guests, connected workspaces.",
    ),
    FileSetting(
        "roles.definition",
        "programme.definition",
        text_kind(MOST_IN_DEFINITION),
        "What mentoring means here, in a sentence or two.",
        FieldName.DEFINITION,
    ),
    FileSetting(
        "roles.mentees",
        "programme.mentee_responsibilities",
        lines_kind(MOST_RESPONSIBILITIES, MOST_IN_AIM),
        "What each of the two does.",
        FieldName.MENTEE_RESPONSIBILITIES,
    ),
    FileSetting(
        "roles.mentors",
        "programme.mentor_responsibilities",
        lines_kind(MOST_RESPONSIBILITIES, MOST_IN_AIM),
        field=FieldName.MENTOR_RESPONSIBILITIES,
    ),
    FileSetting(
        "roles.referrals",
        "programme.referrals",
        lines_kind(MOST_REFERRALS, MOST_IN_AIM),
        "Other places for help: each with its name, what it is for, and how to reach it.",
        FieldName.REFERRALS,
    ),
    FileSetting("round.opens_on", "cohort.opens_on", DAY, "People can apply from this day.", FieldName.OPENS_ON),
    FileSetting(
        "round.apply_by",
        "cohort.apply_by",
        DAY,
        "The last day to apply. Later applications wait for the next round.",
        FieldName.APPLY_BY,
    ),
    FileSetting("round.starts_on", "cohort.starts_on", DAY, "Decide the matches by this day.", FieldName.STARTS_ON),
    FileSetting(
        "round.ends_on",
        "cohort.ends_on",
        DAY,
        "No applications after this day. Partnerships run to their own end.",
        FieldName.ENDS_ON,
    ),
    FileSetting(
        "partnerships.lengths",
        "programme.lengths",
        LENGTHS,
        "How long a partnership can last, such as 6 weeks or 9 months. People choose one when they apply.",
        FieldName.LENGTHS,
    ),
    FileSetting(
        "partnerships.meetings_in_first_month",
        "programme.rhythm.first_month",
        whole_number(1, MOST_MEETINGS),
        "How often two people meet at least: in the first month, and in each month after that.",
        FieldName.FIRST_MONTH,
    ),
    FileSetting(
        "partnerships.meetings_a_month",
        "programme.rhythm.monthly",
        whole_number(1, MOST_MEETINGS),
        field=FieldName.MONTHLY,
    ),
    FileSetting(
        "partnerships.service_months",
        "programme.service_months",
        whole_number(0, LONGEST_SERVICE),
        "How many months a mentor must have worked here. 0: none.",
        FieldName.SERVICE,
    ),
    FileSetting(
        "partnerships.most_mentees",
        "programme.most_places",
        whole_number(1, MOST_PLACES),
        "How many mentees a mentor can offer to support at once.",
        FieldName.MOST_PLACES,
    ),
    FileSetting(
        "partnerships.pause_weeks",
        "programme.pause_weeks",
        whole_number(1, LONGEST_PAUSE),
        "Owners are asked about a pause of two people that is longer than so many weeks.",
        FieldName.PAUSE_WEEKS,
    ),
    FileSetting(
        "partnerships.approvals",
        "programme.approvals",
        whole_number(1, 2),
        "How many owners approve a match: 1 or 2.",
        FieldName.APPROVALS,
    ),
    FileSetting(
        "partnerships.ask_first",
        "programme.ask_first",
        YES_NO,
        "Whether both people are asked before we introduce them: true or false.",
    ),
    FileSetting(
        "partnerships.introduce_at_start",
        "programme.introduces_at_start",
        YES_NO,
        "Whether people who are matched before the round starts are introduced at its start: true or false.",
    ),
    FileSetting(
        "partnerships.plans",
        "programme.has_plans",
        YES_NO,
        "Whether mentees can write a plan with goals, and share it with their mentor: true or false.",
    ),
    FileSetting(
        "partnerships.agreements",
        "programme.has_agreements",
        YES_NO,
        "Whether two partners can write an agreement, which both sign: true or false.",
    ),
    FileSetting(
        "partnerships.reports",
        "programme.has_reports",
        YES_NO,
        "Whether two partners can write progress reports: true or false.",
    ),
    FileSetting(
        "partnerships.first_meeting_guide",
        "programme.first_guide",
        lines_kind(MOST_IN_GUIDE, MOST_IN_AIM),
        "What two people could talk about: at the first meeting, at every other, and at the last. Empty: our own.",
        FieldName.FIRST_GUIDE,
    ),
    FileSetting(
        "partnerships.meeting_guide",
        "programme.meeting_guide",
        lines_kind(MOST_IN_GUIDE, MOST_IN_AIM),
        field=FieldName.MEETING_GUIDE,
    ),
    FileSetting(
        "partnerships.last_meeting_guide",
        "programme.last_guide",
        lines_kind(MOST_IN_GUIDE, MOST_IN_AIM),
        field=FieldName.LAST_GUIDE,
    ),
    FileSetting("forms.topics", "programme.topics", LINES, "What a partnership can be about.", FieldName.TOPICS),
    FileSetting("forms.departments", "programme.departments", LINES, field=FieldName.DEPARTMENTS),
    FileSetting("forms.grades", "programme.grades", LINES, "Most junior first.", FieldName.GRADES),
    FileSetting(
        "matching.mentee_departments",
        "programme.for_mentees.departments",
        LINES,
        "Mentees are from these departments, and in these grades.",
        FieldName.MENTEE_DEPARTMENTS,
    ),
    FileSetting("matching.mentee_grades", "programme.for_mentees.grades", LINES, field=FieldName.MENTEE_GRADES),
    FileSetting(
        "matching.mentor_departments",
        "programme.for_mentors.departments",
        LINES,
        "Mentors are from these departments, and in these grades.",
        FieldName.MENTOR_DEPARTMENTS,
    ),
    FileSetting("matching.mentor_grades", "programme.for_mentors.grades", LINES, field=FieldName.MENTOR_GRADES),
    FileSetting(
        "matching.least_gap",
        "programme.least_gap",
        whole_number(0, MOST_CHOICES),
        "How many grades higher than the mentee a mentor must be. 0: no minimum. Among peers, it does not count.",
        FieldName.LEAST_GAP,
    ),
    FileSetting(
        "matching.shared_hours",
        "programme.shared_hours",
        YES_NO,
        "Whether only people who share working hours are matched: true or false.",
        FieldName.SHARED_HOURS,
    ),
    _weight("topics", "Topics in common. Usual: 40"),
    _weight("wish", "One of them asked for the other. Usual: 20"),
    _weight("hopes", "What they wrote is alike. Usual: 10"),
    _weight("grades", "A mentor in a higher grade; among peers, the same grade. Usual: 10"),
    _weight("department", "Different departments. Usual: 10"),
    _weight("ways", "The same ways to meet. Usual: 8"),
    _weight("language", "A language in common. Usual: 6"),
    _weight("months", "The same length. Usual: 6"),
    _weight("hours", "The same working hours. Usual: 6"),
    _weight("waiting", "Time waited before this round. It is not part of the score. Usual: 10"),
    _weight("load", "Spreading mentees evenly. It is not part of the score. Usual: 5"),
    _weight(
        "at_least",
        "Matches with a lower score are not proposed. 0: match as many people as possible.",
        "minimum_score",
        FieldName.AT_LEAST,
    ),
    FileSetting(
        "invitations.at",
        "programme.invites_at",
        MOMENTS,
        "When people are invited: new colleagues, new managers, new department or title. Empty: never.",
        FieldName.INVITES_AT,
    ),
    FileSetting(
        "invitations.after_weeks",
        "programme.invite_weeks",
        whole_number(0, MOST_INVITE_WEEKS),
        "How many weeks after that.",
        FieldName.INVITE_WEEKS,
    ),
    FileSetting(
        "invitations.as_mentee",
        "programme.invites_mentees",
        YES_NO,
        "What they are invited to be, in one role or both: true or false.",
        FieldName.INVITED_ROLES,
    ),
    FileSetting("invitations.as_mentor", "programme.invites_mentors", YES_NO),
    FileSetting(
        "surveys.questions",
        "programme.survey_shelf",
        SHELF_ITEMS,
        "Questions of ours that the closing survey asks besides: belong, expect, alike, support, messages, stay.",
        FieldName.SURVEY_SHELF,
    ),
    FileSetting(
        "surveys.statements",
        "programme.survey_statements",
        lines_kind(MOST_ADDED, MOST_IN_AIM),
        "Statements of your own, answered from yes to no. Three questions at most, with those above.",
        FieldName.SURVEY_STATEMENTS,
    ),
    FileSetting(
        "retention.notes_months",
        "programme.keeping.notes",
        whole_number(LEAST_MONTHS, MOST_MONTHS),
        "For how many months: what two people wrote together, and their answers, after the partnership.",
        FieldName.KEEP_NOTES,
    ),
    FileSetting(
        "retention.answers_months",
        "programme.keeping.answers",
        whole_number(LEAST_MONTHS, MOST_MONTHS),
        field=FieldName.KEEP_ANSWERS,
    ),
    FileSetting(
        "retention.applications_months",
        "programme.keeping.applications",
        whole_number(LEAST_MONTHS, MOST_MONTHS),
        "Applications and matches, after the round and its last partnership.",
        FieldName.KEEP_APPLICATIONS,
    ),
    FileSetting(
        "retention.log_months",
        "programme.keeping.log",
        whole_number(LEAST_LOG_MONTHS, MOST_MONTHS),
        "What was sent, and what owners did.",
        FieldName.KEEP_LOG,
    ),
    FileSetting("working_time.starts", "programme.workday.0", HOUR, "Full or half hours.", FieldName.WORK_STARTS),
    FileSetting("working_time.ends", "programme.workday.1", HOUR, field=FieldName.WORK_ENDS),
    FileSetting("working_time.days", "programme.working_days", WORKING_DAYS, field=FieldName.WORKING_DAYS),
    FileSetting(
        "working_time.closed_days",
        "programme.closed_days",
        DAYS,
        "Days off besides public holidays. Days more than three months ago are dropped.",
        FieldName.CLOSED_DAYS,
    ),
    FileSetting(
        "working_time.country",
        "programme.country",
        COUNTRY,
        "The country of the public holidays, such as MT. Empty: no public holidays.",
    ),
    FileSetting(
        "working_time.region",
        "programme.region",
        line_kind(MOST_IN_REGION),
        "Its region, where public holidays differ, such as SCT in GB. Empty: only the days that all regions have.",
        FieldName.REGION,
    ),
    FileSetting(
        "working_time.time_zone",
        "programme.time_zone",
        ZONE,
        "For people whose own we don’t know, such as Europe/Malta. Empty: that of an owner.",
        FieldName.TIME_ZONE,
    ),
    FileSetting("words.mentor", "programme.terms.mentor.one", WORD, field=FieldName.TERM_MENTOR),
    FileSetting("words.mentors", "programme.terms.mentor.many", WORD),
    FileSetting("words.mentee", "programme.terms.mentee.one", WORD, field=FieldName.TERM_MENTEE),
    FileSetting("words.mentees", "programme.terms.mentee.many", WORD),
    FileSetting("words.partnership", "programme.terms.partnership.one", WORD, field=FieldName.TERM_PARTNERSHIP),
    FileSetting("words.partnerships", "programme.terms.partnership.many", WORD),
)
"""In the order of the file."""

BY_KEY: Final[Mapping[str, FileSetting]] = {setting.key: setting for setting in SETTINGS}
