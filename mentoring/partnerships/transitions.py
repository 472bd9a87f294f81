"""The states of a partnership, what can happen in each, who may do it, what it changes, and who is told what.

The rules ask `check_transition`. docs/partnerships.md has the table and a diagram of it. What depends on more than the
state of the partnership, such as whether a meeting is booked, is left to the rules.
"""

from collections.abc import Iterator, Mapping, Sequence

from mentoring.core.errors import MentoringError, NotForYou
from mentoring.core.outcome import NotificationKind
from mentoring.core.owners import check_owner
from mentoring.partnerships.errors import AlreadyEnded, NotPaused, PartnershipPaused, PausedNow, StillRunning
from mentoring.partnerships.events import (
    NO_EFFECT,
    CurrentState,
    EventActor,
    EventAudience,
    NextStates,
    PartnershipEvent,
    Transition,
)
from mentoring.partnerships.judgement import NOTIFICATIONS
from mentoring.partnerships.partnership import Partnership, Pause, check_partner

_ACTIVE, _PAUSED, _ENDED, _CLOSED = ((state,) for state in CurrentState)
_TO_ACTIVE_OR_PAUSED = (CurrentState.ACTIVE, CurrentState.PAUSED)
_TWO, _OWNER, _BOT = EventActor.PARTNER, EventActor.OWNER, EventActor.BOT


def _told(
    *to_other: NotificationKind, **kinds: NotificationKind
) -> Mapping[EventAudience, tuple[NotificationKind, ...]]:
    """Who is told what: one kind for each audience, by its name, or several kinds for the other of the two."""
    found = {EventAudience[audience.upper()]: (kind,) for audience, kind in kinds.items()}
    return {**found, EventAudience.OTHER: to_other} if to_other else found


def _told_both(*kinds: NotificationKind) -> Mapping[EventAudience, tuple[NotificationKind, ...]]:
    return {EventAudience.BOTH: kinds}


def _until_it_is_over(
    changes: str,
    told: Mapping[EventAudience, tuple[NotificationKind, ...]] | None = None,
    *,
    by: EventActor = _TWO,
    paused: NextStates | type[MentoringError] = _PAUSED,
) -> Transition:
    """It leaves the state as it is, and is refused once the partnership is over."""
    return Transition((by,), _ACTIVE, paused, AlreadyEnded, AlreadyEnded, changes, told or {})


def _at_any_time(
    changes: str,
    told: Mapping[EventAudience, tuple[NotificationKind, ...]] | None = None,
    *,
    by: EventActor = _TWO,
) -> Transition:
    return Transition((by,), _ACTIVE, _PAUSED, _ENDED, _CLOSED, changes, told or {})


def _afterwards(
    changes: str,
    told: Mapping[EventAudience, tuple[NotificationKind, ...]] | None = None,
    *,
    by: EventActor = _TWO,
) -> Transition:
    return Transition((by,), StillRunning, StillRunning, _ENDED, _CLOSED, changes, told or {})


TRANSITIONS: Mapping[PartnershipEvent, Transition] = {
    PartnershipEvent.END: Transition(
        (_TWO, _OWNER),
        _ENDED,
        _ENDED,
        AlreadyEnded,
        AlreadyEnded,
        "Reminders and questions stop, and planned meetings are cancelled. The check-in offers it, too, and an erasure "
        "does it.",
        _told(both=NotificationKind.PARTNERSHIP_ENDED),
    ),
    PartnershipEvent.CLOSE: Transition(
        (_BOT,),
        _CLOSED,
        _CLOSED,
        NO_EFFECT,
        NO_EFFECT,
        "By itself three weeks after the agreed end, or later. Also while a person is away, but not during a pause "
        "for which one of the two asked. Planned meetings are cancelled.",
        _told(both=NotificationKind.PARTNERSHIP_CLOSED),
    ),
    PartnershipEvent.PAUSE: Transition(
        (_TWO, _OWNER),
        _PAUSED,
        _PAUSED,
        AlreadyEnded,
        AlreadyEnded,
        "It stands still until a day, or until one of the two says so. Or the day is changed. Meetings planned before "
        "that day are cancelled. An owner can pause it until a day, if it is not paused.",
        _told(both=NotificationKind.PARTNERSHIP_PAUSED, owners=NotificationKind.LONG_PAUSE),
    ),
    PartnershipEvent.RESUME: Transition(
        (_TWO, _BOT),
        NotPaused,
        _TO_ACTIVE_OR_PAUSED,
        AlreadyEnded,
        AlreadyEnded,
        "It carries on, unless one of the two is away. Reminders count from that day. By itself on the day of return.",
        _told(both=NotificationKind.PARTNERSHIP_RESUMED),
    ),
    PartnershipEvent.MOVE_END: _until_it_is_over(
        "One of the two wants the agreed end moved by the length of the last pause. Once both do, it moves.",
        paused=PausedNow,
    ),
    PartnershipEvent.GO_ON_LEAVE: Transition(
        (_TWO, _OWNER),
        _PAUSED,
        _PAUSED,
        NO_EFFECT,
        NO_EFFECT,
        "All active partnerships of the person are paused. Meetings planned before the return are cancelled.",
        _told(actor=NotificationKind.ON_LEAVE, other=NotificationKind.PARTNER_ON_LEAVE),
    ),
    PartnershipEvent.END_LEAVE: Transition(
        (_TWO, _OWNER, _BOT),
        NO_EFFECT,
        _TO_ACTIVE_OR_PAUSED,
        NO_EFFECT,
        NO_EFFECT,
        "It goes on, unless the other is away. What was held follows on the next working day.",
        _told(actor=NotificationKind.LEAVE_OVER, other=NotificationKind.PARTNER_BACK),
    ),
    PartnershipEvent.DEACTIVATE: Transition(
        (EventActor.SLACK,),
        _PAUSED,
        _PAUSED,
        NO_EFFECT,
        NO_EFFECT,
        "All active partnerships of the person are paused. All planned meetings are cancelled.",
        _told(other=NotificationKind.PARTNER_LEFT, owners=NotificationKind.OWNERS_PERSON_LEFT),
    ),
    PartnershipEvent.REACTIVATE: Transition(
        (EventActor.SLACK,),
        NO_EFFECT,
        _TO_ACTIVE_OR_PAUSED,
        NO_EFFECT,
        NO_EFFECT,
        "It goes on, unless one of the two is still away.",
        _told(
            actor=NotificationKind.WELCOME_BACK,
            other=NotificationKind.PARTNER_BACK,
            owners=NotificationKind.OWNERS_PERSON_BACK,
        ),
    ),
    PartnershipEvent.REMIND: Transition(
        (_BOT,),
        _ACTIVE,
        NO_EFFECT,
        NO_EFFECT,
        NO_EFFECT,
        "Reminders and questions, on their days. During a pause they wait. Once the partnership is over they are "
        "dropped.",
        {EventAudience.ACTOR: tuple(NOTIFICATIONS.values())},
    ),
    PartnershipEvent.ANSWER_BASELINE: _until_it_is_over(
        "The answers are saved, and can be corrected until they are counted. No one is told. It closes after three "
        "weeks, and is not offered any more once a meeting is logged."
    ),
    PartnershipEvent.ANSWER_CHECK_IN: Transition(
        (_TWO,),
        (CurrentState.ACTIVE, CurrentState.ENDED),
        (CurrentState.PAUSED, CurrentState.ENDED),
        AlreadyEnded,
        AlreadyEnded,
        "The answer is saved. It ends the partnership if the person chooses that. Owners are told if the person would "
        "like to talk, or may be contacted.",
        _told(
            actor=NotificationKind.CHECK_IN_THANKS,
            owners=NotificationKind.WORD_WANTED,
            both=NotificationKind.PARTNERSHIP_ENDED,
        ),
    ),
    PartnershipEvent.ANSWER_SURVEY: Transition(
        (_TWO,),
        (CurrentState.ACTIVE, CurrentState.CLOSED),
        (CurrentState.PAUSED, CurrentState.CLOSED),
        _ENDED,
        AlreadyEnded,
        "The answer is saved. The second one closes the partnership. If no meeting is logged, they are asked why "
        "instead. After an early end, answering is optional, for three weeks.",
        _told(actor=NotificationKind.SURVEY_THANKS, both=NotificationKind.PARTNERSHIP_CLOSED),
    ),
    PartnershipEvent.CHANGE_END: _until_it_is_over(
        "One proposes, and the other agrees or declines. Once both agree, the end moves, and all that follows from it.",
        _told(NotificationKind.END_PROPOSED, NotificationKind.END_ANSWERED),
        paused=PausedNow,
    ),
    PartnershipEvent.TAKE_BACK_END: _until_it_is_over("The message to the other says so. The end stays as it is."),
    PartnershipEvent.COMPLETE_EARLY: _until_it_is_over(
        "One proposes, and the other agrees or declines. Once both agree, that day is the agreed end: the closing "
        "survey and the thanks follow, and no more reminders.",
        _told(NotificationKind.END_PROPOSED, NotificationKind.END_ANSWERED),
        paused=PausedNow,
    ),
    PartnershipEvent.SAY_THANKS: Transition(
        (_TWO,),
        _ACTIVE,
        _PAUSED,
        _ENDED,
        _CLOSED,
        "A thank-you goes to the other. A mentor who goes on can be matched again once it is over. Owners see that "
        "both may be named. Only after the survey, or once it is closed, and only if a meeting is logged.",
        _told(other=NotificationKind.THANK_YOU),
    ),
    PartnershipEvent.CHANGE_AGREEMENT: _until_it_is_over(
        "A new version, or a signature. Once both have signed, the agreed end and the reminders move with it.",
        _told(actor=NotificationKind.AGREEMENT_SAVED, other=NotificationKind.AGREEMENT_WRITTEN),
        paused=PartnershipPaused,
    ),
    PartnershipEvent.PLAN_MEETING: _until_it_is_over(
        "Times are offered, or a regular time, or one is taken. Reminders to meet wait for the meeting.",
        _told(other=NotificationKind.PLANNED_MEETING, both=NotificationKind.CALENDAR_FILE),
        paused=PausedNow,
    ),
    PartnershipEvent.CHANGE_PLACE: _until_it_is_over(
        "The place of the planned meeting, and of those after it.", _told(actor=NotificationKind.CALENDAR_FILE)
    ),
    PartnershipEvent.FETCH_FILE: _until_it_is_over("Nothing.", _told(actor=NotificationKind.CALENDAR_FILE)),
    PartnershipEvent.SAY_IF_MET: _until_it_is_over(
        "The planned meeting is logged, or not.", _told(other=NotificationKind.PLANNED_MEETING)
    ),
    PartnershipEvent.LOG_MEETING: _until_it_is_over(
        "The next reminder to meet counts from it.",
        _told(actor=NotificationKind.MEETING_SAVED, other=NotificationKind.MEETING_LOGGED),
    ),
    PartnershipEvent.CORRECT_MEETING: _at_any_time(
        "The log, by its author. Action items are added only until the partnership is over.",
        _told(actor=NotificationKind.MEETING_SAVED),
    ),
    PartnershipEvent.DELETE_MEETING: _at_any_time(
        "The log and its notes are gone. Reminders count without it.",
        _told(other=NotificationKind.MEETING_DELETED),
    ),
    PartnershipEvent.CHANGE_AGENDA: _until_it_is_over("The agenda, until the first meeting is logged."),
    PartnershipEvent.CHANGE_ITEMS: _until_it_is_over("The action item."),
    PartnershipEvent.SHARE_PLAN: _until_it_is_over(
        "The mentor can read the plan.",
        _told(other=NotificationKind.PLAN_SHARED),
        by=EventActor.MENTEE,
    ),
    PartnershipEvent.UNSHARE_PLAN: _at_any_time("The mentor can no longer read the plan.", by=EventActor.MENTEE),
    PartnershipEvent.WRITE_REPORT: _until_it_is_over(
        "The report. Once both have finished it, it stays as it is.",
        _told(other=NotificationKind.REPORT_WAITS),
    ),
    PartnershipEvent.SHARE_REPORT: _until_it_is_over(
        "Once both have agreed, the reader gets the page.",
        _told(other=NotificationKind.REPORT_WAITS, reader=NotificationKind.REPORT_SHARED),
    ),
    PartnershipEvent.OWNER_ASKS: _until_it_is_over(
        "Both get one message, which names the owner: a reminder to meet, an offer of help, or a question how it "
        "stands. Each of the three at most every ten days. No reminder if they have met lately or will meet.",
        _told_both(NotificationKind.OWNER_NUDGE, NotificationKind.HELP_OFFERED, NotificationKind.STANDING_ASKED),
        by=_OWNER,
        paused=PausedNow,
    ),
    PartnershipEvent.ANSWER_OWNER: _until_it_is_over(
        "The answer to the owners’ newest question.", _told(owners=NotificationKind.STANDING_ANSWERED)
    ),
    PartnershipEvent.HAND_OVER: _until_it_is_over(
        "The owner who looks after it.",
        _told(owners=NotificationKind.HANDED_OVER, both=NotificationKind.OWNER_NAMED),
        by=_OWNER,
    ),
    PartnershipEvent.OFFER_ANOTHER: _afterwards(
        "Those who are not available for matching again are asked whether they would like to be, in the name of the "
        "owner. At most every ten days.",
        _told_both(NotificationKind.ANOTHER_OFFERED),
        by=_OWNER,
    ),
    PartnershipEvent.RETURN_TO_POOL: _afterwards(
        "The person’s place is free, and they can be matched again.",
        _told(actor=NotificationKind.BACK_IN_POOL),
    ),
    PartnershipEvent.DECLINE_REMATCH: _afterwards("The two are not matched again. Only the matching knows it."),
    PartnershipEvent.ALLOW_REMATCH: _afterwards("The person’s wish no longer counts."),
}


def current_state(partnership: Partnership, pause: Pause | None) -> CurrentState:
    """The state of `partnership`, which has this `pause` (`pause_of`), or None."""
    return CurrentState.PAUSED if pause else CurrentState(partnership.state)


def check_transition(
    event: PartnershipEvent,
    partnership: Partnership,
    by: str,
    *,
    owners: Sequence[str] = (),
    pause: Pause | None = None,
) -> None:
    """Raise unless `by` (a Slack user id) may do this, and the state of the partnership allows it.

    A rule that a pause does not change need not pass it. Raises NotForYou, and the refusals of the table.
    """
    transition = TRANSITIONS[event]
    if EventActor.MENTEE in transition.by and by != partnership.mentee:
        raise NotForYou
    if EventActor.OWNER in transition.by and by not in partnership.people:
        check_owner(by, owners)
    elif EventActor.PARTNER in transition.by:
        check_partner(partnership, by)
    found = transition.of(current_state(partnership, pause))
    if isinstance(found, type):
        raise PartnershipPaused(pause.until if pause else None) if found is PartnershipPaused else found()


def moves() -> Iterator[tuple[CurrentState, PartnershipEvent, CurrentState]]:
    """Every change of the state: from which state, by which event, to which one."""
    for event, transition in TRANSITIONS.items():
        for state in CurrentState:
            found = transition.of(state)
            if not isinstance(found, type):
                yield from ((state, event, to) for to in found if to is not state)
