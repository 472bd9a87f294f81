"""The agenda of a first meeting: its steps, which either of the two ticks, leaves out or adds (D4.7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mentoring.agenda.errors import FirstMeetingLogged, TooManySteps
from mentoring.core.errors import InvalidForm, Missing, StaleRequest, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition

MOST_IN_STEP = 140
"""Characters of a step that people write."""
MOST_ADDED = 5
MOST_IN_KEY = 64


class AgendaStepId(StrEnum):
    """The steps that the bot proposes, in their order. Stored: renaming a value needs a migration."""

    HELLO = "hello"
    HOPES = "hopes"
    OFFERS = "offers"
    RULES = "rules"
    RHYTHM = "rhythm"
    STRAIGHT = "straight"
    REVIEW = "review"


class AgendaStepState(StrEnum):
    """OPEN; TICKED, because they have talked about it; LEFT_OUT by one of them. Stored, as above."""

    OPEN = "open"
    TICKED = "ticked"
    LEFT_OUT = "left-out"


@dataclass(frozen=True)
class AgendaStep:
    """A step of the agenda of a partnership. `key` is an `AgendaStepId`, or that of a line of the programme's guide
    (`key_of_line`), or the id of one that the two have added. `words` are what the latter two say, and `number` the
    place of one that was added, from 1. Only the two people read it.
    """

    partnership_id: str
    key: str
    state: AgendaStepState = AgendaStepState.OPEN
    words: str = ""
    number: int = 0

    @property
    def is_added(self) -> bool:
        """Whether the two have added it."""
        return self.number > 0


@dataclass(frozen=True)
class Agenda:
    """The agenda of `partnership`. `steps` are those that the bot proposes, then those that were added.

    `has_met` says that a meeting is logged: then it stays as it is.
    """

    partnership: Partnership
    steps: tuple[AgendaStep, ...]
    has_met: bool = False

    @property
    def is_open(self) -> bool:
        return self.partnership.is_active and not self.has_met

    @property
    def is_touched(self) -> bool:
        """Whether one of the two has ticked, left out or added something."""
        return any(step.is_added or step.state is not AgendaStepState.OPEN for step in self.steps)

    @property
    def ticked(self) -> tuple[AgendaStep, ...]:
        return self._in(AgendaStepState.TICKED)

    @property
    def left_out(self) -> tuple[AgendaStep, ...]:
        return self._in(AgendaStepState.LEFT_OUT)

    @property
    def kept(self) -> tuple[AgendaStep, ...]:
        """Those that are not left out."""
        return tuple(step for step in self.steps if step.state is not AgendaStepState.LEFT_OUT)

    def _in(self, state: AgendaStepState) -> tuple[AgendaStep, ...]:
        return tuple(step for step in self.steps if step.state is state)


def key_of_line(line: str) -> str:
    """The key of a step that is a line of a guide: its beginning, so that it stays when the lines change places."""
    return line[:MOST_IN_KEY]


def agenda_of(
    partnership: Partnership, stored: Iterable[AgendaStep], *, has_met: bool, guide: Sequence[str] = ()
) -> Agenda:
    """The agenda of a partnership with what is `stored` of its steps, in any order. `guide` are the lines of the
    programme's own guide, if it has one.
    """
    known = {step.key: step for step in stored}
    own = sorted((step for step in known.values() if step.is_added), key=lambda step: (step.number, step.key))
    proposed = {key_of_line(line): line for line in guide} or dict.fromkeys(AgendaStepId, "")
    steps = [replace(known.get(key, AgendaStep(partnership.id, key)), words=line) for key, line in proposed.items()]
    return Agenda(partnership, (*steps, *own), has_met)


def mark_step(agenda: Agenda, key: str, state: AgendaStepState, *, by: str) -> Outcome:
    """Tick a step, leave it out, or open it again, as either of the two (Slack user ids). Idempotent.

    Raises NotForYou, AlreadyEnded, FirstMeetingLogged, and StaleRequest for a step that there is not.
    """
    _check_open(agenda, by)
    step = next((each for each in agenda.steps if each.key == key), None)
    if step is None:
        raise StaleRequest(typed=False)
    return NOTHING if step.state is state else Outcome((replace(step, state=state),))


def add_step(agenda: Agenda, words: str, *, by: str, key: str) -> Outcome:
    """Add a step, as either of the two. `key` comes from the form, so that sending it twice adds one.

    Raises NotForYou, AlreadyEnded, FirstMeetingLogged, InvalidForm.
    """
    _check_open(agenda, by)
    if any(step.key == key for step in agenda.steps):
        return NOTHING
    added = [step.number for step in agenda.steps if step.is_added]
    if not words:
        raise InvalidForm((Missing(FieldName.STEP),))
    if len(words) > MOST_IN_STEP:
        raise InvalidForm((TooLong(FieldName.STEP, MOST_IN_STEP),))
    if len(added) >= MOST_ADDED:
        raise InvalidForm((TooManySteps(MOST_ADDED),))
    number = max(added, default=0) + 1
    return Outcome((AgendaStep(agenda.partnership.id, key, words=words, number=number),))


def _check_open(agenda: Agenda, by: str) -> None:
    check_transition(PartnershipEvent.CHANGE_AGENDA, agenda.partnership, by)
    if agenda.has_met:
        raise FirstMeetingLogged
