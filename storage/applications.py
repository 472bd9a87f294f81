"""Applications, and what they say in confidence."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mentoring.application import Application, Confidence, Role, State, Way
from mentoring.error import NotForYou
from storage.tables import ApplicationRow, ConfidenceRow


class Applications:
    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def get(self, application_id: str) -> Application | None:
        row = self._session.get(ApplicationRow, (self._workspace, application_id))
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
        row = self._session.get(ApplicationRow, (self._workspace, application.id))
        if (row.version if row else 0) != application.version - 1:
            return False
        self._session.merge(
            ApplicationRow(
                workspace=self._workspace,
                id=application.id,
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
                version=application.version,
            )
        )
        self._session.flush()
        return True

    def _in(self, cohort_id: str) -> Select[ApplicationRow]:
        return select(ApplicationRow).where(
            ApplicationRow.workspace == self._workspace, ApplicationRow.cohort_id == cohort_id
        )

    def _all(self, query: Select[ApplicationRow]) -> list[Application]:
        rows: Sequence[ApplicationRow] = self._session.scalars(
            query.order_by(ApplicationRow.sent_at, ApplicationRow.id)
        ).all()
        return [_application(row) for row in rows]


class Private:
    """What was said in confidence, as one reader may see it; without a reader it can only be kept."""

    def __init__(self, session: Session, workspace: str, reader: str = "", *, is_owner: bool = False) -> None:
        self._session = session
        self._workspace = workspace
        self._reader = reader
        self._is_owner = is_owner

    def for_reader(self, reader: str, *, is_owner: bool) -> "Private":
        return Private(self._session, self._workspace, reader, is_owner=is_owner)

    def confidence(self, application: Application) -> Confidence | None:
        """What `application` says in confidence. Raises NotForYou unless its author or an owner reads."""
        if not (self._is_owner or application.person == self._reader):
            raise NotForYou
        row = self._session.get(ConfidenceRow, (self._workspace, application.id))
        return Confidence(row.application_id, row.hopes, row.manager, row.wish) if row else None

    def keep(self, confidence: Confidence) -> bool:
        self._session.merge(
            ConfidenceRow(
                workspace=self._workspace,
                application_id=confidence.application_id,
                hopes=confidence.hopes,
                manager=confidence.manager,
                wish=confidence.wish,
            )
        )
        self._session.flush()
        return True


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
