"""What becomes of each table when data is past its time, in one place. A test checks that every table is here.

The docs/privacy.md table has it too (`storage/privacy_table.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from mentoring.cases.case import CaseState
from mentoring.retention.retention import DataKind


class After(Enum):
    """What has to be over: a partnership, a round, or just so much time since a `moment`."""

    PARTNERSHIP = auto()
    ROUND = auto()
    MOMENT = auto()


@dataclass(frozen=True)
class Through:
    """The rows are those whose column is equal to `key` of a row of `table` that is past its time."""

    table: str
    key: str


@dataclass(frozen=True)
class PurgeRule:
    """`column` holds the id of the partnership or the round, or for `After.MOMENT` of the programme or the round. With
    `through` it refers to a row of one of these tables, whose own rules say the rest.
    """

    kind: DataKind
    after: After
    column: str
    through: tuple[Through, ...] = ()
    moment: str = ""
    stays_while: str = ""
    """Rows in this state stay."""


def _notes(column: str = "partnership_id", *through: Through) -> PurgeRule:
    return PurgeRule(DataKind.NOTES, After.PARTNERSHIP, column, through)


def _answers(column: str = "partnership_id", *through: Through) -> PurgeRule:
    return PurgeRule(DataKind.ANSWERS, After.PARTNERSHIP, column, through)


def _round(column: str = "cohort_id", *through: Through) -> PurgeRule:
    return PurgeRule(DataKind.APPLICATIONS, After.ROUND, column, through)


def _aged(kind: DataKind, column: str, moment: str, stays_while: str = "") -> PurgeRule:
    return PurgeRule(kind, After.MOMENT, column, moment=moment, stays_while=stays_while)


def _with_aged(kind: DataKind, column: str, table: str, key: str) -> PurgeRule:
    return PurgeRule(kind, After.MOMENT, column, (Through(table, key),))


DELETED: Final[Mapping[str, PurgeRule]] = {
    "meeting_notes": _notes("meeting_id", Through("meetings", "id")),
    "action_items": _notes(),
    "agenda_steps": _notes(),
    "agreement_terms": _notes(),
    "agreement_versions": _notes(),
    "agreements": _notes(),
    "report_words": _notes(),
    "report_shares": _notes(),
    "reports": _notes(),
    "meeting_places": _notes(),
    "planned_meetings": _notes(),
    "regular_times": _notes(),
    "plan_shares": _notes(),
    "end_proposals": _notes(),
    "ends_kept": _notes(),
    "alarm_snoozes": _notes(),
    "feedback_words": _answers("group_id", Through("feedback", "group_id"), Through("feedback_items", "group_id")),
    "feedback_items": _answers(),
    "feedback": _answers(),
    "closures": _answers(),
    "thank_yous": _answers(),
    "standing_answers": _answers(),
    "remark_words": _with_aged(DataKind.ANSWERS, "remark_id", "remarks", "id"),
    "remarks": _aged(DataKind.ANSWERS, "programme_id", "said_at"),
    "remark_group_words": _with_aged(DataKind.ANSWERS, "group_id", "counted_remarks", "group_id"),
    "counted_remarks": _aged(DataKind.ANSWERS, "cohort_id", "said_at"),
    "case_words": _with_aged(DataKind.ANSWERS, "case_id", "cases", "id"),
    "cases": _aged(DataKind.ANSWERS, "programme_id", "opened_at", CaseState.OPEN),
    "application_private_answers": _round("application_id", Through("applications", "id")),
    "exemptions": _round("match_id", Through("matches", "id")),
    "decisions": _round(),
    "proposal_runs": _round(),
    "matches": _round(),
    "applications": _round(),
    "owner_record": _aged(DataKind.LOG, "cohort_id", "at"),
    "owner_effort": _aged(DataKind.LOG, "programme_id", "month"),
}
"""Whose rows are deleted, in this order: a table comes before the one that its rule goes through."""

STRIPPED: Final[Mapping[str, PurgeRule]] = {
    "oversight_requests": _round("partnership_id", Through("partnerships", "id")),
    "meetings": _round("partnership_id", Through("partnerships", "id")),
    "partnerships": _round(),
}
"""Whose rows stay for the counts, with every column that names a person emptied, as their declarations say."""

OTHERWISE: Final[Mapping[str, str]] = {
    "outbox": "some months after the message was sent; with the round, if it is needed to find the message in Slack",
    "scheduled_jobs": "some months after the job was done",
    "live_views": "with the round that it is about",
    "drafts": "the time for notes, after it was saved",
}
"""What is deleted in another way, see `storage/purges.py`."""

STAYS: Final[Mapping[str, str]] = {
    # It is the person’s own, and they delete it themselves.
    "plans": "the person deletes it",
    "goals": "the person deletes it",
    "goal_changes": "with the goal",
    "digest_choices": "a choice that stands",
    "invitation_choices": "a choice that stands",
    "sponsor_page_stops": "a choice that stands",
    # It is kept as long as the person is known.
    "people": "as long as the person is known",
    "staff": "as long as the organisation’s list has them",
    "homes": "the state of a page in Slack",
    "title_marks": "until the title changes, or nobody is invited any more",
    "invitation_moments": "has a time of its own",
    "invitations": "so that nobody is invited twice",
    "exclusions": "owners lift it",
    "roles": "as long as they have the role",
    "administrators": "as long as they are one",
    # It is about no person, or has no names.
    "announcements": "the programme’s own words",
    "announcement_recipients": "so that nobody gets it twice",
    "cohorts": "the programme’s dates",
    "programmes": "the programme’s settings",
    "programme_files": "the programme’s settings",
    "setup_steps": "the programme’s settings",
    "profile_fields": "the workspace’s settings",
    "sponsor_sentences": "the programme’s own words",
    "evaluation_words": "the programme’s own words",
    "sessions": "the programme’s dates",
    "session_answers": "four weeks after the session",
    "case_counts": "a number without names",
    "feedback_counts": "a number without names",
    "feedback_groups": "numbers without names",
    "feedback_figures": "numbers without names",
    "remark_groups": "a number without names",
    "tombstones": "names no one",
    "workspaces": "names no one",
    # It is deleted by itself.
    "file_imports": "the content is emptied within a day",
    "slack_removals": "until it is removed",
    "work_failures": "until it works",
    "deletion_notices": "days without names",
}
"""What the periods of the settings do not touch, and why."""


def purge_rule(table: str) -> PurgeRule | None:
    """The rule for a table whose rows are deleted or stripped."""
    return DELETED.get(table) or STRIPPED.get(table)
