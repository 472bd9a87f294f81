"""Pausing one partnership, carrying on, and moving its agreed end by the length of a pause (D1.12).

Either of the two can do it, without a reason. While a pause lasts, `pause_of` finds it, and every clock of the
partnership stands still. A person who is away from all of it goes on leave: see `mentoring.people.leave`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from mentoring.core.errors import Missing, NotInTheFuture, StaleRequest, TooFarAhead
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.lengths import add_months
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import present_among
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import latest_date
from mentoring.meetings.planning import MeetingsAhead, call_off_ahead
from mentoring.oversight.asking import act_on
from mentoring.owner_record import OwnerAction
from mentoring.partnerships.end_date import EndContext, change_end
from mentoring.partnerships.errors import EndProposalOver, EndReached, NothingToMove, NotPaused, PausedNow
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.partnership import Partnership, RequestedPause, pause_of
from mentoring.partnerships.transitions import check_transition
from mentoring.pauses.asking import end_job, is_over_limit, question_job, tell_owners

MOST_MONTHS = 24
"""A pause that is longer must have been mistyped."""


@dataclass(frozen=True)
class PauseForm:
    """The day on which the partnership carries on, or that one of the two will say when. `is_open` counts if both are
    there.
    """

    until: date | None = None
    is_open: bool = False


@dataclass(frozen=True)
class PauseContext:
    """What the rules need at `now` (calendar, aware).

    - `people`: the two and the owners, by Slack user id; `owners` are all those of the programme.
    - `ahead`: the planned meetings of the two.
    - `pending`, `agreed`: what moving the end needs, see `EndContext`.
    """

    partnership: Partnership
    programme: Programme
    people: Mapping[str, Person]
    now: datetime
    owners: tuple[str, ...] = ()
    ahead: tuple[MeetingsAhead, ...] = ()
    pending: tuple[ScheduledJob, ...] = ()
    agreed: FollowedTerms | None = None

    @property
    def end(self) -> EndContext:
        return EndContext(self.partnership, self.programme, self.people, self.pending, self.agreed)

    @property
    def present_owners(self) -> tuple[str, ...]:
        """The owners who are told of a long pause."""
        return present_among(self.owners, self.people)

    @property
    def two(self) -> tuple[Person, ...]:
        return tuple(self.people.get(each, Person(each)) for each in self.partnership.people if each)

    def today(self, person: str) -> date:
        return self.people.get(person, Person(person)).today(self.now)


def latest_return(today: date) -> date:
    """The last day until which a pause may last."""
    return add_months(today, MOST_MONTHS)


def can_pause(partnership: Partnership, people: Mapping[str, Person], today: date) -> bool:
    """Whether to offer a pause on `today`: until the agreed end, unless it is paused. `people` are both, by Slack user
    id.
    """
    return partnership.is_active and today < partnership.ends_on and pause_of(partnership, people) is None


def check_can_pause(context: PauseContext, by: str) -> None:
    """Raise unless `by` (a Slack user id) can pause the partnership, or change until when. An owner can only pause it.

    Raises NotForYou, AlreadyEnded, EndReached, PausedNow.
    """
    partnership = context.partnership
    check_transition(PartnershipEvent.PAUSE, partnership, by, owners=context.owners)
    if by not in partnership.people and pause_of(partnership, context.people):
        raise PausedNow
    if partnership.lasting_pause is None and context.today(by) >= partnership.ends_on:
        raise EndReached(partnership.ends_on)


def pause(context: PauseContext, form: PauseForm, *, by: str, seen: int, new_id: str = "") -> Outcome:
    """Pause the partnership, or change until when. Both are told; meetings planned in the pause are cancelled.

    `seen` is the version of the partnership for which the form was made, and `new_id` is for the record, if an owner
    asks, who has to choose a day. The same twice has one effect. Raises Missing, NotInTheFuture, TooFarAhead,
    StaleRequest, and what `check_can_pause` raises.
    """
    check_can_pause(context, by)
    is_owner = by not in context.partnership.people
    is_open = form.is_open and not is_owner
    until = None if is_open else form.until
    today = context.today(by)
    if until is None and not is_open:
        raise Missing(FieldName.BACK_ON)
    if until and until <= max(context.today(each.id) for each in context.two):
        raise NotInTheFuture(FieldName.BACK_ON)
    if until and until > (latest := latest_return(today)):
        raise TooFarAhead(FieldName.BACK_ON, latest)
    before = context.partnership.lasting_pause
    if before and before.until == until:
        return NOTHING
    if seen != context.partnership.version:
        raise StaleRequest
    asked = (
        replace(before, by=by, until=until, confirmed=())
        if before
        else RequestedPause(by, since=context.now, until=until)
    )
    paused = replace(context.partnership, pause=asked, version=context.partnership.version + 1)
    told = (_tell(NotificationKind.PARTNERSHIP_PAUSED, paused, each.id, by) for each in _told_of(context))
    jobs = (end_job(paused, context.two), question_job(paused, context.two, context.programme, context.now))
    outcome = Outcome((paused, *jobs), tuple(told))
    if is_over_limit(asked, context.programme, until or today):
        others = tuple(owner for owner in context.present_owners if owner != by)
        outcome += Outcome(notifications=tell_owners(paused, others)).in_working_hours_from(context.now)
    if is_owner:
        outcome += Outcome((act_on(paused, OwnerAction.PAUSED, by=by, at=context.now, new_id=new_id),))
    back = (context.people.get(by, Person(by)), until) if until else None
    return outcome + call_off_ahead(context.ahead, back=back)


def resume(context: PauseContext, *, by: str) -> Outcome:
    """Let the partnership carry on now. Both are told. Raises NotForYou, AlreadyEnded, and NotPaused if no pause lasts
    for which one of them asked.
    """
    _check_carries_on(context, by)
    if context.partnership.lasting_pause is None:
        raise NotPaused
    return resumed(context, context.today(by), by)


def resumed(context: PauseContext, on: date, by: str = "") -> Outcome:
    """The partnership carries on from that day, said by one of the two (a Slack user id) or by itself.

    A check-in whose day had come before the pause keeps it; another moves with the days that stood still.
    """
    partnership, lasted = context.partnership, context.partnership.lasting_pause
    if lasted is None:
        return NOTHING
    over = replace(lasted, over_on=min(on, lasted.until or on))
    day = partnership.check_in_day
    if partnership.check_in_on <= over.since.date():
        day = partnership.check_in_on
    elif day:
        day += over.length
    carried_on = replace(
        partnership,
        pause=over,
        paused=partnership.paused + over.length,
        check_in_day=day,
        version=partnership.version + 1,
    )
    jobs = (
        _done(JobKind.PAUSE_ENDS, partnership, context.now),
        _done(JobKind.PAUSE_QUESTION, partnership, context.now),
    )
    told = [
        _tell(NotificationKind.PARTNERSHIP_RESUMED, carried_on, each.id, by, over.over_on) for each in _told_of(context)
    ]
    return Outcome((carried_on, *jobs), tuple(told))


def confirm(context: PauseContext, *, by: str, seen: date) -> Outcome:
    """Record that the person wants the partnership to carry on on its day, which they saw as `seen`. It does so in any
    case. Idempotent.

    Raises NotForYou, AlreadyEnded, NotPaused, and StaleRequest if it is another day by now.
    """
    partnership = context.partnership
    _check_carries_on(context, by)
    lasting = partnership.lasting_pause
    if lasting is None or lasting.until is None:
        raise NotPaused
    if lasting.until != seen:
        raise StaleRequest(typed=False)
    if by in lasting.confirmed:
        return NOTHING
    confirmed = replace(lasting, confirmed=(*lasting.confirmed, by))
    return Outcome((replace(partnership, pause=confirmed, version=partnership.version + 1),))


def end_after_pause(partnership: Partnership) -> date | None:
    """The agreed end moved by the length of the last pause; None if there is nothing to move, it was moved, or both
    have completed the partnership early.
    """
    over = partnership.pause
    if (
        not partnership.is_active
        or partnership.completed_on
        or over is None
        or not over.length
        or len(over.moves_end) == 2
    ):
        return None
    return partnership.ends_on + over.length


def want_end_moved(context: PauseContext, *, by: str, seen: date) -> Outcome:
    """Record that the person wants the agreed end moved by the length of the last pause, to the day that they saw as
    `seen`. Once both do, it moves.

    The programme's lengths do not limit it: the two get no more time together than they had agreed. Idempotent. Raises
    NotForYou, AlreadyEnded, PausedNow, NothingToMove, EndReached, and EndProposalOver if it is another day by now.
    """
    partnership = context.partnership
    standing = pause_of(partnership, context.people)
    check_transition(PartnershipEvent.MOVE_END, partnership, by, pause=standing)
    over, ends_on = partnership.pause, end_after_pause(partnership)
    if over and by in over.moves_end:
        return NOTHING
    if over is None or ends_on is None:
        raise NothingToMove
    if ends_on != seen:
        raise EndProposalOver(partnership.ends_on)
    today = latest_date(context.now)
    if today >= min(partnership.survey_on, ends_on):
        raise EndReached(partnership.ends_on)
    wanted = replace(over, moves_end=(*over.moves_end, by))
    asked = replace(partnership, pause=wanted)
    if len(wanted.moves_end) < 2:
        return Outcome((replace(asked, version=asked.version + 1),))
    return change_end(replace(context.end, partnership=asked), ends_on, context.now, by_pause=True)


def _check_carries_on(context: PauseContext, by: str) -> None:
    standing = pause_of(context.partnership, context.people)
    check_transition(PartnershipEvent.RESUME, context.partnership, by, pause=standing)


def _told_of(context: PauseContext) -> tuple[Person, ...]:
    """Those of the two whose account is open."""
    return tuple(each for each in context.two if not each.is_absent)


def _tell(
    kind: NotificationKind, partnership: Partnership, person: str, by: str, over_on: date | None = None
) -> Notification:
    key = f"{kind}:{partnership.id}:{person}:{partnership.version}"
    refs = {"partnership": partnership.id, **({"over": over_on.isoformat()} if over_on else {})}
    return Notification(key, kind, person, refs, is_reply=person == by)


def _done(kind: JobKind, partnership: Partnership, now: datetime) -> JobDone:
    return JobDone(ScheduledJob(f"{kind}:{partnership.id}", kind, now, "", {"partnership": partnership.id}))
