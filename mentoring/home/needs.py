"""What needs an owner or a member of the committee, in order of urgency."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.undelivered import UndeliveredNotification
from mentoring.matching.held_up import can_be_sent_again
from mentoring.matching.pending_approvals import needs_decision_of
from mentoring.matching.review import blocked
from mentoring.matching.round import MatchingRound
from mentoring.oversight.alarms import Alarm, AlarmKind
from mentoring.oversight.responsible import owners_for
from mentoring.programmes.startup_plan import DatedStep, next_open
from mentoring.status import PartnershipStatus

_LATELY = timedelta(days=14)


class NeedKind(StrEnum):
    """In order of urgency: what holds people up, then what people wait for, then what can wait."""

    UNDELIVERED = "undelivered"
    DECIDE = "decide"
    SEND = "send"
    BLOCKED = "blocked"
    PROPOSE = "propose"
    UNMATCHED = "unmatched"
    ANSWERS = "answers"
    EXPIRED = "expired"
    LONG_QUIET = "long-quiet"
    FIRST_MEETING = "first-meeting"
    AWAY = "away"
    QUIET = "quiet"
    OVER_PLACES = "over-places"
    CLOSE = "close"
    NEXT_ROUND = "next-round"
    ANNOUNCEMENT = "announcement"
    PLAN = "plan"


_ALARMS = {
    AlarmKind.LONG_QUIET: NeedKind.LONG_QUIET,
    AlarmKind.FIRST_MEETING: NeedKind.FIRST_MEETING,
    AlarmKind.QUIET: NeedKind.QUIET,
}


@dataclass(frozen=True)
class Need:
    """One thing that needs somebody: how many there are, the id that its button is about, and a day, if it has one.

    UNDELIVERED is about its report, ANNOUNCEMENT about its id, PLAN about its step. An alarm is about its partnership:
    `count` are the days without a meeting, and `people` the two (Slack user ids). OVER_PLACES is about the application
    of a mentor, who is in `people`: they have `count` active partnerships, and offered fewer `places`.
    """

    kind: NeedKind
    count: int = 1
    about: str = ""
    on: date | None = None
    people: tuple[str, ...] = ()
    places: int = 0

    @property
    def is_alarm(self) -> bool:
        """Whether two people don't seem to meet."""
        return self.kind in _ALARMS.values()


def needs_of_approver(round_: MatchingRound, by: str) -> Iterator[Need]:
    """What needs an owner or a member of the committee, `by` (a Slack user id)."""
    if waiting := needs_decision_of(round_, by):
        yield Need(NeedKind.DECIDE, len(waiting))


def needs_of_owner(
    round_: MatchingRound,
    by: str,
    partnerships: PartnershipStatus,
    undelivered: Sequence[UndeliveredNotification],
    plan: Sequence[DatedStep],
    today: date,
    alarms: Sequence[Alarm] = (),
    announcement: tuple[str, date] | None = None,
    *,
    owners: Sequence[str],
    apart_from: Collection[str] = (),
) -> tuple[Need, ...]:
    """What needs the owner `by` (a Slack user id), for whom it is `today`, most urgent first.

    `alarms` are what this owner is told of partnerships, most urgent first. `owners` are those of the programme whose
    account is open: a partnership that was handed over needs that one alone.

    Matches `apart_from` (ids) are those of which they hear by a message of its own on the same day. Of their own match
    another owner takes care.

    `announcement` is the first entry of the communication plan that waits for approval, with the owner’s day of it.

    `undelivered` are the unresolved messages of the programme, and `plan` is the start-up plan of the current round.
    """
    found = [
        *_undelivered(undelivered),
        *needs_of_approver(round_, by),
        *_matches(round_, today, {*apart_from, *(id for id, each in round_.matches.items() if by in each.people)}),
        *_partnerships(partnerships, by, owners),
        *(Need(_ALARMS[each.kind], each.days, each.partnership.id, people=each.partnership.people) for each in alarms),
        *_over_places(round_, by),
        *_round(round_, today),
        *_announcement(announcement),
        *_plan(plan, today),
    ]
    return tuple(sorted(found, key=lambda need: list(NeedKind).index(need.kind)))


def _undelivered(undelivered: Sequence[UndeliveredNotification]) -> Iterator[Need]:
    """One for each report that has unresolved messages."""
    reports = dict.fromkeys(each.report_id for each in undelivered if each.report_id)
    for report_id in reports:
        yield Need(NeedKind.UNDELIVERED, sum(each.report_id == report_id for each in undelivered), report_id)


def _matches(round_: MatchingRound, today: date, apart_from: Collection[str]) -> Iterator[Need]:
    cohort = round_.cohort
    proposals = round_.proposals()
    cannot_go = len(blocked(round_))
    if ready := sum(not round_.still_needs(match) for match in proposals) - cannot_go:
        yield Need(NeedKind.SEND, ready)
    if cannot_go:
        yield Need(NeedKind.BLOCKED, cannot_go)
    if asked := sum(match.awaits_answer and match.id not in apart_from for match in round_.matches.values()):
        yield Need(NeedKind.ANSWERS, asked)
    open_applications = {id for id, each in round_.applications.items() if each.state is ApplicationState.OPEN}
    again = can_be_sent_again(tuple(round_.matches.values()), open_applications, apart_from)
    if again and not cohort.closed_on:
        yield Need(NeedKind.EXPIRED, again)
    if cohort.closed_on or not cohort.apply_by < today <= cohort.ends_on:
        return
    mentees, mentors = round_.pool(Role.MENTEE), round_.pool(Role.MENTOR)
    if mentees and mentors and not proposals and today < cohort.starts_on:
        yield Need(NeedKind.PROPOSE, len(mentees), on=cohort.starts_on)
    elif mentees and not proposals and today >= cohort.starts_on:
        yield Need(NeedKind.UNMATCHED, len(mentees))


def _over_places(round_: MatchingRound, by: str) -> Iterator[Need]:
    """One for each mentor with more active partnerships than places: they have lowered them since, or an app admin has
    added a partnership. An application that was withdrawn offers nothing more, and its partnerships go on.
    """
    if round_.cohort.closed_on:
        return
    for each in sorted(round_.applications.values(), key=lambda application: application.id):
        if each.role is not Role.MENTOR or each.state is not ApplicationState.OPEN or each.person == by:
            continue
        active = sum(one.is_active for one in round_.partnerships_from(each))
        if active > each.places:
            yield Need(NeedKind.OVER_PLACES, active, each.id, people=(each.person,), places=each.places)


def _partnerships(status: PartnershipStatus, by: str, owners: Sequence[str]) -> Iterator[Need]:
    if away := sum(pause.has_absent and by in owners_for(pause.partnership, owners) for pause in status.paused):
        yield Need(NeedKind.AWAY, away)


def _round(round_: MatchingRound, today: date) -> Iterator[Need]:
    cohort = round_.cohort
    if cohort.closed_on:
        yield Need(NeedKind.NEXT_ROUND, on=cohort.closed_on)
    elif today > cohort.ends_on:
        yield Need(NeedKind.CLOSE, about=cohort.id, on=cohort.ends_on)


def _announcement(waits: tuple[str, date] | None) -> Iterator[Need]:
    if waits is not None:
        yield Need(NeedKind.ANNOUNCEMENT, about=waits[0], on=waits[1])


def _plan(plan: Sequence[DatedStep], today: date) -> Iterator[Need]:
    """The first open step that was planned for the last days. What is older was left out, or done and not ticked."""
    step = next_open([each for each in plan if today - _LATELY <= each.on <= today])
    if step is not None:
        yield Need(NeedKind.PLAN, about=step.step, on=step.on)


LATELY_TOLD = timedelta(hours=1)


def without_told(needs: Sequence[Need], told: Collection[NotificationKind]) -> tuple[Need, ...]:
    """What is left once messages of these kinds have told of the rest: nobody reads twice in an hour of the same."""
    return tuple(need for need in needs if not _tells_of(need.kind) & set(told))


def _tells_of(kind: NeedKind) -> frozenset[NotificationKind]:
    """The messages of their own that tell of such a need."""
    match kind:
        case NeedKind.UNDELIVERED:
            return frozenset({NotificationKind.UNDELIVERED})
        case NeedKind.DECIDE:
            return frozenset({NotificationKind.APPROVALS_WANTED, NotificationKind.APPROVALS_REMINDER})
        case NeedKind.AWAY:
            return frozenset({NotificationKind.OWNERS_PERSON_LEFT})
        case _:
            return frozenset()
