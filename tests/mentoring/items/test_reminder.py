"""The one reminder of what is due: a week after its day, to its owners, unless a message has listed it meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Person
from mentoring.items.item import ActionItem, ItemOwner, ItemState
from mentoring.items.reminder import FORGOTTEN_AFTER, ReminderContext, plan_reminders, run_reminder
from mentoring.partnerships.partnership import PartnershipState, RequestedPause
from tests.mentoring.factories import ADA, BEN, partnership
from tests.mentoring.values import PROGRAMME, at, person

TOGETHER = partnership()
PEOPLE: Mapping[str, Person] = {ADA: person(ADA), BEN: person(BEN)}
DUE = date(2027, 2, 10)  # a Wednesday
ITEM = ActionItem("i1", "s1", "Read", ItemOwner.MENTEE, DUE, at("2027-02-01T12:00"), ADA)
KEY = f"items-due:s1:{ADA}"
A_WEEK_LATER = at("2027-02-17T10:00")


def planned(*items: ActionItem) -> dict[str, date | None]:
    """The day of each one's job, or None if there is none."""
    jobs = plan_reminders(TOGETHER, PEOPLE.values(), PROGRAMME, items, at("2027-02-01T12:00"))
    return {
        (job.job if isinstance(job, JobDone) else job).person: None if isinstance(job, JobDone) else job.due.date()
        for job in jobs
    }


def run(*items: ActionItem, now: str = "2027-02-17T10:00", **facts: Any) -> Outcome:
    job = ScheduledJob(KEY, JobKind.ITEMS_DUE, at(now), ADA, {"partnership": "s1"})
    usual: dict[str, Any] = {
        "partnership": TOGETHER, "person": PEOPLE[ADA], "programme": PROGRAMME, "people": PEOPLE,
    }  # fmt: skip
    return run_reminder(job, ReminderContext(items=items or (ITEM,), **(usual | facts)), at(now))


def next_day(outcome: Outcome) -> date | None:
    (job,) = outcome.changes
    return job.due.date() if isinstance(job, ScheduledJob) else None


def test_its_owners_have_a_job_a_week_after_the_first_day() -> None:
    a_week = DUE + timedelta(days=7)
    assert planned(ITEM) == {ADA: a_week, BEN: None}
    assert planned(replace(ITEM, owner=ItemOwner.BOTH), replace(ITEM, id="i2", due=DUE + timedelta(days=9))) == {
        ADA: a_week,
        BEN: a_week,
    }
    for nothing in (replace(ITEM, state=ItemState.DONE), replace(ITEM, due=None)):
        assert planned(nothing) == {ADA: None, BEN: None}


def test_one_reminder_lists_all_that_is_due_and_the_next_is_for_what_is_due_later() -> None:
    later = replace(ITEM, id="i2", due=date(2027, 2, 22))
    outcome = run(ITEM, replace(ITEM, id="i3", due=date(2027, 2, 16)), later)
    (reminder,) = outcome.notifications
    assert (reminder.kind, reminder.recipient) == (NotificationKind.ITEMS_DUE, ADA)
    assert dict(reminder.refs) == {"partnership": "s1", "day": "2027-02-17"}
    assert next_day(outcome) == date(2027, 3, 1)
    assert next_day(run(ITEM)) is None


@pytest.mark.parametrize(("listed_on", "is_reminded"), [("2027-02-09", True), ("2027-02-10", False)])
def test_a_message_that_listed_it_since_its_day_takes_the_place_of_the_reminder(
    listed_on: str, is_reminded: bool
) -> None:
    outcome = run(listed_on=date.fromisoformat(listed_on))
    assert bool(outcome.notifications) is is_reminded
    assert next_day(outcome) is None


def test_it_waits_while_a_message_is_on_its_way_and_while_the_two_are_paused() -> None:
    away = replace(person(BEN), account_status=AccountStatus.DEACTIVATED)
    for facts in ({"is_unsent": True}, {"people": {**PEOPLE, BEN: away}}):
        outcome = run(**facts)
        assert outcome.notifications == ()
        assert next_day(outcome) == date(2027, 2, 18)


@pytest.mark.parametrize("now", ["2027-02-17T05:00", "2027-02-17T21:00", "2027-02-20T10:00"])
def test_it_waits_for_working_hours(now: str) -> None:
    outcome = run(now=now)
    assert outcome.notifications == ()
    assert next_day(outcome) is not None


def test_nobody_is_reminded_of_what_is_not_theirs_or_done_or_long_forgotten_or_over() -> None:
    for item in (
        replace(ITEM, owner=ItemOwner.MENTOR),
        replace(ITEM, state=ItemState.DONE),
        replace(ITEM, state=ItemState.DROPPED),
        replace(ITEM, due=A_WEEK_LATER.date() - FORGOTTEN_AFTER),
    ):
        assert (run(item).notifications, next_day(run(item))) == ((), None)
    over = run(partnership=partnership(state=PartnershipState.ENDED))
    assert (over.notifications, next_day(over)) == ((), None)


def test_one_that_was_moved_is_looked_at_a_week_after_its_new_day() -> None:
    outcome = run(replace(ITEM, due=date(2027, 2, 15)))
    assert (outcome.notifications, next_day(outcome)) == ((), date(2027, 2, 22))


def test_what_was_due_before_a_long_pause_is_not_forgotten_in_it() -> None:
    over = DUE + FORGOTTEN_AFTER + timedelta(days=2)
    carried_on = replace(TOGETHER, pause=RequestedPause(ADA, at("2027-02-12T10:00"), None, over_on=over))
    now = f"{over.isoformat()}T10:00"
    assert [each.kind for each in run(now=now, partnership=carried_on).notifications] == [NotificationKind.ITEMS_DUE]
    assert run(now=now).notifications == ()
