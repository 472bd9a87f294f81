"""What falls due by itself is owed once, to each at their own time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mentoring.core.outcome import Outcome
from scheduler.jobs import next_due_at, run_due_jobs
from tests.one_programme import replace_owners
from tests.scheduler.delivery_harness import ADA, BEN, CHI, OWNER, DeliveryHarness


def tick(office: DeliveryHarness, moment: str) -> int:
    """Let the timetable come by at an ISO moment in UTC, and deliver. Returns how many promises were judged."""
    office.calendar.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    judged = run_due_jobs(office.storage, office.workspace, office.calendar())
    office.delivery.drain()
    return judged


@pytest.fixture
def three(bare_office: DeliveryHarness) -> DeliveryHarness:
    """Three owners: in London, in New York and in Kolkata. Applications close on 21 December."""
    bare_office.found(OWNER, BEN, CHI)
    bare_office.request_profiles(OWNER, BEN, CHI)
    bare_office.delivery.drain()
    return bare_office


def test_each_owner_hears_once_that_applications_have_closed_in_their_own_working_hours(three: DeliveryHarness) -> None:
    heard = []
    for hour in range(24):
        tick(three, f"2026-12-22T{hour:02}:00")
        heard.append(tuple(three.got(user) for user in (CHI, OWNER, BEN)))
    assert heard[3] == (0, 0, 0)
    assert heard[4] == (1, 0, 0)  # 09:00 in Kolkata was half an hour ago
    assert heard[8] == (1, 0, 0)
    assert heard[9] == (1, 1, 0)  # 09:00 in London
    assert heard[13] == (1, 1, 0)
    assert heard[14] == (1, 1, 1)  # 09:00 in New York
    assert heard[23] == (1, 1, 1)
    assert "Applications have closed" in three.slack.person(CHI).inbox()[0]["text"]


def test_it_is_never_said_twice_however_often_the_timetable_ticks(three: DeliveryHarness) -> None:
    for day in ("2026-12-22", "2026-12-23", "2026-12-28", "2027-01-04"):
        for minute in (0, 1, 2):
            tick(three, f"{day}T15:{minute:02}")
    assert [three.got(user) for user in (CHI, OWNER, BEN)] == [0, 1, 1]


def test_what_was_missed_while_we_were_away_is_said_late_and_once(three: DeliveryHarness) -> None:
    tick(three, "2026-12-30T10:00")
    tick(three, "2026-12-30T10:01")
    assert three.got(OWNER) == 1


def test_nothing_falls_due_on_the_last_day_to_apply(three: DeliveryHarness) -> None:
    for hour in range(24):
        tick(three, f"2026-12-21T{hour:02}:00")
    assert [three.got(user) for user in (CHI, OWNER, BEN)] == [0, 0, 0]


def test_nobody_but_the_owners_hears_it(three: DeliveryHarness) -> None:
    tick(three, "2026-12-22T10:00")
    assert three.got(ADA) == 0


def test_an_owner_who_was_forgotten_hears_nothing(three: DeliveryHarness) -> None:
    with three.storage.begin(three.workspace) as tx:
        tx.erasure.erase(OWNER, three.calendar())
        replace_owners(tx, [OWNER, BEN])
    tick(three, "2026-12-22T15:00")
    assert (three.got(OWNER), three.got(BEN)) == (0, 1)


def test_a_deadline_that_is_moved_before_it_is_told_is_not_told(three: DeliveryHarness) -> None:
    three.calendar.moment = datetime(2026, 12, 22, 15, tzinfo=UTC)
    run_due_jobs(three.storage, three.workspace, three.calendar())
    with three.storage.begin(three.workspace) as tx:
        cohort = tx.cohorts.current("p1")
        assert cohort is not None
        tx.save(Outcome((replace(cohort, apply_by=cohort.starts_on),)))
    three.delivery.drain()
    assert three.got(OWNER) == 0


def test_an_empty_database_owes_nothing(bare_office: DeliveryHarness) -> None:
    assert tick(bare_office, "2026-12-22T15:00") == 0
    assert next_due_at(bare_office.storage, bare_office.workspace) is None


def test_nothing_is_written_when_nothing_is_due(three: DeliveryHarness) -> None:
    assert tick(three, "2026-12-22T16:00") == 3  # Kolkata has gone home, and hears it tomorrow
    woken: list[str] = []
    three.storage.on_commit(lambda: woken.append("woken"))
    assert tick(three, "2026-12-22T16:01") == 0
    assert woken == []


def test_the_next_thing_due_is_known(three: DeliveryHarness) -> None:
    assert next_due_at(three.storage, three.workspace) == datetime(
        2026, 12, 21, 10, tzinfo=UTC
    )  # it begins in Kiritimati
    tick(three, "2026-12-21T10:00")
    assert next_due_at(three.storage, three.workspace) == datetime(2026, 12, 22, 3, 30, tzinfo=UTC)  # 09:00 in Kolkata


def test_two_timetables_at_once_owe_nothing_twice(three: DeliveryHarness) -> None:
    three.calendar.moment = datetime(2026, 12, 22, 15, tzinfo=UTC)
    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(run_due_jobs, three.storage, three.workspace, three.calendar()) for _ in range(2)]
        assert sum(run.result(10) for run in runs) == 3
    three.delivery.drain()
    assert (three.got(OWNER), three.got(BEN)) == (1, 1)


def test_while_slack_shuts_us_out_nothing_is_judged_and_afterwards_it_is_late(three: DeliveryHarness) -> None:
    with three.storage.begin(three.workspace) as tx:
        tx.access.revoke_access("app_uninstalled", three.calendar())
    assert tick(three, "2026-12-22T15:00") == 0
    assert next_due_at(three.storage, three.workspace) is None
    with three.storage.begin(three.workspace) as tx:
        tx.access.restore_access()
    assert tick(three, "2026-12-30T15:00") == 3
    assert [three.got(user) for user in (OWNER, BEN)] == [1, 1]


def test_what_an_owner_was_promised_waits_while_they_are_away(three: DeliveryHarness) -> None:
    three.slack.change_member(OWNER, deactivated=True)
    three.calendar.moment = datetime(2026, 12, 21, 10, tzinfo=UTC)
    three.request_profiles(OWNER)
    three.delivery.drain()
    tick(three, "2026-12-22T10:00")
    assert three.got(OWNER) == 0
    three.slack.change_member(OWNER, deactivated=False)
    for day in ("23", "24"):  # Slack is asked on the first morning, and it comes on the next
        tick(three, f"2026-12-{day}T10:00")
    assert three.got(OWNER) == 1


def test_slack_is_asked_again_about_people_of_whom_it_told_a_week_ago(three: DeliveryHarness) -> None:
    asked = len(three.calls("users.info"))
    tick(three, "2026-11-29T10:00")
    assert len(three.calls("users.info")) == asked
    tick(three, "2026-11-30T10:01")
    assert len(three.calls("users.info")) == asked + 3
    tick(three, "2026-11-30T10:02")
    assert len(three.calls("users.info")) == asked + 3


def test_people_are_asked_about_again_a_few_at_a_time_the_oldest_first(three: DeliveryHarness) -> None:
    people = [f"U{n:03}" for n in range(30)]
    three.request_profiles(*people)
    three.delivery.drain()
    asked = len(three.calls("users.info"))
    three.calendar.moment = datetime(2026, 12, 7, 10, tzinfo=UTC)
    run_due_jobs(three.storage, three.workspace, three.calendar())
    with three.storage.read(three.workspace) as tx:
        assert len(tx.people.requested()) == 20
    three.delivery.drain()
    tick(three, "2026-12-07T10:01")
    assert len(three.calls("users.info")) == asked + 33
