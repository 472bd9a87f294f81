"""Saying where two people meet."""

from dataclasses import replace

import pytest

from mentoring.core.errors import MentoringError, NotALink, NotForYou, StaleRequest, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind
from mentoring.meetings.errors import NotOffered
from mentoring.meetings.place import MOST_PLACE, MeetingPlace, change_place
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import ADA, BEN, CHI
from tests.mentoring.meetings.test_planning import BOOKED, OFFERED, PAIR, PAST, plan, planned_in, told

ROOM = MeetingPlace(PAIR.id, "Room 3", ADA)


def test_a_place_of_a_booked_meeting_raises_the_sequence_and_only_its_author_gets_the_file() -> None:
    outcome = change_place(plan(BOOKED), None, "  Room\n3 ", by=ADA, seen_version=0)
    assert outcome.changes == (ROOM, BOOKED.changed(sequence=1))
    assert told(outcome) == [(NotificationKind.CALENDAR_FILE, ADA)]
    assert outcome.notifications[0].is_reply
    again = change_place(plan(planned_in(outcome)), ROOM, "Café", by=BEN, seen_version=1)
    assert again.changes == (MeetingPlace(PAIR.id, "Café", BEN, 2), BOOKED.changed(sequence=1).changed(sequence=2))


def test_while_times_are_offered_the_place_is_kept_for_the_file_and_nobody_is_told() -> None:
    outcome = change_place(plan(OFFERED), None, "Room 3", by=BEN, seen_version=0)
    assert outcome.changes == (replace(ROOM, changed_by=BEN), OFFERED.changed())
    assert outcome.notifications == ()


def test_the_same_again_changes_nothing_also_from_an_older_form() -> None:
    assert change_place(plan(BOOKED), ROOM, "Room 3", by=BEN, seen_version=0) == NOTHING
    assert change_place(plan(BOOKED), None, "", by=BEN, seen_version=0) == NOTHING


def test_a_place_can_be_taken_back() -> None:
    outcome = change_place(plan(BOOKED), ROOM, "", by=BEN, seen_version=1)
    assert outcome.changes[0] == MeetingPlace(PAIR.id, "", BEN, 2)


@pytest.mark.parametrize("words", ["Room 3: upstairs", "https://meet.example.org/1 code: 77", "Tel Aviv", "3:30 café"])
def test_words_and_links_are_places(words: str) -> None:
    assert change_place(plan(BOOKED), None, words, by=ADA, seen_version=0) != NOTHING


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("x" * (MOST_PLACE + 1), TooLong(FieldName.MEETING_PLACE, MOST_PLACE)),
        ("ftp://files.example.org", NotALink(FieldName.MEETING_PLACE)),
        ("Room 3 or https://", NotALink(FieldName.MEETING_PLACE)),
        ("JavaScript:alert(1)", NotALink(FieldName.MEETING_PLACE)),
        ("msteams://l/meetup", NotALink(FieldName.MEETING_PLACE)),
    ],
)
def test_what_is_too_long_or_leads_to_no_web_page_is_refused_at_the_field(words: str, refusal: MentoringError) -> None:
    with pytest.raises(type(refusal)) as refused:
        change_place(plan(BOOKED), ROOM, words, by=ADA, seen_version=1)
    assert refused.value == refusal


@pytest.mark.parametrize("planned", [None, PAST, replace(BOOKED, state=PlannedState.CANCELLED)])
def test_there_is_no_place_for_what_does_not_lie_ahead(planned: PlannedMeeting | None) -> None:
    with pytest.raises(NotOffered):
        change_place(plan(planned), None, "Room 3", by=ADA, seen_version=0)


def test_a_stranger_an_older_form_and_a_partnership_that_has_ended_are_refused() -> None:
    with pytest.raises(NotForYou):
        change_place(plan(BOOKED), None, "Room 3", by=CHI, seen_version=0)
    with pytest.raises(StaleRequest):
        change_place(plan(BOOKED), ROOM, "Café", by=BEN, seen_version=0)
    ended = replace(PAIR, state=PartnershipState.ENDED)
    with pytest.raises(AlreadyEnded):
        change_place(plan(BOOKED, partnership=ended), None, "Room 3", by=ADA, seen_version=0)
