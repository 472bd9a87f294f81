"""Fills every table with a person: rows of theirs, rows of others that name them, and rows that are none of theirs.

It goes by the columns' types, so that a table of tomorrow is filled too, and an erasure that misses it is found out.
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, Integer, String, Table, Time, insert

from storage.tables.base import ID, PERSON, WORKSPACE, Instant, StringTuple
from tests.storage.rows import NOON, every_table
from tests.storage.rows import WORKSPACE as HERE

THEM, WRITTEN = "U0FORGETME", "what-they-wrote"
OTHERS, THEIRS, NAMED = "others", "theirs", "named"

COMMON = {
    "announcements",
    "programmes",
    "cohorts",
    "setup_steps",
    "profile_fields",
    "sessions",
    "sponsor_sentences",
    "evaluation_words",
}
"""What is written there is the programme's, whoever typed it."""

SELF_KEPT = {"workspaces", "tombstones"}
"""They name nobody, and storage fills them by itself."""

NO_WORDS = {
    "agreement_terms.goals",
    "agreement_terms.ways",
    "applications.topics",
    "applications.ways",
    "exemptions.bars",
    "matches.excepted",
    "matches.reasons",
    "feedback_figures.bars",
    "feedback_groups.stages",
    "feedback_items.chosen",
    "goals.help",
    "live_views.conversation",
    "live_views.obsolete_posts",
    "meeting_notes.goals",
    "meetings.topics",
    "owner_record.fields",
    "planned_meetings.options",
    "outbox.conversation",
    "outbox.file_id",
    "outbox.ts",
    "partnerships.topics",
    "people.conversation",
    "plans.skills",
    "programmes.admits",
    "programmes.asked_statements",
    "programmes.survey_shelf",
    "programmes.survey_statements",
    "programmes.departments",
    "programmes.grades",
    "programmes.invites_at",
    "programmes.lengths",
    "programmes.mentee_responsibilities",
    "programmes.mentor_responsibilities",
    "programmes.objectives",
    "programmes.referrals",
    "programmes.terms",
    "programmes.topics",
    "proposal_runs.added",
    "regular_times.zone",
    "slack_removals.conversation",
    "slack_removals.file_id",
    "slack_removals.message_ts",
    "slack_removals.before_ts",
    "slack_removals.claim",
    "slack_removals.kind",
    "report_words.wishes",
    "proposal_runs.gone",
    "staff.from_profile",
}
"""Codes, random ids and ids of Slack, and the programme's own words: they hold nobody's text and name nobody."""


KEYS = ("key", "live_view")
"""Names of columns with keys, which may have a person's id between colons."""


def plant(connection: Connection) -> None:
    """Give every table a row of each variety: theirs, others', and one for each place that can name somebody."""
    tables = [table for table in every_table() if table.name not in SELF_KEPT]
    places = dict.fromkeys(column.name for table in tables for column in table.columns if column.type is PERSON)
    for number, variety in enumerate((THEIRS, OTHERS, NAMED, *places, *KEYS), 1):
        for table in tables:
            if variety in (THEIRS, OTHERS, NAMED) or not _is_keyed_by_person_alone(table):
                connection.execute(insert(table), {c.name: _value(table, c, variety, number) for c in table.columns})


def untouched(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows that have nothing to do with them."""
    return {table: [row for row in among if "others" in str(row)] for table, among in without_revisions(rows).items()}


def without_revisions(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Leave out how often each live view has changed, since an erasure is a change for all of them, and what it plans
    to remove from Slack.
    """
    changed = {"state": "", "due": "", "retry_at": "", "attempts": 0}
    return rows | {
        "live_views": [{**row, "revision": 0} for row in rows["live_views"]],
        "homes": [{**row, "revision": 0, **changed} for row in rows["homes"]],
        "slack_removals": [],
    }


def _is_keyed_by_person_alone(table: Table) -> bool:
    return all(column.type in (WORKSPACE, PERSON) for column in table.primary_key)


def _value(table: Table, column: "Column[Any]", variety: str, number: int) -> Any:
    wordless = table.name in COMMON or f"{table.name}.{column.name}" in NO_WORDS
    theirs, named = variety == THEIRS and not wordless, variety == NAMED and not wordless
    match column.type:
        case kind if kind is WORKSPACE:
            return HERE
        case kind if kind is PERSON:
            return THEM if variety in (THEIRS, column.name) else f"U0{variety[:8]}{number}"
        case kind if kind is ID:
            return f"row{number}"
        case StringTuple():
            return (THEM, "U0ELSE") if theirs or named else (variety,)
        case JSON():
            them = {"of": THEM, "several": [THEM, "U0ELSE"]} if theirs or named else {}
            return {"text": WRITTEN if theirs else variety, **them}
        case String(length=length):
            if length is not None and length < 32:
                return f"v{number}"[:length]
            if column.name in KEYS and variety == column.name:
                return f"kind:{THEM}#{number}"
            return f"{WRITTEN} {THEM}"[:length] if theirs else f"{variety} {number}"
        case _:
            return next(value for kind, value in _plain(number) if isinstance(column.type, kind))


def _plain(number: int) -> Iterator[tuple[type, Any]]:
    yield Boolean, False
    yield Integer, number
    yield Instant, NOON
    yield Date, date(2026, 11, 25)
    yield Time, time(9)
