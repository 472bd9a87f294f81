"""The programmes of a workspace and their cohorts."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import Exists, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from mentoring.core.lengths import read_length
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import (
    Cohort,
    InvitationMoment,
    Keeping,
    Programme,
    ProgrammeType,
    Rhythm,
    Segment,
    Term,
    Terms,
    Weights,
)
from mentoring.core.roles import ProgrammeRole
from mentoring.programmes.whole_settings import ProgrammeFile
from storage.repository import WORKSPACE_PARAM, Repository, TransactionContext
from storage.tables import CohortRow, ProgrammeFileRow, ProgrammeRow, RoleRow
from storage.workspaces import Digests


class Programmes(Repository):
    def __init__(self, context: TransactionContext) -> None:
        super().__init__(context)
        self._count: int | None = None

    def with_cohort(self, programme_id: str) -> tuple[Programme, Cohort] | None:
        """The programme with its current cohort, in one query; None if there is none of either."""
        return self._one(_WITH_COHORT, programme=programme_id)

    def of_cohort(self, cohort_id: str) -> tuple[Programme, Cohort] | None:
        """The programme to which the cohort belongs, with its current cohort, in one query; None if there is none."""
        return self._one(_OF_COHORT, cohort=cohort_id)

    def first(self) -> tuple[Programme, Cohort] | None:
        """The programme with the lowest id and its current cohort, in one query; None if there is no programme."""
        return self._one(_FIRST)

    def all(self) -> list[tuple[Programme, Cohort]]:
        """Every programme with its current cohort, by name, in one query."""
        found: dict[str, tuple[Programme, Cohort]] = {}
        for row in self._execute(_ALL):
            if row.id not in found:
                found[row.id] = _programme_and_cohort(row)
        return sorted(found.values(), key=lambda each: (each[0].name.casefold(), each[0].id))

    def id_of_form(self, view_id: str) -> str:
        """The id of the programme that the form `view_id` (Slack's id) starts, so that sending it twice starts one."""
        return Digests(self._context).id_of_form("programme", view_id)

    def count(self) -> int:
        """How many programmes there are."""
        if self._count is None:
            self._count = int(self._scalar(_COUNT))
        return self._count

    def _one(self, query: Any, **values: str) -> tuple[Programme, Cohort] | None:
        """The programme that `query` finds. Their number, which is often asked next, is read with it."""
        row = self._execute(query, **values).first()
        if row is None:
            return None
        self._count = row.programmes
        return _programme_and_cohort(row)

    def save(self, programme: Programme) -> bool:
        """Save the programme. Returns False if the stored version is not the previous one."""
        terms, self._count = programme.terms, None
        return self._save_version(
            ProgrammeRow,
            programme.id,
            programme.version,
            name=programme.name,
            type=programme.type,
            purpose=programme.purpose,
            objectives=programme.objectives,
            is_pilot=programme.is_pilot,
            definition=programme.definition,
            mentee_responsibilities=programme.mentee_responsibilities,
            mentor_responsibilities=programme.mentor_responsibilities,
            referrals=programme.referrals,
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
            lengths=tuple(length.code for length in programme.lengths),
            first_month_meetings=programme.rhythm.first_month,
            monthly_meetings=programme.rhythm.monthly,
            service_months=programme.service_months,
            most_places=programme.most_places,
            pause_weeks=programme.pause_weeks,
            approvals=programme.approvals,
            admits=tuple(sorted(programme.admits)),
            terms=tuple(
                word for term in (terms.mentor, terms.mentee, terms.partnership) for word in (term.one, term.many)
            ),
            ask_first=programme.ask_first,
            introduces_at_start=programme.introduces_at_start,
            least_gap=programme.least_gap,
            shared_hours=programme.shared_hours,
            mentee_departments=programme.for_mentees.departments,
            mentee_grades=programme.for_mentees.grades,
            mentor_departments=programme.for_mentors.departments,
            mentor_grades=programme.for_mentors.grades,
            weights=asdict(programme.weights),
            has_plans=programme.has_plans,
            has_agreements=programme.has_agreements,
            has_reports=programme.has_reports,
            first_guide=programme.first_guide,
            meeting_guide=programme.meeting_guide,
            last_guide=programme.last_guide,
            invites_at=tuple(sorted(programme.invites_at)),
            invite_weeks=programme.invite_weeks,
            invites_mentees=programme.invites_mentees,
            invites_mentors=programme.invites_mentors,
            keep_notes=programme.keeping.notes,
            keep_answers=programme.keeping.answers,
            keep_applications=programme.keeping.applications,
            keep_log=programme.keeping.log,
            survey_shelf=programme.survey_shelf,
            survey_statements=programme.survey_statements,
            asked_statements=programme.asked_statements,
            changed_by=programme.changed_by,
        )


class Cohorts(Repository):
    def programme_of(self, cohort_id: str) -> str | None:
        """The id of the programme to which the cohort belongs; None if there is no such cohort."""
        row = self._get(CohortRow, cohort_id)
        return row.programme_id if row else None

    def get(self, cohort_id: str) -> Cohort | None:
        row = self._get(CohortRow, cohort_id)
        return _cohort_from(row) if row else None

    def of_programme(self, programme_id: str) -> frozenset[str]:
        """The ids of all cohorts of the programme."""
        return frozenset(self._execute(_COHORTS, programme=programme_id).scalars())

    def first_day(self, programme_id: str) -> date | None:
        """The first day of the programme's first round."""
        return min((cohort.opens_on for cohort in self.in_programme(programme_id)), default=None)

    def in_programme(self, programme_id: str) -> list[Cohort]:
        """All cohorts of the programme, the oldest first."""
        return [_cohort_from(row) for row in self._select(CohortRow, _IN_PROGRAMME, programme=programme_id)]

    def current(self, programme_id: str) -> Cohort | None:
        """The programme's open cohort, or the newest closed one, or None."""
        rows = self._select(CohortRow, _COHORT, programme=programme_id)
        if not rows:
            return None
        return _cohort_from(rows[0])

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


def _cohort_from(row: CohortRow) -> Cohort:
    return Cohort(row.id, row.programme_id, row.opens_on, row.apply_by, row.starts_on, row.ends_on, row.closed_on)


class ProgrammeFiles(Repository):
    """The files that programmes were imported from."""

    def get(self, programme_id: str) -> ProgrammeFile | None:
        """The file that the programme was last imported from, or None."""
        row = self._get(ProgrammeFileRow, programme_id)
        return ProgrammeFile(row.programme_id, row.text, row.contact) if row else None

    def save(self, file: ProgrammeFile) -> bool:
        self._upsert(ProgrammeFileRow, programme_id=file.programme_id, text=file.text, contact=file.contact)
        return True


_AnyCohort = aliased(CohortRow)
_AnyProgramme = aliased(ProgrammeRow)
_COUNT = select(func.count()).select_from(_AnyProgramme).where(_AnyProgramme.workspace == WORKSPACE_PARAM)
_COHORTS = select(CohortRow.id).where(
    CohortRow.workspace == WORKSPACE_PARAM, CohortRow.programme_id == bindparam("programme")
)
_IN_PROGRAMME = (
    select(CohortRow)
    .where(CohortRow.workspace == WORKSPACE_PARAM, CohortRow.programme_id == bindparam("programme"))
    .order_by(CohortRow.opens_on, CohortRow.id)
)
_OPEN_FIRST = CohortRow.closed_on.is_not(None), CohortRow.opens_on.desc(), CohortRow.id
_COHORT = (
    select(CohortRow)
    .where(CohortRow.workspace == WORKSPACE_PARAM, CohortRow.programme_id == bindparam("programme"))
    .order_by(*_OPEN_FIRST)
    .limit(1)
)
_COHORT_LABELS = {field.name: f"cohort_{field.name}" for field in fields(Cohort)}


def _is_held(role: ProgrammeRole) -> Exists:
    """Whether somebody has the role in the programme."""
    return exists().where(
        RoleRow.workspace == ProgrammeRow.workspace, RoleRow.programme_id == ProgrammeRow.id, RoleRow.role == role
    )


_ALL = (
    select(
        ProgrammeRow.__table__,
        _is_held(ProgrammeRole.COMMITTEE).label("has_committee"),
        _is_held(ProgrammeRole.FACILITATOR).label("has_facilitators"),
        _COUNT.scalar_subquery().label("programmes"),
        *(getattr(CohortRow, name).label(label) for name, label in _COHORT_LABELS.items()),
    )
    .join(CohortRow, (CohortRow.workspace == ProgrammeRow.workspace) & (CohortRow.programme_id == ProgrammeRow.id))
    .where(ProgrammeRow.workspace == WORKSPACE_PARAM)
    .order_by(ProgrammeRow.id, *_OPEN_FIRST)
)
_FIRST = _ALL.limit(1)
_WITH_COHORT = _ALL.where(ProgrammeRow.id == bindparam("programme")).limit(1)
_ITS_PROGRAMME = select(_AnyCohort.programme_id).where(
    _AnyCohort.workspace == WORKSPACE_PARAM, _AnyCohort.id == bindparam("cohort")
)
_OF_COHORT = _ALL.where(ProgrammeRow.id == _ITS_PROGRAMME.scalar_subquery()).limit(1)


def _programme_and_cohort(row: Any) -> tuple[Programme, Cohort]:
    return _programme(row), Cohort(**{name: getattr(row, label) for name, label in _COHORT_LABELS.items()})


def _programme(row: Any) -> Programme:
    mentor, mentors, mentee, mentees, partnership, partnerships = row.terms
    return Programme(
        id=row.id,
        name=row.name,
        type=ProgrammeType(row.type),
        purpose=row.purpose,
        objectives=row.objectives,
        is_pilot=row.is_pilot,
        definition=row.definition,
        mentee_responsibilities=row.mentee_responsibilities,
        mentor_responsibilities=row.mentor_responsibilities,
        referrals=row.referrals,
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
        lengths=tuple(map(read_length, row.lengths)),
        rhythm=Rhythm(row.first_month_meetings, row.monthly_meetings),
        service_months=row.service_months,
        most_places=row.most_places,
        pause_weeks=row.pause_weeks,
        approvals=row.approvals,
        admits=frozenset(AccountStatus(status) for status in row.admits),
        terms=Terms(Term(mentor, mentors), Term(mentee, mentees), Term(partnership, partnerships)),
        ask_first=row.ask_first,
        introduces_at_start=row.introduces_at_start,
        least_gap=row.least_gap,
        shared_hours=row.shared_hours,
        for_mentees=Segment(row.mentee_departments, row.mentee_grades),
        for_mentors=Segment(row.mentor_departments, row.mentor_grades),
        weights=Weights(**row.weights),
        has_plans=row.has_plans,
        has_agreements=row.has_agreements,
        has_reports=row.has_reports,
        first_guide=row.first_guide,
        meeting_guide=row.meeting_guide,
        last_guide=row.last_guide,
        invites_at=frozenset(InvitationMoment(moment) for moment in row.invites_at),
        invite_weeks=row.invite_weeks,
        invites_mentees=row.invites_mentees,
        invites_mentors=row.invites_mentors,
        keeping=Keeping(row.keep_notes, row.keep_answers, row.keep_applications, row.keep_log),
        survey_shelf=row.survey_shelf,
        survey_statements=row.survey_statements,
        asked_statements=row.asked_statements,
        version=row.version,
        changed_by=row.changed_by,
        has_committee=bool(row.has_committee),
        has_facilitators=bool(row.has_facilitators),
    )
