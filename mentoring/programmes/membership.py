"""Where a person stands in each programme of the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mentoring.applications.application import Application, ApplicationState, Role, segment_for
from mentoring.applications.submission import outside
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.partnerships.partnership import Partnership


@dataclass(frozen=True)
class Membership:
    """Where a person stands in one programme, whose current cohort is `cohort`.

    `applications` are theirs in that cohort, withdrawn ones included; `partnerships` are theirs in all rounds of the
    programme, past ones included.
    """

    programme: Programme
    cohort: Cohort
    roles: frozenset[ProgrammeRole] = frozenset()
    """What the person does for the programme."""
    applications: Mapping[Role, Application] = field(default_factory=dict)
    partnerships: tuple[Partnership, ...] = ()
    record: StaffRecord | None = None
    """The person's staff record, if there is one."""

    @property
    def is_owner(self) -> bool:
        return ProgrammeRole.OWNER in self.roles

    @property
    def takes_part(self) -> bool:
        """Whether they have a role in it, or have an open application or a partnership in it."""
        is_applicant = any(sent.state is ApplicationState.OPEN for sent in self.applications.values())
        return bool(self.roles) or is_applicant or bool(self.partnerships)

    def is_open_to(self, role: Role, today: date) -> bool:
        """Whether the person can apply in this role `today` (their date), as far as it is known."""
        sent = self.applications.get(role)
        has_applied = sent is not None and sent.state is ApplicationState.OPEN
        takes_applications = not self.cohort.closed_on and self.cohort.opens_on <= today <= self.cohort.ends_on
        return takes_applications and (has_applied or self.is_inside(role))

    @property
    def is_visible(self) -> bool:
        """Whether the person may learn that the programme exists: it is open to people like them, or they are in it."""
        return self.takes_part or any(self.is_inside(role) for role in Role)

    def is_inside(self, role: Role) -> bool:
        """Whether the person is in the segment of this role, as far as it is known before they fill in a form."""
        segment, known = segment_for(role, self.programme), self.record or StaffRecord("")
        facts = ((segment.departments, known.department), (segment.grades, known.grade))
        if any(allowed and value and value not in allowed for allowed, value in facts):
            return False
        return not any(outside(role, self.programme, self.record))
