"""The states of a partnership and the events in its life: the words of the table in `transitions`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mentoring.core.errors import MentoringError
from mentoring.core.outcome import NotificationKind


class CurrentState(StrEnum):
    """The state of a partnership with its pauses, which are derived. The values of the others are stored."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    CLOSED = "closed"


FINAL = frozenset({CurrentState.ENDED, CurrentState.CLOSED})
"""No event leads out of them."""


class PartnershipEvent(StrEnum):
    """Everything that can happen to a partnership after its introduction."""

    END = "end it"
    CLOSE = "close it"
    PAUSE = "pause it"
    RESUME = "carry on"
    MOVE_END = "move the end by the pause"
    GO_ON_LEAVE = "go on leave"
    END_LEAVE = "come back from leave"
    DEACTIVATE = "deactivate an account"
    REACTIVATE = "reactivate an account"
    REMIND = "remind or ask"
    ANSWER_BASELINE = "answer the survey before"
    ANSWER_CHECK_IN = "answer the check-in"
    ANSWER_SURVEY = "answer the closing survey"
    CHANGE_END = "propose or agree on another end"
    TAKE_BACK_END = "take back a proposed end"
    COMPLETE_EARLY = "complete it early"
    SAY_THANKS = "send the last page of the survey"
    CHANGE_AGREEMENT = "write or sign the agreement"
    PLAN_MEETING = "plan a meeting"
    CHANGE_PLACE = "say where they meet"
    FETCH_FILE = "get the calendar file"
    SAY_IF_MET = "say whether they met"
    LOG_MEETING = "log a meeting"
    CORRECT_MEETING = "correct a log"
    DELETE_MEETING = "delete a log"
    CHANGE_AGENDA = "tick or change the agenda"
    CHANGE_ITEMS = "add, tick or change an action item"
    SHARE_PLAN = "share a plan"
    UNSHARE_PLAN = "stop sharing a plan"
    WRITE_REPORT = "write or finish a progress report"
    SHARE_REPORT = "agree to share a progress report"
    OWNER_ASKS = "remind, offer help or ask, as an owner"
    ANSWER_OWNER = "answer an owner"
    HAND_OVER = "hand it over to an owner"
    OFFER_ANOTHER = "offer another match, as an owner"
    RETURN_TO_POOL = "ask for another match"
    DECLINE_REMATCH = "ask not to be matched again"
    ALLOW_REMATCH = "undo that"


class EventActor(StrEnum):
    """Who makes an event happen."""

    PARTNER = "either of the two"
    MENTEE = "the mentee"
    OWNER = "an owner"
    BOT = "mentor-bot"
    SLACK = "Slack"


class EventAudience(StrEnum):
    """Who is told of an event."""

    BOTH = "both"
    ACTOR = "the person"
    OTHER = "the other"
    OWNERS = "owners"
    READER = "the reader"


NO_EFFECT: tuple[CurrentState, ...] = ()
"""The event may happen in this state and changes nothing."""

NextStates = tuple[CurrentState, ...]
"""The states to which an event can lead."""


@dataclass(frozen=True)
class Transition:
    """What an event does: for each state the states that can follow, NO_EFFECT, or the refusal.

    `by` are those who can make it happen; `changes` says what it changes, and `told` who gets which messages at once.
    """

    by: tuple[EventActor, ...]
    active: NextStates | type[MentoringError]
    paused: NextStates | type[MentoringError]
    ended: NextStates | type[MentoringError]
    closed: NextStates | type[MentoringError]
    changes: str
    told: Mapping[EventAudience, tuple[NotificationKind, ...]] = field(default_factory=dict)

    def of(self, state: CurrentState) -> NextStates | type[MentoringError]:
        """What it does in `state`."""
        cells = {
            CurrentState.ACTIVE: self.active,
            CurrentState.PAUSED: self.paused,
            CurrentState.ENDED: self.ended,
            CurrentState.CLOSED: self.closed,
        }
        return cells[state]
