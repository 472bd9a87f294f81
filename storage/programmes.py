"""The programme of a workspace and its cohorts."""

from dataclasses import asdict, fields
from datetime import date

from sqlalchemy import bindparam, select

from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Cohort, Programme, Segment, Term, Terms, Weights
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import CohortRow, ProgrammeRow


class Programmes(Repository):
    def current(self) -> Programme | None:
        """The workspace's programme, or None."""
        rows = self._select(ProgrammeRow, _PROGRAMME)
        return _programme(rows[0]) if rows else None

    def with_cohort(self) -> tuple[Programme, Cohort] | None:
        """The workspace's programme with its current cohort, in one query; None if there is none of either."""
        row = self._execute(_PROGRAMME_WITH_COHORT).first()
        if row is None:
            return None
        return _programme(row), Cohort(**{name: getattr(row, label) for name, label in _COHORT_LABELS.items()})

    def save(self, programme: Programme) -> bool:
        """Save the programme. Returns False if the stored version is not the previous one."""
        terms = programme.terms
        return self._save_version(
            ProgrammeRow,
            programme.id,
            programme.version,
            name=programme.name,
            purpose=programme.purpose,
            topics=programme.topics,
            departments=programme.departments,
            grades=programme.grades,
            contact=programme.contact,
            expectations_url=programme.expectations_url,
            country=programme.country,
            region=programme.region,
            time_zone=programme.time_zone,
            work_starts=programme.workday[0],
            work_ends=programme.workday[1],
            working_days=list(programme.working_days),
            closed_days=tuple(day.isoformat() for day in programme.closed_days),
            least_months=programme.months[0],
            most_months=programme.months[1],
            service_months=programme.service_months,
            admits=tuple(sorted(programme.admits)),
            terms=tuple(
                word for term in (terms.mentor, terms.mentee, terms.partnership) for word in (term.one, term.many)
            ),
            ask_first=programme.ask_first,
            least_gap=programme.least_gap,
            shared_hours=programme.shared_hours,
            mentee_departments=programme.for_mentees.departments,
            mentee_grades=programme.for_mentees.grades,
            mentor_departments=programme.for_mentors.departments,
            mentor_grades=programme.for_mentors.grades,
            weights=asdict(programme.weights),
            changed_by=programme.changed_by,
        )


class Cohorts(Repository):
    def current(self, programme_id: str) -> Cohort | None:
        """The programme's open cohort, or the newest closed one, or None."""
        rows = self._select(CohortRow, _COHORT, programme=programme_id)
        if not rows:
            return None
        row = rows[0]
        return Cohort(row.id, row.programme_id, row.opens_on, row.apply_by, row.starts_on, row.ends_on, row.closed_on)

    def save(self, cohort: Cohort) -> bool:
        self._upsert(
            CohortRow,
            id=cohort.id,
            programme_id=cohort.programme_id,
            opens_on=cohort.opens_on,
            apply_by=cohort.apply_by,
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            closed_on=cohort.closed_on,
        )
        return True


_PROGRAMME = select(ProgrammeRow).where(ProgrammeRow.workspace == WORKSPACE_PARAM).order_by(ProgrammeRow.id).limit(1)
_OPEN_FIRST = CohortRow.closed_on.is_not(None), CohortRow.opens_on.desc(), CohortRow.id
_COHORT = (
    select(CohortRow)
    .where(CohortRow.workspace == WORKSPACE_PARAM, CohortRow.programme_id == bindparam("programme"))
    .order_by(*_OPEN_FIRST)
    .limit(1)
)
_COHORT_LABELS = {field.name: f"cohort_{field.name}" for field in fields(Cohort)}
_PROGRAMME_WITH_COHORT = (
    select(ProgrammeRow.__table__, *(getattr(CohortRow, name).label(label) for name, label in _COHORT_LABELS.items()))
    .join(CohortRow, (CohortRow.workspace == ProgrammeRow.workspace) & (CohortRow.programme_id == ProgrammeRow.id))
    .where(ProgrammeRow.workspace == WORKSPACE_PARAM)
    .order_by(ProgrammeRow.id, *_OPEN_FIRST)
    .limit(1)
)


def _programme(row: ProgrammeRow) -> Programme:
    mentor, mentors, mentee, mentees, partnership, partnerships = row.terms
    return Programme(
        id=row.id,
        name=row.name,
        purpose=row.purpose,
        topics=row.topics,
        departments=row.departments,
        grades=row.grades,
        contact=row.contact,
        expectations_url=row.expectations_url,
        country=row.country,
        region=row.region,
        time_zone=row.time_zone,
        workday=(row.work_starts, row.work_ends),
        working_days=tuple(row.working_days),
        closed_days=tuple(date.fromisoformat(day) for day in row.closed_days),
        months=(row.least_months, row.most_months),
        service_months=row.service_months,
        admits=frozenset(AccountStatus(status) for status in row.admits),
        terms=Terms(Term(mentor, mentors), Term(mentee, mentees), Term(partnership, partnerships)),
        ask_first=row.ask_first,
        least_gap=row.least_gap,
        shared_hours=row.shared_hours,
        for_mentees=Segment(row.mentee_departments, row.mentee_grades),
        for_mentors=Segment(row.mentor_departments, row.mentor_grades),
        weights=Weights(**row.weights),
        version=row.version,
        changed_by=row.changed_by,
    )
