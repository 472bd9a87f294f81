"""Sending the calendar files of planned meetings."""

from collections.abc import Sequence

from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.meetings.planned import MeetingPlan, PlannedMeeting


def calendar_files(planned: PlannedMeeting, people: Sequence[str], *, by: str) -> Outcome:
    """The calendar file for each of the two, with what has changed; a reply to the person who has changed it."""
    kind = NotificationKind.CALENDAR_FILE
    refs = {"planned": planned.id, "partnership": planned.partnership_id}
    return Outcome(
        notifications=tuple(
            Notification(f"{kind}:{planned.id}:{person}:{planned.version}", kind, person, refs, is_reply=person == by)
            for person in people
            if person
        )
    )


def regular_files(regular_id: str, plan: MeetingPlan, *, by: str, stamp: str = "") -> Outcome:
    """The calendar file of all meetings of a regular time for each of the two, or with a `stamp` for `by` alone; a
    reply to the person who has changed it. Several changes of one moment, or with one stamp, give one file.
    """
    kind = NotificationKind.REGULAR_FILE
    refs = {"regular": regular_id, "partnership": plan.partnership.id}
    return Outcome(
        notifications=tuple(
            Notification(
                f"{kind}:{regular_id}:{person}:{stamp or plan.now.isoformat()}",
                kind,
                person,
                refs,
                is_reply=person == by,
            )
            for person in ([by] if stamp else plan.partnership.people)
            if person
        )
    )


def own_file(planned: PlannedMeeting, plan: MeetingPlan, *, by: str) -> Outcome:
    """The newest calendar file with this meeting for `by` alone: that of all, if it belongs to a regular time."""
    if planned.regular_id:
        return regular_files(planned.regular_id, plan, by=by, stamp=f"{planned.id}:{planned.version}")
    return calendar_files(planned, [by], by=by)
