"""Changing the agreed end together: one of the two proposes, and the other agrees or declines (D1.12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from mentoring.core.errors import Missing, NotForYou
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.working_hours import latest_date
from mentoring.partnerships.end_date import EndContext, change_end, complete_early, end_not_allowed
from mentoring.partnerships.errors import EndProposalOver, EndReached, SameEnd
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import EndArrived, Partnership, pause_of
from mentoring.partnerships.transitions import check_transition


class EndProposalState(StrEnum):
    """OPEN until the other person answers, or the person who made it takes it back or proposes another day."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class EndProposal:
    """The newest proposal about the end of a partnership.

    `number` counts the proposals, from 1; `by` is who made it (a Slack user id). `ends_on` is the proposed day, None to
    complete the partnership as soon as the other agrees; `before` is the agreed end when it was made.
    """

    partnership_id: str
    number: int
    by: str
    ends_on: date | None
    before: date
    state: EndProposalState = EndProposalState.OPEN
    version: int = 1


@dataclass(frozen=True)
class EndKept:
    """A person (Slack user id) would like the partnership to end on its agreed end, which was then `ends_on`.

    `is_both`: the other person has said so, too, so that both can read it.
    """

    partnership_id: str
    person: str
    ends_on: date
    is_both: bool = False


@dataclass(frozen=True)
class EndPlan:
    """What the two have said about the end: the newest proposal, and by person the end that they would like to keep."""

    proposal: EndProposal | None = None
    kept: Mapping[str, date] = field(default_factory=dict)

    def open_proposal(self, partnership: Partnership, today: date) -> EndProposal | None:
        """The proposal that waits for an answer on `today`.

        None once the end has come or was moved by something else, or the proposed day is not ahead.
        """
        one = self.proposal
        if one is None or one.state is not EndProposalState.OPEN or not partnership.is_active:
            return None
        is_ahead = today < partnership.ends_on and (one.ends_on is None or one.ends_on > today)
        return one if is_ahead and one.before == partnership.ends_on else None

    def keeps(self, person: str, partnership: Partnership) -> bool:
        """Whether this person would like to keep the agreed end as it is now."""
        return self.kept.get(person) == partnership.ends_on


class EndChoice(StrEnum):
    """What a person proposes: another day, or to complete the partnership early."""

    DAY = "day"
    NOW = "now"


@dataclass(frozen=True)
class EndForm:
    """The input of the form. `chosen` is the field in which `day` was chosen."""

    choice: EndChoice | None = None
    day: date | None = None
    chosen: FieldName = FieldName.END_DAY


def check_can_change(
    context: EndContext, by: str, now: datetime, event: PartnershipEvent = PartnershipEvent.CHANGE_END
) -> None:
    """Raise unless `by` (a Slack user id) can change the end at `now` (calendar, aware).

    Raises NotForYou, AlreadyEnded, PausedNow, EndReached.
    """
    partnership = context.partnership
    check_transition(event, partnership, by, pause=pause_of(partnership, context.people))
    if latest_date(now) >= partnership.ends_on:
        raise EndReached(partnership.ends_on)


def propose(context: EndContext, plan: EndPlan, form: EndForm, *, by: str, now: datetime) -> Outcome:
    """Propose another end to the other person, in place of a proposal that is open. Idempotent.

    Proposing what the other has proposed is agreeing to it. `now` is the calendar (aware). Raises Missing, SameEnd,
    EndNotAllowed, and what `check_can_change` raises.
    """
    check_can_change(context, by, now, _event(form.choice is EndChoice.NOW))
    day = _proposed_day(context, form, now)
    partnership = context.partnership
    waits = plan.open_proposal(partnership, latest_date(now))
    if waits and waits.ends_on == day:
        return NOTHING if waits.by == by else agree(context, plan, waits.number, by=by, now=now)
    last = plan.proposal
    if last:
        proposal = replace(
            last,
            number=last.number + 1,
            by=by,
            ends_on=day,
            before=partnership.ends_on,
            state=EndProposalState.OPEN,
            version=last.version + 1,
        )
    else:
        proposal = EndProposal(partnership.id, 1, by, day, partnership.ends_on)
    told = _told(NotificationKind.END_PROPOSED, proposal, partnership.other(by))
    return Outcome((proposal, _day_job(proposal, context)), (told,))


def _day_job(proposal: EndProposal, context: EndContext) -> ScheduledJob:
    """Due when the proposal can no longer be answered: the proposed day, or the agreed end, has begun for both."""
    day = min(proposal.ends_on or proposal.before, proposal.before)
    due = max(datetime.combine(day, time.min, person.zone) for person in context.both)
    refs = {"partnership": proposal.partnership_id}
    return ScheduledJob(f"{JobKind.END_PROPOSAL}:{proposal.partnership_id}", JobKind.END_PROPOSAL, due, "", refs)


def run_proposal_job(job: ScheduledJob) -> Outcome:
    """The day has come: the messages about the proposal say so, if it still waits for an answer."""
    return Outcome((JobDone(job), EndArrived(job.refs["partnership"])))


def agree(context: EndContext, plan: EndPlan, number: int, *, by: str, now: datetime) -> Outcome:
    """Agree to the other person's proposal of this number: the end moves, with all that follows from it. Idempotent.

    `now` is the calendar (aware). Raises EndProposalOver, and what `check_can_change` raises.
    """
    partnership, found = context.partnership, plan.proposal
    is_early = found is not None and found.ends_on is None
    check_transition(_event(is_early), partnership, by, pause=pause_of(partnership, context.people))
    if found and (found.number, found.state) == (number, EndProposalState.AGREED):
        return NOTHING
    proposal = _waiting(context, plan, number, by, now)
    if proposal.ends_on is None:
        moved = complete_early(context, now)
    elif context.bounds(now).allows(proposal.ends_on):
        moved = change_end(context, proposal.ends_on, now)
    else:  # the programme has other lengths since
        raise EndProposalOver(partnership.ends_on)
    return Outcome((_answered(proposal, EndProposalState.AGREED),)) + moved + _told_of_answer(proposal)


def decline(context: EndContext, plan: EndPlan, number: int, *, by: str, now: datetime) -> Outcome:
    """Decline the other person's proposal of this number, without a reason: the end stays as it is. Idempotent.

    Raises EndProposalOver, and what `check_can_change` raises.
    """
    check_can_change(context, by, now)
    found = plan.proposal
    if found and (found.number, found.state) == (number, EndProposalState.DECLINED):
        return NOTHING
    proposal = _waiting(context, plan, number, by, now)
    return Outcome((_answered(proposal, EndProposalState.DECLINED),)) + _told_of_answer(proposal)


def take_back(context: EndContext, plan: EndPlan, number: int, *, by: str, now: datetime) -> Outcome:
    """Take back one's own proposal of this number, also in a pause. The message to the other says so. Idempotent.

    Raises EndProposalOver, and what `check_can_change` raises.
    """
    check_can_change(context, by, now, PartnershipEvent.TAKE_BACK_END)
    found = plan.proposal
    if found is None or found.number != number:
        raise EndProposalOver(context.partnership.ends_on)
    if found.by != by:
        raise NotForYou
    if found.state is EndProposalState.WITHDRAWN:
        return NOTHING
    if plan.open_proposal(context.partnership, latest_date(now)) is None:
        raise EndProposalOver(context.partnership.ends_on)
    return Outcome((_answered(found, EndProposalState.WITHDRAWN),))


def keep_end(context: EndContext, plan: EndPlan, ends_on: date, *, by: str, now: datetime) -> Outcome:
    """Say that the agreed end, which the person saw as `ends_on`, can stay. The other reads it once they have said so,
    too. Idempotent.

    Raises EndProposalOver if the end was moved since, and what `check_can_change` raises.
    """
    check_can_change(context, by, now)
    partnership = context.partnership
    if ends_on != partnership.ends_on:
        raise EndProposalOver(partnership.ends_on)
    if plan.keeps(by, partnership):
        return NOTHING
    return Outcome((EndKept(partnership.id, by, ends_on, plan.keeps(partnership.other(by), partnership)),))


def _event(is_early: bool) -> PartnershipEvent:
    return PartnershipEvent.COMPLETE_EARLY if is_early else PartnershipEvent.CHANGE_END


def _proposed_day(context: EndContext, form: EndForm, now: datetime) -> date | None:
    if form.choice is None:
        raise Missing(FieldName.END_CHOICE)
    if form.choice is EndChoice.NOW:
        return None
    if form.day is None:
        raise Missing(FieldName.END_DAY)
    if form.day == context.partnership.ends_on:
        raise SameEnd(form.chosen)
    bounds = context.bounds(now)
    if not bounds.allows(form.day):
        raise end_not_allowed(form.chosen, bounds)
    return form.day


def _waiting(context: EndContext, plan: EndPlan, number: int, by: str, now: datetime) -> EndProposal:
    """The proposal of this number, which waits for the answer of `by`."""
    check_can_change(context, by, now)
    proposal = plan.open_proposal(context.partnership, latest_date(now))
    if proposal is None or proposal.number != number:
        raise EndProposalOver(context.partnership.ends_on)
    if proposal.by == by:
        raise NotForYou
    return proposal


def _answered(proposal: EndProposal, state: EndProposalState) -> EndProposal:
    return replace(proposal, state=state, version=proposal.version + 1)


def _told_of_answer(proposal: EndProposal) -> Outcome:
    return Outcome(notifications=(_told(NotificationKind.END_ANSWERED, proposal, proposal.by),))


NUMBER = "number"
"""What a message about a proposal has in its `refs`."""


def _told(kind: NotificationKind, proposal: EndProposal, recipient: str) -> Notification:
    refs = {"partnership": proposal.partnership_id, NUMBER: str(proposal.number)}
    return Notification(f"{kind}:{proposal.partnership_id}:{proposal.number}", kind, recipient, refs)
