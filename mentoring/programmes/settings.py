"""Changing the settings of a programme, one part at a time, by its owners only (D0.4, D0.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final

from mentoring.core.errors import (
    ChangedMeanwhile,
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    NotALink,
    NotDays,
    OutOfOrder,
    StaleRequest,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.links import is_link
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner
from mentoring.core.people import AccountStatus, zone_named
from mentoring.core.plausible import implausible
from mentoring.core.programmes import USUAL_DAYS, Cohort, Keeping, Programme, Terms
from mentoring.core.working_hours import regions
from mentoring.matching.pending_approvals import plan_approval_reminders
from mentoring.matching.round import MatchingRound
from mentoring.programmes.aims import (
    ObjectivesForm,
    RolesForm,
    apply_objectives,
    apply_roles,
    objectives_errors,
    roles_errors,
)
from mentoring.programmes.cohorts import open_next, plan_deadline_jobs
from mentoring.programmes.extras import ExtrasForm, apply_extras, extras_errors
from mentoring.programmes.invitation_settings import InvitationsForm, apply_invitations, invitations_errors
from mentoring.programmes.matching_settings import (
    RulesForm,
    WeightsForm,
    apply_rules,
    apply_weights,
    follow_lists,
    lists_errors,
    rules_errors,
    weights_errors,
)
from mentoring.programmes.partnership_settings import (
    IntroductionsForm,
    PartnershipsForm,
    apply_introductions,
    apply_partnerships,
    introductions_errors,
    partnerships_errors,
)
from mentoring.programmes.retention_settings import retention_errors
from mentoring.programmes.survey_settings import SurveysForm, apply_surveys, surveys_errors

MOST_CHOICES = 100
MOST_IN_CHOICE = 75
MOST_CLOSED_DAYS = 60
"""The most closed days from today on. Past ones are stored in addition, for `PAST_CLOSED_DAYS`."""
PAST_CLOSED_DAYS = timedelta(days=90)
"""How long past closed days stay stored: due times of survey reminders and closings depend on them."""


class Part(StrEnum):
    """The forms of `/mentor setup`."""

    BASICS = "basics"
    OBJECTIVES = "objectives"
    ROLES = "roles"
    CHOICES = "choices"
    PARTNERSHIPS = "partnerships"
    INTRODUCTIONS = "introductions"
    EXTRAS = "extras"
    RULES = "rules"
    MATCHING = "matching"
    INVITATIONS = "invitations"
    SURVEYS = "surveys"
    RETENTION = "retention"
    DATES = "dates"
    WORDS = "words"


@dataclass(frozen=True)
class BasicsForm:
    name: str
    purpose: str
    contact: str
    expectations_url: str
    admits: frozenset[AccountStatus]


@dataclass(frozen=True)
class ChoicesForm:
    topics: tuple[str, ...]
    departments: tuple[str, ...]
    grades: tuple[str, ...]


@dataclass(frozen=True)
class DatesForm:
    """Dates of the cohort, and working time of the programme.

    `working_days` are weekdays, Monday is 0. `unread` are the lines of the closed days, counted from 1, that are not
    dates.
    """

    opens_on: date
    apply_by: date
    starts_on: date
    ends_on: date
    country: str
    workday: tuple[time, time]
    working_days: tuple[int, ...] = USUAL_DAYS
    closed_days: tuple[date, ...] = ()
    unread: tuple[int, ...] = ()
    region: str = ""
    time_zone: str = ""


SettingsForm = (
    BasicsForm
    | ObjectivesForm
    | RolesForm
    | ChoicesForm
    | PartnershipsForm
    | IntroductionsForm
    | ExtrasForm
    | InvitationsForm
    | SurveysForm
    | Keeping
    | DatesForm
    | Terms
    | RulesForm
    | WeightsForm
)

CONCERNS_PEOPLE: Final = frozenset({Part.PARTNERSHIPS, Part.INTRODUCTIONS})
"""The parts whose changes may concern people who have applied or are matched already."""

PART_OF_FORM: dict[type, Part] = {
    BasicsForm: Part.BASICS,
    ObjectivesForm: Part.OBJECTIVES,
    RolesForm: Part.ROLES,
    ChoicesForm: Part.CHOICES,
    PartnershipsForm: Part.PARTNERSHIPS,
    IntroductionsForm: Part.INTRODUCTIONS,
    ExtrasForm: Part.EXTRAS,
    InvitationsForm: Part.INVITATIONS,
    SurveysForm: Part.SURVEYS,
    Keeping: Part.RETENTION,
    DatesForm: Part.DATES,
    Terms: Part.WORDS,
    RulesForm: Part.RULES,
    WeightsForm: Part.MATCHING,
}


def change_settings(
    programme: Programme,
    cohort: Cohort,
    form: SettingsForm,
    *,
    by: str,
    owners: Sequence[str],
    present_owners: Sequence[str] | None = None,
    committee: Sequence[str] = (),
    seen_version: int,
    today: date,
    closed: MatchingRound | None = None,
    new_id: str = "",
    is_guided: bool = False,
) -> Outcome:
    """Save one part of the settings and notify the owners. Saving unchanged values has no effect.

    - `by`, `owners`, `present_owners`, `committee`: Slack user ids. Only the present owners (None: all) and `by` are
      notified.
    - `is_guided`: whether the form belongs to the guided set-up, which confirms by itself to `by`. They are notified
      only of a part that may concern people who have applied already.
    - `seen_version`: the programme's version when the form was opened.
    - `today`: the date for closed days; those that are long past are dropped.
    - `closed`: the round of the cohort if that is closed. New dates then open the next cohort under `new_id`.

    Raises NotForYou unless `by` is an owner, ChangedMeanwhile if another owner has saved or closed the round since the
    form was opened, StaleRequest if `by` has, and InvalidForm with all problems.
    """
    check_owner(by, owners)
    if isinstance(form, DatesForm):
        programme = replace(programme, closed_days=recent_days(programme.closed_days, today))
        form = replace(form, closed_days=recent_days(form.closed_days, today))
    changed, new_cohort = _apply(programme, cohort, form)
    reasons = tuple(form_errors(form, programme, changed, cohort, today))
    is_unchanged = not reasons and (changed, new_cohort) == (programme, cohort)
    if is_unchanged and not (closed and isinstance(form, DatesForm)):
        return NOTHING
    if seen_version != programme.version:
        raise StaleRequest if programme.changed_by == by else ChangedMeanwhile(programme.changed_by or None)
    if reasons:
        raise InvalidForm(reasons)
    return save_settings(
        (programme, cohort),
        (changed, new_cohort),
        (PART_OF_FORM[type(form)],),
        by=by,
        owners=owners,
        present_owners=present_owners,
        committee=committee,
        today=today,
        closed=closed if isinstance(form, DatesForm) else None,
        new_id=new_id,
        is_guided=is_guided,
    )


def save_settings(
    before: tuple[Programme, Cohort],
    after: tuple[Programme, Cohort],
    parts: Sequence[Part],
    *,
    by: str,
    owners: Sequence[str],
    present_owners: Sequence[str] | None = None,
    committee: Sequence[str] = (),
    today: date,
    closed: MatchingRound | None = None,
    new_id: str = "",
    is_guided: bool = False,
) -> Outcome:
    """Save checked settings, whether one part of them or all: plan the owners' jobs again and notify the owners.

    If a match needs more approvals now, the owners and the `committee` are reminded in two working days of those that
    lack one.

    `parts` are those that changed. With `closed`, the round of a closed cohort, the dates in `after` open the next one
    under `new_id`. The others are as in `change_settings`.
    """
    (programme, cohort), (changed, new_cohort) = before, after
    changed = replace(changed, version=programme.version + 1, changed_by=by)
    hears_of_own = not is_guided or not CONCERNS_PEOPLE.isdisjoint(parts)
    notifications = tuple(
        Notification(
            f"programme-changed:{programme.id}:{changed.version}:{owner}",
            NotificationKind.PROGRAMME_CHANGED,
            owner,
            {"part": ",".join(parts), "by": by, "programme": programme.id}
            | ({"guided": "yes"} if is_guided and owner == by else {}),
            is_reply=owner == by,
        )
        for owner in owners
        if (hears_of_own if owner == by else present_owners is None or owner in present_owners)
    )
    if closed:
        opened = open_next(closed, replace(new_cohort, id=new_id, closed_on=None), by=by)
        return Outcome((changed,), notifications) + opened
    jobs = plan_deadline_jobs(new_cohort, owners) if new_cohort != cohort else ()
    if changed.approvals > programme.approvals:
        jobs += plan_approval_reminders(new_cohort, changed, (*owners, *committee), today)
    return Outcome((changed, new_cohort, *jobs), notifications)


def with_values(programme: Programme, cohort: Cohort, form: SettingsForm) -> tuple[Programme, Cohort]:
    """The programme and the cohort with the values of the form, unchecked and unsaved: for a preview."""
    return _apply(programme, cohort, form)


def _apply(programme: Programme, cohort: Cohort, form: SettingsForm) -> tuple[Programme, Cohort]:
    match form:
        case BasicsForm():
            return (
                replace(
                    programme,
                    name=form.name,
                    purpose=form.purpose,
                    contact=form.contact,
                    expectations_url=form.expectations_url,
                    admits=form.admits,
                ),
                cohort,
            )
        case ChoicesForm():
            listed = follow_lists(programme, form.departments, form.grades)
            return replace(listed, topics=form.topics), cohort
        case ObjectivesForm():
            return apply_objectives(programme, form), cohort
        case RolesForm():
            return apply_roles(programme, form), cohort
        case PartnershipsForm():
            return apply_partnerships(programme, form), cohort
        case IntroductionsForm():
            return apply_introductions(programme, form), cohort
        case ExtrasForm():
            return apply_extras(programme, form), cohort
        case InvitationsForm():
            return apply_invitations(programme, form), cohort
        case SurveysForm():
            return apply_surveys(programme, form), cohort
        case Keeping():
            return replace(programme, keeping=form), cohort
        case DatesForm():
            new_cohort = replace(
                cohort,
                opens_on=form.opens_on,
                apply_by=form.apply_by,
                starts_on=form.starts_on,
                ends_on=form.ends_on,
            )
            changed = replace(
                programme,
                country=form.country,
                region=form.region,
                time_zone=form.time_zone,
                workday=form.workday,
                working_days=tuple(sorted(set(form.working_days))),
                closed_days=form.closed_days,
            )
            return changed, new_cohort
        case Terms():
            return replace(programme, terms=form), cohort
        case RulesForm():
            return apply_rules(programme, form), cohort
        case WeightsForm():
            return apply_weights(programme, form), cohort


def form_errors(
    form: SettingsForm, programme: Programme, changed: Programme, cohort: Cohort, today: date
) -> list[MentoringError]:
    """The problems of a form; `changed` is `programme` with the form applied, `cohort` the stored one."""
    match form:
        case BasicsForm():
            return _wrong_basics(form)
        case ChoicesForm():
            return [*_wrong_choices(form), *lists_errors(programme, changed)]
        case ObjectivesForm():
            return list(objectives_errors(form))
        case RolesForm():
            return list(roles_errors(form, programme, changed))
        case PartnershipsForm():
            return list(partnerships_errors(programme, form))
        case IntroductionsForm():
            return list(introductions_errors(form))
        case DatesForm():
            return _wrong_dates(form, cohort, today)
        case ExtrasForm():
            return list(extras_errors(form))
        case InvitationsForm():
            return list(invitations_errors(form))
        case SurveysForm():
            return list(surveys_errors(form))
        case Keeping():
            return list(retention_errors(form))
        case Terms():
            return []
        case RulesForm():
            return list(rules_errors(programme, form))
        case WeightsForm():
            return list(weights_errors(changed))


def _wrong_basics(form: BasicsForm) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    if not form.name:
        reasons.append(Missing(FieldName.NAME))
    if form.expectations_url and not is_link(form.expectations_url):
        reasons.append(NotALink(FieldName.EXPECTATIONS_URL))
    return reasons


def _wrong_choices(form: ChoicesForm) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    if not form.topics:
        reasons.append(Missing(FieldName.TOPICS))
    lists = (
        (FieldName.TOPICS, form.topics),
        (FieldName.DEPARTMENTS, form.departments),
        (FieldName.GRADES, form.grades),
    )
    for name, lines in lists:
        if len(lines) > MOST_CHOICES:
            reasons.append(TooLong(name, MOST_CHOICES))
        elif any(len(line) > MOST_IN_CHOICE for line in lines):
            reasons.append(TooLong(name, MOST_IN_CHOICE))
    return reasons


def _wrong_dates(form: DatesForm, cohort: Cohort, today: date) -> list[MentoringError]:
    dates = {
        FieldName.OPENS_ON: (form.opens_on, cohort.opens_on),
        FieldName.APPLY_BY: (form.apply_by, cohort.apply_by),
        FieldName.STARTS_ON: (form.starts_on, cohort.starts_on),
        FieldName.ENDS_ON: (form.ends_on, cohort.ends_on),
    }
    entered = {field: day for field, (day, stored) in dates.items() if day != stored}
    if form.closed_days:
        entered[FieldName.CLOSED_DAYS] = max(form.closed_days)
    reasons = list(implausible(entered, today))
    if form.apply_by < form.opens_on:
        reasons.append(OutOfOrder(FieldName.APPLY_BY, FieldName.OPENS_ON))
    if form.starts_on < form.apply_by:
        reasons.append(OutOfOrder(FieldName.STARTS_ON, FieldName.APPLY_BY))
    if form.ends_on <= form.starts_on:
        reasons.append(OutOfOrder(FieldName.ENDS_ON, FieldName.STARTS_ON))
    if form.workday[1] <= form.workday[0]:
        reasons.append(OutOfOrder(FieldName.WORK_ENDS, FieldName.WORK_STARTS))
    if not form.working_days:
        reasons.append(Missing(FieldName.WORKING_DAYS))
    if form.region and form.region not in regions(form.country):
        reasons.append(NoLongerOffered(FieldName.REGION))
    if form.time_zone and not zone_named(form.time_zone):
        reasons.append(NoLongerOffered(FieldName.TIME_ZONE))
    if form.unread:
        reasons.append(NotDays(FieldName.CLOSED_DAYS, form.unread))
    if sum(day >= today for day in form.closed_days) > MOST_CLOSED_DAYS:
        reasons.append(TooLong(FieldName.CLOSED_DAYS, MOST_CLOSED_DAYS))
    return reasons


def recent_days(days: Sequence[date], today: date) -> tuple[date, ...]:
    """The closed days that stay stored, sorted: those that are not long past."""
    return tuple(sorted({day for day in days if day >= today - PAST_CLOSED_DAYS}))
