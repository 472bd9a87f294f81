"""Deleting the log of a meeting, as either of the two people (D1.14)."""

from mentoring.core.errors import StaleRequest
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.meetings.log import Meeting, MeetingDeleted
from mentoring.meetings.planned import MeetingAnswer, PlannedMeeting, PlannedState
from mentoring.partnerships.errors import NoSuchMeeting
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition


def delete_meeting(
    partnership: Partnership, meeting: Meeting | None, planned: PlannedMeeting | None, *, by: str, seen_version: int
) -> Outcome:
    """Delete a logged meeting with its notes, and tell the other person. Reminders then count without it.

    `planned` is the planned meeting that the log is about, if there is one: it did not take place then, as `by` (a
    Slack user id) says, and the other can say that it did. `seen_version` is the version that `by` saw. Raises
    NotForYou, NoSuchMeeting, and StaleRequest if it was corrected since.
    """
    check_transition(PartnershipEvent.DELETE_MEETING, partnership, by)
    if meeting is None or meeting.partnership_id != partnership.id:
        raise NoSuchMeeting
    if seen_version != meeting.version:
        raise StaleRequest(typed=False)
    kind = NotificationKind.MEETING_DELETED
    refs = {"partnership": partnership.id, "by": by, "met": meeting.met_on.isoformat()}
    other = partnership.other(by)  # "" once they are erased
    told = (Notification(f"{kind}:{meeting.id}", kind, other, refs),) if other else ()
    return Outcome((MeetingDeleted(meeting.id, partnership.id), *_not_held(partnership, planned, by)), told)


def _not_held(partnership: Partnership, planned: PlannedMeeting | None, by: str) -> tuple[PlannedMeeting, ...]:
    if planned is None or planned.state is not PlannedState.HELD:
        return ()
    is_mentee = by == partnership.mentee
    said = MeetingAnswer.NOT_MET
    return (
        planned.changed(
            state=PlannedState.MISSED,
            mentee_answer=said if is_mentee else None,
            mentor_answer=None if is_mentee else said,
            is_disputed=False,
        ),
    )
