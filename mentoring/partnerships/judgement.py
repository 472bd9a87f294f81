"""Whether a message about a partnership makes sense now: asked when it is decided on and when it is delivered.

Days count from the introduction, in each person's time zone (D1.9, D2.10).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mentoring.core.jobs import MISFIRE_POLICIES, JobDeadline, JobKind, MissedAction
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import next_working_day
from mentoring.partnerships.partnership import Partnership, latest_end
from mentoring.partnerships.scheduling import WhoSchedules
from mentoring.partnerships.timing import MeetingRhythm, Timing, timing_of

A_WEEK = timedelta(weeks=1)
NUDGE_DISTANCE = timedelta(days=7)
"""No monthly nudge is sent this close to a check-in or to the end."""
REMIND_SURVEY_AFTER = (7, 14)
CLOSE_AFTER = 21
AFTER_PLANNED = timedelta(days=7)
"""No reminder to meet is sent before a planned meeting, nor so soon after it."""
TIME_TO_ANSWER = timedelta(days=5)
"""The least time between the last reminder and the closing."""


NUDGES = frozenset({JobKind.FIRST_MEETING, JobKind.SECOND_MEETING, JobKind.MONTHLY})
ASKED_ONCE = frozenset({JobKind.CHECK_IN, JobKind.END_QUESTION, JobKind.AGREEMENT_REVIEW})
"""The questions that depend on the agreed end."""
FIRST_NUDGES = frozenset({JobKind.FIRST_MEETING, JobKind.SECOND_MEETING})
COME_BACK = ASKED_ONCE | FIRST_NUDGES
"""They wait while the two may still move an end that has come in a pause. Monthly reminders begin again."""
SURVEYS = frozenset({JobKind.SURVEY, JobKind.SURVEY_REMINDER})
NOTIFICATIONS = {
    JobKind.FIRST_MEETING: NotificationKind.FIRST_MEETING_NUDGE,
    JobKind.SECOND_MEETING: NotificationKind.SECOND_MEETING_NUDGE,
    JobKind.MONTHLY: NotificationKind.MONTHLY_NUDGE,
    JobKind.CHECK_IN: NotificationKind.CHECK_IN,
    JobKind.END_QUESTION: NotificationKind.END_QUESTION,
    JobKind.SURVEY: NotificationKind.SURVEY,
    JobKind.SURVEY_REMINDER: NotificationKind.SURVEY_REMINDER,
    JobKind.AGREEMENT_REVIEW: NotificationKind.AGREEMENT_REVIEW,
}
"""The kind of message that each job of a partnership sends to one person."""
JOBS = {notification: job for job, notification in NOTIFICATIONS.items()}


@dataclass(frozen=True)
class FollowedTerms:
    """What the bot follows of the agreement in force: how often the two meet, when they look at it again, how long they
    meet, who finds the time, and whether they write a progress report every three months.
    """

    rhythm: MeetingRhythm
    review_on: date
    minutes: int = 60
    schedules: WhoSchedules = WhoSchedules.MENTEE
    is_quarterly: bool = False


@dataclass(frozen=True)
class PartnershipJobContext:
    """The data that a job of a partnership needs, for the `person` whom it concerns.

    - `met_on`: the dates of the meetings.
    - `answered`: whether the person has answered the question that the job asks.
    - `check_in_at` (calendar, aware): when the check-in was decided, or is due; None if it is not planned.
    - `partner`: the other person.
    - `sent_at` (calendar, aware): when the person last got the message of each kind of job of this partnership.
    - `planned_until` (calendar, aware): when the next meeting on which both have agreed is over, or the last one about
      which neither has said yet whether it took place.
    - `unsent`: the kinds of jobs of this partnership whose message was decided and has not been sent yet.
    - `agreed`: what the bot follows of the agreement in force, if there is one.
    - `owner_nudged_at` (calendar, aware): when an owner last had both reminded to meet, or later, in a pause or at
      night, when the person got that reminder.
    - `scheduler`: who finds the time for the next meeting, a Slack user id; "" for the mentee.
    """

    partnership: Partnership
    person: Person
    programme: Programme
    met_on: tuple[date, ...] = ()
    answered: bool = False
    check_in_at: datetime | None = None
    partner: Person | None = None
    sent_at: Mapping[JobKind, datetime] = field(default_factory=dict)
    unsent: frozenset[JobKind] = frozenset()
    agreed: FollowedTerms | None = None
    planned_until: datetime | None = None
    owner_nudged_at: datetime | None = None
    scheduler: str = ""

    @property
    def timing(self) -> Timing:
        agreed = self.agreed.rhythm if self.agreed else None
        return timing_of(self.partnership.length, self.programme.rhythm, agreed)

    @property
    def counted_from(self) -> date:
        return self.partnership.counted_from(self.person)

    def last_sent_on(self, kinds: Collection[JobKind]) -> date:
        """The last day, in the person's time zone, on which they got a message of `kinds`; else `date.min`."""
        days = [self.person.today(at) for kind, at in self.sent_at.items() if kind in kinds]
        return max(days, default=date.min)


@dataclass(frozen=True)
class Due:
    """Send it today."""


@dataclass(frozen=True)
class NotBefore:
    """Judge it again on `day`; `why` is a code."""

    day: date
    why: str


@dataclass(frozen=True)
class Pointless:
    """Do not send it any more; `why` is a code."""

    why: str


Judgement = Due | NotBefore | Pointless
MET_SINCE = "met-since"
_PAST = Pointless("past")


def judge(kind: JobKind, key: str, context: PartnershipJobContext, now: datetime) -> Judgement:
    """Whether the message of a job of `kind` makes sense at `now` (calendar, aware).

    `key` is that of the job or of the notification. The job that decides on the message asks this, and so does its
    delivery, which may be days later. Quiet times count from the day on which an earlier message was sent.
    """
    partnership, today = context.partnership, context.person.today(now)
    if not partnership.is_active or now >= closes_at(partnership, context.programme):
        return Pointless("partnership-over")
    policy = MISFIRE_POLICIES[kind]
    if policy.resolve(expired=_has_come(policy.until, context, today)) is MissedAction.DROP:
        return _too_near(kind, ASKED_ONCE, context, today)
    if kind in NUDGES and today >= partnership.ends_on:  # it was completed early, or the end came in a pause
        return _too_near(kind, FIRST_NUDGES, context, today)
    if kind in NUDGES and (free_on := _after_planned(context)) > today:
        return NotBefore(free_on, "meeting-planned")
    if kind in NUDGES and (later := _after_owner(context)) > today:
        return NotBefore(later, "owner-nudged-lately")
    if (resumes_on := _after_pause(kind, context)) > today:
        return NotBefore(resumes_on, "paused-lately")
    match kind:
        case JobKind.FIRST_MEETING:
            return Pointless(MET_SINCE) if context.met_on else Due()
        case JobKind.SECOND_MEETING:
            if len(context.met_on) >= context.programme.rhythm.first_month:
                return Pointless(MET_SINCE)
            return _judge_second_meeting(context, today)
        case JobKind.MONTHLY:
            return _judge_monthly(context, today)
        case JobKind.SURVEY_REMINDER:
            return _judge_survey_reminder(key, context, today)
        case JobKind.END_QUESTION:
            can_go_on = latest_end(partnership, context.programme) > partnership.ends_on
            return Due() if can_go_on else Pointless("longest")
        case JobKind.AGREEMENT_REVIEW:
            return _judge_review(key, context)
        case _:
            return Pointless("answered") if context.answered else Due()


def _too_near(kind: JobKind, come_back: Collection[JobKind], context: PartnershipJobContext, today: date) -> Judgement:
    """The agreed end is too near. The kinds that `come_back` make sense if the two move the end by their last pause."""
    partnership, over = context.partnership, context.partnership.pause
    can_move = over is not None and over.length and len(over.moves_end) < 2 and not partnership.completed_on
    if kind in come_back and can_move and today < partnership.survey_on:
        return NotBefore(partnership.survey_on, "end-may-move")
    return _PAST


def _after_planned(context: PartnershipJobContext) -> date:
    """Until then the message about a planned meeting asks whether they have met."""
    planned = context.planned_until
    return context.person.today(planned) + AFTER_PLANNED if planned else date.min


def _after_owner(context: PartnershipJobContext) -> date:
    """A week after an owner had both reminded."""
    asked = context.owner_nudged_at
    return context.person.today(asked) + NUDGE_DISTANCE if asked else date.min


def _after_pause(kind: JobKind, context: PartnershipJobContext) -> date:
    """The day to which the pauses of the partnership have moved a message; `date.min` if there were none."""
    partnership = context.partnership
    resumed_on = partnership.resumed_on
    if resumed_on == date.min:
        return date.min
    match kind:
        case JobKind.FIRST_MEETING:
            return context.counted_from + timedelta(days=context.timing.first_meeting_on)
        case JobKind.SECOND_MEETING:
            return context.counted_from + timedelta(days=context.timing.second_meeting_on)
        case JobKind.MONTHLY:
            second = context.counted_from + timedelta(days=context.timing.second_meeting_on)
            return max(resumed_on, second) + context.timing.nudge_every
        case JobKind.CHECK_IN:
            return partnership.check_in_on
        case JobKind.SURVEY:
            return partnership.survey_on
        case JobKind.END_QUESTION:  # first the two read that they can move the end by the pause
            return max(partnership.end_question_on, resumed_on + A_WEEK)
        case JobKind.AGREEMENT_REVIEW:
            return resumed_on + A_WEEK
    return date.min


def _not_before(day: date, why: str, today: date) -> Judgement:
    return NotBefore(day, why) if day > today else Due()


def _days_after(day: date, distance: timedelta) -> date:
    """`distance` after `day`; `date.min` stays what it is."""
    return day + distance if day > date.min else day


def _judge_second_meeting(context: PartnershipJobContext, today: date) -> Judgement:
    """Due a week after the first nudge, and not on the day of the check-in, which may be near if the partnership is
    short.
    """
    after_nudge = _days_after(context.last_sent_on(NUDGES), NUDGE_DISTANCE)
    if after_nudge > today:
        return NotBefore(after_nudge, "nudged-lately")
    if _check_in_on(context, today) == today:
        return NotBefore(today + timedelta(days=1), "check-in-today")
    return Due()


def _judge_monthly(context: PartnershipJobContext, today: date) -> Judgement:
    """Due after `Timing.nudge_every` without a meeting or a nudge, with a distance from the check-in and the end."""
    partnership, every = context.partnership, context.timing.nudge_every
    wait_until, why = today, ""
    for day, reason in (
        (max((met + every for met in context.met_on), default=date.min), MET_SINCE),
        (_days_after(context.last_sent_on(NUDGES), every), "nudged-lately"),
    ):
        if day > wait_until:
            wait_until, why = day, reason
    check_in_on = _check_in_on(context, today)
    if wait_until == today and abs(today - check_in_on) <= NUDGE_DISTANCE:
        wait_until, why = check_in_on + NUDGE_DISTANCE + timedelta(days=1), "check-in-near"
    if wait_until > partnership.ends_on - NUDGE_DISTANCE - timedelta(days=1):
        return Pointless("end-near")
    return _not_before(wait_until, why, today)


def _check_in_on(context: PartnershipJobContext, today: date) -> date:
    """The day of the check-in: when it was sent, or else decided, or else planned; today while it is on its way."""
    if JobKind.CHECK_IN in context.unsent:
        return today
    if sent_at := context.sent_at.get(JobKind.CHECK_IN):
        return context.person.today(sent_at)
    partnership = context.partnership
    decided = context.person.today(context.check_in_at) if context.check_in_at else None
    # A pause moves the check-in, and its job only once that is run.
    has_moved = partnership.resumed_on > date.min and decided and decided < partnership.check_in_on
    if decided and not has_moved:
        return decided
    return next_working_day(partnership.check_in_on, context.programme)


def _judge_survey_reminder(key: str, context: PartnershipJobContext, today: date) -> Judgement:
    """Due a week after the survey or the first reminder. The first is dropped once the second is due."""
    *_, last = reminders_on(context.partnership, context.programme)
    if context.answered:
        return Pointless("answered")
    if key.endswith(f":{REMIND_SURVEY_AFTER[0]}") and today >= last:
        return Pointless("second-reminder")
    return _not_before(_days_after(context.last_sent_on(SURVEYS), A_WEEK), "asked-lately", today)


def _judge_review(key: str, context: PartnershipJobContext) -> Judgement:
    """Due if the agreement in force still names this day, and can be changed."""
    if not context.programme.has_agreements:
        return Pointless("agreements-off")
    is_newest = context.agreed is not None and key.endswith(f":{context.agreed.review_on}")
    return Due() if is_newest else Pointless("signed-since")


def _has_come(until: JobDeadline, context: PartnershipJobContext, today: date) -> bool:
    """Whether the deadline has passed. CLOSING is checked by the caller."""
    partnership = context.partnership
    second_meeting_on = context.counted_from + timedelta(days=context.timing.second_meeting_on)
    match until:
        case JobDeadline.SECOND_MEETING:
            return today >= second_meeting_on
        case JobDeadline.FIRST_MONTHLY:
            return today >= second_meeting_on + context.timing.nudge_every
        case JobDeadline.WEEK_BEFORE_END:
            return today >= partnership.ends_on - NUDGE_DISTANCE
        case JobDeadline.AGREED_END:
            return today >= partnership.ends_on
        case _:
            return False


def closes_at(partnership: Partnership, programme: Programme) -> datetime:
    """When the partnership closes, whether or not both have answered the survey.

    That is later than usual if closed days postpone the last reminder.
    """
    *_, last = reminders_on(partnership, programme)
    closes_on = max(
        partnership.survey_on + timedelta(days=CLOSE_AFTER), next_working_day(last, programme) + TIME_TO_ANSWER
    )
    return datetime.combine(closes_on, partnership.introduced_at.timetz())


def reminders_on(partnership: Partnership, programme: Programme) -> tuple[date, ...]:
    """The dates of the survey reminders, counted from the working day on which the survey is sent."""
    sent_on = next_working_day(partnership.survey_on, programme)
    return tuple(sent_on + timedelta(days=after) for after in REMIND_SURVEY_AFTER)
