"""What was decided on and could not be sent is judged again when it can: by then it may be untrue or pointless."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.applications.application import MeetingMode
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus
from mentoring.feedback.answers import CheckInChoice, FeedbackForm, Question, record_check_in, record_survey
from mentoring.meetings.log import Meeting
from mentoring.partnerships.jobs import plan_partnership_jobs
from scheduler.jobs import run_due_jobs
from services.people import save_profile
from storage import DeliveryState
from tests.local_bot import START
from tests.mentoring.factories import partnership
from tests.one_programme import the_programme
from tests.scheduler.delivery_harness import ADA, BEN, OWNER, DeliveryHarness

POST = "chat.postMessage"
DAY = timedelta(days=1)
DAY_10, DAY_24, DAY_52 = (datetime(2026, 11, 23, 9, tzinfo=UTC) + days * DAY for days in (10, 24, 52))


@pytest.fixture
def office(bare_office: DeliveryHarness) -> DeliveryHarness:
    """Ada and Ben were introduced today, for half a year; both are in London."""
    bare_office.found(OWNER)
    bare_office.request_profiles(OWNER, ADA, BEN)
    bare_office.delivery.drain()
    with bare_office.storage.begin(bare_office.workspace) as tx:
        programme = the_programme(tx)
        assert programme is not None
        one = partnership(ADA, BEN, months=6, introduced_at=START)
        tx.save(Outcome((one, *plan_partnership_jobs(one, list(tx.people.get_many([ADA, BEN]).values()), programme))))
    return bare_office


def it_is(office: DeliveryHarness, moment: datetime, *, slack_answers: bool = True) -> list[str]:
    """What Ada gets at this moment, on all clocks. Without Slack's answers, what is due is decided on and waits."""
    before = office.got(ADA)
    office.slack.calendar.move_to(moment)
    office.stopwatch.moment += moment - office.calendar.moment
    office.calendar.moment = moment
    run_due_jobs(office.storage, office.workspace, moment)
    if slack_answers:
        office.deliver()
    return [str(message["text"]) for message in office.slack.person(ADA).inbox()[before:]]


def they_met(office: DeliveryHarness, *days: date) -> None:
    with office.storage.begin(office.workspace) as tx:
        tx.save(Outcome(tuple(Meeting(f"M{day}", "s1", day, 60, MeetingMode.VIDEO, (), BEN) for day in days)))


@pytest.mark.parametrize(
    ("decided", "key", "met"),
    [
        (DAY_10, "first-meeting-nudge:s1:U0ADA", [DAY_10.date()]),
        (DAY_24, "second-meeting-nudge:s1:U0ADA", [DAY_10.date(), DAY_24.date()]),
        (DAY_52, f"monthly-nudge:s1:U0ADA:{DAY_52.date()}", [DAY_52.date()]),
    ],
)
def test_a_meeting_that_is_logged_meanwhile_makes_the_reminder_pointless(
    office: DeliveryHarness, decided: datetime, key: str, met: Sequence[date]
) -> None:
    it_is(office, decided, slack_answers=False)
    they_met(office, *met)
    assert it_is(office, decided + timedelta(seconds=15)) == []
    assert office.became(key) == (DeliveryState.DROPPED, "met-since")


def test_after_an_outage_of_a_month_one_monthly_reminder_comes_and_the_next_four_weeks_later(
    office: DeliveryHarness,
) -> None:
    for moment in (DAY_10, DAY_24):
        it_is(office, moment)
    for day in range(29):
        it_is(office, DAY_52 + day * DAY, slack_answers=False)
    got = [(day, text) for day in range(29, 62) for text in it_is(office, DAY_52 + day * DAY)]
    nudge, check_in = f"Have you met <@{BEN}> lately?", "How is it going? A three-minute check-in"
    assert [(day + 52, text) for day, text in got] == [(81, nudge), (91, check_in), (81 + 28, nudge)]


def test_a_check_in_that_is_held_up_comes_without_a_reminder_and_the_reminder_a_week_later(
    office: DeliveryHarness,
) -> None:
    for moment in (DAY_10, DAY_24, DAY_52):
        it_is(office, moment)
    check_in = datetime(2027, 2, 22, 9, tzinfo=UTC)
    for day in range(9):
        it_is(office, check_in + day * DAY, slack_answers=False)
    got = [(day, text) for day in range(9, 20) for text in it_is(office, check_in + day * DAY)]
    nudge, asked = f"Have you met <@{BEN}> lately?", "How is it going? A three-minute check-in"
    assert got == [(9, asked), (17, nudge)]


@pytest.mark.parametrize(
    ("question", "due", "key"),
    [
        (Question.CHECK_IN, datetime(2027, 2, 22, 9, tzinfo=UTC), "check-in:s1:U0ADA"),
        (Question.SURVEY, datetime(2027, 5, 24, 8, tzinfo=UTC), "survey:s1:U0ADA"),
        (Question.SURVEY, datetime(2027, 5, 31, 8, tzinfo=UTC), "survey-reminder:s1:U0ADA:7"),
    ],
)
def test_a_question_that_is_answered_meanwhile_is_not_asked(
    office: DeliveryHarness, question: Question, due: datetime, key: str
) -> None:
    for week in range(1, 28):
        if (moment := START + week * 7 * DAY) < due:
            they_met(office, moment.date())
            it_is(office, moment)
    it_is(office, due, slack_answers=False)
    assert office.became(key)[0] is DeliveryState.PENDING
    with office.storage.begin(office.workspace) as tx:
        one, ada = tx.partnerships.get("s1"), tx.people.get(ADA)
        assert one is not None
        form = FeedbackForm(4, decision=CheckInChoice.GO_ON if question is Question.CHECK_IN else None)
        if question is Question.CHECK_IN:
            tx.save(record_check_in(one, form, by=ada, owners=(OWNER,), asked=True, before=None, now=due))
        else:
            tx.save(record_survey(one, form, by=ada, asked=True, before=None, other_answered=False, now=due))
    (thanks,) = it_is(office, due + timedelta(seconds=15))
    assert thanks == "Thank you for your answers"
    assert office.became(key) == (DeliveryState.DROPPED, "answered")


def test_a_question_that_is_answered_while_the_partner_is_away_says_so_at_once(office: DeliveryHarness) -> None:
    asked_at = datetime(2027, 2, 22, 9, tzinfo=UTC)
    they_met(office, asked_at.date())
    it_is(office, asked_at)
    assert office.became("check-in:s1:U0ADA")[0] is DeliveryState.SENT
    office.slack.change_member(BEN, deactivated=True)
    with office.storage.begin(office.workspace) as tx:
        gone = replace(tx.people.get(BEN), account_status=AccountStatus.DEACTIVATED)
        save_profile(tx, gone, asked_at)
        one, ada = tx.partnerships.get("s1"), tx.people.get(ADA)
        assert one is not None
        form = FeedbackForm(4, decision=CheckInChoice.GO_ON)
        tx.save(record_check_in(one, form, by=ada, owners=(OWNER,), asked=True, before=None, now=asked_at))
    it_is(office, asked_at + timedelta(minutes=1))
    (asked,) = [message for message in office.slack.person(ADA).inbox() if "check-in" in str(message["text"])]
    assert asked["text"] == "This check-in needs no answer any more"
    assert office.view("check-in:s1:U0ADA") == ("current", "answered")


def test_leaving_and_returning_twice_in_a_weekend_is_told_of_once(office: DeliveryHarness) -> None:
    saturday = datetime(2026, 11, 28, 10, tzinfo=UTC)
    with office.storage.read(office.workspace) as tx:
        ben = tx.people.get(BEN)
    for hour in range(4):
        moment = saturday + timedelta(hours=3 * hour)
        it_is(office, moment)
        gone = replace(ben, account_status=AccountStatus.DEACTIVATED)
        with office.storage.begin(office.workspace) as tx:
            save_profile(tx, gone if hour % 2 == 0 else ben, moment)
        it_is(office, moment + timedelta(minutes=1))
    assert it_is(office, saturday + 2 * DAY) == [f"<@{BEN}> is back"]
    assert [text for day in range(3, 12) for text in it_is(office, saturday + day * DAY) if "back" in text] == []


def test_who_was_away_when_two_reminders_fell_due_gets_one(office: DeliveryHarness) -> None:
    it_is(office, DAY_10, slack_answers=False)
    with office.storage.begin(office.workspace) as tx:
        ada = tx.people.get(ADA)
        save_profile(tx, replace(ada, account_status=AccountStatus.DEACTIVATED), DAY_10)
    it_is(office, DAY_24)
    back = DAY_10 + 20 * DAY
    with office.storage.begin(office.workspace) as tx:
        save_profile(tx, ada, back)
    got = [text for day in range(8) for text in it_is(office, back + day * DAY)]
    assert [text for text in got if text.startswith("Have you met")] == [f"Have you met <@{BEN}> yet?"]
    assert office.became("first-meeting-nudge:s1:U0ADA") == (DeliveryState.DROPPED, "past")
