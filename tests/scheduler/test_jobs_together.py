"""What waited out an outage together comes one at a time."""

from datetime import UTC, datetime, timedelta

from mentoring.core.jobs import JobKind
from mentoring.core.outcome import Outcome
from mentoring.partnerships.jobs import job_key, plan_partnership_jobs
from scheduler.jobs import run_due_jobs
from tests.local_bot import START
from tests.mentoring.factories import partnership
from tests.one_programme import the_programme
from tests.scheduler.delivery_harness import ADA, BEN, OWNER, DeliveryHarness

BACK = datetime(2027, 3, 10, 10, tzinfo=UTC)
"""A Wednesday. The check-in was due on 22 February; Ada is in London, Ben in New York."""


def begins(office: DeliveryHarness) -> None:
    """Ada and Ben are introduced for half a year, and the bot goes off."""
    office.found(OWNER)
    office.request_profiles(OWNER, ADA, BEN)
    office.delivery.drain()
    with office.storage.begin(office.workspace) as tx:
        programme = the_programme(tx)
        assert programme is not None
        one = partnership(ADA, BEN, months=6, introduced_at=START)
        promises = plan_partnership_jobs(one, list(tx.people.get_many([ADA, BEN]).values()), programme)
        tx.save(Outcome((one, *promises)))


def came(office: DeliveryHarness, moment: datetime) -> list[str]:
    """What Ada gets at this moment."""
    before = office.got(ADA)
    office.calendar.moment = moment
    run_due_jobs(office.storage, office.workspace, moment)
    office.delivery.drain()
    return [message["text"] for message in office.slack.person(ADA).inbox()[before:]]


def test_the_check_in_comes_first_and_the_nudge_that_waited_with_it_a_week_later(bare_office: DeliveryHarness) -> None:
    begins(bare_office)
    (asked,) = came(bare_office, BACK)
    assert "how" in asked.lower()
    for day in range(1, 8):
        assert came(bare_office, BACK + timedelta(days=day)) == []
    (nudged,) = came(bare_office, BACK + timedelta(days=8))
    assert nudged != asked
    assert came(bare_office, BACK + timedelta(days=9)) == []


def test_a_promise_that_is_done_tells_when_and_one_that_is_not_when_it_will_be(bare_office: DeliveryHarness) -> None:
    begins(bare_office)
    check_in = job_key(JobKind.CHECK_IN, "s1", ADA)
    due = datetime(2027, 2, 22, 9, tzinfo=UTC)
    came(bare_office, BACK)
    with bare_office.storage.read(bare_office.workspace) as tx:
        assert tx.scheduled_jobs.done_or_due_at(check_in, BACK + timedelta(days=30)) == BACK
        survey = tx.scheduled_jobs.done_or_due_at(job_key(JobKind.SURVEY, "s1", ADA), BACK)
        assert survey == datetime(2027, 5, 24, 8, tzinfo=UTC)
        assert tx.scheduled_jobs.done_or_due_at(job_key(JobKind.SURVEY, "s1", ADA), survey + timedelta(days=3)) == (
            survey + timedelta(days=3)
        )
        assert tx.scheduled_jobs.done_or_due_at("never", due) is None
