"""Which applications the committee of a programme reads: those that the matching is about, and those of active
partnerships. Their authors are told when there is a committee.
"""

from collections.abc import Iterable, Iterator

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.programmes import Cohort
from mentoring.partnerships.partnership import Partnership


def committee_reads(application: Application, cohort: Cohort, partnerships: Iterable[Partnership]) -> bool:
    """Whether the committee may read it. `cohort` is the programme's current one; `partnerships` are the author's."""
    if application.state is ApplicationState.WITHDRAWN:
        return False
    return application.cohort_id == cohort.id or any(
        each.is_active and application.id in (each.mentee_application, each.mentor_application) for each in partnerships
    )


def read_by_committee(applications: Iterable[Application], partnerships: Iterable[Partnership]) -> Iterator[str]:
    """The people (Slack user ids) whose applications it reads: of the current cohort's `applications`, and in the
    programme's `partnerships`.
    """
    yield from (each.person for each in applications if each.state is not ApplicationState.WITHDRAWN)
    yield from (person for each in partnerships if each.is_active for person in each.people if person)
