"""Parses the settings forms, and gives the current values of each."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from mentoring.core.fields import FieldName
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import USUAL, USUAL_DAYS, Cohort, Programme, ProgrammeType, Term, Terms
from mentoring.matching.optimiser import BEST
from mentoring.programmes.aims import ObjectivesForm, RolesForm
from mentoring.programmes.matching_settings import RulesForm, WeightsForm
from mentoring.programmes.settings import BasicsForm, ChoicesForm, DatesForm, Part, SettingsForm
from messages.forms import TICKED, Submission, Values, filled_in
from messages.programmes.aims import objective_values, role_values
from messages.programmes.days import list_days, read_days
from messages.programmes.extras import ExtrasSubmission, extra_values, parse_extras
from messages.programmes.invitation_settings import InvitationsSubmission, invitation_values, parse_invitations
from messages.programmes.lines import Lines
from messages.programmes.matching_settings import counting_values, counts, name_of, rule_values
from messages.programmes.partnership_settings import (
    IntroductionsSubmission,
    PartnershipsSubmission,
    introduction_values,
    parse_introductions,
    parse_partnerships,
    partnership_values,
)
from messages.programmes.retention_settings import RetentionSubmission, parse_retention, retention_values
from messages.programmes.survey_settings import SurveysSubmission, parse_surveys, survey_values
from messages.voice import MOST_IN_TERM, several, term

ADMITS: Final = "admits"
COUNTRY: Final = "country"
MOST_IN_ZONE: Final = 64
MOST_IN_REGION: Final = 32

_OURS = Terms()


def region_of(country: str) -> str:
    """The block id of the region. It differs by country, so that the choice for another country is not read."""
    return f"region_{country}"


def several_of(about: FieldName) -> str:
    """The block id of a word's plural."""
    return f"{about}_many"


def _ticked(boxes: Any) -> Any:
    """An unticked box is an empty list; a form without the box has no value."""
    return TICKED in boxes if isinstance(boxes, list) else boxes


def _fits_form(word: str) -> str:
    """Marks do not count, since some letters become a letter and its marks when they are normalised."""
    if sum(not unicodedata.combining(char) for char in word) > MOST_IN_TERM:
        raise ValueError("too long")
    return word


Word = Annotated[str, AfterValidator(_fits_form)]


class SettingsSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)


class _Basics(SettingsSubmission):
    name: str = ""
    purpose: str = ""
    contact: str = ""
    expectations_url: str = ""
    admits: frozenset[AccountStatus] = frozenset()


class _Choices(SettingsSubmission):
    topics: Lines = ()
    departments: Lines = ()
    grades: Lines = ()


class _Objectives(SettingsSubmission):
    objectives: Lines = ()
    is_pilot: Annotated[bool, BeforeValidator(_ticked)] = False


class _Roles(SettingsSubmission):
    type: ProgrammeType | None = None
    definition: str = ""
    mentee_responsibilities: Lines = ()
    mentor_responsibilities: Lines = ()
    referrals: Lines = ()


class _Rules(SettingsSubmission):
    mentee_departments: tuple[str, ...] | None = None
    mentee_grades: tuple[str, ...] | None = None
    mentor_departments: tuple[str, ...] | None = None
    mentor_grades: tuple[str, ...] | None = None
    least_gap: Annotated[int, Field(ge=0)] | None = None
    shared_hours: Annotated[bool | None, BeforeValidator(_ticked)] = None


class _Counting(SettingsSubmission):
    points: dict[str, Annotated[int, Field(ge=0, le=BEST)]]


class _Dates(SettingsSubmission):
    opens_on: date
    apply_by: date
    starts_on: date
    ends_on: date
    work_starts: time
    work_ends: time
    working_days: tuple[Annotated[int, Field(ge=0, le=6)], ...]
    closed_days: str = ""
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = None
    region: Annotated[str, StringConstraints(max_length=MOST_IN_REGION)] = ""
    time_zone: Annotated[str, StringConstraints(max_length=MOST_IN_ZONE)] = ""


class _Words(SettingsSubmission):
    term_mentor: Word = ""
    term_mentor_many: Word = ""
    term_mentee: Word = ""
    term_mentee_many: Word = ""
    term_partnership: Word = ""
    term_partnership_many: Word = ""


SUBMISSIONS: Final[Mapping[Part, type[Submission]]] = {
    Part.BASICS: _Basics,
    Part.OBJECTIVES: _Objectives,
    Part.ROLES: _Roles,
    Part.CHOICES: _Choices,
    Part.PARTNERSHIPS: PartnershipsSubmission,
    Part.INTRODUCTIONS: IntroductionsSubmission,
    Part.EXTRAS: ExtrasSubmission,
    Part.INVITATIONS: InvitationsSubmission,
    Part.SURVEYS: SurveysSubmission,
    Part.RETENTION: RetentionSubmission,
    Part.RULES: _Rules,
    Part.DATES: _Dates,
    Part.WORDS: _Words,
}
"""The fields of each part by their block ids, except those that depend on the programme."""


def parse(part: Part, values: Values, programme: Programme) -> SettingsForm:
    """The input as the rules take it; empty fields are empty values, which the rules refuse.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it.
    """
    given = filled_in(values)
    match part:
        case Part.BASICS:
            return BasicsForm(**dict(_Basics.model_validate(given)))
        case Part.CHOICES:
            return ChoicesForm(**dict(_Choices.model_validate(given)))
        case Part.OBJECTIVES:
            return ObjectivesForm(**dict(_Objectives.model_validate(given)))
        case Part.ROLES:
            return RolesForm(**dict(_Roles.model_validate(given)))
        case Part.PARTNERSHIPS:
            return parse_partnerships(given)
        case Part.INTRODUCTIONS:
            return parse_introductions(given)
        case Part.EXTRAS:
            return parse_extras(given)
        case Part.INVITATIONS:
            return parse_invitations(given)
        case Part.SURVEYS:
            return parse_surveys(given)
        case Part.RETENTION:
            return parse_retention(given)
        case Part.RULES:
            # Nothing ticked means everyone; a field that the form does not have has no value.
            rules = _Rules.model_validate(dict(values))
            return RulesForm(
                _names(rules.mentee_departments, programme),
                _names(rules.mentee_grades, programme),
                _names(rules.mentor_departments, programme),
                _names(rules.mentor_grades, programme),
                rules.least_gap,
                rules.shared_hours,
            )
        case Part.MATCHING:
            points = {part: values[counts(part)] for part in asdict(USUAL) if values.get(counts(part))}
            return WeightsForm(_Counting.model_validate({"points": points}).points)
        case Part.DATES:
            # A form of an older version lacks these boxes: use their defaults.
            boxes = values.get(FieldName.WORKING_DAYS)
            region = given.get(region_of(str(given.get(COUNTRY, ""))), "")
            filled = {FieldName.WORKING_DAYS: USUAL_DAYS if boxes is None else boxes, "region": region}
            sent = _Dates.model_validate(given | filled)
            closed_days, unread = read_days(sent.closed_days)
            return DatesForm(
                opens_on=sent.opens_on,
                apply_by=sent.apply_by,
                starts_on=sent.starts_on,
                ends_on=sent.ends_on,
                country=sent.country or "",
                region=sent.region,
                time_zone=sent.time_zone,
                workday=(sent.work_starts, sent.work_ends),
                working_days=sent.working_days,
                closed_days=closed_days,
                unread=unread,
            )
        case Part.WORDS:
            words = _Words.model_validate(given)
            return Terms(
                term(words.term_mentor, words.term_mentor_many, _OURS.mentor),
                term(words.term_mentee, words.term_mentee_many, _OURS.mentee),
                term(words.term_partnership, words.term_partnership_many, _OURS.partnership),
            )


def _names(keys: tuple[str, ...] | None, programme: Programme) -> tuple[str, ...] | None:
    return None if keys is None else tuple(name_of(key, programme) for key in keys)


def values_of(part: Part, programme: Programme, cohort: Cohort) -> Values:
    """The current values of a form. A regular plural is left empty, so that it follows the word.

    For a closed round, the dates are empty, since the form asks for those of the next one.
    """
    match part:
        case Part.BASICS:
            return {
                FieldName.NAME: programme.name,
                FieldName.PURPOSE: programme.purpose or None,
                FieldName.CONTACT: programme.contact or None,
                FieldName.EXPECTATIONS_URL: programme.expectations_url or None,
                ADMITS: sorted(str(standing) for standing in programme.admits),
            }
        case Part.CHOICES:
            return {
                FieldName.TOPICS: "\n".join(programme.topics),
                FieldName.DEPARTMENTS: "\n".join(programme.departments) or None,
                FieldName.GRADES: "\n".join(programme.grades) or None,
            }
        case Part.OBJECTIVES:
            return objective_values(programme)
        case Part.ROLES:
            return role_values(programme)
        case Part.PARTNERSHIPS:
            return partnership_values(programme)
        case Part.INTRODUCTIONS:
            return introduction_values(programme)
        case Part.EXTRAS:
            return extra_values(programme)
        case Part.INVITATIONS:
            return invitation_values(programme)
        case Part.SURVEYS:
            return survey_values(programme)
        case Part.RETENTION:
            return retention_values(programme)
        case Part.RULES:
            return rule_values(programme)
        case Part.MATCHING:
            return counting_values(programme)
        case Part.DATES:
            dates: dict[str, str | list[str] | None] = {
                FieldName.OPENS_ON: cohort.opens_on.isoformat(),
                FieldName.APPLY_BY: cohort.apply_by.isoformat(),
                FieldName.STARTS_ON: cohort.starts_on.isoformat(),
                FieldName.ENDS_ON: cohort.ends_on.isoformat(),
            }
            return {
                **({} if cohort.closed_on else dates),
                FieldName.WORK_STARTS: f"{programme.workday[0]:%H:%M}",
                FieldName.WORK_ENDS: f"{programme.workday[1]:%H:%M}",
                FieldName.WORKING_DAYS: [str(weekday) for weekday in programme.working_days],
                FieldName.CLOSED_DAYS: list_days(programme.closed_days) or None,
                FieldName.TIME_ZONE: programme.time_zone or None,
                COUNTRY: programme.country or None,
                **({region_of(programme.country): programme.region} if programme.region else {}),
            }
        case Part.WORDS:
            values: dict[str, str | list[str] | None] = {}
            for about, term in terms_of(programme):
                values[about] = term.one
                values[several_of(about)] = term.many if term.many != several(term.one) else None
            return values


def terms_of(programme: Programme) -> tuple[tuple[FieldName, Term], ...]:
    """The three words with their fields."""
    terms = programme.terms
    return (
        (FieldName.TERM_MENTOR, terms.mentor),
        (FieldName.TERM_MENTEE, terms.mentee),
        (FieldName.TERM_PARTNERSHIP, terms.partnership),
    )
