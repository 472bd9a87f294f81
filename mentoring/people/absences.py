"""People leave and come back. Slack tells of it by their account, which is closed or open again.

A partnership with somebody who has left is paused. That follows from who they are and is kept nowhere: it goes on by
itself when they are back, and until then nothing is expected of anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person, ProfileUpdate
from mentoring.core.programmes import Programme
from mentoring.matching.match import Match, MatchState
from mentoring.matching.offers import close_offer
from mentoring.partnerships.partnership import Partnership


@dataclass(frozen=True)
class AbsenceContext:
    """A person as we knew them, and whom it concerns when they leave or come back.

    `partnerships` are theirs, those that are over included; `matches` those of the cohort that still stand; `people`
    by id, everybody in either and the owners. `programme` is None before it is founded, and where nothing follows.
    """

    person: Person
    programme: Programme | None = None
    owners: tuple[str, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    matches: tuple[Match, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)

    @property
    def active(self) -> tuple[Partnership, ...]:
        return tuple(partnership for partnership in self.partnerships if partnership.is_active)


def affected_since(partnerships: Iterable[Partnership], left_at: datetime) -> tuple[Partnership, ...]:
    """Those that somebody who was away since `left_at` comes back to: still active, or over since."""
    return tuple(p for p in partnerships if p.is_active or (p.over_at is not None and p.over_at >= left_at))


def update_profile(involved: AbsenceContext, told: Person, now: datetime) -> Outcome:
    """Keep what Slack says of a person at `now`, and do what follows where they have left or are back.

    Slack tells no time zone of a closed account, so theirs stays as it was. Each departure is told once, and nothing is
    owed to whoever is away.
    """
    before = involved.person
    person = replace(
        told,
        time_zone=before.time_zone if told.is_away else told.time_zone,
        left_at=(before.left_at or now) if told.is_away else None,
    )
    kept = Outcome((ProfileUpdate(person, now),))
    if involved.programme is None or (before.left_at is None) is (person.left_at is None):
        return kept
    follows = _back(involved, person, before.left_at) if before.left_at else _left(involved, person, now)
    people = {**involved.people, person.id: person}
    owed = tuple(
        notice
        for notice in follows.notifications
        if notice.recipient in people and not people[notice.recipient].is_away
    )
    return kept + Outcome(follows.changes, owed).in_working_hours_from(now)


def _left(involved: AbsenceContext, person: Person, now: datetime) -> Outcome:
    """Their partnerships are paused, offers to them are over, and proposals with them leave the desk."""
    outcome = NOTHING
    for match in involved.matches:
        if match.state is MatchState.OFFERED:
            outcome += close_offer(match, MatchState.LAPSED, owners=involved.owners)
        elif match.state is MatchState.PROPOSED:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
    stamp = _stamp(now)
    partners = _to_partners(involved.active, person, NotificationKind.PARTNER_LEFT, stamp)
    owners = _to_owners(involved, involved.active, person, NotificationKind.OWNERS_PERSON_LEFT, stamp)
    return outcome + Outcome(notifications=(*partners, *owners))


def _back(involved: AbsenceContext, person: Person, left_at: datetime) -> Outcome:
    """What was paused goes on. They hear where things stand, also of what has come to its end meanwhile."""
    stamp = _stamp(left_at)
    key = f"{NotificationKind.WELCOME_BACK}:{person.id}:{stamp}"
    welcome = Notification(key, NotificationKind.WELCOME_BACK, person.id, _about(person, stamp))
    concerned = affected_since(involved.partnerships, left_at)
    running = [p for p in involved.active if not _is_away(involved, p.other(person.id))]
    partners = _to_partners(running, person, NotificationKind.PARTNER_BACK, stamp)
    owners = _to_owners(involved, involved.active, person, NotificationKind.OWNERS_PERSON_BACK, stamp)
    return Outcome(notifications=(*([welcome] if concerned else ()), *partners, *owners))


def _to_partners(
    partnerships: Iterable[Partnership], person: Person, kind: NotificationKind, stamp: str
) -> tuple[Notification, ...]:
    """Each partner hears of theirs."""
    return tuple(
        Notification(f"{kind}:{p.id}:{p.other(person.id)}:{stamp}", kind, p.other(person.id), {"partnership": p.id})
        for p in partnerships
        if p.other(person.id)
    )


def _to_owners(
    involved: AbsenceContext, partnerships: Iterable[Partnership], person: Person, kind: NotificationKind, stamp: str
) -> tuple[Notification, ...]:
    """One message for all that an owner is no part of."""
    return tuple(
        Notification(f"{kind}:{person.id}:{owner}:{stamp}", kind, owner, _about(person, stamp))
        for owner in involved.owners
        if any(owner not in partnership.people for partnership in partnerships) and owner != person.id
    )


def _about(person: Person, stamp: str) -> dict[str, str]:
    return {"person": person.id, "left": stamp}


def _is_away(involved: AbsenceContext, person: str) -> bool:
    return person in involved.people and involved.people[person].is_away


def _stamp(left_at: datetime) -> str:
    """Names one departure, in ISO format."""
    return left_at.isoformat()
