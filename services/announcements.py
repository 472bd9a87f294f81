"""The communication plan: loading it, and sending what is due."""

from collections.abc import Sequence
from datetime import datetime

from mentoring.announcements import sending
from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementContext,
    AnnouncementOutdated,
    AnnouncementState,
    Planned,
    Progress,
    entries_of,
    plan_of,
    session_of,
    usual_moment,
)
from mentoring.announcements.placeholders import Placeholder, used_in
from mentoring.announcements.planning import look_at_plan
from mentoring.core.jobs import JobDone, ScheduledJob
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.partnerships.partnership import Partnership
from mentoring.sessions.session import Session
from messages.announcements.plan import ShownPlan, Unsettled
from messages.announcements.texts import text_of
from storage import Transaction

_UNDER_WAY = frozenset({AnnouncementState.SENDING, AnnouncementState.SENT, AnnouncementState.STOPPED})


def clock_of(tx: Transaction) -> Person:
    """A person without a time zone of their own, who has the programme's."""
    return Person("", programme_zone=tx.people.programme_zone())


def load_plan(tx: Transaction, programme: Programme, cohort: Cohort) -> tuple[Planned, ...]:
    """The plan of the cohort, and before it what is still to go out of earlier rounds."""
    stored, clock = tx.announcements.of_programme(programme.id), clock_of(tx)
    earlier = [each for each in stored if each.cohort_id != cohort.id and each.state in _STILL_TO_GO]
    cohorts = [found for id in {each.cohort_id for each in earlier} if (found := tx.cohorts.get(id))]
    return entries_of(earlier, cohorts, programme, clock) + plan_of(cohort, programme, stored, clock)


_STILL_TO_GO = frozenset({AnnouncementState.PLANNED, AnnouncementState.APPROVED, AnnouncementState.SENDING})


def usual_moment_of(tx: Transaction, entry: Planned, programme: Programme) -> datetime | None:
    """When the entry goes out by the dates of its round; None for one that owners added."""
    return usual_moment(entry.announcement.kind, entry.cohort, programme, clock_of(tx))


def load_shown_plan(tx: Transaction, entries: Sequence[Planned]) -> ShownPlan:
    """The entries, with how far those on their way have got."""
    under_way = [each.announcement for each in entries if each.announcement.state in _UNDER_WAY]
    unsettled = {each.id: _unsettled(tx, each) for each in under_way if not each.audience.is_direct}
    return ShownPlan(entries, tx.announcements.progress([each.id for each in under_way]), unsettled)


def load_announcement(
    tx: Transaction, announcement: Announcement, *, with_progress: bool = False
) -> AnnouncementContext | None:
    """What a message about it shows; None if its round is gone."""
    cohort = tx.cohorts.get(announcement.cohort_id)
    if cohort is None:
        return None
    progress = tx.announcements.progress([announcement.id])[announcement.id] if with_progress else Progress()
    return AnnouncementContext(announcement, cohort, _named(tx, announcement), progress, _session(tx, announcement))


def run_announcements(tx: Transaction, job: ScheduledJob, programme: Programme, now: datetime) -> Outcome:
    """Take the next step with each announcement of the programme: start it, tell some, or finish it. The job moves to
    when there is more to do.
    """
    stored = [each for each in tx.announcements.of_programme(programme.id) if sending.is_in_use(each)]
    cohorts = [found for id in {each.cohort_id for each in stored} if (found := tx.cohorts.get(id))]
    entries = entries_of(stored, cohorts, programme, clock_of(tx))
    outcome = NOTHING
    for entry in entries:
        step = _next_step(tx, entry, programme, now)
        if step is not None:
            return outcome + step + Outcome((job.rescheduled(now),))
    progress = tx.announcements.progress([each.announcement.id for each in entries])
    due = {id: moment for id in progress if (moment := tx.announcements.next_due(id))}
    for entry in entries:
        if entry.announcement.state is AnnouncementState.SENDING:
            if not progress[entry.announcement.id].waiting:
                outcome += sending.finish(entry.announcement)
            elif entry.announcement.audience.is_direct:
                outcome += sending.show_progress(entry.announcement)
    following = sending.next_look(entries, progress, due, now)
    return outcome + Outcome((job.rescheduled(following) if following else JobDone(job),))


def _next_step(tx: Transaction, entry: Planned, programme: Programme, now: datetime) -> Outcome | None:
    """What is to be done about this entry now; None if there is nothing but to wait."""
    announcement = entry.announcement
    if announcement.state is AnnouncementState.SENDING:
        untold = tx.announcements.untold(announcement.id, sending.BATCH)
        return sending.tell(announcement, untold, now) if untold else None
    if entry.due > now:
        return None
    if entry.is_too_late_at(now):
        return sending.drop_late(entry)
    owners = tx.roles.present_owners(programme.id)
    if not announcement.audience.is_direct:
        return sending.start(entry, (), {}, owners=owners)
    partnerships = [each for each in tx.partnerships.in_programme(programme.id) if each.cohort_id == entry.cohort.id]
    people = sending.people_in_round(
        announcement.audience, entry.cohort, tx.applications.in_cohort(entry.cohort.id), partnerships
    )
    away = tx.people.unavailable()
    here = [person for person in people if person not in away]
    return sending.start(entry, here, _told(tx, announcement), owners=owners)


def _told(tx: Transaction, announcement: Announcement) -> dict[str, int]:
    """How many direct messages of the plan of this round each person got."""
    others = [
        each.id
        for each in tx.announcements.of_programme(announcement.programme_id)
        if each.cohort_id == announcement.cohort_id and each.audience.is_direct and each.id != announcement.id
    ]
    return tx.announcements.direct_messages(others)


def follow_new_dates(tx: Transaction, programme_id: str, now: datetime) -> None:
    """The dates of the round may have changed: look at `now` (calendar, aware) when approved announcements go out."""
    if any(sending.is_in_use(each) for each in tx.announcements.of_programme(programme_id)):
        tx.save(Outcome((look_at_plan(programme_id, now),)))


def posts_outdated(tx: Transaction, partnership: Partnership) -> Outcome:
    """Have the posts rendered again that name pairs of this partnership's round, after one of the two has changed
    whether they may be named.
    """
    stored = tx.announcements.of_programme(tx.cohorts.programme_of(partnership.cohort_id) or "")
    return Outcome(
        tuple(
            AnnouncementOutdated(each.id)
            for each in stored
            if each.cohort_id == partnership.cohort_id and Placeholder.NAMES in used_in(text_of(each))
        )
    )


def sessions_outdated(tx: Transaction, programme_id: str) -> Outcome:
    """Have the posts in channels rendered again that show a session of the programme, after one has changed."""
    posts = (each for each in tx.announcements.of_programme(programme_id) if not each.audience.is_direct)
    return Outcome(tuple(AnnouncementOutdated(each.id) for each in posts if each.state in _UNDER_WAY))


def _session(tx: Transaction, announcement: Announcement) -> Session | None:
    """The session to which it invites; those of earlier rounds invite to none."""
    current = tx.programmes.with_cohort(announcement.programme_id)
    if current is None or current[1].id != announcement.cohort_id:
        return None
    return session_of(announcement, tx.sessions.planned(announcement.programme_id))


def _named(tx: Transaction, announcement: Announcement) -> tuple[tuple[str, str], ...]:
    """The pairs of the round of whom both agreed to be named, if the text names them."""
    if announcement.audience.is_direct or Placeholder.NAMES not in used_in(text_of(announcement)):
        return ()
    found = tx.partnerships.with_ids(sorted(tx.closures.named_by_both()))
    return tuple(each.people for each in found if each.cohort_id == announcement.cohort_id and all(each.people))


def _unsettled(tx: Transaction, announcement: Announcement) -> tuple[Unsettled, ...]:
    states = tx.announcements.states(announcement.id)
    return tuple(
        Unsettled(channel, id, why, is_unsure=states[channel] == "unsure")
        for channel, (id, why) in tx.announcements.unresolved(announcement.id).items()
    )
