"""Sending an announcement: who gets it is kept when it starts, and they are told a few hundred at a time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentoring.announcements.announcement import (
    IN_USE,
    MOST_DIRECT,
    Announcement,
    AnnouncementAudience,
    AnnouncementOutdated,
    AnnouncementState,
    Planned,
    Progress,
)
from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import Cohort
from mentoring.partnerships.partnership import Partnership

BATCH = 200
"""How many are enqueued in one transaction, so that no request waits for a long one."""
LOOK_AGAIN = timedelta(minutes=1)
"""How often the owners' progress is brought up to date while messages go out."""


@dataclass(frozen=True)
class RecipientsChosen:
    """Who gets an announcement, kept when it starts: Slack ids of people or channels. `limited` are people who had
    MOST_DIRECT messages of the round's plan before, and get none.
    """

    announcement_id: str
    recipients: tuple[str, ...]
    limited: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecipientsTold:
    """Their messages are enqueued, under keys by which they are told once."""

    announcement_id: str
    keys: Mapping[str, str]


def people_in_round(
    audience: AnnouncementAudience,
    cohort: Cohort,
    applications: Iterable[Application],
    partnerships: Iterable[Partnership],
) -> tuple[str, ...]:
    """The participants (Slack user ids, sorted): those who applied for the round in time and did not withdraw, and the
    two of each of its partnerships.
    """
    reached = _ROLES[audience]
    found = {
        each.person
        for each in applications
        if each.state is ApplicationState.OPEN and each.role in reached and not each.waits_for_next(cohort)
    }
    for partnership in partnerships:
        pair = {Role.MENTEE: partnership.mentee, Role.MENTOR: partnership.mentor}
        found |= {person for role, person in pair.items() if role in reached}
    return tuple(sorted(found - {""}))


def start(entry: Planned, people: Collection[str], told: Mapping[str, int], *, owners: Collection[str]) -> Outcome:
    """Begin to send an approved entry whose time has come. `told` says how many direct messages of the round's plan
    each person got. The owner who approved it, if they still are one, sees how it goes.
    """
    announcement = entry.announcement
    started = replace(announcement, state=AnnouncementState.SENDING, version=announcement.version + 1)
    if not announcement.audience.is_direct:
        return Outcome((started, RecipientsChosen(announcement.id, announcement.channels)))
    limited = tuple(person for person in people if told.get(person, 0) >= MOST_DIRECT)
    left = tuple(person for person in people if person not in set(limited))
    progress = (_progress(announcement),) if announcement.approved_by in owners and left else ()
    return Outcome((started, RecipientsChosen(announcement.id, left, limited)), progress)


def drop_late(entry: Planned) -> Outcome:
    """Leave an approved call out that comes after the last day to apply."""
    announcement = entry.announcement
    left_out = replace(announcement, state=AnnouncementState.LEFT_OUT, version=announcement.version + 1)
    return Outcome((left_out,))


def tell(announcement: Announcement, recipients: Collection[str], now: datetime) -> Outcome:
    """Enqueue the messages to these recipients."""
    messages = tuple(_message(announcement, each, now) for each in recipients)
    keys = {each.recipient: each.key for each in messages}
    return Outcome((RecipientsTold(announcement.id, keys),), messages)


def finish(announcement: Announcement) -> Outcome:
    """Nobody is left to be told."""
    return Outcome((replace(announcement, state=AnnouncementState.SENT, version=announcement.version + 1),))


def show_progress(announcement: Announcement) -> Outcome:
    return Outcome((AnnouncementOutdated(announcement.id),))


def next_look(
    entries: Iterable[Planned], progress: Mapping[str, Progress], next_due: Mapping[str, datetime], now: datetime
) -> datetime | None:
    """When to look at the plan again (calendar, aware): when the next approved entry is due, and once a minute while
    messages go out. `next_due` says by announcement when the first of the messages that wait goes out.
    """
    moments = []
    for each in entries:
        announcement = each.announcement
        if announcement.state is AnnouncementState.APPROVED:
            moments.append(each.due)
        elif announcement.state is AnnouncementState.SENDING and progress[announcement.id].waiting:
            moments.append(max(next_due.get(announcement.id, now), now + LOOK_AGAIN))
    return min(moments, default=None)


def is_in_use(announcement: Announcement) -> bool:
    """Whether it is approved or on its way."""
    return announcement.state in IN_USE


def _message(announcement: Announcement, recipient: str, now: datetime) -> Notification:
    kind = NotificationKind.ANNOUNCEMENT if announcement.audience.is_direct else NotificationKind.CHANNEL_POST
    refs = {"announcement": announcement.id, "programme": announcement.programme_id}
    return Notification(f"{kind}:{announcement.id}:{recipient}", kind, recipient, refs, due=now)


def _progress(announcement: Announcement) -> Notification:
    kind, owner = NotificationKind.ANNOUNCEMENT_PROGRESS, announcement.approved_by
    refs = {"announcement": announcement.id, "programme": announcement.programme_id}
    return Notification(f"{kind}:{announcement.id}:{owner}", kind, owner, refs)


_ROLES = {
    AnnouncementAudience.MENTEES: frozenset({Role.MENTEE}),
    AnnouncementAudience.MENTORS: frozenset({Role.MENTOR}),
    AnnouncementAudience.EVERYONE: frozenset(Role),
}
