"""Writing, changing and signing an agreement. The version that both have signed is in force until they sign another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from mentoring.agreements.errors import (
    AgreementChanged,
    AgreementsOff,
    AtTheEnd,
    NoLongerPossible,
    NothingToSign,
)
from mentoring.agreements.terms import (
    AgreementBounds,
    AgreementForm,
    AgreementTerms,
    ReportTimes,
    as_form,
    bounds_of,
    complete,
    field_of,
    terms_errors,
)
from mentoring.core.errors import InvalidForm
from mentoring.core.fields import FieldName
from mentoring.core.jobs import ScheduledJob
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import latest_date
from mentoring.partnerships.end_date import EndMoved, move_end
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.moved_end import follow_agreement
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.partnerships.transitions import check_transition

SINCE: Final = "since"
"""What a message about an agreement has in its `refs`: the newest version that its reader had signed."""


@dataclass(frozen=True)
class AgreementVersion:
    """One version, without what it says. `number` counts from 1; `signed` has when each has signed (calendar, aware),
    by Slack user id.
    """

    number: int
    written_by: str
    written_at: datetime
    signed: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def is_signed_by_both(self) -> bool:
        return len(self.signed) == 2

    @property
    def signed_at(self) -> datetime:
        """When the last signature was given."""
        return max(self.signed.values())


@dataclass(frozen=True)
class Agreement:
    """Where the agreement of a partnership stands: its versions, oldest first, at least one.

    `version` counts every change and signature. What the versions say is read through `Transaction.private`.
    """

    partnership_id: str
    versions: tuple[AgreementVersion, ...]
    version: int = 1

    @property
    def latest(self) -> AgreementVersion:
        return self.versions[-1]

    @property
    def in_force(self) -> AgreementVersion | None:
        """The newest version that both have signed."""
        return next((each for each in reversed(self.versions) if each.is_signed_by_both), None)

    def waits_for(self, person: str) -> bool:
        """Whether the newest version waits for the signature of this person (Slack user id)."""
        return person not in self.latest.signed

    def answer_of(self, person: str, since: int) -> AgreementVersion | None:
        """The first version after that number which this person has signed."""
        return next((each for each in self.versions if each.number > since and person in each.signed), None)

    def last_of(self, person: str) -> int:
        """The number of the newest version that this person has signed; 0 for none."""
        return max((each.number for each in self.versions if person in each.signed), default=0)


@dataclass(frozen=True)
class WrittenTerms:
    """What one version of an agreement says."""

    partnership_id: str
    number: int
    terms: AgreementTerms


@dataclass(frozen=True)
class AgreementContext:
    """What the rules need: the agreement as it stands with the terms of its newest version, None for none.

    `people` are both, by Slack user id, and `pending` the jobs of the partnership that have not run yet. `goals` are
    what the goals say that both may read now, by id; `open_goals` are the ids of those that are open.
    """

    partnership: Partnership
    programme: Programme
    people: Mapping[str, Person]
    pending: tuple[ScheduledJob, ...] = ()
    agreement: Agreement | None = None
    terms: AgreementTerms | None = None
    goals: Mapping[str, str] = field(default_factory=dict)
    open_goals: tuple[str, ...] = ()

    @property
    def goals_to_choose(self) -> tuple[str, ...]:
        """The ids of the goals that the form offers: those that are open, and those in the newest version that both may
        still read.
        """
        named = self.terms.goals if self.terms else ()
        return tuple(goal for goal in self.goals if goal in self.open_goals or goal in named)

    def with_goals_to_choose(self, form: AgreementForm) -> AgreementForm:
        """The form without goals that are no longer shared or no longer there: a new version does not name them."""
        return replace(form, goals=tuple(goal for goal in form.goals if goal in self.goals_to_choose))

    @property
    def seen(self) -> int:
        """The version by which a form or button knows what its reader saw."""
        return self.agreement.version if self.agreement else 0

    def bounds(self, now: datetime) -> AgreementBounds:
        return bounds_of(self.partnership, self.programme, latest_date(now))


def check_open(context: AgreementContext, by: str, now: datetime) -> None:
    """Raise unless `by` (a Slack user id) can change or sign the agreement at `now` (calendar, aware).

    Raises NotForYou, AlreadyEnded, AgreementsOff, PartnershipPaused, AtTheEnd.
    """
    partnership = context.partnership
    pause = pause_of(partnership, context.people)
    check_transition(PartnershipEvent.CHANGE_AGREEMENT, partnership, by, pause=pause)
    if not context.programme.has_agreements:
        raise AgreementsOff
    if latest_date(now) >= partnership.ends_on:
        raise AtTheEnd(partnership.ends_on)


def check_fields(context: AgreementContext, form: AgreementForm, fields: Collection[FieldName], now: datetime) -> None:
    """Check these fields of a form that may not be complete yet. Raises InvalidForm with all that is wrong in them."""
    wrong = tuple(error for error in terms_errors(form, context.bounds(now)) if field_of(error) in fields)
    if wrong:
        raise InvalidForm(wrong)


def write(context: AgreementContext, form: AgreementForm, *, by: Person, seen: int, now: datetime) -> Outcome:
    """Save a new version, which `by` has signed with it, and ask the partner to read and sign it.

    Writing what the newest version says is a signature. `seen` is what the form was made from, and `now` the calendar
    (aware). Raises AgreementChanged if the agreement is another by now, InvalidForm, and what `check_open` raises.
    Idempotent.
    """
    check_open(context, by.id, now)
    agreement, before, partnership = context.agreement, context.terms, context.partnership
    form = context.with_goals_to_choose(form)
    if agreement and before and context.with_goals_to_choose(as_form(before)) == form:
        return NOTHING if not agreement.waits_for(by.id) else sign(context, by=by, seen=seen, now=now)
    if seen != context.seen:
        raise AgreementChanged(partnership.other(by.id))
    terms = complete(form, context.bounds(now))
    number = agreement.latest.number + 1 if agreement else 1
    added = AgreementVersion(number, by.id, now, {by.id: now})
    changed = (
        replace(agreement, versions=(*agreement.versions, added), version=agreement.version + 1)
        if agreement
        else Agreement(partnership.id, (added,))
    )
    partner = partnership.other(by.id)
    since = changed.last_of(partner)
    told = (
        _told(NotificationKind.AGREEMENT_WRITTEN, changed, partner, since),
        _told(NotificationKind.AGREEMENT_SAVED, changed, by.id, since),
    )
    return Outcome((changed, WrittenTerms(partnership.id, number, terms)), told)


def sign(context: AgreementContext, *, by: Person, seen: int, now: datetime) -> Outcome:
    """Sign the newest version. Once both have, it is in force: the end and the reminders follow it. Idempotent.

    `seen` is the version that the person read, and `now` the calendar (aware). Raises NothingToSign, AgreementChanged
    if there is a newer one, NoLongerPossible, and what `check_open` raises.
    """
    check_open(context, by.id, now)
    agreement, terms = context.agreement, context.terms
    if agreement is None or terms is None:
        raise NothingToSign
    if not agreement.waits_for(by.id):
        return NOTHING
    if seen != agreement.version:
        raise AgreementChanged(context.partnership.other(by.id))
    if errors := tuple(terms_errors(as_form(terms), context.bounds(now))):
        raise NoLongerPossible(tuple(dict.fromkeys(found for error in errors if (found := field_of(error)))))
    latest = replace(agreement.latest, signed={**agreement.latest.signed, by.id: now})
    signed = replace(agreement, versions=(*agreement.versions[:-1], latest), version=agreement.version + 1)
    return Outcome((signed, *_come_into_force(context, terms, now)))


def _come_into_force(context: AgreementContext, terms: AgreementTerms, now: datetime) -> tuple[object, ...]:
    before = context.partnership
    after = move_end(before, terms.until, latest_date(now))
    people = [context.people.get(person, Person(person)) for person in before.people]
    agreed = FollowedTerms(
        terms.rhythm,
        terms.review_on,
        terms.minutes,
        terms.schedules,
        terms.reports is ReportTimes.QUARTERLY,
    )
    jobs = follow_agreement(after, agreed, people, context.programme, context.pending, now)
    moved = [after, EndMoved(after.id, after.ends_on)] if after != before else []
    return (*moved, *jobs)


def _told(kind: NotificationKind, agreement: Agreement, recipient: str, since: int) -> Notification:
    """One message until the partner has answered with a version or a signature: a newer version updates it. `since` is
    the newest version that the partner has signed.
    """
    key = f"{kind}:{agreement.partnership_id}:{recipient}:{since}"
    return Notification(
        key,
        kind,
        recipient,
        {"partnership": agreement.partnership_id, SINCE: str(since)},
        is_reply=kind is NotificationKind.AGREEMENT_SAVED,
    )
