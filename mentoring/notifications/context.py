"""What a message needs to be written: loaded afresh when it is delivered, so that what has changed or gone since
shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mentoring.applications.application import Application, Role
from mentoring.core.owners import is_owner
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.matching.round import MatchingRound
from mentoring.meetings import Meeting
from mentoring.notifications.undelivered import UndeliveredNotification
from mentoring.partnerships.partnership import Partnership
from mentoring.status import CohortStatus, PartnershipStatus


@dataclass(frozen=True)
class NotificationContext:
    """`reader` is whom the message goes to and `today` their own day. What a notice does not need stays None or
    empty.
    """

    reader: Person
    today: date
    programme: Programme
    cohort: Cohort
    owners: tuple[str, ...]
    applications: Mapping[Role, Application] = field(default_factory=dict)
    """The reader's own applications in the cohort, withdrawn ones included."""
    application: Application | None = None
    status: CohortStatus | None = None
    match: Match | None = None
    partnership: Partnership | None = None
    meeting: Meeting | None = None
    profiles: Mapping[str, Application] = field(default_factory=dict)
    """By Slack user id, the applications of the two in the match or the partnership."""
    partnerships: PartnershipStatus | None = None
    asked: tuple[Match, ...] = ()
    """The cohort's matches that the reader is part of, whatever has become of them."""
    own: tuple[Partnership, ...] = ()
    """The reader's own partnerships, those that are over included."""
    theirs: tuple[Partnership, ...] = ()
    """The partnerships of the person whom the notice is about, those that are over included."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """By Slack user id, the people of `match`, `partnership` and `theirs`; of `own` too where the notice is help."""
    round: MatchingRound | None = None
    solving: ProposalRun | None = None
    """How far proposing is, and what came of it last."""
    undelivered: tuple[UndeliveredNotification, ...] = ()
    """What a report tells the owners of."""
    met_on: tuple[date, ...] = ()
    """The days of the partnership's meetings, where the notice is a reminder to meet."""

    @property
    def is_owner(self) -> bool:
        return is_owner(self.reader.id, self.owners)
