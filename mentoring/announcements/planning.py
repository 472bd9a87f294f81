"""What owners do with the communication plan: change, approve, leave out, put back, add and stop."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.announcements.announcement import (
    CAN_CHANGE,
    MOST_CHANNELS,
    MOST_DIRECT,
    MOST_ENTRIES,
    MOST_NAME,
    MOST_TEXT,
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    Planned,
)
from mentoring.announcements.errors import (
    CallTooLate,
    MomentPassed,
    NamesInDirectMessage,
    NoChannels,
    NoSuchAnnouncement,
    NotAChannel,
    PlanFull,
    TextWanted,
    TooManyDirect,
)
from mentoring.announcements.placeholders import Placeholder, used_in, wrong_placeholders
from mentoring.core.errors import ChangedMeanwhile, InvalidForm, MentoringError, Missing, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import check_owner
from mentoring.core.programmes import Cohort

_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,30}")


@dataclass(frozen=True)
class AnnouncementForm:
    """What an owner filled in. `moment` (calendar, aware) is None if the field is empty. `usual_text` is the text that
    its kind has without a change.
    """

    text: str
    audience: AnnouncementAudience | None
    channels: tuple[str, ...] = ()
    name: str = ""
    has_buttons: bool = False
    moment: datetime | None = None
    usual_text: str = ""


def look_at_plan(programme_id: str, now: datetime) -> ScheduledJob:
    """The job that sends what is due, as often as needed. Saving it again has it look at `now` (calendar, aware)."""
    return ScheduledJob(f"{JobKind.ANNOUNCE}:{programme_id}", JobKind.ANNOUNCE, now, refs={"programme": programme_id})


def change_announcement(
    entry: Planned,
    form: AnnouncementForm,
    *,
    by: str,
    owners: Sequence[str],
    seen: int,
    usual: datetime | None,
    now: datetime,
) -> Outcome:
    """Save what an owner changed. What was approved has to be approved again, unless only the time has changed, and
    a call still comes in time.

    `seen` is the version that the form showed, and `usual` (calendar, aware) when it goes out by the round's dates: if
    that is chosen, it follows them. `now` is the calendar, aware. Raises NotForYou, NoSuchAnnouncement,
    ChangedMeanwhile, InvalidForm.
    """
    check_owner(by, owners)
    before = entry.announcement
    if before.state not in CAN_CHANGE:
        raise NoSuchAnnouncement
    if before.version != seen:
        raise ChangedMeanwhile(before.changed_by or None)
    _check(before, form, now, stays=entry.due)
    changed = _with_form(before, form, usual)
    if changed == before:
        return NOTHING
    is_same = replace(changed, moment=before.moment) == before
    comes_late = changed.moment is not None and entry.is_too_late_at(changed.moment)
    if comes_late or not is_same:
        changed = replace(changed, state=AnnouncementState.PLANNED, approved_by="")
    return _save(changed, by, now)


def add_announcement(
    form: AnnouncementForm,
    plan: Sequence[Planned],
    cohort: Cohort,
    *,
    by: str,
    owners: Sequence[str],
    new_id: str,
    is_added: bool,
    now: datetime,
) -> Outcome:
    """Add an entry of the owners' own to the plan of the cohort. `is_added`: the form was sent before.

    Raises NotForYou, PlanFull, InvalidForm.
    """
    check_owner(by, owners)
    if is_added:
        return NOTHING
    if sum(each.cohort.id == cohort.id for each in plan) >= MOST_ENTRIES:
        raise PlanFull(MOST_ENTRIES)
    blank = Announcement(new_id, cohort.programme_id, cohort.id, AnnouncementKind.OWN, AnnouncementAudience.CHANNELS)
    _check(blank, form, now)
    return _save(_with_form(blank, form, None), by, now)


def approve(
    entry: Planned, plan: Sequence[Planned], *, by: str, owners: Sequence[str], seen: int, now: datetime
) -> Outcome:
    """Have it go out at its time, or at once if that has passed. Approving twice changes nothing.

    Raises NotForYou, NoSuchAnnouncement, ChangedMeanwhile, NoChannels, TextWanted, CallTooLate, TooManyDirect.
    """
    check_owner(by, owners)
    announcement = entry.announcement
    if announcement.state is AnnouncementState.APPROVED and announcement.version == seen + 1:
        return NOTHING
    if announcement.state is not AnnouncementState.PLANNED:
        raise NoSuchAnnouncement
    if announcement.version != seen:
        raise ChangedMeanwhile(announcement.changed_by or None)
    if announcement.audience is AnnouncementAudience.CHANNELS and not announcement.channels:
        raise NoChannels
    if announcement.lacks_text:
        raise TextWanted
    if entry.is_too_late_at(max(entry.due, now)):
        raise CallTooLate(entry.cohort.apply_by)
    if _is_one_too_many(entry, plan):
        raise TooManyDirect(MOST_DIRECT)
    return _save(replace(announcement, state=AnnouncementState.APPROVED, approved_by=by), by, now)


def leave_out(entry: Planned, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """Do not send it. Raises NotForYou, NoSuchAnnouncement once it is on its way."""
    check_owner(by, owners)
    if entry.announcement.state is AnnouncementState.LEFT_OUT:
        return NOTHING
    if entry.announcement.state not in CAN_CHANGE:
        raise NoSuchAnnouncement
    return _save(replace(entry.announcement, state=AnnouncementState.LEFT_OUT, approved_by=""), by, now)


def put_back(entry: Planned, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """Plan it again; it needs an approval. Raises NotForYou."""
    check_owner(by, owners)
    if entry.announcement.state is not AnnouncementState.LEFT_OUT:
        return NOTHING
    return _save(replace(entry.announcement, state=AnnouncementState.PLANNED), by, now)


def stop(announcement: Announcement | None, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """Send it to nobody else. Stopping twice changes nothing. Raises NotForYou, NoSuchAnnouncement."""
    check_owner(by, owners)
    if announcement and announcement.state is AnnouncementState.STOPPED:
        return NOTHING
    if announcement is None or announcement.state is not AnnouncementState.SENDING:
        raise NoSuchAnnouncement
    return _save(replace(announcement, state=AnnouncementState.STOPPED), by, now)


def _save(changed: Announcement, by: str, now: datetime) -> Outcome:
    return Outcome(
        (replace(changed, changed_by=by, version=changed.version + 1), look_at_plan(changed.programme_id, now))
    )


def _with_form(before: Announcement, form: AnnouncementForm, usual: datetime | None) -> Announcement:
    audience = form.audience or before.audience
    in_channels = audience is AnnouncementAudience.CHANNELS
    return replace(
        before,
        text="" if form.text == form.usual_text else form.text,
        name=form.name if before.kind is AnnouncementKind.OWN else "",
        audience=audience,
        channels=form.channels if in_channels else (),
        has_buttons=form.has_buttons and in_channels,
        moment=None if form.moment == usual else form.moment,
    )


def _check(announcement: Announcement, form: AnnouncementForm, now: datetime, *, stays: datetime | None = None) -> None:
    """`stays` is the time that may be kept though it has passed."""
    if reasons := tuple(_wrong(announcement, form, now, stays)):
        raise InvalidForm(reasons)


def _wrong(
    announcement: Announcement, form: AnnouncementForm, now: datetime, stays: datetime | None
) -> Iterator[MentoringError]:
    is_own = announcement.kind is AnnouncementKind.OWN
    if is_own and not form.name:
        yield Missing(FieldName.ANNOUNCEMENT_NAME)
    elif len(form.name) > MOST_NAME:
        yield TooLong(FieldName.ANNOUNCEMENT_NAME, MOST_NAME)
    if not form.text:
        yield Missing(FieldName.ANNOUNCEMENT_TEXT)
    elif len(form.text) > MOST_TEXT:
        yield TooLong(FieldName.ANNOUNCEMENT_TEXT, MOST_TEXT)
    yield from wrong_placeholders(form.text)
    if form.audience is None:
        yield Missing(FieldName.AUDIENCE)
    elif form.audience is AnnouncementAudience.CHANNELS:
        yield from _wrong_channels(form)
    elif Placeholder.NAMES in used_in(form.text):
        yield NamesInDirectMessage(FieldName.ANNOUNCEMENT_TEXT)
    if form.moment is None:
        yield Missing(FieldName.SENT_AT)
    elif form.moment <= now and form.moment != stays:
        yield MomentPassed(FieldName.SENT_AT)


def _wrong_channels(form: AnnouncementForm) -> Iterator[MentoringError]:
    if len(form.channels) > MOST_CHANNELS:
        yield TooLong(FieldName.CHANNELS, MOST_CHANNELS)
    if not all(_CHANNEL.fullmatch(each) for each in form.channels):
        yield NotAChannel(FieldName.CHANNELS)


def _is_one_too_many(entry: Planned, plan: Sequence[Planned]) -> bool:
    """Whether somebody would get more than MOST_DIRECT direct messages of the round, with those that are approved."""
    others = [
        each.announcement.audience
        for each in plan
        if each.cohort.id == entry.cohort.id
        and each.announcement.id != entry.announcement.id
        and each.announcement.state not in _GETS_NOBODY
    ]
    for reached in (AnnouncementAudience.MENTEES, AnnouncementAudience.MENTORS):
        reaches = {reached, AnnouncementAudience.EVERYONE}
        if entry.announcement.audience in reaches and sum(each in reaches for each in others) >= MOST_DIRECT:
            return True
    return False


_GETS_NOBODY = frozenset({AnnouncementState.PLANNED, AnnouncementState.LEFT_OUT, AnnouncementState.STOPPED})
"""Of one that was stopped, those who got it before count when the next one starts."""
