"""Sessions: what owners can plan, who has a place, and who hears of what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.applications.errors import CannotTakePart
from mentoring.core.errors import ChangedMeanwhile, InvalidForm, Missing, NoLongerOffered, NotForYou, TooLong
from mentoring.core.errors import TooFarAhead as FarAhead
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, ScheduledJob
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.sessions.attending import come, free_places, stay_away
from mentoring.sessions.errors import NobodyToInvite, NotANumber, PlacesTaken, SessionOver, SessionSoon
from mentoring.sessions.planning import (
    KEPT_FOR,
    MOST_PLACES,
    MOST_PLAN,
    SessionForm,
    cancel_session,
    change_session,
    invite,
    plan_session,
    run_session_job,
)
from mentoring.sessions.session import (
    Session,
    SessionAnswer,
    SessionAudience,
    SessionForgotten,
    SessionKind,
    SessionState,
    seen_by,
    waiting,
    with_place,
)
from tests.mentoring.factories import ADA, BEN, CHI, DEE, OWNER, changed
from tests.mentoring.values import at, person

NOW = at("2027-01-04T10:00")
START = at("2027-01-11T14:00")
FORM = SessionForm(START, 60, "Room 5", "2", SessionAudience.EVERYONE, "1. Welcome")
SESSION = Session("o1", "p1", SessionKind.ORIENTATION, START, 60, "Room 5", SessionAudience.EVERYONE, "1. Welcome", 2)


def comes(*people: str, places: int = 2) -> list[SessionAnswer]:
    """They asked to come in this order, and the first have places."""
    return [SessionAnswer("o1", each, n, True, n <= places) for n, each in enumerate(people, 1)]


def after(answers: Sequence[SessionAnswer], outcome: Outcome) -> list[SessionAnswer]:
    new = {each.person: each for each in changed(outcome, SessionAnswer)}
    return [*(each for each in answers if each.person not in new), *new.values()]


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [
        (each.recipient, each.refs.get("news", "invitation"))
        for each in outcome.notifications
        if each.kind in (NotificationKind.SESSION_NEWS, NotificationKind.SESSION_INVITATION)
    ]


def planned(**more: Any) -> Outcome:
    facts: dict[str, Any] = {"by": OWNER, "owners": [OWNER], "new_id": "o1", "now": NOW} | more
    return plan_session(facts.pop("form", FORM), SessionKind.ORIENTATION, "p1", **facts)


def rewritten(answers: Sequence[SessionAnswer] = (), session: Session = SESSION, seen: int = 1, **new: Any) -> Outcome:
    form = replace(FORM, **new)
    return change_session(session, form, answers, by=OWNER, owners=[OWNER], now=NOW, seen_version=seen)


def test_a_planned_session_tells_nobody_and_ends_by_itself() -> None:
    outcome = planned()
    assert outcome.notifications == ()
    session, job = outcome.changes
    assert session == replace(SESSION, planned_by=OWNER)
    assert isinstance(job, ScheduledJob)
    assert job.due == START + timedelta(hours=1)
    assert isinstance(session, Session)
    over, next_job = run_session_job(job, session, comes(ADA), job.due).changes
    assert isinstance(over, Session)
    assert over.state is SessionState.OVER
    assert isinstance(next_job, ScheduledJob)
    assert next_job.due == session.ends_at + KEPT_FOR
    counted, forgotten, done = run_session_job(next_job, over, comes(ADA, BEN, CHI), next_job.due).changes
    assert isinstance(counted, Session)
    assert (counted.came, forgotten, done) == (2, SessionForgotten("o1"), JobDone(next_job))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"starts_at": None}, Missing(FieldName.SESSION_START)),
        ({"starts_at": NOW}, SessionSoon(FieldName.SESSION_START, NOW)),
        ({"starts_at": NOW + timedelta(days=400)}, FarAhead(FieldName.SESSION_START, at("2028-01-05T10:00").date())),
        ({"minutes": 7}, NoLongerOffered(FieldName.MINUTES)),
        ({"place": ""}, Missing(FieldName.SESSION_PLACE)),
        ({"plan": "x" * (MOST_PLAN + 1)}, TooLong(FieldName.SESSION_PLAN, MOST_PLAN)),
        ({"places": "many"}, NotANumber(FieldName.SESSION_PLACES, 1, MOST_PLACES)),
        ({"places": "0"}, NotANumber(FieldName.SESSION_PLACES, 1, MOST_PLACES)),
        ({"places": "-3"}, NotANumber(FieldName.SESSION_PLACES, 1, MOST_PLACES)),
    ],
)
def test_wrong_input_is_refused_at_its_field(wrong: dict[str, Any], reason: Exception) -> None:
    with pytest.raises(InvalidForm) as refused:
        planned(form=replace(FORM, **wrong))
    assert refused.value.reasons == (reason,)


def test_only_owners_plan_change_invite_and_cancel() -> None:
    others: dict[str, Any] = {"by": ADA, "owners": [OWNER], "now": NOW}
    with pytest.raises(NotForYou):
        planned(by=ADA)
    with pytest.raises(NotForYou):
        change_session(SESSION, FORM, (), seen_version=1, **others)
    with pytest.raises(NotForYou):
        cancel_session(SESSION, (), **others)
    with pytest.raises(NotForYou):
        invite(SESSION, [BEN], (), **others)


def says(person_id: str, answers: Sequence[SessionAnswer], session: Session = SESSION) -> Outcome:
    return come(session, answers, by=person(person_id), admits=frozenset(), now=NOW)


def test_who_comes_gets_a_place_and_a_file_or_waits() -> None:
    first = says(ADA, ())
    assert told(first) == [(ADA, "invitation"), (ADA, "coming")]
    assert all(each.is_reply for each in first.notifications)
    third = says(CHI, comes(ADA, BEN))
    assert told(third) == [(CHI, "invitation")]
    (answer,) = changed(third, SessionAnswer)
    assert not answer.has_place
    fourth = after(after(comes(ADA, BEN), third), says(DEE, after(comes(ADA, BEN), third)))
    assert seen_by(SESSION, fourth, DEE).before == 1
    assert seen_by(SESSION, fourth, CHI).before == 0
    assert says(CHI, fourth) == NOTHING, "once is enough"


def test_a_free_place_goes_to_the_first_who_waits() -> None:
    answers = comes(ADA, BEN, CHI, DEE)
    outcome = stay_away(SESSION, answers, by=ADA, now=NOW)
    assert told(outcome) == [(CHI, "place")]
    left = after(answers, outcome)
    assert [each.person for each in with_place(left)] == [BEN, CHI]
    assert [each.person for each in waiting(left)] == [DEE]
    assert stay_away(SESSION, left, by=ADA, now=NOW) == NOTHING
    again = says(ADA, left)
    assert [each.person for each in waiting(after(left, again))] == [DEE, ADA], "behind the others"


def test_without_a_number_of_places_there_is_room_for_everyone() -> None:
    roomy = replace(SESSION, places=None)
    assert told(says(CHI, comes(ADA, BEN), roomy)) == [(CHI, "invitation"), (CHI, "coming")]


def test_guests_come_only_if_the_programme_admits_them() -> None:
    guest = person(ADA, AccountStatus.GUEST)
    with pytest.raises(CannotTakePart):
        come(SESSION, (), by=guest, admits=frozenset(), now=NOW)
    assert come(SESSION, (), by=guest, admits=frozenset({AccountStatus.GUEST}), now=NOW).changes


def test_another_time_or_place_is_told_with_a_new_file() -> None:
    answers = [*comes(ADA, BEN, CHI), SessionAnswer("o1", DEE, 4, is_coming=False)]
    outcome = rewritten(answers, place="Room 6")
    assert told(outcome) == [(ADA, "changed"), (BEN, "changed"), (CHI, "changed")]
    (session,) = changed(outcome, Session)
    assert (session.place, session.sequence) == ("Room 6", 1)
    later = rewritten(answers, starts_at=START + timedelta(days=1))
    assert [job.due for job in changed(later, ScheduledJob)] == [START + timedelta(days=1, hours=1)]


def test_another_plan_is_told_nobody_and_more_places_go_to_who_waits() -> None:
    assert rewritten(comes(ADA), plan="1. Coffee").notifications == ()
    assert told(rewritten(comes(ADA, BEN, CHI, DEE), places="3")) == [(CHI, "place")]
    assert told(rewritten(comes(ADA, BEN, CHI, DEE), places="")) == [(CHI, "place"), (DEE, "place")]
    assert rewritten() == NOTHING


def test_there_are_never_fewer_places_than_people_who_come() -> None:
    with pytest.raises(InvalidForm) as refused:
        rewritten(comes(ADA, BEN), places="1")
    assert refused.value.reasons == (PlacesTaken(FieldName.SESSION_PLACES, 2),)


def test_a_change_of_what_another_owner_has_changed_is_refused() -> None:
    with pytest.raises(ChangedMeanwhile):
        rewritten(session=replace(SESSION, plan="Other", version=2))


def test_cancelling_tells_who_comes_and_who_waits_once() -> None:
    outcome = cancel_session(SESSION, comes(ADA, BEN, CHI), by=OWNER, owners=[OWNER], now=NOW)
    assert told(outcome) == [(ADA, "cancelled"), (BEN, "cancelled"), (CHI, "cancelled")]
    (cancelled,) = changed(outcome, Session)
    assert cancel_session(cancelled, comes(ADA), by=OWNER, owners=[OWNER], now=NOW) == NOTHING
    with pytest.raises(SessionOver):
        says(DEE, (), cancelled)


def test_nothing_is_said_of_a_session_that_is_over() -> None:
    gone = at("2027-01-11T15:00")
    with pytest.raises(SessionOver):
        come(SESSION, (), by=person(ADA), admits=frozenset(), now=gone)
    with pytest.raises(SessionOver):
        stay_away(SESSION, (), by=ADA, now=gone)
    with pytest.raises(SessionOver):
        invite(SESSION, [ADA], (), by=OWNER, owners=[OWNER], now=gone)


def test_each_person_is_invited_once() -> None:
    outcome = invite(SESSION, [ADA, BEN, ADA], [BEN], by=OWNER, owners=[OWNER], now=NOW)
    assert [(each.recipient, each.is_reply, each.due) for each in outcome.notifications] == [(ADA, False, NOW)]
    with pytest.raises(NobodyToInvite):
        invite(SESSION, [BEN], [BEN], by=OWNER, owners=[OWNER], now=NOW)


def test_who_is_away_on_its_day_frees_their_place() -> None:
    answers = comes(ADA, BEN, CHI)
    assert told(free_places([(SESSION, answers)], ADA, NOW)) == [(CHI, "place")]
    assert free_places([(SESSION, answers)], ADA, NOW, until=at("2027-01-11T00:00")) == NOTHING, "back by then"
    assert told(free_places([(SESSION, answers)], ADA, NOW, until=at("2027-01-12T00:00"))) == [(CHI, "place")]
    assert free_places([(SESSION, answers)], DEE, NOW) == NOTHING


@given(st.lists(st.tuples(st.sampled_from([ADA, BEN, CHI, DEE]), st.booleans()), max_size=12), st.integers(1, 4))
def test_no_place_is_given_twice_or_kept_free_while_somebody_waits(acts: Any, places: int) -> None:
    session, answers = replace(SESSION, places=places), list[SessionAnswer]()
    for who, is_coming in acts:
        outcome = says(who, answers, session) if is_coming else stay_away(session, answers, by=who, now=NOW)
        answers = after(answers, outcome)
        assert len(with_place(answers)) <= places
        assert not waiting(answers) or len(with_place(answers)) == places
