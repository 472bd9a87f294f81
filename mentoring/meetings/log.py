"""Logging meetings, correcting the log, and action items (D1.9, D1.14)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from mentoring.applications.application import MeetingMode
from mentoring.core.errors import (
    InTheFuture,
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    OutOfOrder,
    OutOfRange,
    StaleRequest,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.plausible import ACTION_WITHIN, implausible
from mentoring.partnerships.errors import AlreadyEnded, BeforeTheStart, LoggedThatDay, NoSuchMeeting, NotYourLog
from mentoring.partnerships.partnership import Partnership, check_partner

LEAST_MINUTES, MOST_MINUTES = 5, 480
MOST_NOTES = 3000
MOST_ACTION = 500


@dataclass(frozen=True)
class MeetingForm:
    """The input of the meeting form. `action` is an action item for `action_who` (a Slack user id) until `action_by`.
    `goals` are the ids of the goals that were talked about. `is_another` says that they met more than once that day.

    Only the two people of the partnership can read the notes and the action item.
    """

    met_on: date | None
    minutes: int | None
    way: MeetingMode | None
    topics: tuple[str, ...] = ()
    notes: str = ""
    action: str = ""
    action_who: str = ""
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
    """The log of a meeting, its notes and its action item are deleted. Nothing happens if there is none."""

    meeting_id: str
    partnership_id: str


@dataclass(frozen=True)
class MeetingTotals:
    """How many meetings a partnership has logged, and the day of the last: all that owners are shown of them."""

    count: int = 0
    last: date | None = None


@dataclass(frozen=True)
class MeetingNotes:
    """The notes and the action item of a meeting. Only the two people of the partnership can read them, no owner.

    `action` is for `action_who` (a Slack user id), until `action_by`. `goals` are the ids of the goals that were talked
    about: what they say is shown to those of the two who may read it.
    """

    meeting_id: str
    notes: str = ""
    action: str = ""
    action_who: str = ""
    action_by: date | None = None
    action_done: bool = False
    goals: tuple[str, ...] = ()


def log_meeting(
    partnership: Partnership,
    form: MeetingForm,
    *,
    by: Person,
    now: datetime,
    meeting_id: str,
    visible_goals: Collection[str] = (),
    logged: Iterable[Meeting] = (),
) -> Outcome:
    """Save a meeting, with a receipt, and notify the partner, without the notes. `now` is the calendar, aware.

    `visible_goals` are the ids of the goals that its author may read, from which they choose. `logged` are the other
    meetings of the two.

    `meeting_id` is created with the form, so that sending a form twice logs one meeting. Raises NotForYou,
    AlreadyEnded, InvalidForm, and LoggedThatDay for a second one of a day that is not said to be another.
    """
    check_partner(partnership, by.id)
    if not partnership.is_active:
        raise AlreadyEnded
    meeting, notes = _from_form(partnership, form, by, now, meeting_id, visible_goals)
    _check_day(meeting, logged, is_another=form.is_another)
    partner = partnership.other(by.id)
    notification = Notification(
        f"{NotificationKind.MEETING_LOGGED}:{meeting.id}",
        NotificationKind.MEETING_LOGGED,
        partner,
        {"meeting": meeting.id, "by": by.id},
    )
    return Outcome((meeting, notes), (_saved(meeting), notification))


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
    logged: Iterable[Meeting] = (),
) -> Outcome:
    """Correct a logged meeting, as its author, who gets a receipt. Nobody else is notified. Goals that the author may
    not read (any more) stay as they are.

    `before` are the stored notes, `visible_goals` the ids of the goals that the author may read, `seen_version` is the
    meeting's version when the form was opened, `now` is the calendar (aware), `logged` are the meetings of the two.
    Raises NotForYou, NoSuchMeeting, NotYourLog, InvalidForm, LoggedThatDay if it moves to the day of another one, and
    StaleRequest if the meeting was corrected since the form was opened.
    """
    check_partner(partnership, by.id)
    if meeting is None or meeting.partnership_id != partnership.id:
        raise NoSuchMeeting
    if meeting.logged_by != by.id:
        raise NotYourLog
    corrected, notes = _from_form(partnership, form, by, now, meeting.id, visible_goals)
    hidden = tuple(goal for goal in before.goals if goal not in visible_goals) if before else ()
    is_done = bool(before and before.action_done and before.action == notes.action)
    notes = replace(notes, action_done=is_done, goals=(*hidden, *notes.goals))
    corrected = replace(corrected, version=meeting.version)
    if (corrected, notes) == (meeting, before):
        return NOTHING
    if seen_version != meeting.version:
        raise StaleRequest
    if corrected.met_on != meeting.met_on:
        _check_day(corrected, logged, is_another=form.is_another)
    corrected = replace(corrected, version=meeting.version + 1)
    return Outcome((corrected, notes), (_saved(corrected),))


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


def settle_action(partnership: Partnership, notes: MeetingNotes | None, *, by: str, is_current: bool = True) -> Outcome:
    """Tick off the action item of a meeting, as either of the two people. Idempotent.

    Raises NotForYou, and StaleRequest if there is no action item, or if the person saw an older version of the log
    (`is_current` is false).
    """
    check_partner(partnership, by)
    if notes is None or not notes.action or not (is_current or notes.action_done):
        raise StaleRequest(typed=False)
    return NOTHING if notes.action_done else Outcome((replace(notes, action_done=True),))


def _from_form(
    partnership: Partnership,
    form: MeetingForm,
    by: Person,
    now: datetime,
    meeting_id: str,
    visible_goals: Collection[str],
) -> tuple[Meeting, MeetingNotes]:
    reasons = tuple(_wrong(partnership, form, by, now))
    if not set(form.goals) <= set(visible_goals):
        reasons += (NoLongerOffered(FieldName.GOALS),)
    if reasons or form.met_on is None or form.minutes is None or form.way is None:
        raise InvalidForm(reasons)
    meeting = Meeting(meeting_id, partnership.id, form.met_on, form.minutes, form.way, form.topics, by.id)
    who = form.action_who if form.action else ""
    action_by = form.action_by if form.action else None
    return meeting, MeetingNotes(meeting_id, form.notes, form.action, who, action_by, goals=form.goals)


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
    if len(form.action) > MOST_ACTION:
        reasons.append(TooLong(FieldName.ACTION, MOST_ACTION))
    if form.action and form.action_by:
        is_sound = form.met_on is not None and started_on <= form.met_on <= by.today(now)
        reasons += _wrong_action_date(form.action_by, form.met_on if is_sound else None, by.today(now))
    if form.action and form.action_who not in partnership.people:
        reasons.append(Missing(FieldName.ACTION_WHO))
    if form.action_who and not form.action:
        reasons.append(Missing(FieldName.ACTION))
    return reasons


def _wrong_action_date(action_by: date, met_on: date | None, today: date) -> Iterator[MentoringError]:
    """An action cannot be due before the meeting at which it was agreed, nor years from now."""
    if met_on and action_by < met_on:
        yield OutOfOrder(FieldName.ACTION_BY, FieldName.MET_ON)
    else:
        yield from implausible({FieldName.ACTION_BY: action_by}, today, after=ACTION_WITHIN)
