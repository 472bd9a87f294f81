"""Custom fields of Slack profiles that an administrator maps to department, manager, start date and languages, and what
a person's profile says there.

The organisation's own list counts more than a profile: a profile only says what the list leaves open.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from mentoring.applications.application import MOST_CHOSEN_LANGUAGES
from mentoring.core.clean_text import normalised
from mentoring.core.errors import ChangedMeanwhile, StaleRequest
from mentoring.core.languages import read_languages, spelled
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import StaffRecord, StaffRecords, user_id
from mentoring.core.plausible import earliest_start
from mentoring.core.written_dates import DateProblem, read_date


class ProfileFact(StrEnum):
    """What a field of the profile can say. The values are names of fields of `StaffRecord`."""

    DEPARTMENT = "department"
    MANAGER = "manager"
    STARTED_ON = "started_on"
    LANGUAGES = "languages"


FITTING: Mapping[ProfileFact, frozenset[str]] = {
    ProfileFact.DEPARTMENT: frozenset({"text", "options_list"}),
    ProfileFact.MANAGER: frozenset({"user"}),
    ProfileFact.STARTED_ON: frozenset({"date"}),
    ProfileFact.LANGUAGES: frozenset({"text", "options_list"}),
}
"""Slack's types of custom fields that can say each fact."""


@dataclass(frozen=True)
class CustomField:
    """A custom field of the workspace's profiles: Slack's id and type, and the label that people see."""

    id: str
    label: str
    type: str


def fitting(fact: ProfileFact, fields: Sequence[CustomField]) -> tuple[CustomField, ...]:
    """Those of `fields` that can say `fact`, in their order."""
    return tuple(field for field in fields if field.type in FITTING[fact])


@dataclass(frozen=True)
class ProfileMapping:
    """The custom field (Slack's id) for each fact that has one.

    `mapped_by` is the Slack user id of the administrator who has saved it last, or "" once they are erased, and
    `mapped_at` when (calendar, aware). `version` counts from 1.
    """

    fields: Mapping[ProfileFact, str]
    mapped_by: str
    mapped_at: datetime
    version: int


def map_fields(
    chosen: Mapping[ProfileFact, str],
    *,
    before: ProfileMapping | None,
    read: Mapping[str, StaffRecord],
    seen_version: int,
    by: str,
    now: datetime,
) -> Outcome:
    """Map the `chosen` fields, for an administrator; facts without a field are not in it.

    - `before`: the mapping so far, and `read` the staff records with values from profiles, by person. Values from a
      field that no longer counts are removed.
    - `seen_version`: the version when the form was opened, or 0.

    Idempotent. Raises StaleRequest or ChangedMeanwhile if the mapping was changed since the form was opened.
    """
    mapped = before.fields if before else {}
    if chosen == mapped:
        return NOTHING
    version = before.version if before else 0
    if before and seen_version != version:
        raise StaleRequest if before.mapped_by == by else ChangedMeanwhile(before.mapped_by or None)
    changed = [fact for fact in ProfileFact if chosen.get(fact) != mapped.get(fact)]
    without = [(record, _without(record, changed)) for record in read.values()]
    cleared = tuple(after for stored, after in without if after != stored)
    mapping = ProfileMapping(dict(chosen), by, now, version + 1)
    return Outcome((mapping, *([StaffRecords(cleared)] if cleared else [])))


def _without(record: StaffRecord, facts: Collection[ProfileFact]) -> StaffRecord:
    """The record without what a profile has said about these facts."""
    for fact in facts:
        if fact in record.from_profile:
            record = _saying(record, fact, "")
    return record


def record_profile(
    values: Mapping[str, str],
    mapping: ProfileMapping,
    stored: StaffRecord | None,
    *,
    person: str,
    departments: Sequence[str],
    erased: Collection[str],
    today: date,
) -> Outcome:
    """Record what the profile of `person` (a Slack user id) says, where the organisation's list says nothing.

    - `values`: of the custom fields, by Slack's id; a field without a value is missing or "".
    - `stored`: their staff record so far.
    - `departments`: those of all programmes of the workspace, whose spelling is used.
    - `erased`: those who were erased, of the people whom `values` names.
    - `today`: the latest date that has begun in any time zone.

    A value that cannot be used counts as none, and removes what an earlier profile said. An erased manager changes
    nothing: their own manager has taken their place.
    """
    before = stored or StaffRecord(person)
    record = before
    for fact, field in mapping.fields.items():
        if getattr(record, fact) and fact not in record.from_profile:
            continue
        text = values.get(field, "")
        match fact:
            case ProfileFact.DEPARTMENT:
                record = _saying(record, fact, _department(text, departments))
            case ProfileFact.STARTED_ON:
                record = _saying(record, fact, _started_on(text, today))
            case ProfileFact.LANGUAGES:
                record = _saying(record, fact, spelled(read_languages(text)[0][:MOST_CHOSEN_LANGUAGES]))
            case ProfileFact.MANAGER:
                manager = user_id(text)
                if manager not in erased:
                    record = _saying(record, fact, "" if manager == person else manager)
    return NOTHING if record == before else Outcome((record,))


def _saying(record: StaffRecord, fact: ProfileFact, value: str | date | None) -> StaffRecord:
    """The record in which the profile says `value` about `fact`; nothing, if it is empty."""
    others = [each for each in record.from_profile if each != fact]
    from_profile = tuple(sorted([*others, str(fact)] if value else others))
    match fact:
        case ProfileFact.STARTED_ON:
            started_on = value if isinstance(value, date) else None
            return replace(record, started_on=started_on, from_profile=from_profile)
        case ProfileFact.MANAGER:
            return replace(record, manager=str(value or ""), from_profile=from_profile)
        case ProfileFact.LANGUAGES:
            return replace(record, languages=str(value or ""), from_profile=from_profile)
        case ProfileFact.DEPARTMENT:
            return replace(record, department=str(value or ""), from_profile=from_profile)


def _department(text: str, departments: Sequence[str]) -> str:
    return {normalised(each): each for each in departments}.get(normalised(text), "")


def _started_on(text: str, today: date) -> date | None:
    day = read_date(text) if text else None
    if day is None or isinstance(day, DateProblem):
        return None
    return day if earliest_start(today) <= day <= today else None
