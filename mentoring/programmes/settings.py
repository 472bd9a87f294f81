"""Changing a programme in short parts, by its owners only (D0.4, D0.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from mentoring.core.errors import (
    ChangedMeanwhile,
    InvalidForm,
    MentoringError,
    Missing,
    NotALink,
    NotDays,
    NotForYou,
    OutOfOrder,
    StaleRequest,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import USUAL_DAYS, Cohort, Programme, Terms
from mentoring.matching.round import MatchingRound
from mentoring.programmes.cohorts import open_next, plan_deadline_jobs
from mentoring.programmes.matching_settings import (
    RulesForm,
    WeightsForm,
    count,
    follow_lists,
    rule,
    wrong_counting,
    wrong_lists,
    wrong_rules,
)

MOST_CHOICES = 100
MOST_IN_CHOICE = 75
MOST_CLOSED_DAYS = 60
"""To come; of those that are over, a programme keeps as many as fell into `REMEMBERED`."""
REMEMBERED = timedelta(days=90)
"""What a closed day has put off still counts from it for a while: after closing questions come reminders and an end."""


class Part(StrEnum):
    """The short forms of `/mentor setup`."""

    BASICS = "basics"
    CHOICES = "choices"
    RULES = "rules"
    MATCHING = "matching"
    DATES = "dates"
    WORDS = "words"


@dataclass(frozen=True)
class BasicsForm:
    name: str
    purpose: str
    contact: str
    expectations_url: str
    admits: frozenset[AccountStatus]
    ask_first: bool = True


@dataclass(frozen=True)
class ChoicesForm:
    topics: tuple[str, ...]
    departments: tuple[str, ...]
    grades: tuple[str, ...]


@dataclass(frozen=True)
class DatesForm:
    """`working_days` are weekdays, Monday 0; `unread` the lines of the closed days, counted from 1, that say no day."""

    opens_on: date
    apply_by: date
    starts_on: date
    ends_on: date
    country: str
    workday: tuple[time, time]
    working_days: tuple[int, ...] = USUAL_DAYS
    closed_days: tuple[date, ...] = ()
    unread: tuple[int, ...] = ()


Change = BasicsForm | ChoicesForm | DatesForm | Terms | RulesForm | WeightsForm

_PARTS: dict[type, Part] = {
    BasicsForm: Part.BASICS,
    ChoicesForm: Part.CHOICES,
    DatesForm: Part.DATES,
    Terms: Part.WORDS,
    RulesForm: Part.RULES,
    WeightsForm: Part.MATCHING,
}


def change_settings(
    programme: Programme,
    cohort: Cohort,
    form: Change,
    *,
    by: str,
    owners: Sequence[str],
    seen_version: int,
    today: date,
    closed: MatchingRound | None = None,
    new_id: str = "",
) -> Outcome:
    """Keep one part of the set-up. `seen_version` is the programme's version when the form was opened; closed days
    that are long over on `today` are dropped.

    Where the cohort is closed, `closed` is its round, and new dates open the next cohort under `new_id`.

    Saving what holds already changes nothing. Raises NotForYou unless `by` is an owner, ChangedMeanwhile if somebody
    else saved or closed the round in between, Outdated if they did so themselves, Refused with all that is wrong.
    """
    if by not in owners:
        raise NotForYou
    if isinstance(form, DatesForm):
        programme = replace(programme, closed_days=_not_long_over(programme.closed_days, today))
        form = replace(form, closed_days=_not_long_over(form.closed_days, today))
    changed, dated = _apply(programme, cohort, form)
    reasons = tuple(_wrong(form, programme, changed, today))
    holds = not reasons and (changed, dated) == (programme, cohort)
    if holds and not (closed and isinstance(form, DatesForm)):
        return NOTHING
    if seen_version != programme.version:
        raise StaleRequest if programme.changed_by == by else ChangedMeanwhile(programme.changed_by or None)
    if reasons:
        raise InvalidForm(reasons)
    changed = replace(changed, version=programme.version + 1, changed_by=by)
    part = _PARTS[type(form)]
    notices = tuple(
        Notification(
            f"programme-changed:{programme.id}:{changed.version}:{owner}",
            NotificationKind.PROGRAMME_CHANGED,
            owner,
            {"part": part, "by": by},
            is_reply=owner == by,
        )
        for owner in owners
    )
    if closed and isinstance(form, DatesForm):
        opened = open_next(closed, replace(dated, id=new_id, closed_on=None), by=by)
        return Outcome((changed,), notices) + opened
    promises = plan_deadline_jobs(dated, owners) if dated != cohort else ()
    return Outcome((changed, dated, *promises), notices)


def _apply(programme: Programme, cohort: Cohort, form: Change) -> tuple[Programme, Cohort]:
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
                    ask_first=form.ask_first,
                ),
                cohort,
            )
        case ChoicesForm():
            listed = follow_lists(programme, form.departments, form.grades)
            return replace(listed, topics=form.topics), cohort
        case DatesForm():
            dated = replace(
                cohort,
                opens_on=form.opens_on,
                apply_by=form.apply_by,
                starts_on=form.starts_on,
                ends_on=form.ends_on,
            )
            worked = replace(
                programme,
                country=form.country,
                workday=form.workday,
                working_days=tuple(sorted(set(form.working_days))),
                closed_days=form.closed_days,
            )
            return worked, dated
        case Terms():
            return replace(programme, terms=form), cohort
        case RulesForm():
            return rule(programme, form), cohort
        case WeightsForm():
            return count(programme, form), cohort


def _wrong(form: Change, programme: Programme, changed: Programme, today: date) -> list[MentoringError]:
    match form:
        case BasicsForm():
            return _wrong_basics(form)
        case ChoicesForm():
            return [*_wrong_choices(form), *wrong_lists(programme, changed)]
        case DatesForm():
            return _wrong_dates(form, today)
        case Terms():
            return []
        case RulesForm():
            return list(wrong_rules(programme, form))
        case WeightsForm():
            return list(wrong_counting(changed))


def _wrong_basics(form: BasicsForm) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    if not form.name:
        reasons.append(Missing(FieldName.NAME))
    if form.expectations_url and not _is_link(form.expectations_url):
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


def _wrong_dates(form: DatesForm, today: date) -> list[MentoringError]:
    reasons: list[MentoringError] = []
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
    if form.unread:
        reasons.append(NotDays(FieldName.CLOSED_DAYS, form.unread))
    if sum(day >= today for day in form.closed_days) > MOST_CLOSED_DAYS:
        reasons.append(TooLong(FieldName.CLOSED_DAYS, MOST_CLOSED_DAYS))
    return reasons


def _not_long_over(days: Sequence[date], today: date) -> tuple[date, ...]:
    return tuple(sorted({day for day in days if day >= today - REMEMBERED}))


def _is_link(text: str) -> bool:
    """An http or https address that names a host and holds no blank."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))
