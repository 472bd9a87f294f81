"""The two parts of the set-up that matching goes by: what counts, and who is matched with whom (D2.6, D2.13)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mentoring.applications.application import Role, segment_for
from mentoring.core.errors import MentoringError, NoLongerOffered, OutOfReach, TooFewGrades, WouldBeForAll
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme, Segment


@dataclass(frozen=True)
class WeightsForm:
    """`points` are by the names of `Weights`; what is left out stays as it is."""

    points: Mapping[str, int]


@dataclass(frozen=True)
class RulesForm:
    """Whom the programme is for, and the least gap in grades; what is None stays as it is."""

    mentee_departments: tuple[str, ...] | None = None
    mentee_grades: tuple[str, ...] | None = None
    mentor_departments: tuple[str, ...] | None = None
    mentor_grades: tuple[str, ...] | None = None
    least_gap: int | None = None


def count(programme: Programme, form: WeightsForm) -> Programme:
    return replace(programme, weights=replace(programme.weights, **form.points))


def rule(programme: Programme, form: RulesForm) -> Programme:
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
    )


def offered(listed: Sequence[str], kept: Sequence[str]) -> tuple[str, ...]:
    """What a segment is chosen from: the programme's list, and what it names already."""
    return (*(each for each in kept if each not in listed), *listed)


def follow_lists(programme: Programme, departments: tuple[str, ...], grades: tuple[str, ...]) -> Programme:
    """The programme with these lists; its segments lose what is dropped from them."""

    def followed(segment: Segment) -> Segment:
        return Segment(
            _left(segment.departments, programme.departments, departments),
            _left(segment.grades, programme.grades, grades),
        )

    return replace(
        programme,
        departments=departments,
        grades=grades,
        for_mentees=followed(programme.for_mentees),
        for_mentors=followed(programme.for_mentors),
    )


def wrong_counting(changed: Programme) -> Iterator[MentoringError]:
    most = changed.weights.most(ranked=bool(changed.grades))
    if changed.weights.at_least > most:
        yield OutOfReach(FieldName.AT_LEAST, most)


def wrong_rules(programme: Programme, form: RulesForm) -> Iterator[MentoringError]:
    mentees, mentors = programme.for_mentees, programme.for_mentors
    asked = (
        (FieldName.MENTEE_DEPARTMENTS, form.mentee_departments, programme.departments, mentees.departments),
        (FieldName.MENTEE_GRADES, form.mentee_grades, programme.grades, mentees.grades),
        (FieldName.MENTOR_DEPARTMENTS, form.mentor_departments, programme.departments, mentors.departments),
        (FieldName.MENTOR_GRADES, form.mentor_grades, programme.grades, mentors.grades),
    )
    for name, chosen, listed, kept in asked:
        if not set(chosen or ()) <= set(offered(listed, kept)):
            yield NoLongerOffered(name)
    if form.least_gap and form.least_gap != programme.least_gap and form.least_gap >= len(programme.grades):
        yield TooFewGrades(FieldName.LEAST_GAP, form.least_gap)


def wrong_lists(programme: Programme, changed: Programme) -> Iterator[MentoringError]:
    """What new lists would do to the rules: open the programme to everybody, or leave nobody who could be matched."""
    segments = [(role, segment_for(role, programme), segment_for(role, changed)) for role in Role]
    departments = [role for role, before, after in segments if before.departments and not after.departments]
    grades = [role for role, before, after in segments if before.grades and not after.grades]
    if departments:
        yield WouldBeForAll(FieldName.DEPARTMENTS, tuple(departments))
    if grades:
        yield WouldBeForAll(FieldName.GRADES, tuple(grades))
    fewer = len(changed.grades) < len(programme.grades)
    if fewer and changed.least_gap and changed.least_gap >= len(changed.grades):
        yield TooFewGrades(FieldName.GRADES, changed.least_gap)


def _chosen(chosen: tuple[str, ...] | None, listed: Sequence[str], kept: tuple[str, ...]) -> tuple[str, ...]:
    return kept if chosen is None else tuple(each for each in offered(listed, kept) if each in chosen)


def _left(kept: tuple[str, ...], listed: Sequence[str], now_listed: Sequence[str]) -> tuple[str, ...]:
    dropped = set(listed) - set(now_listed)
    return tuple(each for each in offered(now_listed, kept) if each in kept and each not in dropped)
