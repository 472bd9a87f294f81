"""All settings of a programme and its round at once, as a file states them: checking them, and saving what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import MISSING, asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from mentoring.core.errors import (
    ChangedMeanwhile,
    InvalidForm,
    MentoringError,
    NoLongerOffered,
    TooFewGrades,
)
from mentoring.core.fields import FieldName
from mentoring.core.lengths import add_months
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import check_owner_or_operator
from mentoring.core.programmes import Cohort, Keeping, Programme, Segment, Terms
from mentoring.core.working_hours import next_working_day
from mentoring.matching.round import MatchingRound
from mentoring.programmes.cohorts import first_cohort
from mentoring.programmes.matching_settings import RulesForm, WeightsForm
from mentoring.programmes.partnership_settings import PartnershipsForm, in_order_of_length
from mentoring.programmes.settings import PART_OF_FORM, Part, SettingsForm, form_errors, recent_days, save_settings
from mentoring.programmes.survey_settings import with_surveys_asked


@dataclass(frozen=True)
class ProgrammeSettings:
    """A programme with its current cohort."""

    programme: Programme
    cohort: Cohort

    @property
    def dates(self) -> tuple[date, date, date, date]:
        """The four dates of the round, in order."""
        return self.cohort.opens_on, self.cohort.apply_by, self.cohort.starts_on, self.cohort.ends_on


@dataclass(frozen=True)
class ProgrammeFile:
    """The text of the file that a programme was last imported from, with the comments in it.

    `contact` is the Slack user id of the contact that it names, or "".
    """

    programme_id: str
    text: str
    contact: str


def usual_settings(owners: Sequence[str], today: date) -> ProgrammeSettings:
    """The settings of a new programme, without ids."""
    programme = Programme(id="", name="Mentoring programme", contact=owners[0] if owners else "")
    return ProgrammeSettings(programme, first_cohort(programme, "", today))


def normalise(settings: ProgrammeSettings, today: date) -> ProgrammeSettings:
    """The settings as they are stored: in order, and without long past days."""
    programme = settings.programme

    def in_order(segment: Segment) -> Segment:
        return Segment(
            _in_order(segment.departments, programme.departments), _in_order(segment.grades, programme.grades)
        )

    tidy = replace(
        with_surveys_asked(programme),
        closed_days=recent_days(programme.closed_days, today),
        lengths=in_order_of_length(programme.lengths),
        working_days=tuple(sorted(set(programme.working_days))),
        for_mentees=in_order(programme.for_mentees),
        for_mentors=in_order(programme.for_mentors),
    )
    return replace(settings, programme=tidy)


def settings_errors(before: ProgrammeSettings, after: ProgrammeSettings, today: date) -> tuple[MentoringError, ...]:
    """Every problem of the settings `after`; dates that are as `before` are not checked for being plausible."""
    programme = after.programme
    forms = (form_errors(form, programme, programme, before.cohort, today) for form in _forms(after))
    return (
        *(error for errors in forms for error in errors),
        *_segment_errors(before.programme, programme),
        *_gap_errors(before.programme, programme),
    )


def changed_parts(before: ProgrammeSettings, after: ProgrammeSettings) -> tuple[Part, ...]:
    """The parts of the settings that differ, in the order of `/mentor setup`."""
    pairs = zip(_forms(before), _forms(after), strict=True)
    different = {PART_OF_FORM[type(new)] for old, new in pairs if old != new}
    return tuple(part for part in Part if part in different)


def replace_settings(
    before: ProgrammeSettings,
    after: ProgrammeSettings,
    *,
    by: str,
    owners: Sequence[str],
    present_owners: Sequence[str] | None = None,
    seen_version: int,
    committee: Sequence[str] = (),
    today: date,
    closed: MatchingRound | None = None,
    new_id: str = "",
) -> Outcome:
    """Replace all settings of a programme and notify its owners, as `change_settings` does for one part.

    Without a change the outcome is NOTHING. If the cohort of `before` is closed (then `closed` is its round), other
    dates in `after` open the next one under `new_id`. `seen_version` is the programme's version when `after` was
    compared with it.

    Raises NotForYou unless `by` is an owner or the OPERATOR, ChangedMeanwhile, and InvalidForm with all problems.
    """
    check_owner_or_operator(by, owners)
    before, after = normalise(before, today), normalise(after, today)
    if before == after:
        return NOTHING
    if seen_version != before.programme.version:
        raise ChangedMeanwhile(before.programme.changed_by or None)
    if errors := settings_errors(before, after, today):
        raise InvalidForm(errors)
    return save_settings(
        (before.programme, before.cohort),
        (after.programme, after.cohort),
        changed_parts(before, after),
        by=by,
        owners=owners,
        present_owners=present_owners,
        committee=committee,
        today=today,
        closed=closed if before.dates != after.dates else None,
        new_id=new_id,
    )


def move_dates(cohort: Cohort, programme: Programme, months: int) -> Cohort:
    """The cohort with its dates so many months later; the last day to apply and the start move to working days."""
    starts_on = next_working_day(add_months(cohort.starts_on, months), programme)
    return replace(
        cohort,
        opens_on=add_months(cohort.opens_on, months),
        apply_by=min(next_working_day(add_months(cohort.apply_by, months), programme), starts_on),
        starts_on=starts_on,
        ends_on=add_months(cohort.ends_on, months),
        closed_on=None,
    )


def _forms(settings: ProgrammeSettings) -> Iterator[SettingsForm]:
    """The settings as each form of `/mentor setup` states them. Most forms name their fields as the programme does."""
    programme = settings.programme
    for kind in PART_OF_FORM:
        if kind is Terms:
            yield programme.terms
        elif kind is Keeping:
            yield programme.keeping
        elif kind is WeightsForm:
            yield WeightsForm(asdict(programme.weights))
        elif kind is RulesForm:
            mentees, mentors = programme.for_mentees, programme.for_mentors
            yield RulesForm(
                mentees.departments,
                mentees.grades,
                mentors.departments,
                mentors.grades,
                programme.least_gap,
                programme.shared_hours,
            )
        elif kind is PartnershipsForm:
            yield PartnershipsForm(
                programme.lengths,
                programme.rhythm.first_month,
                programme.rhythm.monthly,
                programme.service_months,
                programme.most_places,
                programme.pause_weeks,
            )
        else:
            yield _same_named(kind, settings)


def _same_named(kind: type, settings: ProgrammeSettings) -> Any:
    """A form whose fields have the names of the programme or of the cohort; others keep their defaults."""
    values: dict[str, Any] = {}
    for each in fields(kind):
        source = next((one for one in (settings.programme, settings.cohort) if hasattr(one, each.name)), None)
        if source is not None:
            values[each.name] = getattr(source, each.name)
        elif each.default is MISSING and each.default_factory is MISSING:
            raise LookupError(f"{kind.__name__}.{each.name} is neither of the programme nor of the cohort")
    return kind(**values)


def _segment_errors(before: Programme, after: Programme) -> Iterator[MentoringError]:
    """A segment names what its list has. It may keep what its list did not have before, either."""
    kept = {field: set(chosen) - set(listed) for field, (chosen, listed) in segment_choices(before).items()}
    for field, (chosen, listed) in segment_choices(after).items():
        if not set(chosen) <= set(listed) | kept[field]:
            yield NoLongerOffered(field)


def segment_choices(programme: Programme) -> dict[FieldName, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What each segment names, and the list that it is chosen from."""
    mentees, mentors = programme.for_mentees, programme.for_mentors
    return {
        FieldName.MENTEE_DEPARTMENTS: (mentees.departments, programme.departments),
        FieldName.MENTEE_GRADES: (mentees.grades, programme.grades),
        FieldName.MENTOR_DEPARTMENTS: (mentors.departments, programme.departments),
        FieldName.MENTOR_GRADES: (mentors.grades, programme.grades),
    }


def _gap_errors(before: Programme, after: Programme) -> Iterator[MentoringError]:
    """There are enough grades for the gap; one that was too wide before, with the same grades, may stay."""
    is_new = (after.grade_gap, after.grades) != (before.grade_gap, before.grades)
    if is_new and after.grade_gap and after.grade_gap >= len(after.grades):
        yield TooFewGrades(FieldName.LEAST_GAP, after.grade_gap)


def _in_order(chosen: tuple[str, ...], listed: Sequence[str]) -> tuple[str, ...]:
    """What the list does not have comes first, as `offered` has it."""
    return (*(each for each in chosen if each not in listed), *(each for each in listed if each in chosen))
