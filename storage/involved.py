"""Whom it concerns when somebody leaves or comes back, loaded together."""

from mentoring.core.people import Person
from mentoring.people.absences import AbsenceContext
from storage.matching import Matches
from storage.partnerships import Partnerships
from storage.people import Owners, People
from storage.programmes import Cohorts, Programmes
from storage.repository import Repository


class AbsenceContexts(Repository):
    def get(self, told: Person) -> AbsenceContext:
        """The person of whom Slack tells, and all that stands or falls with them.

        Only they, where they neither leave nor come back: that is nearly always so, and nothing follows.
        """
        people, person = People(self._here), told.id
        known = people.get(person)
        if (known.left_at is not None) is told.is_away:
            return AbsenceContext(known)
        owners = Owners(self._here).all()
        programme = Programmes(self._here).current()
        cohort = Cohorts(self._here).current(programme.id) if programme else None
        partnerships = tuple(Partnerships(self._here).of(person))
        matches = tuple(Matches(self._here).standing(person, cohort.id)) if cohort else ()
        concerned = {each for p in partnerships for each in p.people} | {each for m in matches for each in m.people}
        return AbsenceContext(
            person=known,
            programme=programme,
            owners=owners,
            partnerships=partnerships,
            matches=matches,
            people=people.named({*concerned, *owners}),
        )
