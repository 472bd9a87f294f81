"""What a message needs to be written: loaded afresh when it is delivered, so that what has changed or gone since
shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mentoring.application import Application, Role
from mentoring.person import Person
from mentoring.programme import Cohort, Programme
from mentoring.status import CohortStatus


@dataclass(frozen=True)
class Scene:
    """`reader` is whom the message goes to and `today` their own day. What a notice does not need stays None or empty."""

    reader: Person
    today: date
    programme: Programme
    cohort: Cohort
    owners: tuple[str, ...]
    applications: Mapping[Role, Application] = field(default_factory=dict)
    """The reader's own applications in the cohort, withdrawn ones included."""
    application: Application | None = None
    status: CohortStatus | None = None

    @property
    def is_owner(self) -> bool:
        return self.reader.id in self.owners
