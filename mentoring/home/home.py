"""What is on a person's Home: where they stand in each programme, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mentoring.core.people import Person
from mentoring.feedback.groups import AnswerBar
from mentoring.home.needs import Need
from mentoring.home.own_partnership import OwnPartnership
from mentoring.matching.match import Match
from mentoring.oversight.digest import DigestRhythm
from mentoring.programmes.membership import Membership
from mentoring.sessions.session import SeenSession


@dataclass(frozen=True)
class HomeProgramme:
    """One programme at Home.

    `matches` are the person's in the current cohort, in any state. `partnerships` are all of theirs in the programme.
    `needs` is what needs them as an owner or a member of the committee, most urgent first. `facilitators` are those
    whose account is open (Slack user ids).
    """

    membership: Membership
    matches: tuple[Match, ...] = ()
    partnerships: tuple[OwnPartnership, ...] = ()
    needs: tuple[Need, ...] = ()
    facilitators: tuple[str, ...] = ()
    sessions: tuple[SeenSession, ...] = ()
    """Those ahead that are for this person, in order of time."""
    themes: tuple[AnswerBar, ...] = ()
    """For a mentor: what people of the programme would like to learn, the most frequent first."""


@dataclass(frozen=True)
class Home:
    """The Home of `reader`, for whom it is `today`: the `programmes` that they can see, by name.

    `people` (by Slack user id) are the people of their partnerships.
    """

    reader: Person
    today: date
    programmes: tuple[HomeProgramme, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    is_administrator: bool = False
    digest: DigestRhythm | None = None
    """How often they hear of what needs them; None if they own no programme."""
    invitations: bool | None = None
    """Whether they want invitations to apply; None if no programme sends any and they have not said."""
