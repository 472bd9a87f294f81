"""An owner reminds the two people of a partnership to meet, offers them help, or asks how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner, present_among
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.oversight.errors import (
    AskedLately,
    BothAreBack,
    MeetingNear,
    OneOfTheTwo,
    RemindedLately,
    WroteLately,
)
from mentoring.oversight.responsible import owners_for, responsible_owner
from mentoring.owner_record import OwnerAct, OwnerAction
from mentoring.partnerships.errors import EndReached, NotAsked
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.judgement import AFTER_PLANNED, NUDGE_DISTANCE
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.partnerships.transitions import check_transition

ASK_EVERY: Final = timedelta(days=10)
"""From one message of a kind to the next to the same two people, in days of the owner's calendar."""
WRITE_EVERY: Final = timedelta(weeks=1)
"""From one message of any kind to the next to the same two people, unless one of them has answered the first."""


class OversightKind(StrEnum):
    """Stored: a value is never renamed without a migration."""

    NUDGE = "nudge"
    HELP = "help"
    STANDING = "standing"
    ANOTHER = "another"
    """Whether they would like to be matched again, once it is over: see `offer_another`."""


WHILE_ACTIVE: Final = (OversightKind.NUDGE, OversightKind.HELP, OversightKind.STANDING)


class HowItStands(StrEnum):
    """What a person answers when an owner asks how it stands. Stored."""

    WELL = "well"
    MORE_TIME = "more-time"
    CONTACT = "contact"


@dataclass(frozen=True)
class OversightRequest:
    """What an owner, `by` (a Slack user id, "" once erased), asked of two people at `at` (calendar, aware). Those of a
    kind are numbered from 1 in each partnership.
    """

    partnership_id: str
    kind: OversightKind
    number: int
    by: str
    at: datetime


@dataclass(frozen=True)
class StandingAnswer:
    """What one of the two, `person`, answered at `at` (calendar, aware). The owners read it with the name."""

    partnership_id: str
    number: int
    person: str
    answer: HowItStands
    at: datetime


@dataclass(frozen=True)
class OversightContext:
    """What the rules need at `now` (calendar, aware).

    - `people`: the two and the owners, by Slack user id; `owners` are all those of the programme.
    - `requests`, `answers`: what owners have asked of the two, in any order, and what was answered.
    - `met_on`: the dates of the meetings.
    - `reminded_at` (calendar, aware): when one of them last got a reminder to meet that comes by itself.
    - `planned_until` (calendar, aware): as in `PartnershipJobContext`.
    """

    partnership: Partnership
    programme: Programme
    people: Mapping[str, Person]
    owners: tuple[str, ...]
    now: datetime
    requests: Sequence[OversightRequest] = ()
    answers: Sequence[StandingAnswer] = ()
    met_on: Sequence[date] = ()
    planned_until: datetime | None = None
    reminded_at: datetime | None = None

    @property
    def present_owners(self) -> tuple[str, ...]:
        """The owners who are notified and named as a contact."""
        return present_among(self.owners, self.people)

    def newest(self, kind: OversightKind) -> OversightRequest | None:
        return newest_of(self.requests, kind)

    def today(self, person: str) -> date:
        return self.people.get(person, Person(person)).today(self.now)


def newest_of(requests: Iterable[OversightRequest], kind: OversightKind) -> OversightRequest | None:
    """The newest request of this kind, or None."""
    return max((each for each in requests if each.kind is kind), key=lambda each: each.number, default=None)


def _sent_by(kind: OversightKind) -> tuple[NotificationKind, OwnerAction]:
    """The message that both get, and the entry in the record."""
    match kind:
        case OversightKind.NUDGE:
            return NotificationKind.OWNER_NUDGE, OwnerAction.NUDGED
        case OversightKind.HELP:
            return NotificationKind.HELP_OFFERED, OwnerAction.OFFERED_HELP
        case OversightKind.STANDING:
            return NotificationKind.STANDING_ASKED, OwnerAction.ASKED
        case OversightKind.ANOTHER:
            return NotificationKind.ANOTHER_OFFERED, OwnerAction.OFFERED_ANOTHER


def ask_both(context: OversightContext, kind: OversightKind, *, by: str, new_id: str) -> Outcome:
    """Write to both in their working hours, in the name of the owner `by` (a Slack user id). `new_id` is for the
    record. `kind` is one of WHILE_ACTIVE.

    Raises NotForYou, OneOfTheTwo, AlreadyEnded, PausedNow, AskedLately, WroteLately, and for a nudge EndReached,
    MeetingNear, RemindedLately.
    """
    partnership = context.partnership
    check_may_act(partnership, by, context.owners)
    standing = pause_of(partnership, context.people)
    check_transition(PartnershipEvent.OWNER_ASKS, partnership, by, owners=context.owners, pause=standing)
    _check_not_lately(context, kind, by)
    if kind is OversightKind.NUDGE:
        asker, today = context.people.get(by, Person(by)), context.today(by)
        if today >= partnership.ends_on:
            raise EndReached(partnership.ends_on)
        if meets_near(context.met_on, context.planned_until, context.now):
            raise MeetingNear
        reminded_on = asker.today(context.reminded_at) if context.reminded_at else date.min
        if today < reminded_on + NUDGE_DISTANCE:
            raise RemindedLately(reminded_on, reminded_on + NUDGE_DISTANCE)
    return _write(context, kind, partnership.people, by, new_id)


def offer_another(context: OversightContext, *, by: str, new_id: str) -> Outcome:
    """Ask those who are not available for matching again whether they would like another match, in the name of the
    owner `by` (a Slack user id). Each decides with one press, and keeps the time that they have waited. `new_id` is for
    the record.

    Raises NotForYou, OneOfTheTwo, StillRunning, AskedLately, WroteLately, BothAreBack.
    """
    partnership = context.partnership
    check_may_act(partnership, by, context.owners)
    check_transition(PartnershipEvent.OFFER_ANOTHER, partnership, by, owners=context.owners)
    _check_not_lately(context, OversightKind.ANOTHER, by)
    asked = [each for each in to_ask_again(partnership) if not context.people.get(each, Person(each)).is_absent]
    if not asked:
        raise BothAreBack
    return _write(context, OversightKind.ANOTHER, asked, by, new_id)


def to_ask_again(partnership: Partnership) -> tuple[str, ...]:
    """Those of a partnership that is over who are not available for matching again (Slack user ids)."""
    return tuple(each for each in partnership.people if each and each not in partnership.back)


def _check_not_lately(context: OversightContext, kind: OversightKind, by: str) -> None:
    last, today = context.newest(kind), context.today(by)
    asker = context.people.get(by, Person(by))
    if last and today < (again_on := asker.today(last.at) + ASK_EVERY):
        raise AskedLately(kind, last.by, asker.today(last.at), again_on)
    newest = max(context.requests, key=lambda each: each.at, default=None)
    if newest and not _is_answered(newest, context) and today < (free_on := asker.today(newest.at) + WRITE_EVERY):
        raise WroteLately(newest.kind, newest.by, asker.today(newest.at), free_on)


def _write(context: OversightContext, kind: OversightKind, people: Sequence[str], by: str, new_id: str) -> Outcome:
    """A message to each of `people`, the request, and its entry in the record."""
    partnership, last = context.partnership, context.newest(kind)
    request = OversightRequest(partnership.id, kind, last.number + 1 if last else 1, by, context.now)
    sent, action = _sent_by(kind)
    refs = {"partnership": partnership.id, "number": str(request.number)}
    told = tuple(
        Notification(f"{sent}:{partnership.id}:{request.number}:{person}", sent, person, refs) for person in people
    )
    record = act_on(partnership, action, by=by, at=context.now, new_id=new_id)
    return Outcome((request, record), told).in_working_hours_from(context.now)


def _is_answered(request: OversightRequest, context: OversightContext) -> bool:
    """Whether one of the two has answered it. Only a question how it stands can be answered."""
    asks = request.kind is OversightKind.STANDING
    return asks and any(each.number == request.number for each in context.answers)


def meets_near(met_on: Sequence[date], planned_until: datetime | None, now: datetime) -> bool:
    """Whether the two have met in the last week, or have a meeting ahead or one about which neither has said whether it
    took place, for a week.
    """
    if planned_until and now < planned_until + AFTER_PLANNED:
        return True
    return any(now.date() - day < NUDGE_DISTANCE for day in met_on)


def check_may_act(partnership: Partnership, by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is an owner, and OneOfTheTwo if they are one of the two."""
    check_owner(by, owners)
    if by in partnership.people:
        raise OneOfTheTwo


def act_on(partnership: Partnership, action: OwnerAction, *, by: str, at: datetime, new_id: str) -> OwnerAct:
    """The entry in the record of what owners do, about both people."""
    return OwnerAct(new_id, partnership.cohort_id, action, by, at, person=partnership.mentee, other=partnership.mentor)


def answer_owner(context: OversightContext, number: int, answer: HowItStands, *, by: str) -> Outcome:
    """Answer how it stands, to the owners. The same twice has one effect; another answer takes its place.

    Raises NotForYou, AlreadyEnded, NotAsked unless it is the newest question.
    """
    partnership = context.partnership
    check_transition(PartnershipEvent.ANSWER_OWNER, partnership, by)
    asked = context.newest(OversightKind.STANDING)
    if asked is None or asked.number != number:
        raise NotAsked
    before = next((each for each in context.answers if each.number == number and each.person == by), None)
    if before and before.answer is answer:
        return NOTHING
    kind = NotificationKind.STANDING_ANSWERED
    refs = {"partnership": partnership.id, "number": str(number), "by": by}
    owners = context.present_owners
    asker = (asked.by,) if asked.by in owners else ()
    named = responsible_owner(partnership, owners)
    readers = dict.fromkeys([*asker, named] if asker and named else asker or owners_for(partnership, owners))
    told = tuple(
        Notification(f"{kind}:{partnership.id}:{number}:{by}:{answer}:{owner}", kind, owner, refs)
        for owner in readers
        if owner not in partnership.people
    )
    said = StandingAnswer(partnership.id, number, by, answer, context.now)
    return Outcome((said,), told)
