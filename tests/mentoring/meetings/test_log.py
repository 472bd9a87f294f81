"""Logging a meeting once, correcting one's own log, and the action items that were agreed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from mentoring.applications.application import MeetingMode
from mentoring.core.errors import (
    InTheFuture,
    InvalidForm,
    MentoringError,
    Missing,
    NotForYou,
    OutOfRange,
    StaleRequest,
    TooFarAhead,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.items.errors import DueInThePast, TooManyItems, TooManyLines
from mentoring.items.item import MOST_WORDS, ActionItem, ItemOwner
from mentoring.meetings.deleting import delete_meeting
from mentoring.meetings.log import (
    MOST_NOTES,
    Meeting,
    MeetingDeleted,
    MeetingForm,
    MeetingNotes,
    correct_meeting,
    log_meeting,
)
from mentoring.meetings.planned import MeetingAnswer, PlannedMeeting, PlannedState
from mentoring.partnerships.errors import AlreadyEnded, BeforeTheStart, LoggedThatDay, NoSuchMeeting, NotYourLog
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import (
    ADA,
    BEN,
    CAREER,
    CHI,
    KOLKATA,
    LONDON,
    NEW_YORK,
    OWNER,
    changed,
    meeting,
    partnership,
    told,
)
from tests.mentoring.values import at, person

NOW = at("2027-02-10T12:00")
FORM = MeetingForm(
    met_on=date(2027, 2, 9),
    minutes=45,
    way=MeetingMode.WALKING,
    topics=(CAREER,),
    notes="We spoke of the new post.",
    theirs=("Send the draft",),
    action_by=date(2027, 2, 20),
)
LOGGED = Meeting("v1", "s1", date(2027, 2, 9), 45, MeetingMode.WALKING, (CAREER,), ADA)
NOTED = MeetingNotes("v1", "We spoke of the new post.")
AGREED = ActionItem("v1-1", "s1", "Send the draft", ItemOwner.MENTOR, date(2027, 2, 20), NOW, ADA, meeting_id="v1")
CORRECTED = replace(FORM, theirs=(), action_by=None)


def log(form: MeetingForm = FORM, by: Person | None = None, now: datetime = NOW, **facts: Any) -> Outcome:
    return log_meeting(partnership(**facts), form, by=by or person(ADA), now=now, meeting_id="v1")


def correct(
    form: MeetingForm,
    *,
    by: str = ADA,
    logged: Meeting | None = LOGGED,
    before: MeetingNotes | None = NOTED,
    seen_version: int = 1,
    **facts: Any,
) -> Outcome:
    return correct_meeting(
        partnership(**facts), logged, before, form, by=person(by), seen_version=seen_version, now=NOW
    )


def refused(form: MeetingForm, by: Person | None = None, now: datetime = NOW) -> tuple[MentoringError, ...]:
    try:
        log(form, by, now)
    except InvalidForm as caught:
        return caught.reasons
    return ()


def on(day: str) -> MeetingForm:
    return replace(FORM, met_on=date.fromisoformat(day), action_by=None)


# Logging.


def test_a_meeting_is_kept_and_its_notes_apart_from_it() -> None:
    assert log().changes == (LOGGED, NOTED, AGREED)


@pytest.mark.parametrize(("by", "partner"), [(ADA, BEN), (BEN, ADA)])
def test_the_partner_is_told_once_and_nothing_of_what_was_said(by: str, partner: str) -> None:
    receipt, notice = log(by=person(by)).notifications
    assert (receipt.kind, receipt.recipient, receipt.is_reply) == (NotificationKind.MEETING_SAVED, by, True)
    assert dict(receipt.refs) == {"meeting": "v1"}
    assert (notice.kind, notice.recipient, notice.second_recipient) == (NotificationKind.MEETING_LOGGED, partner, "")
    assert dict(notice.refs) == {"meeting": "v1", "by": by}


def test_a_form_that_is_sent_twice_owes_the_same_notice_and_two_forms_owe_two() -> None:
    once, again = log().notifications[0], log().notifications[0]
    other = log_meeting(partnership(), FORM, by=person(ADA), now=NOW, meeting_id="v2").notifications[0]
    assert once.key == again.key != other.key


def test_only_the_two_log_and_only_while_it_runs() -> None:
    for somebody in (CHI, OWNER, ""):
        with pytest.raises(NotForYou):
            log(by=person(somebody))
    for state in (PartnershipState.ENDED, PartnershipState.CLOSED):
        with pytest.raises(AlreadyEnded):
            log(state=state)


@pytest.mark.parametrize(
    ("zone", "now", "day", "reason"),
    [
        (LONDON, "2027-02-10T12:00", "2027-02-10", None),
        (LONDON, "2027-02-10T12:00", "2027-02-11", InTheFuture(FieldName.MET_ON)),
        (LONDON, "2027-02-10T12:00", "2027-01-04", None),
        (LONDON, "2027-02-10T12:00", "2027-01-03", BeforeTheStart(FieldName.MET_ON, date(2027, 1, 4))),
        # Already tomorrow in Kolkata, still yesterday in New York.
        (KOLKATA, "2027-02-10T20:00", "2027-02-11", None),
        (LONDON, "2027-02-10T20:00", "2027-02-11", InTheFuture(FieldName.MET_ON)),
        (NEW_YORK, "2027-02-11T03:00", "2027-02-11", InTheFuture(FieldName.MET_ON)),
        (NEW_YORK, "2027-02-11T03:00", "2027-02-10", None),
        # The clocks have gone forward: half past midnight on the 29th is 23:30 on the 28th in UTC.
        (LONDON, "2027-03-28T23:30", "2027-03-29", None),
        (LONDON, "2027-03-27T23:30", "2027-03-28", InTheFuture(FieldName.MET_ON)),
    ],
)
def test_a_meeting_lies_between_the_start_and_today_on_ones_own_calendar(
    zone: str, now: str, day: str, reason: MentoringError | None
) -> None:
    found = refused(on(day), person(ADA, time_zone=zone), at(now))
    assert found == ((reason,) if reason else ())


@pytest.mark.parametrize(
    ("action_by", "reason"),
    [
        ("2020-01-01", DueInThePast(FieldName.ACTION_BY)),
        ("2027-02-09", DueInThePast(FieldName.ACTION_BY)),
        ("2027-02-10", None),
        ("2029-02-10", None),
        ("2029-02-11", TooFarAhead(FieldName.ACTION_BY, date(2029, 2, 10))),
        ("2207-03-01", TooFarAhead(FieldName.ACTION_BY, date(2029, 2, 10))),
    ],
)
def test_an_action_item_is_due_from_today_on_and_within_two_years(
    action_by: str, reason: MentoringError | None
) -> None:
    form = replace(FORM, action_by=date.fromisoformat(action_by))
    assert refused(form, now=at("2027-02-10T12:00")) == ((reason,) if reason else ())


@pytest.mark.parametrize(("zone", "first"), [(LONDON, "2027-01-04"), (NEW_YORK, "2027-01-03"), (KOLKATA, "2027-01-04")])
def test_the_start_is_the_day_of_the_introduction_where_the_person_is(zone: str, first: str) -> None:
    by, early = person(ADA, time_zone=zone), at("2027-01-04T02:00")
    day = date.fromisoformat(first)
    assert log_meeting(partnership(introduced_at=early), on(first), by=by, now=NOW, meeting_id="v1").changes[
        0
    ] == replace(LOGGED, met_on=day)
    with pytest.raises(InvalidForm) as caught:
        log_meeting(
            partnership(introduced_at=early),
            replace(FORM, met_on=date.fromordinal(day.toordinal() - 1)),
            by=by,
            now=NOW,
            meeting_id="v1",
        )
    assert caught.value.reasons == (BeforeTheStart(FieldName.MET_ON, day),)


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        (replace(FORM, minutes=5), ()),
        (replace(FORM, minutes=480), ()),
        (replace(FORM, minutes=4), (OutOfRange(FieldName.MINUTES, 5, 480),)),
        (replace(FORM, minutes=481), (OutOfRange(FieldName.MINUTES, 5, 480),)),
        (replace(FORM, minutes=0), (OutOfRange(FieldName.MINUTES, 5, 480),)),
        (replace(FORM, notes="n" * MOST_NOTES, mine=("a" * MOST_WORDS,)), ()),
        (replace(FORM, notes="n" * (MOST_NOTES + 1)), (TooLong(FieldName.NOTES, MOST_NOTES),)),
        (replace(FORM, mine=("a" * (MOST_WORDS + 1),)), (TooLong(FieldName.ACTIONS_MINE, MOST_WORDS),)),
        (replace(FORM, theirs=tuple("abcdef")), (TooManyLines(FieldName.ACTIONS_THEIRS, 5),)),
        (replace(FORM, mine=tuple("abcde"), theirs=tuple("fghij")), ()),
        (
            MeetingForm(None, None, None),
            (Missing(FieldName.MET_ON), Missing(FieldName.MINUTES), Missing(FieldName.WAY)),
        ),
        (
            MeetingForm(date(2027, 2, 11), 0, None, notes="n" * 4000, mine=("a" * 151,)),
            (
                Missing(FieldName.WAY),
                InTheFuture(FieldName.MET_ON),
                OutOfRange(FieldName.MINUTES, 5, 480),
                TooLong(FieldName.NOTES, MOST_NOTES),
                TooLong(FieldName.ACTIONS_MINE, MOST_WORDS),
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_all_at_once(
    form: MeetingForm, reasons: tuple[MentoringError, ...]
) -> None:
    assert refused(form) == reasons


def test_a_day_without_anything_to_do_by_it_is_not_kept_nor_refused() -> None:
    form = replace(FORM, theirs=(), action_by=date(2020, 2, 20))
    assert changed(log(form), ActionItem) == []


def test_each_line_is_an_action_item_of_its_person() -> None:
    items = changed(log(replace(FORM, mine=("Write", "Call"))), ActionItem)
    assert [(item.id, item.words, item.owner) for item in items] == [
        ("v1-1", "Write", ItemOwner.MENTEE),
        ("v1-2", "Call", ItemOwner.MENTEE),
        ("v1-3", "Send the draft", ItemOwner.MENTOR),
    ]
    assert {item.due for item in items} == {date(2027, 2, 20)}


def test_there_is_room_for_ten_open_ones_together() -> None:
    before = [replace(AGREED, id=f"v0-{n}") for n in range(10)]
    with pytest.raises(InvalidForm) as caught:
        log_meeting(partnership(), FORM, by=person(ADA), now=NOW, meeting_id="v1", items=before)
    assert caught.value.reasons == (TooManyItems(10, FieldName.ACTIONS_THEIRS),)


# Correcting.


def test_the_author_corrects_a_log_and_nobody_else_is_told() -> None:
    outcome = correct(replace(CORRECTED, minutes=60, notes=""))
    assert outcome.changes == (replace(LOGGED, minutes=60, version=2), replace(NOTED, notes=""))
    assert told(outcome) == [(NotificationKind.MEETING_SAVED, ADA)]


def test_saving_a_log_as_it_is_changes_nothing() -> None:
    assert correct(CORRECTED) == NOTHING


@pytest.mark.parametrize("state", PartnershipState)
def test_a_log_may_be_corrected_even_once_it_is_over(state: PartnershipState) -> None:
    assert changed(correct(replace(CORRECTED, minutes=60), state=state), Meeting)[0].minutes == 60


def test_nobody_else_corrects_it_and_what_is_not_there_is_not_corrected() -> None:
    with pytest.raises(NotYourLog):
        correct(CORRECTED, by=BEN)
    for somebody in (CHI, OWNER):
        with pytest.raises(NotForYou):
            correct(CORRECTED, by=somebody)
    for missing in (None, meeting("2027-02-09", partnership_id="s2")):
        with pytest.raises(NoSuchMeeting):
            correct(CORRECTED, logged=missing)


def test_a_correction_obeys_the_same_rules_as_a_log() -> None:
    with pytest.raises(InvalidForm) as caught:
        correct(on("2027-02-11"))
    assert caught.value.reasons == (InTheFuture(FieldName.MET_ON),)


def test_a_correction_adds_action_items_once_and_only_while_it_runs() -> None:
    def add(items: tuple[ActionItem, ...] = (), **facts: Any) -> Outcome:
        together, by = partnership(**facts), person(ADA)
        return correct_meeting(together, LOGGED, NOTED, FORM, by=by, seen_version=1, now=NOW, items=items, item_id="w")

    assert add().changes == (replace(LOGGED, version=2), NOTED, replace(AGREED, id="w-1"))
    assert add((replace(AGREED, id="w-1"),)) == NOTHING
    with pytest.raises(AlreadyEnded):
        add(state=PartnershipState.ENDED)


def test_a_log_whose_notes_are_gone_can_be_corrected() -> None:
    assert changed(correct(CORRECTED, before=None), MeetingNotes) == [NOTED]


def test_a_log_that_was_corrected_since_the_form_was_opened_is_not_written_over() -> None:
    newer = replace(LOGGED, minutes=60, version=2)
    with pytest.raises(StaleRequest):
        correct(CORRECTED, logged=newer)
    assert correct(replace(CORRECTED, minutes=60), logged=newer) == NOTHING, "the same correction once more"
    assert changed(correct(CORRECTED, logged=newer, seen_version=2), Meeting)[0].minutes == 45


def test_no_notice_of_a_meeting_carries_a_text() -> None:
    for outcome in (log(), correct(replace(CORRECTED, minutes=60))):
        for notice in outcome.notifications:
            assert not any(text in str(notice) for text in (FORM.notes, *FORM.theirs))
    assert told(correct(replace(CORRECTED, minutes=60))) == [(NotificationKind.MEETING_SAVED, ADA)]


# A second one of a day, and deleting.


def test_a_second_meeting_of_a_day_is_asked_about_and_one_of_another_day_is_not() -> None:
    same = replace(LOGGED, id="v0", logged_by=BEN)
    with pytest.raises(LoggedThatDay) as asked:
        log_meeting(partnership(), FORM, by=person(ADA), now=NOW, meeting_id="v1", logged=[same])
    assert (asked.value.met_on, asked.value.logged_by, asked.value.own) == (LOGGED.met_on, BEN, False)
    others = [replace(same, met_on=date(2027, 2, 8))]
    assert log_meeting(partnership(), FORM, by=person(ADA), now=NOW, meeting_id="v1", logged=others) == log()
    another = replace(FORM, is_another=True)
    assert log_meeting(partnership(), another, by=person(ADA), now=NOW, meeting_id="v1", logged=[same]) == log()


def delete(
    by: str = BEN, meeting: Meeting | None = LOGGED, seen: int = 1, state: PlannedState | None = None
) -> Outcome:
    planned = PlannedMeeting("v1", "s1", state, mentee_answer=MeetingAnswer.MET) if state else None
    return delete_meeting(partnership(), meeting, planned, by=by, seen_version=seen)


@pytest.mark.parametrize(("by", "other"), [(ADA, BEN), (BEN, ADA)])
def test_either_deletes_a_log_and_the_other_is_told(by: str, other: str) -> None:
    outcome = delete(by)
    assert outcome.changes == (MeetingDeleted("v1", "s1"),)
    (notice,) = outcome.notifications
    assert (notice.kind, notice.recipient) == (NotificationKind.MEETING_DELETED, other)
    assert dict(notice.refs) == {"partnership": "s1", "by": by, "met": "2027-02-09"}


def test_what_was_planned_did_not_take_place_then_as_the_one_who_deleted_it_says() -> None:
    _, planned = delete(state=PlannedState.HELD).changes
    assert isinstance(planned, PlannedMeeting)
    assert planned.state is PlannedState.MISSED
    assert (planned.mentee_answer, planned.mentor_answer) == (None, MeetingAnswer.NOT_MET)
    assert len(delete(state=PlannedState.MISSED).changes) == 1


def test_nobody_deletes_what_is_gone_or_has_changed_and_no_stranger() -> None:
    with pytest.raises(NotForYou):
        delete("U0CHI")
    with pytest.raises(NoSuchMeeting):
        delete(meeting=None)
    with pytest.raises(StaleRequest):
        delete(seen=2)
