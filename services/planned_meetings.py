"""Loads what the rules of planned meetings decide from, and cancels what a partnership that is over had planned."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from mentoring.applications.application import MeetingMode
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Person
from mentoring.meetings.finding_times import USUAL_LENGTH, ProposedTime, Span, TimeSearch, find_times
from mentoring.meetings.log import Meeting
from mentoring.meetings.planned import TOOK_PLACE, MeetingPlan, PlannedMeeting, PlannedState, last_proposer
from mentoring.meetings.planning import MeetingsAhead, call_off_all
from mentoring.meetings.regular_meetings import until_the_end
from mentoring.partnerships.end_date import EndMoved
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.partnerships.scheduling import WhoSchedules, scheduler_of
from storage import Transaction


def load_plan(
    tx: Transaction, partnership: Partnership, now: datetime, *, planned: PlannedMeeting | None = None
) -> MeetingPlan:
    """What a rule decides from about `planned`, or else about the meeting of the two that lies ahead, if any."""
    people = tx.people.get_many(partnership.people)
    mentee, mentor = (people.get(each) or Person(each) for each in partnership.people)
    programme, _ = tx.programme_of(partnership.cohort_id)
    current = planned or meeting_ahead(tx, partnership, now)
    followed = tx.agreements.followed(partnership.id)
    regular = tx.regular_times.open_of(partnership.id)
    return MeetingPlan(
        partnership,
        (mentee, mentor),
        programme,
        now,
        current,
        tuple(_busy(tx, partnership, now, current)),
        pause_of(partnership, people),
        scheduler(tx, partnership, followed),
        followed.minutes if followed else USUAL_LENGTH,
        regular,
        tx.planned_meetings.of_regular(regular) if regular else (),
    )


def load_ahead(tx: Transaction, partnerships: Iterable[Partnership], now: datetime) -> tuple[MeetingsAhead, ...]:
    """What the active ones of these partnerships have planned and lies ahead at `now` (calendar, aware)."""
    active = {each.id: each for each in partnerships if each.is_active}
    ahead: dict[str, list[PlannedMeeting]] = {}
    for planned in tx.planned_meetings.open_of(active):
        if planned.is_ahead(now):
            ahead.setdefault(planned.partnership_id, []).append(planned)
    return tuple(MeetingsAhead(load_plan(tx, active[id], now), tuple(found)) for id, found in ahead.items())


def scheduler(tx: Transaction, partnership: Partnership, followed: FollowedTerms | None) -> str:
    """Who finds the time for the next meeting of the two (a Slack user id), by the agreement in force."""
    if followed is None:
        return partnership.mentee
    by_turns = followed.schedules is WhoSchedules.BY_TURNS
    last_by = last_proposer(tx.planned_meetings.of([partnership.id])) if by_turns else ""
    return scheduler_of(partnership, followed.schedules, last_by)


def meeting_ahead(tx: Transaction, partnership: Partnership, now: datetime) -> PlannedMeeting | None:
    """The meeting of these two that lies ahead and is offered or booked; the next one if there are several."""
    found = [each for each in tx.planned_meetings.open_of([partnership.id]) if each.is_ahead(now)]
    return min(found, key=lambda each: (each.starts_at or max(each.options), each.id), default=None)


def propose_times(
    tx: Transaction, plan: MeetingPlan, minutes: int = USUAL_LENGTH, *, without: Iterable[datetime] = ()
) -> tuple[ProposedTime, ...]:
    """Up to three times for the two, the stretches in the order mentee, mentor; none `without` of these starts."""
    partnership = plan.partnership
    taken = [*plan.busy, *((start, start + timedelta(minutes=minutes)) for start in without)]
    if plan.current and plan.current.span:
        taken.append(plan.current.span)  # a meeting that is moved needs another time
    met = [each.span for each in tx.planned_meetings.of([partnership.id]) if each.state in TOOK_PLACE and each.span]
    search = TimeSearch(
        plan.people,
        plan.programme,
        plan.now,
        minutes,
        busy=tuple(taken),
        met=tuple(met),
        last_day=partnership.ends_on,
    )
    return find_times(search)


def with_meetings_called_off(tx: Transaction, outcome: Outcome, now: datetime) -> Outcome:
    """`outcome`, and the cancellation of what lies ahead for each partnership that it ends, or of what lies after the
    agreed end that it moves. A regular time follows.
    """
    more = NOTHING
    moved = {change.partnership_id for change in outcome.changes if isinstance(change, EndMoved)}
    for change in outcome.changes:
        if isinstance(change, Partnership) and (not change.is_active or change.id in moved):
            plan = load_plan(tx, change, now)
            open_ones = tx.planned_meetings.open_of([change.id])
            more += call_off_all(plan, [each for each in open_ones if not change.is_active or _is_after(plan, each)])
            more += until_the_end(plan)
    return outcome + more


def _is_after(plan: MeetingPlan, planned: PlannedMeeting) -> bool:
    """Whether the agreed time of the meeting is after the agreed end."""
    return planned.starts_at is not None and plan.people[0].today(planned.starts_at) > plan.partnership.ends_on


def _busy(tx: Transaction, partnership: Partnership, now: datetime, current: PlannedMeeting | None) -> Iterable[Span]:
    """When either of the two has another meeting that is booked."""
    theirs = {
        each.id for person in partnership.people if person for each in tx.partnerships.of(person) if each.is_active
    }
    for planned in tx.planned_meetings.open_of(sorted(theirs)):
        is_other = current is None or planned.id != current.id
        if is_other and planned.is_booked and planned.span and planned.span[1] > now:
            yield planned.span


def other_times(
    tx: Transaction, planned: PlannedMeeting | None, partnership: Partnership | None, reader: str, now: datetime
) -> tuple[ProposedTime, ...]:
    """Further times that suit both, for a reader (Slack user id) who has the next word about those that are offered."""
    if planned is None or partnership is None or not partnership.is_active or not planned.awaits(reader):
        return ()
    plan = load_plan(tx, partnership, now, planned=planned)
    return propose_times(tx, plan, planned.minutes_of_options, without=planned.options)


def planned_until(tx: Transaction, partnership: Partnership, now: datetime) -> datetime | None:
    """When the next agreed meeting of the two is over, or the last one about which nobody has said yet whether it took
    place; None if there is neither. `now` is the calendar, aware.
    """
    return planned_until_of(tx, [partnership.id], now).get(partnership.id)


def planned_until_of(tx: Transaction, partnerships: Iterable[str], now: datetime) -> dict[str, datetime]:
    """The same for several partnerships, by their id; those that have neither are left out."""
    ends: dict[str, list[datetime]] = {}
    for each in tx.planned_meetings.of(partnerships):
        if each.span and each.state in (PlannedState.BOOKED, PlannedState.PAST):
            ends.setdefault(each.partnership_id, []).append(each.span[1])
    return {id: min((end for end in found if end > now), default=max(found)) for id, found in ends.items()}


def planned_of(tx: Transaction, partnership: Partnership, meeting: Meeting) -> PlannedMeeting | None:
    """The planned meeting that this log is about: it logged itself, or it took place on a day with just this log."""
    if own := tx.planned_meetings.get(meeting.id):
        return own
    logged = tx.meetings.of([partnership.id])
    if any(each.met_on == meeting.met_on and each.id != meeting.id for each in logged):
        return None
    logged_itself, mentee = {each.id for each in logged}, tx.people.get(partnership.mentee)
    for planned in tx.planned_meetings.of([partnership.id]):
        took_place = planned.state is PlannedState.HELD and planned.id not in logged_itself
        if took_place and planned.starts_at and mentee.today(planned.starts_at) == meeting.met_on:
            return planned
    return None


def usual_way(tx: Transaction, plan: MeetingPlan) -> tuple[MeetingMode, bool]:
    """How the two are likely to have met, and whether a meeting of that day was logged by hand.

    It is the way of their last meeting, or else the first that both wished for.
    """
    partnership, planned = plan.partnership, plan.current
    logged = tx.meetings.of([partnership.id])
    day = plan.people[0].today(planned.starts_at) if planned and planned.starts_at else None
    by_hand = any(each.met_on == day and planned and each.id != planned.id for each in logged)
    if logged:
        return logged[0].way, by_hand
    sent = tx.applications.get_many((partnership.mentee_application, partnership.mentor_application)).values()
    shared = [way for way in MeetingMode if sent and all(way in each.ways for each in sent)]
    return next(iter(shared), MeetingMode.OTHER), by_hand
