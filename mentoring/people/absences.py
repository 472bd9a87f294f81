"""What follows when a Slack account is deactivated or opened again: the person is absent, or has returned.

A partnership with an absent person is paused. The pause is derived from the account status and not stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import present_among
from mentoring.core.people import Person, ProfileUpdate
from mentoring.matching.match import Match, MatchState
from mentoring.matching.offers import close_offer
from mentoring.meetings.planning import MeetingsAhead, call_off_ahead
from mentoring.partnerships.partnership import Partnership, pause_of


@dataclass(frozen=True)
class AffectedProgramme:
    """What depends on a person in one programme.

    `partnerships` are all of theirs, past ones included. `matches` are the proposals and open offers of the current
    cohort, `cohort_id`; `has_applied` says whether they have an open application there.
    """

    id: str
    owners: tuple[str, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    matches: tuple[Match, ...] = ()
    committee: tuple[str, ...] = ()
    has_applied: bool = False
    cohort_id: str = ""
    facilitators: tuple[str, ...] = ()

    @property
    def active(self) -> tuple[Partnership, ...]:
        return tuple(partnership for partnership in self.partnerships if partnership.is_active)


@dataclass(frozen=True)
class AbsenceContext:
    """A person as stored, with everything that depends on whether they are absent.

    `programmes` are all of the workspace, or none if nothing follows. `people` are the owners, the committees and
    everybody in the partnerships and matches, by Slack user id. `ahead` are their planned meetings.
    """

    person: Person
    programmes: tuple[AffectedProgramme, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    ahead: tuple[MeetingsAhead, ...] = ()


def affected_since(partnerships: Iterable[Partnership], left_at: datetime) -> tuple[Partnership, ...]:
    """The partnerships that an absence since `left_at` (aware) affects: active ones and those that ended since, without
    those that began after it.
    """
    return tuple(
        p
        for p in partnerships
        if p.introduced_at <= left_at and (p.is_active or (p.over_at is not None and p.over_at >= left_at))
    )


def update_profile(context: AbsenceContext, profile: Person, now: datetime) -> Outcome:
    """Save a profile that Slack sent at `now` (calendar, aware), with what follows if the person left or returned.

    Slack sends no time zone for a deactivated account, so the stored one is kept. Each absence is announced once, and
    absent people are not notified.
    """
    before = context.person
    person = replace(
        profile,
        time_zone=before.time_zone if profile.is_absent else profile.time_zone,
        left_at=(before.left_at or now) if profile.is_absent else None,
        programme_zone=before.programme_zone,
        leave=before.leave,
    )
    saved = Outcome((ProfileUpdate(person, now),))
    if not context.programmes or (before.left_at is None) is (person.left_at is None):
        return saved
    follows = _returned(context, person, before.left_at) if before.left_at else _left(context, person, now)
    people = {**context.people, person.id: person}
    notifications = tuple(
        n for n in follows.notifications if n.recipient in people and not people[n.recipient].is_absent
    )
    return saved + Outcome(follows.changes, notifications).in_working_hours_from(now)


def _left(context: AbsenceContext, person: Person, now: datetime) -> Outcome:
    """Close their open offers, drop proposals with them, and notify partners and owners."""
    outcome, since = call_off_ahead(context.ahead), now.isoformat()
    for programme in context.programmes:
        outcome += close_matches(programme, {**context.people, person.id: person})
        partners = notify_partners(programme.active, person, NotificationKind.PARTNER_LEFT, since)
        owners = _to_owners(programme, person, NotificationKind.OWNERS_PERSON_LEFT, since)
        outcome += Outcome(notifications=(*partners, *owners, *_of_role(programme, person, since)))
    return outcome


def close_matches(programme: AffectedProgramme, people: Mapping[str, Person]) -> Outcome:
    """Close the person's open offers and drop the proposals with them. `people` are by Slack user id."""
    outcome = NOTHING
    for match in programme.matches:
        if match.state is MatchState.OFFERED:
            outcome += close_offer(match, MatchState.OVERTAKEN, owners=present_among(programme.owners, people))
        elif match.state is MatchState.PROPOSED:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
    return outcome


def _of_role(programme: AffectedProgramme, person: Person, since: str) -> tuple[Notification, ...]:
    """If the person is an owner or on the committee, one notification to each other of these: nothing waits for them
    any more. If they are only a facilitator, one to each owner: people are not told of them any more.
    """
    kind, approvers = NotificationKind.OWNER_LEFT, (*programme.owners, *programme.committee)
    told: tuple[str, ...] = ()
    if person.id in approvers:
        told = tuple(each for each in approvers if each != person.id)
    elif person.id in programme.facilitators:
        told = programme.owners
    return tuple(
        Notification(_key(kind, programme, person, each, since), kind, each, _refs(programme, person, since))
        for each in told
    )


def _returned(context: AbsenceContext, person: Person, left_at: datetime) -> Outcome:
    """Welcome them if partnerships were affected, and notify the partners who are present, and the owners."""
    since = left_at.isoformat()
    outcome = NOTHING
    affected = [each for each in context.programmes if affected_since(each.partnerships, left_at)]
    if affected:
        key = f"{NotificationKind.WELCOME_BACK}:{person.id}:{since}"
        refs = _refs(affected[0], person, since)
        outcome += Outcome(notifications=(Notification(key, NotificationKind.WELCOME_BACK, person.id, refs),))
    for programme in context.programmes:
        resumed = [p for p in programme.active if not pause_of(p, {**context.people, person.id: person})]
        partners = notify_partners(resumed, person, NotificationKind.PARTNER_BACK, since)
        owners = _to_owners(programme, person, NotificationKind.OWNERS_PERSON_BACK, since)
        outcome += Outcome(notifications=(*partners, *owners))
    return outcome


def notify_partners(
    partnerships: Iterable[Partnership], person: Person, kind: NotificationKind, since: str
) -> tuple[Notification, ...]:
    """One notification to the partner in each partnership."""
    return tuple(
        Notification(f"{kind}:{p.id}:{p.other(person.id)}:{since}", kind, p.other(person.id), {"partnership": p.id})
        for p in partnerships
        if p.other(person.id)
    )


def _to_owners(
    programme: AffectedProgramme, person: Person, kind: NotificationKind, since: str
) -> tuple[Notification, ...]:
    """One notification to each owner who is not in all of the person's active partnerships in the programme."""
    return tuple(
        Notification(_key(kind, programme, person, owner, since), kind, owner, _refs(programme, person, since))
        for owner in programme.owners
        if any(owner not in partnership.people for partnership in programme.active) and owner != person.id
    )


def _key(kind: NotificationKind, programme: AffectedProgramme, person: Person, owner: str, since: str) -> str:
    return f"{kind}:{programme.id}:{person.id}:{owner}:{since}"


def _refs(programme: AffectedProgramme, person: Person, since: str) -> dict[str, str]:
    return {"person": person.id, "left": since, "programme": programme.id}
