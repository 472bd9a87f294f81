"""The two parts of the settings that control matching: weights, and rules on who is matched (D2.6, D2.13)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mentoring.applications.application import Role, segment_for
from mentoring.core.errors import MentoringError, NoLongerOffered, OutOfReach, TooFewGrades, WouldBeForAll
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme, Segment


@dataclass(frozen=True)
class WeightsForm:
    """New weights: `points` by the field names of `Weights`. Fields that are left out do not change."""

    points: Mapping[str, int]


@dataclass(frozen=True)
class RulesForm:
    """New segments, a new least gap in grades, and the rule on shared hours. Fields that are None do not change."""

    mentee_departments: tuple[str, ...] | None = None
    mentee_grades: tuple[str, ...] | None = None
    mentor_departments: tuple[str, ...] | None = None
    mentor_grades: tuple[str, ...] | None = None
    least_gap: int | None = None
    shared_hours: bool | None = None


def apply_weights(programme: Programme, form: WeightsForm) -> Programme:
    """The programme with the weights of the form."""
    return replace(programme, weights=replace(programme.weights, **form.points))


def apply_rules(programme: Programme, form: RulesForm) -> Programme:
    """The programme with the segments and the least gap of the form."""
    mentees, mentors = programme.for_mentees, programme.for_mentors
    return replace(
        programme,
        for_mentees=Segment(
            _chosen(form.mentee_departments, programme.departments, mentees.departments),
            _chosen(form.mentee_grades, programme.grades, mentees.grades),
        ),
        for_mentors=Segment(
            _chosen(form.mentor_departments, programme.departments, mentors.departments),
            _chosen(form.mentor_grades, programme.grades, mentors.grades),
        ),
        least_gap=programme.least_gap if form.least_gap is None else form.least_gap,
        shared_hours=programme.shared_hours if form.shared_hours is None else form.shared_hours,
    )


def offered(listed: Sequence[str], selected: Sequence[str]) -> tuple[str, ...]:
    """The options for a segment: the programme's list, preceded by selected entries that are no longer listed."""
    return (*(each for each in selected if each not in listed), *listed)


def follow_lists(programme: Programme, departments: tuple[str, ...], grades: tuple[str, ...]) -> Programme:
    """The programme with new lists. Entries that are dropped from a list are dropped from the segments too."""

    def follow(segment: Segment) -> Segment:
        return Segment(
            _without_dropped(segment.departments, programme.departments, departments),
            _without_dropped(segment.grades, programme.grades, grades),
        )

    return replace(
        programme,
        departments=departments,
        grades=grades,
        for_mentees=follow(programme.for_mentees),
        for_mentors=follow(programme.for_mentors),
    )


def weights_errors(changed: Programme) -> Iterator[MentoringError]:
    """Yield the problems of the new weights."""
    most = changed.weights.most(ranked=bool(changed.grades))
    if changed.weights.at_least > most:
        yield OutOfReach(FieldName.AT_LEAST, most)


def rules_errors(programme: Programme, form: RulesForm) -> Iterator[MentoringError]:
    """Yield the problems of the form; an unchanged gap is not checked."""
    mentees, mentors = programme.for_mentees, programme.for_mentors
    fields = (
        (FieldName.MENTEE_DEPARTMENTS, form.mentee_departments, programme.departments, mentees.departments),
        (FieldName.MENTEE_GRADES, form.mentee_grades, programme.grades, mentees.grades),
        (FieldName.MENTOR_DEPARTMENTS, form.mentor_departments, programme.departments, mentors.departments),
        (FieldName.MENTOR_GRADES, form.mentor_grades, programme.grades, mentors.grades),
    )
    for name, chosen, listed, selected in fields:
        if not set(chosen or ()) <= set(offered(listed, selected)):
            yield NoLongerOffered(name)
    if form.least_gap and form.least_gap != programme.least_gap and form.least_gap >= len(programme.grades):
        yield TooFewGrades(FieldName.LEAST_GAP, form.least_gap)


def lists_errors(programme: Programme, changed: Programme) -> Iterator[MentoringError]:
    """Yield how new lists would break the rules: open a segment to everybody, or have too few grades for the gap."""
    segments = [(role, segment_for(role, programme), segment_for(role, changed)) for role in Role]
    departments = [role for role, before, after in segments if before.departments and not after.departments]
    grades = [role for role, before, after in segments if before.grades and not after.grades]
    if departments:
        yield WouldBeForAll(FieldName.DEPARTMENTS, tuple(departments))
    if grades:
        yield WouldBeForAll(FieldName.GRADES, tuple(grades))
    fewer = len(changed.grades) < len(programme.grades)
    if fewer and changed.grade_gap and changed.grade_gap >= len(changed.grades):
        yield TooFewGrades(FieldName.GRADES, changed.grade_gap)


def _chosen(chosen: tuple[str, ...] | None, listed: Sequence[str], selected: tuple[str, ...]) -> tuple[str, ...]:
    return selected if chosen is None else tuple(each for each in offered(listed, selected) if each in chosen)


def _without_dropped(selected: tuple[str, ...], listed: Sequence[str], new_list: Sequence[str]) -> tuple[str, ...]:
    dropped = set(listed) - set(new_list)
    return tuple(each for each in offered(new_list, selected) if each in selected and each not in dropped)
