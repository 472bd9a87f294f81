"""Planning a meeting: one person offers times, the other takes one, and either can move or cancel it; and saying
afterwards whether it took place (D1.13, D1.16).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mentoring.applications.application import MeetingMode
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Person
from mentoring.meetings.errors import (
    AlreadyBusy,
    NotOffered,
    NotOverYet,
    SameTime,
    TimePassed,
    TooFarToPlan,
)
from mentoring.meetings.files import calendar_files, own_file, regular_files
from mentoring.meetings.log import Meeting, MeetingDeleted, MeetingNotes
from mentoring.meetings.planned import (
    MeetingAnswer,
    MeetingPlan,
    PlannedMeeting,
    PlannedState,
    next_steps,
    tell,
)
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import check_partner
from mentoring.partnerships.transitions import check_transition

LEAST_AHEAD = timedelta(minutes=15)
"""How long before its start a time can be offered or taken at the latest."""
MOST_AHEAD = timedelta(days=180)
MOST_OPTIONS = 3


def offer(plan: MeetingPlan, starts: Sequence[datetime], minutes: int, *, by: str, new_id: str) -> Outcome:
    """Offer these starts to the other person, in place of any that are offered. The other one is told.

    A meeting that is booked stands until the other takes one of them. The same twice has one effect. Raises NotForYou,
    AlreadyEnded, PausedNow, TimePassed, TooFarToPlan, AlreadyBusy, SameTime.
    """
    _check_open(plan, by)
    options = tuple(sorted({start.astimezone(UTC) for start in starts}))[:MOST_OPTIONS]
    if not options:
        raise TimePassed
    for start in options:
        _check_time(plan, start, minutes)
    current = plan.current
    if current and (current.options, current.minutes_of_options, current.offered_by) == (options, minutes, by):
        return NOTHING
    if current and current.is_booked and current.starts_at and minutes == current.minutes:
        options = tuple(start for start in options if start != current.starts_at)
        if not options:
            raise SameTime(current.starts_at)
    if current and current.awaits(by) and len(options) == 1 and options[0] in current.options:
        return take(plan, options[0], by=by)  # it is what the other has offered
    if current is None:
        offered = PlannedMeeting(
            new_id, plan.partnership.id, PlannedState.OFFERED, minutes, options, by, proposed_by=by
        )
    else:
        length = {"offered_minutes": minutes if minutes != current.minutes else 0}
        offered = current.changed(
            options=options, offered_by=by, **(length if current.is_booked else {"minutes": minutes})
        )
    return Outcome((offered, *next_steps(plan, offered))) + tell(plan, offered, plan.partnership.other(by))


def take(plan: MeetingPlan, start: datetime, *, by: str) -> Outcome:
    """Agree on one of the times that the other person has offered: both get a calendar file. Idempotent.

    Raises NotForYou, AlreadyEnded, PausedNow, NotOffered, TimePassed, TooFarToPlan, AlreadyBusy.
    """
    planned = plan.current
    check_partner(plan.partnership, by)
    if planned and planned.is_booked and planned.starts_at == start and not planned.options:
        return NOTHING
    _check_open(plan, by)
    if planned is None or not planned.awaits(by) or start not in planned.options:
        raise _not_offered(plan, by)
    _check_time(plan, start, planned.minutes_of_options)
    is_moved = planned.starts_at is not None
    booked = planned.without_offer(
        state=PlannedState.BOOKED,
        starts_at=start,
        minutes=planned.minutes_of_options,
        sequence=planned.sequence + 1 if is_moved else planned.sequence,
    )
    steps = next_steps(plan, booked, is_agreed=True)
    return Outcome((booked, *steps)) + calendar_files(booked, plan.partnership.people, by=by)


def call_off(plan: MeetingPlan, *, by: str) -> Outcome:
    """Cancel a meeting, or decline or withdraw the times that are offered for one. The other person is told.

    Idempotent. Raises NotForYou, NotOffered.
    """
    planned = plan.current
    check_partner(plan.partnership, by)
    if planned and planned.state is PlannedState.CANCELLED:
        return NOTHING
    if planned is None or not planned.is_ahead(plan.now):
        raise _not_offered(plan, by)
    cancelled = planned.cancelled(by)
    outcome = Outcome((cancelled, *next_steps(plan, cancelled)))
    if planned.is_booked:
        return outcome + calendar_files(cancelled, plan.partnership.people, by=by)
    return outcome + tell(plan, cancelled, plan.partnership.other(by))


def keep(plan: MeetingPlan, *, by: str) -> Outcome:
    """Keep the time on which both had agreed, instead of those that are offered for moving it. The other one is told.

    Idempotent. Raises NotForYou, NotOffered.
    """
    planned = plan.current
    check_partner(plan.partnership, by)
    if planned is None or not planned.is_booked or planned.starts_at is None or plan.now >= planned.starts_at:
        raise _not_offered(plan, by)
    if not planned.options:
        return NOTHING
    kept = planned.without_offer()
    return Outcome((kept, *next_steps(plan, kept))) + tell(plan, kept, plan.partnership.other(by))


def file_again(plan: MeetingPlan, *, by: str) -> Outcome:
    """The calendar file of a meeting that lies ahead, for the one of the two who asks for it, as a reply: once until
    the meeting changes. Raises NotForYou, AlreadyEnded, NotOffered.
    """
    planned = plan.current
    check_transition(PartnershipEvent.FETCH_FILE, plan.partnership, by)
    if planned is None or not planned.is_booked or not planned.is_ahead(plan.now):
        raise NotOffered
    return own_file(planned, plan, by=by)


@dataclass(frozen=True)
class MeetingsAhead:
    """The planned meetings of two people that lie ahead."""

    plan: MeetingPlan
    meetings: tuple[PlannedMeeting, ...]


def call_off_ahead(ahead: Iterable[MeetingsAhead], *, back: tuple[Person, date] | None = None) -> Outcome:
    """As `call_off_all`, for several partnerships."""
    outcome = NOTHING
    for each in ahead:
        outcome += call_off_all(each.plan, each.meetings, back=back)
    return outcome


def call_off_all(
    plan: MeetingPlan, planned: Iterable[PlannedMeeting], *, back: tuple[Person, date] | None = None
) -> Outcome:
    """Cancel what lies ahead, because the partnership is over or paused; with `back`, only what begins before that
    person is back on that day. Both get a calendar file for a meeting that was booked, and one for all meetings of a
    regular time; nobody is told of offers.
    """
    outcome = NOTHING
    until = datetime.combine(back[1], time(0), back[0].zone) if back else None
    for each in planned:
        if not each.is_ahead(plan.now):
            continue
        if each.is_booked and each.starts_at and (until is None or each.starts_at < until):
            cancelled = each.cancelled("")
            outcome += Outcome((cancelled, *next_steps(plan, cancelled)))
            if each.regular_id:
                outcome += regular_files(each.regular_id, plan, by="")
            else:
                outcome += calendar_files(cancelled, plan.partnership.people, by="")
        elif each.options:
            left = each.without_offer() if each.is_booked else each.cancelled("")
            outcome += Outcome((left, *next_steps(plan, left)))
    return outcome


def answer(plan: MeetingPlan, said: MeetingAnswer, way: MeetingMode, *, by: str, is_logged: bool = False) -> Outcome:
    """Say whether the meeting took place. The first answer logs it, or not; the message of the other shows that.

    If the other says something else, the first one is asked about it once, and what they say then holds. `is_logged`: a
    meeting of that day was logged without this one. The same twice has one effect. Raises NotForYou, AlreadyEnded,
    NotOffered, NotOverYet.
    """
    planned = plan.current
    check_transition(PartnershipEvent.SAY_IF_MET, plan.partnership, by)
    if planned is None or planned.starts_at is None:
        raise NotOffered
    if not planned.is_over(plan.now):
        raise NotOverYet(planned.starts_at) if planned.is_booked else NotOffered
    is_mentee = by == plan.partnership.mentee
    mine, other = planned.mentee_answer, planned.mentor_answer
    if not is_mentee:
        mine, other = other, mine
    if planned.is_disputed:
        # Who answered first is asked, and has the last word.
        is_asked = mine is not other and (mine is MeetingAnswer.MET) is (planned.state is PlannedState.HELD)
        return _settled(plan, planned, said, said, said, way, by, is_logged) if is_asked else NOTHING
    if mine is said:
        return NOTHING
    answers = (said, other) if is_mentee else (other, said)
    if other is None or other is said:
        return _settled(plan, planned, said, answers[0], answers[1], way, by, is_logged)
    disputed = planned.changed(is_disputed=True, mentee_answer=answers[0], mentor_answer=answers[1])
    return Outcome((disputed,)) + tell(plan, disputed, plan.partnership.other(by))


def _settled(
    plan: MeetingPlan,
    planned: PlannedMeeting,
    said: MeetingAnswer,
    mentee: MeetingAnswer | None,
    mentor: MeetingAnswer | None,
    way: MeetingMode,
    by: str,
    is_logged: bool,
) -> Outcome:
    state = PlannedState.HELD if said is MeetingAnswer.MET else PlannedState.MISSED
    settled = planned.changed(state=state, mentee_answer=mentee, mentor_answer=mentor)
    log = () if is_logged else _logged(plan, planned, settled, way, by)
    return Outcome((settled, *log, *next_steps(plan, settled)))


def _logged(
    plan: MeetingPlan, before: PlannedMeeting, settled: PlannedMeeting, way: MeetingMode, by: str
) -> tuple[object, ...]:
    """The log of a meeting that took place, under its own id; or its deletion if it was logged and did not."""
    if settled.state is PlannedState.HELD and before.state is not PlannedState.HELD and settled.starts_at:
        met_on = plan.person(by).today(settled.starts_at)
        meeting = Meeting(settled.id, plan.partnership.id, met_on, settled.minutes, way, (), by)
        return meeting, MeetingNotes(settled.id)
    if settled.state is PlannedState.MISSED and before.state is PlannedState.HELD:
        return (MeetingDeleted(settled.id, settled.partnership_id),)
    return ()


def _check_open(plan: MeetingPlan, by: str) -> None:
    check_transition(PartnershipEvent.PLAN_MEETING, plan.partnership, by, pause=plan.pause)


def _check_time(plan: MeetingPlan, start: datetime, minutes: int) -> None:
    end = start + timedelta(minutes=minutes)
    if start < plan.now + LEAST_AHEAD:
        raise TimePassed
    if start > plan.now + MOST_AHEAD or plan.people[0].today(start) > plan.partnership.ends_on:
        raise TooFarToPlan
    if any(begins < end and start < ends for begins, ends in plan.busy):
        raise AlreadyBusy


def _not_offered(plan: MeetingPlan, by: str) -> NotOffered:
    planned = plan.current
    if planned is None or not planned.is_ahead(plan.now):
        return NotOffered()
    waits = bool(planned.options) and planned.offered_by == by
    return NotOffered(planned.starts_at if planned.is_booked else None, waits)
