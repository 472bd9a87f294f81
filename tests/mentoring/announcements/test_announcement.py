"""The timetable of a round, what an approval needs, and who gets how many."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.announcements import planning, sending
from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    Planned,
    plan_of,
    usual_moment,
    waits_for_approval,
)
from mentoring.announcements.errors import CallTooLate, MomentPassed, NoChannels, TextWanted
from mentoring.announcements.placeholders import Placeholder, fill_in, wrong_placeholders
from mentoring.core.errors import ChangedMeanwhile, InvalidForm, NotForYou
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Outcome
from mentoring.core.people import Person
from tests.mentoring.factories import ADA, BEN, OWNER, changed
from tests.mentoring.values import COHORT, PROGRAMME, at

CLOCK = Person("", programme_zone="Europe/London")
NOW = at("2026-12-01T10:00")


def entry(kind: AnnouncementKind, *stored: Announcement) -> Planned:
    (found,) = (each for each in plan_of(COHORT, PROGRAMME, stored, CLOCK) if each.announcement.kind is kind)
    return found


def touched(kind: AnnouncementKind, **changes: object) -> Announcement:
    return replace(entry(kind).announcement, version=1, **changes)  # type: ignore[arg-type]


def test_the_plan_follows_the_dates_of_the_round_on_working_days_and_in_their_order() -> None:
    plan = plan_of(COHORT, PROGRAMME, (), CLOCK)
    assert [each.announcement.kind for each in plan] == [kind for kind in AnnouncementKind if kind.value != "own"]
    assert [each.due for each in plan] == sorted(each.due for each in plan)
    assert all(each.due.weekday() < 5 for each in plan)
    assert sum(each.announcement.audience.is_direct for each in plan) == 3, "channels come first"


def test_a_moment_that_is_the_usual_one_goes_on_following_the_round() -> None:
    call = entry(AnnouncementKind.LAUNCH)
    usual = usual_moment(AnnouncementKind.LAUNCH, COHORT, PROGRAMME, CLOCK)
    form = planning.AnnouncementForm("Hello", AnnouncementAudience.EVERYONE, moment=usual)
    (saved,) = changed(
        planning.change_announcement(call, form, by=OWNER, owners=(OWNER,), seen=0, usual=usual, now=NOW), Announcement
    )
    assert (saved.moment, saved.text, saved.version) == (None, "Hello", 1)


def test_a_new_time_keeps_an_approval_and_a_new_text_does_not() -> None:
    approved = touched(AnnouncementKind.LAUNCH, state=AnnouncementState.APPROVED, approved_by=OWNER)
    launch = entry(AnnouncementKind.LAUNCH, approved)
    form = planning.AnnouncementForm("", AnnouncementAudience.EVERYONE, moment=at("2027-01-12T10:00"))
    for text, state in (("x", AnnouncementState.PLANNED), ("usual", AnnouncementState.APPROVED)):
        sent = replace(form, text=text, usual_text="usual")
        outcome = planning.change_announcement(
            launch, sent, by=OWNER, owners=(OWNER,), seen=1, usual=launch.due, now=NOW
        )
        (saved,) = changed(outcome, Announcement)
        assert saved.state is state


def test_an_approved_one_never_goes_out_at_once_because_a_past_time_was_chosen() -> None:
    approved = touched(AnnouncementKind.LAUNCH, state=AnnouncementState.APPROVED, approved_by=OWNER)
    launch = entry(AnnouncementKind.LAUNCH, approved)

    def move(moment: datetime, now: datetime, text: str = "") -> Outcome:
        form = planning.AnnouncementForm(
            text or "usual", AnnouncementAudience.EVERYONE, moment=moment, usual_text="usual"
        )
        return planning.change_announcement(launch, form, by=OWNER, owners=(OWNER,), seen=1, usual=launch.due, now=now)

    with pytest.raises(InvalidForm) as refused:
        move(NOW - timedelta(days=365), NOW)
    assert refused.value.reasons == (MomentPassed(FieldName.SENT_AT),)
    assert move(launch.due, launch.due + timedelta(days=1), "Other words").changes, "what was planned stays"


def test_an_approval_needs_channels_words_an_owner_and_what_was_seen() -> None:
    def approve(each: Planned, by: str = OWNER, seen: int = 0) -> None:
        planning.approve(each, (), by=by, owners=(OWNER,), seen=seen, now=NOW)

    with pytest.raises(NoChannels):
        approve(entry(AnnouncementKind.CALL))
    with pytest.raises(NotForYou):
        approve(entry(AnnouncementKind.LAUNCH), by=ADA)
    with pytest.raises(ChangedMeanwhile):
        approve(entry(AnnouncementKind.LAUNCH), seen=3)
    with pytest.raises(TextWanted):
        approve(entry(AnnouncementKind.CHANGES, touched(AnnouncementKind.CHANGES, channels=("C0",))), seen=1)
    late = touched(AnnouncementKind.CALL, channels=("C0",), moment=datetime(2027, 6, 1, 10, tzinfo=UTC))
    with pytest.raises(CallTooLate):
        approve(entry(AnnouncementKind.CALL, late), seen=1)


@pytest.mark.parametrize(
    ("zone", "moment", "is_late"),
    [
        ("America/Los_Angeles", "2027-02-01T01:00", False),  # 17:00 on the last day there
        ("Pacific/Auckland", "2027-01-31T20:00", True),  # 9:00 on the day after
    ],
)
def test_the_last_day_to_apply_is_that_of_the_programmes_clock(zone: str, moment: str, is_late: bool) -> None:
    cohort = replace(COHORT, apply_by=date(2027, 1, 31))
    call = Planned(touched(AnnouncementKind.CALL), cohort, at(moment), Person("", programme_zone=zone))
    assert call.is_too_late_at(call.due) is is_late


def test_who_had_three_of_the_round_gets_no_fourth() -> None:
    outcome = sending.start(entry(AnnouncementKind.THANKS), (ADA, BEN), {ADA: 3, BEN: 2}, owners=(OWNER,))
    (chosen,) = changed(outcome, sending.RecipientsChosen)
    assert (chosen.recipients, chosen.limited) == ((BEN,), (ADA,))


def test_nothing_waits_for_approval_until_an_owner_uses_the_plan() -> None:
    soon = entry(AnnouncementKind.LAUNCH).due
    assert waits_for_approval(plan_of(COHORT, PROGRAMME, (), CLOCK), soon) is None
    used = touched(AnnouncementKind.THANKS)
    found = waits_for_approval(plan_of(COHORT, PROGRAMME, (used,), CLOCK), soon)
    assert found is not None
    assert found.announcement.kind in (AnnouncementKind.MATCHES_OUT, AnnouncementKind.LAUNCH)


def test_a_line_without_a_value_is_left_out_and_unknown_braces_are_found() -> None:
    text = "Hello {mentors}\nThanks to {names}\n{ok"
    assert fill_in(text, lambda each: "" if each is Placeholder.NAMES else "all") == "Hello all\n{ok"
    assert [(each.line, each.near) for each in wrong_placeholders("{mentors}\n{contcat} {x}")] == [(2, "contact")]
    assert next(iter(wrong_placeholders("{}"))).near == ""
