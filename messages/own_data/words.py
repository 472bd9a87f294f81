"""The words for what is kept about a person: categories, names of values, and values."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.own_data.records import Category, OwnData
from mentoring.owner_record import OwnerAction
from mentoring.retention.retention import DataKind
from messages.owner_record import ACTS
from messages.programmes.cohorts import day
from messages.text import join
from messages.times import when

TITLES: Mapping[Category, str] = {
    Category.PROFILE: "My profile",
    Category.APPLICATIONS: "My applications",
    Category.MATCHES: "Matches I was asked about",
    Category.PARTNERSHIPS: "My partnerships",
    Category.MEETINGS: "My meetings and notes",
    Category.ITEMS: "Action items",
    Category.GOALS: "My plan and goals",
    Category.AGREEMENTS: "Agreements",
    Category.REPORTS: "My part of progress reports",
    Category.ANSWERS: "My answers to check-ins and surveys",
    Category.HELP: "Help I asked for",
    Category.REMARKS: "What I told the programme",
    Category.ROLES: "What I do for a programme",
    Category.LOOKS: "What owners looked at or did",
    Category.MESSAGES: "Messages sent to me",
}
TABLES: Mapping[str, str] = {
    "people": "my account in Slack",
    "application_private_answers": "answers that fewer people read",
    "meeting_notes": "notes",
    "planned_meetings": "planned meeting",
    "regular_times": "regular time",
    "meeting_places": "place to meet",
    "goal_changes": "change of a goal",
    "plan_shares": "plan shared",
    "agreement_versions": "version of an agreement",
    "agreement_terms": "what I wrote in an agreement",
    "report_words": "what I wrote in a report",
    "feedback": "answer",
    "feedback_items": "further answer",
    "thank_yous": "thank-you",
    "ends_kept": "end kept",
    "end_proposals": "another end suggested",
    "standing_answers": "answer to an owner",
    "session_answers": "answer to a session",
    "invitation_choices": "invitations to apply",
    "case_words": "what I wrote",
    "remark_words": "what I wrote with my name",
    "counted_remarks": "what I wrote without my name",
    "digest_choices": "messages to owners",
    "alarm_snoozes": "snoozed",
    "sponsor_sentences": "sentence for sponsors",
    "evaluation_words": "what to do next time",
    "sponsor_page_stops": "page for sponsors stopped",
    "oversight_requests": "request to two people",
    "file_imports": "list that I sent",
    "staff": "from my Slack profile",
    "owner_effort": "presses counted in a month",
    "owner_record": "done by an owner",
    "outbox": "message",
}
"""What one row of a table is, where its name does not say it."""
_NAMES: Mapping[str, str] = {
    "id": "ID",
    "cohort_id": "programme",
    "programme_id": "programme",
    "partnership_id": "partnership",
    "application_id": "application",
    "meeting_id": "meeting",
    "goal_id": "goal",
    "case_id": "request for help",
    "remark_id": "remark",
    "report_id": "report",
    "standing": "account in Slack",
    "by": "by whom",
    "at": "when",
    "wish": "person preferred",
    "back": "available for another match",
    "not_again": "not matched again with this person",
    "accepted_by": "accepted by me",
    "hopes_shared": "hopes may be read by a mentor who is asked",
    "no_manager": "no manager to name",
    "helps": "what helps",
    "hinders": "what gets in the way",
    "is_signed": "shared with the owners, with your name",
    "decision": "what next",
    "proof": "how I will know",
    "is_on": "I may get them",
    "is_named": "may be named in a celebration",
    "off_limits": "what stays out",
    "until": "until",
}


def record_name(table: str) -> str:
    return TABLES.get(table, table.removesuffix("s").replace("_", " ")).capitalize()


def value_name(name: str) -> str:
    return _NAMES.get(name, name.removesuffix("_id").replace("_", " ")).capitalize()


def value_in_words(name: str, value: Any, data: OwnData) -> str:
    """A value as people read it. Times are in the person’s own time zone, which is named."""
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{when(value, data.person)} (UTC{data.person.local(value):%z})"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(value_in_words(name, each, data) for each in value)
    if name == "action":
        return ACTS[OwnerAction(value)]
    if name == "kind" and value in set(NotificationKind):
        return str(value).replace("-", " ")
    if isinstance(value, str) and value in data.names:
        return f"{data.names[value]} ({value})" if value[:1] in "UW" else data.names[value]
    return str(value)


_READ_BY: Mapping[str, str] = {
    "everyone": "everyone in Slack",
    "the person": "no one",
    "the two people": "your partner",
    "the two people, and those with whom both share it": "your partner, and those with whom you both share it",
    "the person, and partners with whom they share it": "partners with whom you share it",
    "the owners, and the person whom it concerns": "the owners",
    "no one; owners see it in groups": "no one with your name; owners see it in groups",
}
"""In the words of docs/privacy.md, and to the person."""
_HOW_LONG: Mapping[str, str] = {
    "until the person is erased": "until you are erased",
    "without the person, once they are erased": "without your name, once you are erased",
    "until the case is closed, or the person is erased": "what you wrote until it is closed",
}


def read_by(data: OwnData, category: Category) -> str:
    """Who may read a category besides the person, as plain text."""
    readers = [_READ_BY.get(each, each) for each in data.kept[category].readers]
    return "; ".join(dict.fromkeys(readers))


_PERIODS: Mapping[DataKind, str] = {
    DataKind.NOTES: "notes",
    DataKind.ANSWERS: "answers",
    DataKind.APPLICATIONS: "applications",
    DataKind.LOG: "the log",
}


def how_long(data: OwnData, category: Category) -> str:
    kept = data.kept[category]
    words = "; ".join(_HOW_LONG.get(each, each) for each in kept.retentions)
    periods = join([_PERIODS[kind] for kind in kept.periods], "or")
    return f"{words}, or the time for {periods} is over" if periods else words
