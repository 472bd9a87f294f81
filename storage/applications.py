"""Applications. Their private answers are in `storage.private`."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select

from mentoring.applications.application import Application, ApplicationState, MeetingMode, PrivateAnswers, Role
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ApplicationRow, CohortRow, PrivateAnswersRow


class Applications(Repository):
    def get(self, application_id: str) -> Application | None:
        row = self._get(ApplicationRow, application_id)
        return _application(row) if row else None

    def get_many(self, ids: Iterable[str]) -> dict[str, Application]:
        """The applications with these ids, by id, in one query."""
        return {id: _application(row) for id, row in self._get_many(ApplicationRow, ids).items()}

    def of(self, person: str, cohort_id: str) -> dict[Role, Application]:
        """The applications of this person (Slack user id) in the cohort, by role, including withdrawn ones."""
        rows = self._select(ApplicationRow, _OF_PERSON, cohort=cohort_id, person=person)
        return {Role(row.role): _application(row) for row in rows}

    def of_person(self, person: str) -> dict[str, dict[Role, Application]]:
        """All applications of this person (Slack user id), by cohort id and role, including withdrawn ones."""
        found: dict[str, dict[Role, Application]] = {}
        for row in self._select(ApplicationRow, _ALL_OF_PERSON, person=person):
            found.setdefault(row.cohort_id, {})[Role(row.role)] = _application(row)
        return found

    def in_cohort(self, cohort_id: str) -> list[Application]:
        """Every application of the cohort, oldest `sent_at` first."""
        return [_application(row) for row in self._select(ApplicationRow, _IN_COHORT, cohort=cohort_id)]

    def count(self, cohort_id: str) -> int:
        """How many applications the cohort has, including withdrawn ones."""
        return int(self._scalar(_COUNT, cohort=cohort_id))

    def newest_of(self, people: Iterable[str], programme_id: str) -> list[Application]:
        """The newest application of each of these people (Slack user ids) in each role, in any round of the programme,
        including withdrawn ones.
        """
        rows = self._select(ApplicationRow, _OF_PEOPLE, people=list(people), programme=programme_id)
        newest = {(row.person, row.role): row for row in rows}
        return [_application(row) for row in newest.values()]

    def save(self, application: Application) -> bool:
        """Save the application. Returns False if the stored version is not the previous one."""
        return self._save_version(
            ApplicationRow,
            application.id,
            application.version,
            cohort_id=application.cohort_id,
            person=application.person,
            role=application.role,
            state=application.state,
            topics=application.topics,
            months=application.months,
            weeks=application.weeks,
            ways=tuple(application.ways),
            languages=application.languages,
            department=application.department,
            grade=application.grade,
            started_on=application.started_on,
            places=application.places,
            sent_at=application.sent_at,
            sent_on=application.sent_on,
        )


_IN_COHORT = (
    select(ApplicationRow)
    .where(ApplicationRow.workspace == WORKSPACE_PARAM, ApplicationRow.cohort_id == bindparam("cohort"))
    .order_by(ApplicationRow.sent_at, ApplicationRow.id)
)
_COUNT = select(func.count(ApplicationRow.id)).where(
    ApplicationRow.workspace == WORKSPACE_PARAM, ApplicationRow.cohort_id == bindparam("cohort")
)
_ALL_OF_PERSON = (
    select(ApplicationRow)
    .where(ApplicationRow.workspace == WORKSPACE_PARAM, ApplicationRow.person == bindparam("person"))
    .order_by(ApplicationRow.sent_at, ApplicationRow.id)
)
_OF_PEOPLE = (
    select(ApplicationRow)
    .join(CohortRow, (CohortRow.workspace == ApplicationRow.workspace) & (CohortRow.id == ApplicationRow.cohort_id))
    .where(
        ApplicationRow.workspace == WORKSPACE_PARAM,
        ApplicationRow.person.in_(bindparam("people", expanding=True)),
        CohortRow.programme_id == bindparam("programme"),
    )
    .order_by(ApplicationRow.sent_at, ApplicationRow.id)
)
_OF_PERSON = _IN_COHORT.where(ApplicationRow.person == bindparam("person"))


def _application(row: ApplicationRow) -> Application:
    return Application(
        id=row.id,
        cohort_id=row.cohort_id,
        person=row.person,
        role=Role(row.role),
        state=ApplicationState(row.state),
        topics=row.topics,
        months=row.months,
        weeks=row.weeks,
        ways=tuple(MeetingMode(way) for way in row.ways),
        languages=row.languages,
        department=row.department,
        grade=row.grade,
        started_on=row.started_on,
        places=row.places,
        sent_at=row.sent_at,
        sent_on=row.sent_on,
        version=row.version,
    )


def private_answers_from(row: PrivateAnswersRow) -> PrivateAnswers:
    return PrivateAnswers(row.application_id, row.hopes, row.manager, row.wish, row.no_manager, row.hopes_shared)
