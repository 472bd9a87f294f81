"""Applications; what they say in confidence is in `private`."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from mentoring.application import Application, Role, State, Way
from storage.shelf import Shelf
from storage.tables import ApplicationRow


class Applications(Shelf):
    def get(self, application_id: str) -> Application | None:
        row = self._kept(ApplicationRow, application_id)
        return _application(row) if row else None

    def of(self, person: str, cohort_id: str) -> dict[Role, Application]:
        """What this person sent in the cohort, withdrawn applications included."""
        found = self._all(self._in(cohort_id).where(ApplicationRow.person == person))
        return {application.role: application for application in found}

    def in_cohort(self, cohort_id: str) -> list[Application]:
        """Every application of the cohort, longest waiting first."""
        return self._all(self._in(cohort_id))

    def keep(self, application: Application) -> bool:
        """False where the kept version is not the one before."""
        return self._keep_version(
            ApplicationRow,
            application.id,
            application.version,
            cohort_id=application.cohort_id,
            person=application.person,
            role=application.role,
            state=application.state,
            topics=application.topics,
            months=application.months,
            ways=tuple(application.ways),
            languages=application.languages,
            department=application.department,
            grade=application.grade,
            started_on=application.started_on,
            places=application.places,
            sent_at=application.sent_at,
            sent_on=application.sent_on,
        )

    def _in(self, cohort_id: str) -> Select[ApplicationRow]:
        return select(ApplicationRow).where(
            ApplicationRow.workspace == self._workspace, ApplicationRow.cohort_id == cohort_id
        )

    def _all(self, query: Select[ApplicationRow]) -> list[Application]:
        rows: Sequence[ApplicationRow] = self._session.scalars(
            query.order_by(ApplicationRow.sent_at, ApplicationRow.id)
        ).all()
        return [_application(row) for row in rows]


def _application(row: ApplicationRow) -> Application:
    return Application(
        id=row.id,
        cohort_id=row.cohort_id,
        person=row.person,
        role=Role(row.role),
        state=State(row.state),
        topics=row.topics,
        months=row.months,
        ways=tuple(Way(way) for way in row.ways),
        languages=row.languages,
        department=row.department,
        grade=row.grade,
        started_on=row.started_on,
        places=row.places,
        sent_at=row.sent_at,
        sent_on=row.sent_on,
        version=row.version,
    )
