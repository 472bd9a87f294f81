"""Each event of the table of transitions, as the rules carry it out in a state."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mentoring.agenda.agenda import AgendaStepId, AgendaStepState, agenda_of, mark_step
from mentoring.agreements.agreement import sign, write
from mentoring.applications.application import MeetingMode, return_to_pool
from mentoring.closure import ClosureForm, check_closure, record_closure
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.lengths import Length
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Leave, LeaveChange, Person, ProfileUpdate
from mentoring.feedback.answers import CheckInChoice
from mentoring.goals.sharing import share_plan, unshare_plan
from mentoring.items.item import ItemForm, add_item, reopen_item
from mentoring.meetings.deleting import delete_meeting
from mentoring.meetings.log import MeetingForm
from mentoring.meetings.place import change_place
from mentoring.meetings.planned import MeetingAnswer, MeetingPlan
from mentoring.meetings.planning import answer, file_again, offer, take
from mentoring.oversight.asking import (
    WHILE_ACTIVE,
    HowItStands,
    OversightContext,
    OversightKind,
    OversightRequest,
    answer_owner,
    ask_both,
    offer_another,
)
from mentoring.oversight.handing_over import HandOverForm, hand_over
from mentoring.partnerships.end_date import EndContext
from mentoring.partnerships.end_plan import (
    EndChoice,
    EndForm,
    EndPlan,
    EndProposal,
    agree,
    decline,
    keep_end,
    propose,
    take_back,
)
from mentoring.partnerships.endings import allow_rematch, close, decline_rematch, end
from mentoring.partnerships.events import CurrentState
from mentoring.partnerships.events import PartnershipEvent as Event
from mentoring.partnerships.jobs import plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import NOTIFICATIONS, FollowedTerms, PartnershipJobContext
from mentoring.partnerships.partnership import (
    Partnership,
    PartnershipState,
    Pause,
    RequestedPause,
    pause_of,
)
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.pauses.pause import PauseContext, PauseForm, end_after_pause, pause, resume, want_end_moved
from mentoring.people.absences import AbsenceContext, AffectedProgramme, update_profile
from mentoring.people.leave import LeaveRequest, end_leave, go_on_leave
from mentoring.reports.report import finish, write_learnt
from mentoring.reports.sharing import ReportShare, agree_to_share, ask_to_share
from tests.mentoring.agreements import cases as agreements
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, SECOND, mentee, partnership
from tests.mentoring.feedback import test_answers as feedback
from tests.mentoring.feedback import test_baseline as baseline
from tests.mentoring.goals import test_goals as goals
from tests.mentoring.items.test_item import ITEM
from tests.mentoring.meetings import test_log as logs
from tests.mentoring.meetings import test_planning as meetings
from tests.mentoring.reports import test_report as reports
from tests.mentoring.values import COHORT, PROGRAMME, at, person

NOW = at("2027-03-01T10:00")
LEAVE = Leave(at("2027-02-01T10:00"), date(2027, 3, 15))
LASTING = RequestedPause(BEN, at("2027-02-01T10:00"), date(2027, 3, 15))
OVER = RequestedPause(BEN, at("2027-01-11T10:00"), date(2027, 2, 8), over_on=date(2027, 2, 8))
LENGTHS_UP_TO_TWO_YEARS = (Length(months=3), Length(months=24))
LONGER_END = date(2028, 3, 6)
REVIEW_ON = date(2027, 4, 12)


@dataclass(frozen=True)
class Situation:
    """Two partners in a state, in which an event happens. `by` is the person of the event."""

    partnership: Partnership
    people: Mapping[str, Person]
    by: str = ADA

    @property
    def pause(self) -> Pause | None:
        return pause_of(self.partnership, self.people)

    def with_person(self, changed: Person, *, by: str = "") -> "Situation":
        return replace(self, people={**self.people, changed.id: changed}, by=by or self.by)

    def after(self, outcome: Outcome) -> "Situation":
        """The situation once the outcome is saved."""
        found = self
        for change in outcome.changes:
            match change:
                case Partnership():
                    found = replace(found, partnership=change)
                case LeaveChange(id, _, leave):
                    found = found.with_person(replace(found.people[id], leave=leave))
                case ProfileUpdate(profile, _):
                    found = found.with_person(profile)
        return found


def situation(state: CurrentState) -> Situation:
    """In a pause, Ben is on leave."""
    ben = replace(person(BEN), leave=LEAVE) if state is CurrentState.PAUSED else person(BEN)
    stored = PartnershipState.ACTIVE if state is CurrentState.PAUSED else PartnershipState(state)
    return Situation(partnership(state=stored), {ADA: person(ADA), BEN: ben, OWNER: person(OWNER)})


Happening = tuple[Situation, Callable[[Situation], Outcome]]


def happenings(event: Event, state: CurrentState) -> Iterator[Happening]:
    """The ways in which the event can happen in the state."""
    here = situation(state)
    match event:
        case Event.GO_ON_LEAVE:
            yield here, _goes_on_leave
        case Event.END_LEAVE:
            back = here.with_person(replace(person(BEN), leave=None if state is CurrentState.ACTIVE else LEAVE), by=BEN)
            yield back, _is_back
            if state is CurrentState.PAUSED:
                yield back.with_person(replace(person(ADA), leave=LEAVE)), _is_back
        case Event.DEACTIVATE:
            yield here, _is_deactivated
        case Event.REACTIVATE:
            is_open = state is CurrentState.ACTIVE
            status = AccountStatus.MEMBER if is_open else AccountStatus.DEACTIVATED
            back = here.with_person(replace(person(BEN, status), left_at=None if is_open else LEAVE.since), by=BEN)
            yield back, _is_reactivated
            if state is CurrentState.PAUSED:
                yield back.with_person(replace(person(ADA), leave=LEAVE)), _is_reactivated
        case Event.RESUME if state is CurrentState.PAUSED:
            asked = replace(here, partnership=replace(here.partnership, pause=LASTING))
            yield asked, _carries_on
            yield asked.with_person(person(BEN)), _carries_on
        case Event.MOVE_END:
            yield replace(here, partnership=replace(here.partnership, pause=OVER)), _moves_end
        case Event.REMIND:
            yield from ((here, act) for act in _reminders())
        case Event.OWNER_ASKS:
            yield from ((replace(here, by=OWNER), act) for act in _OWNER_ASKS)
        case Event.OFFER_ANOTHER:
            yield replace(here, by=OWNER), lambda at: offer_another(_overseen(at), by=at.by, new_id="a1")
        case Event.HAND_OVER:
            yield replace(here, by=OWNER), _hands_over
        case Event.END:
            yield from ((replace(here, by=by), _ends) for by in (ADA, BEN, OWNER))
        case _:
            yield from ((here, act) for act in ACTS[event])


def _absence(at: Situation) -> AbsenceContext:
    affected = AffectedProgramme("p1", (OWNER,), (at.partnership,), has_applied=True, cohort_id="c1")
    return AbsenceContext(at.people[at.by], (affected,), at.people)


def _goes_on_leave(at: Situation) -> Outcome:
    return go_on_leave(_absence(at), LEAVE.until, LeaveRequest(at.by, NOW, "e1"))


def _is_back(at: Situation) -> Outcome:
    return end_leave(_absence(at), LeaveRequest(at.by, NOW, "e1"))


def _is_deactivated(at: Situation) -> Outcome:
    return update_profile(_absence(at), person(at.by, AccountStatus.DEACTIVATED), NOW)


def _is_reactivated(at: Situation) -> Outcome:
    return update_profile(_absence(at), person(at.by), NOW)


def _pause(at: Situation) -> PauseContext:
    return PauseContext(at.partnership, PROGRAMME, at.people, NOW, (OWNER,))


def _overseen(at: Situation, *, asked: bool = False) -> OversightContext:
    requests = (OversightRequest(at.partnership.id, OversightKind.STANDING, 1, OWNER, NOW),) if asked else ()
    return OversightContext(at.partnership, PROGRAMME, at.people, (OWNER, SECOND), NOW, requests)


def _owner_asks(kind: OversightKind) -> Callable[[Situation], Outcome]:
    return lambda at: ask_both(_overseen(at), kind, by=at.by, new_id="a1")


_OWNER_ASKS = tuple(map(_owner_asks, WHILE_ACTIVE))


def _hands_over(at: Situation) -> Outcome:
    form = HandOverForm(SECOND)
    return hand_over(_overseen(at), form, by=at.by, seen=at.partnership.version, new_id="a1")


def _pauses(at: Situation, until: date) -> Outcome:
    return pause(_pause(at), PauseForm(until), by=at.by, seen=at.partnership.version)


def _carries_on(at: Situation) -> Outcome:
    return resume(_pause(at), by=at.by)


def _moves_end(at: Situation) -> Outcome:
    return want_end_moved(_pause(at), by=at.by, seen=end_after_pause(at.partnership) or LONGER_END)


def _ends(at: Situation) -> Outcome:
    return end(at.partnership, by=at.by, owners=(OWNER,), now=NOW)


def _reminders() -> Iterator[Callable[[Situation], Outcome]]:
    """One for each kind of job that sends a message."""
    planned = plan_partnership_jobs(partnership(), (person(ADA),), PROGRAMME)
    first = planned[0]
    jobs = {
        **{job.kind: job for job in planned},
        JobKind.SURVEY_REMINDER: replace(
            first, key=f"survey-reminder:s1:{ADA}:7", kind=JobKind.SURVEY_REMINDER, due=at("2028-01-11T09:00")
        ),
        JobKind.AGREEMENT_REVIEW: replace(
            first,
            key=f"agreement-review:s1:{ADA}:{REVIEW_ON}",
            kind=JobKind.AGREEMENT_REVIEW,
            due=at("2027-04-12T09:00"),
        ),
    }
    for kind in NOTIFICATIONS.values():
        found = next(job for job in jobs.values() if NOTIFICATIONS.get(job.kind) is kind)
        yield lambda here, job=found: _reminds(here, job)  # type: ignore[misc]


def _reminds(at: Situation, job: ScheduledJob) -> Outcome:
    agreed = FollowedTerms(MeetingRhythm.ONCE_A_MONTH, REVIEW_ON)
    programme = replace(agreements.WITH, lengths=LENGTHS_UP_TO_TWO_YEARS)
    context = PartnershipJobContext(at.partnership, at.people[ADA], programme, partner=at.people[BEN], agreed=agreed)
    return run_partnership_job(job, context, job.due)


def _says_thanks(at: Situation) -> Outcome:
    check_closure(at.partnership, ADA, has_met=True, has_answered=True)
    form = ClosureForm("Thank you.", is_named=True)
    return record_closure(at.partnership, form, by=person(ADA), before=None, thanked="", most_places=3, now=NOW)


def _writes_agreement(at: Situation) -> Outcome:
    context = agreements.context(partnership=at.partnership, people=at.people)
    return write(context, agreements.FORM, by=at.people[ADA], seen=0, now=agreements.NOW)


def _signs_agreement(at: Situation) -> Outcome:
    context = replace(agreements.written(by=agreements.PARTNER), partnership=at.partnership, people=at.people)
    return sign(context, by=at.people[ADA], seen=context.seen, now=agreements.NOW)


def _offers_time(at: Situation) -> Outcome:
    plan = meetings.plan(partnership=at.partnership, pause=at.pause)
    return offer(plan, (meetings.FRIDAY,), 60, by=ADA, new_id="L1")


def _takes_time(at: Situation) -> Outcome:
    offered = replace(meetings.OFFERED, offered_by=BEN)
    plan = meetings.plan(offered, partnership=at.partnership, pause=at.pause)
    return take(plan, meetings.FRIDAY, by=ADA)


def _says_they_met(at: Situation, other_said: MeetingAnswer | None = None) -> Outcome:
    past = replace(meetings.PAST, mentor_answer=other_said)
    plan = meetings.plan(past, meetings.AFTER, partnership=at.partnership, pause=at.pause)
    return answer(plan, MeetingAnswer.MET, MeetingMode.VIDEO, by=ADA)


def _ahead(at: Situation) -> MeetingPlan:
    return meetings.plan(meetings.BOOKED, partnership=at.partnership, pause=at.pause)


def _writes_report(at: Situation) -> Outcome:
    return write_learnt(replace(reports.context(), partnership=at.partnership), "To ask.", by=person(ADA))


def _finishes_report(at: Situation) -> Outcome:
    first = reports.after(reports.context(), write_learnt(reports.context(), "To ask.", by=reports.ME))
    report = first.current
    assert report
    return finish(
        replace(first, partnership=at.partnership), by=person(ADA), number=1, seen=report.edition, now=reports.NOW
    )


READER = person(CHI)


def _asks_to_share(at: Situation) -> Outcome:
    return ask_to_share(reports.sharing(partnership=at.partnership), READER, by=person(ADA), now=reports.NOW)


def _agrees_to_share(at: Situation) -> Outcome:
    asks = ask_to_share(reports.sharing(), READER, by=person(BEN), now=reports.NOW)
    (share,) = (each for each in asks.changes if isinstance(each, ReportShare))
    return agree_to_share(reports.sharing(share, partnership=at.partnership), READER, by=person(ADA), now=reports.NOW)


def _corrects(at: Situation) -> Outcome:
    form: MeetingForm = replace(logs.CORRECTED, minutes=60)
    return logs.correct(form, state=at.partnership.state)


def _end_context(at: Situation) -> EndContext:
    programme = replace(PROGRAMME, lengths=LENGTHS_UP_TO_TWO_YEARS)
    return EndContext(at.partnership, programme, at.people, plan_partnership_jobs(partnership(), (), programme))


def _proposes(at: Situation, choice: EndChoice) -> Outcome:
    return propose(_end_context(at), EndPlan(), EndForm(choice, LONGER_END), by=ADA, now=NOW)


def _answers_proposal(at: Situation, choice: EndChoice, rule: Callable[..., Outcome], by: str = BEN) -> Outcome:
    proposed = EndProposal("s1", 1, by, LONGER_END if choice is EndChoice.DAY else None, at.partnership.ends_on)
    return rule(_end_context(at), EndPlan(proposed), 1, by=ADA, now=NOW)


ACTS: Mapping[Event, tuple[Callable[[Situation], Outcome], ...]] = {
    Event.PAUSE: (lambda at: _pauses(at, date(2027, 4, 1)), lambda at: _pauses(at, date(2027, 7, 1))),
    Event.RESUME: (_carries_on,),
    Event.ANSWER_OWNER: (
        lambda at: answer_owner(_overseen(at, asked=True), 1, HowItStands.CONTACT, by=ADA),
        lambda at: answer_owner(_overseen(at, asked=True), 1, HowItStands.WELL, by=ADA),
    ),
    Event.CLOSE: (lambda at: close(at.partnership, now=NOW),),
    Event.ANSWER_BASELINE: (
        lambda at: baseline.says(partnership=at.partnership, now=at.partnership.introduced_at + timedelta(days=1)),
    ),
    Event.ANSWER_CHECK_IN: tuple(
        lambda at, choice=choice: feedback.check_in(  # type: ignore[misc]
            replace(feedback.CHECK_IN, decision=choice), partnership=at.partnership
        )
        for choice in CheckInChoice
    ),
    Event.ANSWER_SURVEY: (
        lambda at: feedback.survey(partnership=at.partnership),
        lambda at: feedback.survey(partnership=at.partnership, other_answered=True),
    ),
    Event.SAY_THANKS: (_says_thanks,),
    Event.CHANGE_AGREEMENT: (_writes_agreement, _signs_agreement),
    Event.CHANGE_END: (
        lambda at: _proposes(at, EndChoice.DAY),
        lambda at: _answers_proposal(at, EndChoice.DAY, agree),
        lambda at: _answers_proposal(at, EndChoice.DAY, decline),
        lambda at: keep_end(_end_context(at), EndPlan(), at.partnership.ends_on, by=ADA, now=NOW),
    ),
    Event.TAKE_BACK_END: (lambda at: _answers_proposal(at, EndChoice.DAY, take_back, by=ADA),),
    Event.COMPLETE_EARLY: (
        lambda at: _proposes(at, EndChoice.NOW),
        lambda at: _answers_proposal(at, EndChoice.NOW, agree),
    ),
    Event.PLAN_MEETING: (_offers_time, _takes_time),
    Event.CHANGE_PLACE: (lambda at: change_place(_ahead(at), None, "Room 3", by=ADA, seen_version=0),),
    Event.FETCH_FILE: (lambda at: file_again(_ahead(at), by=ADA),),
    Event.SAY_IF_MET: (_says_they_met, lambda at: _says_they_met(at, MeetingAnswer.NOT_MET)),
    Event.LOG_MEETING: (lambda at: logs.log(state=at.partnership.state),),
    Event.CORRECT_MEETING: (_corrects,),
    Event.DELETE_MEETING: (lambda at: delete_meeting(at.partnership, logs.LOGGED, None, by=ADA, seen_version=1),),
    Event.CHANGE_AGENDA: (
        lambda at: mark_step(
            agenda_of(at.partnership, (), has_met=False), AgendaStepId.HELLO, AgendaStepState.TICKED, by=ADA
        ),
    ),
    Event.CHANGE_ITEMS: (
        lambda at: add_item(at.partnership, (), ItemForm("Read", ADA), by=person(ADA), now=NOW, item_id="i1"),
        lambda at: reopen_item(at.partnership, (), ITEM, by=ADA),
    ),
    Event.SHARE_PLAN: (
        lambda at: share_plan(goals.own(goals.record(), partnerships=(at.partnership,)), at.partnership, now=goals.NOW),
    ),
    Event.UNSHARE_PLAN: (
        lambda at: unshare_plan(goals.own(goals.record(), partnerships=(at.partnership,)), at.partnership),
    ),
    Event.WRITE_REPORT: (_writes_report, _finishes_report),
    Event.SHARE_REPORT: (_asks_to_share, _agrees_to_share),
    Event.RETURN_TO_POOL: (lambda at: return_to_pool(at.partnership, by=ADA, sent=mentee(ADA), cohort=COHORT),),
    Event.DECLINE_REMATCH: (lambda at: decline_rematch(at.partnership, by=ADA),),
    Event.ALLOW_REMATCH: (lambda at: allow_rematch(replace(at.partnership, declined_rematch=(ADA,)), by=ADA),),
}
"""Ada does it, unless the event says who."""
