"""Logging meetings and correcting the log, with the action items that were agreed (D1.9, D1.14)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mentoring.applications.application import MeetingMode
from mentoring.core.errors import (
    InTheFuture,
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    OutOfRange,
    StaleRequest,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.items.item import ActionItem, agreed_items, lines_errors
from mentoring.partnerships.errors import BeforeTheStart, LoggedThatDay, NoSuchMeeting, NotYourLog
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition

LEAST_MINUTES, MOST_MINUTES = 5, 480
MOST_NOTES = 3000


@dataclass(frozen=True)
class MeetingForm:
    """The input of the meeting form. `mine` and `theirs` are action items of its author and of the other person, all
    until `action_by`. `goals` are the ids of the goals that were talked about. `is_another` says that they met more
    than once that day.

    Only the two people of the partnership can read the notes and the action items.
    """

    met_on: date | None
    minutes: int | None
    way: MeetingMode | None
    topics: tuple[str, ...] = ()
    notes: str = ""
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    action_by: date | None = None
    goals: tuple[str, ...] = ()
    is_another: bool = False


@dataclass(frozen=True)
class Meeting:
    """A meeting that took place, without its notes. `logged_by` is a Slack user id."""

    id: str
    partnership_id: str
    met_on: date
    minutes: int
    way: MeetingMode
    topics: tuple[str, ...]
    logged_by: str
    version: int = 1


@dataclass(frozen=True)
class MeetingDeleted:
    """The log of a meeting and its notes are deleted. Nothing happens if there is none. Action items stay."""

    meeting_id: str
    partnership_id: str


@dataclass(frozen=True)
class MeetingTotals:
    """How many meetings a partnership has had, and the day of the last: all that owners are shown of them."""

    count: int = 0
    last: date | None = None

    def with_earlier(self, partnership: Partnership) -> "MeetingTotals":
        """With the meetings before the partnership was brought in."""
        days = [day for day in (self.last, partnership.last_met_before) if day]
        return MeetingTotals(self.count + partnership.met_before, max(days, default=None))


@dataclass(frozen=True)
class MeetingNotes:
    """The notes of a meeting. Only the two people of the partnership can read them, no owner.

    `goals` are the ids of the goals that were talked about: what they say is shown to those of the two who may read it.
    """

    meeting_id: str
    notes: str = ""
    goals: tuple[str, ...] = ()


def log_meeting(
    partnership: Partnership,
    form: MeetingForm,
    *,
    by: Person,
    now: datetime,
    meeting_id: str,
    visible_goals: Collection[str] = (),
    items: Sequence[ActionItem] = (),
    logged: Iterable[Meeting] = (),
) -> Outcome:
    """Save a meeting, with a receipt, and notify the partner, without the notes. `now` is the calendar, aware.

    `visible_goals` are the ids of the goals that its author may read, from which they choose. `items` are the action
    items of the two so far, and `logged` their other meetings.

    `meeting_id` is created with the form, so that sending a form twice logs one meeting. Raises NotForYou,
    AlreadyEnded, InvalidForm, and LoggedThatDay for a second one of a day that is not said to be another.
    """
    check_transition(PartnershipEvent.LOG_MEETING, partnership, by.id)
    meeting, notes = _from_form(partnership, form, by, now, meeting_id, visible_goals, items)
    _check_day(meeting, logged, is_another=form.is_another)
    partner = partnership.other(by.id)
    notification = Notification(
        f"{NotificationKind.MEETING_LOGGED}:{meeting.id}",
        NotificationKind.MEETING_LOGGED,
        partner,
        {"meeting": meeting.id, "by": by.id},
    )
    agreed = _agreed(partnership, form, by, now, meeting.id, meeting.id)
    return Outcome((meeting, notes, *agreed), (_saved(meeting), notification))


def correct_meeting(
    partnership: Partnership,
    meeting: Meeting | None,
    before: MeetingNotes | None,
    form: MeetingForm,
    *,
    by: Person,
    seen_version: int,
    now: datetime,
    visible_goals: Collection[str] = (),
    items: Sequence[ActionItem] = (),
    item_id: str = "",
    logged: Iterable[Meeting] = (),
) -> Outcome:
    """Correct a logged meeting, as its author, who gets a receipt. Nobody else is notified. Goals that the author may
    not read (any more) stay as they are. Action items of the form are added to those of the two, `items`; their ids
    begin with `item_id`, which is created with the form, so that sending it twice adds them once.

    `before` are the stored notes, `visible_goals` the ids of the goals that the author may read, `seen_version` is the
    meeting's version when the form was opened, `now` is the calendar (aware), `logged` are the meetings of the two.
    Raises NotForYou, NoSuchMeeting, NotYourLog, InvalidForm, LoggedThatDay if it moves to the day of another one, and
    StaleRequest if the meeting was corrected since the form was opened.
    """
    check_transition(PartnershipEvent.CORRECT_MEETING, partnership, by.id)
    if meeting is None or meeting.partnership_id != partnership.id:
        raise NoSuchMeeting
    if meeting.logged_by != by.id:
        raise NotYourLog
    if any(item.id.startswith(f"{item_id}-") for item in items):
        return NOTHING
    if form.mine or form.theirs:
        check_transition(PartnershipEvent.CHANGE_ITEMS, partnership, by.id)
    corrected, notes = _from_form(partnership, form, by, now, meeting.id, visible_goals, items)
    agreed = _agreed(partnership, form, by, now, meeting.id, item_id)
    hidden = tuple(goal for goal in before.goals if goal not in visible_goals) if before else ()
    notes = replace(notes, goals=(*hidden, *notes.goals))
    corrected = replace(corrected, version=meeting.version)
    if (corrected, notes) == (meeting, before) and not agreed:
        return NOTHING
    if seen_version != meeting.version:
        raise StaleRequest
    if corrected.met_on != meeting.met_on:
        _check_day(corrected, logged, is_another=form.is_another)
    corrected = replace(corrected, version=meeting.version + 1)
    return Outcome((corrected, notes, *agreed), (_saved(corrected),))


def _check_day(meeting: Meeting, logged: Iterable[Meeting], *, is_another: bool) -> None:
    """A second meeting of a day is often the same one, which the other person has logged."""
    same = next((each for each in logged if each.met_on == meeting.met_on and each.id != meeting.id), None)
    if same and not is_another:
        raise LoggedThatDay(same.met_on, same.logged_by, own=same.logged_by == meeting.logged_by)


def _saved(meeting: Meeting) -> Notification:
    """The receipt for its author, one for each version."""
    key = f"{NotificationKind.MEETING_SAVED}:{meeting.id}:{meeting.version}"
    refs = {"meeting": meeting.id}
    return Notification(key, NotificationKind.MEETING_SAVED, meeting.logged_by, refs, is_reply=True)


def _agreed(
    partnership: Partnership, form: MeetingForm, by: Person, now: datetime, meeting_id: str, item_id: str
) -> tuple[ActionItem, ...]:
    lines = (form.mine, form.theirs)
    return agreed_items(partnership, lines, form.action_by, by=by, now=now, meeting_id=meeting_id, item_id=item_id)


def _from_form(
    partnership: Partnership,
    form: MeetingForm,
    by: Person,
    now: datetime,
    meeting_id: str,
    visible_goals: Collection[str],
    items: Sequence[ActionItem],
) -> tuple[Meeting, MeetingNotes]:
    reasons = (
        *_wrong(partnership, form, by, now),
        *lines_errors(items, (form.mine, form.theirs), form.action_by, by.today(now)),
    )
    if not set(form.goals) <= set(visible_goals):
        reasons += (NoLongerOffered(FieldName.GOALS),)
    if reasons or form.met_on is None or form.minutes is None or form.way is None:
        raise InvalidForm(reasons)
    meeting = Meeting(meeting_id, partnership.id, form.met_on, form.minutes, form.way, form.topics, by.id)
    return meeting, MeetingNotes(meeting_id, form.notes, form.goals)


def _wrong(partnership: Partnership, form: MeetingForm, by: Person, now: datetime) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    required: Mapping[FieldName, object] = {
        FieldName.MET_ON: form.met_on,
        FieldName.MINUTES: form.minutes,
        FieldName.WAY: form.way,
    }
    reasons += [Missing(name) for name, value in required.items() if value is None]
    started_on = by.today(partnership.introduced_at)
    if form.met_on and form.met_on > by.today(now):
        reasons.append(InTheFuture(FieldName.MET_ON))
    elif form.met_on and form.met_on < started_on:
        reasons.append(BeforeTheStart(FieldName.MET_ON, started_on))
    if form.minutes is not None and not LEAST_MINUTES <= form.minutes <= MOST_MINUTES:
        reasons.append(OutOfRange(FieldName.MINUTES, LEAST_MINUTES, MOST_MINUTES))
    if len(form.notes) > MOST_NOTES:
        reasons.append(TooLong(FieldName.NOTES, MOST_NOTES))
    return reasons
