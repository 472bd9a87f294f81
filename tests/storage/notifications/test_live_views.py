"""Messages that stay: brought up to date where they are, posted anew when they are needed again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Person, ProfileUpdate
from mentoring.core.programmes import Cohort
from mentoring.matching.review import ProposalRun
from mentoring.notifications.undelivered import UndeliveredResolution
from storage import Claim, DeliveryState, Storage
from tests.storage.rows import ADA, COHORT, LEASE, NOON, OWNER, WORKSPACE, application, dump, grounded, notice

LATER = NOON + LEASE + timedelta(seconds=1)
MORNING = NOON + timedelta(hours=20)


@pytest.fixture
def posted(storage: Storage) -> Storage:
    """The owner's message about the cohort is in their conversation."""
    with grounded(storage) as tx:
        tx.save(Outcome(notices=(desk(),)))
    ours = claimed(storage)
    with storage.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    return storage


def desk(day: str = "", **more: Any) -> Notification:
    about = {"cohort": COHORT.id} | ({"day": day} if day else {})
    return Notification(f"desk:{COHORT.id}:{OWNER}", NotificationKind.REVIEW, OWNER, about, **more)


def keep(storage: Storage, *changes: object, notices: tuple[Notification, ...] = ()) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome(changes, notices))


def changes_something(storage: Storage, id: str = "a1") -> None:
    keep(storage, application(id, person=f"U0{id.upper()}"))


def found(storage: Storage, *, of: Any = NOON, to_change: bool = False, on: datetime = NOON) -> Claim | None:
    with storage.note(WORKSPACE) as tx:
        return tx.outbox.claim(calendar=on, stopwatch=of, lease=LEASE, posted=to_change)


def claimed(storage: Storage, **of: Any) -> Claim:
    ours = found(storage, **of)
    assert ours is not None
    return ours


def row(address: str) -> dict[str, Any]:
    (only,) = dump(address)["outbox"]
    return only


def test_nothing_is_to_be_changed_as_long_as_nothing_has_changed(posted: Storage) -> None:
    assert found(posted) is None
    assert found(posted, to_change=True) is None


def test_however_much_changes_it_is_brought_up_to_date_once(posted: Storage) -> None:
    for id in ("a1", "a2", "a3"):
        changes_something(posted, id)
    assert found(posted) is None, "it is not posted"
    ours = claimed(posted, to_change=True)
    assert (ours.ts, ours.conversation, ours.in_doubt) == ("1.0", "D1", False)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(ours)
    assert found(posted, to_change=True) is None


def test_what_changes_while_it_is_written_is_written_once_more(posted: Storage, address: str) -> None:
    changes_something(posted, "a1")
    ours = claimed(posted, to_change=True)
    changes_something(posted, "a2")
    assert found(posted, to_change=True) is None, "one deliverer at a time"
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(ours)
    assert row(address)["state"] == DeliveryState.STALE
    again = claimed(posted, to_change=True)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(again)
    assert row(address)["state"] == DeliveryState.SENT


def test_what_changes_while_it_is_posted_is_written_once_more(storage: Storage, address: str) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notices=(desk(),)))
    ours = claimed(storage)
    changes_something(storage)
    with storage.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    assert row(address)["state"] == DeliveryState.STALE


@pytest.mark.parametrize("died", [False, True], ids=["no answer", "died"])
def test_what_changes_while_nobody_knows_whether_it_arrived_is_written_once_it_is_found(
    storage: Storage, address: str, died: bool
) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notices=(desk(),)))
    first = claimed(storage)
    if not died:
        with storage.note(WORKSPACE) as tx:
            assert tx.outbox.doubt(first, not_before=NOON, reason="timeout")
    changes_something(storage)
    ours = claimed(storage, of=LATER)
    assert ours.in_doubt
    with storage.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    assert row(address)["state"] == DeliveryState.STALE


def test_who_dies_while_changing_it_is_taken_over_and_nothing_is_in_doubt(posted: Storage) -> None:
    changes_something(posted)
    dead = claimed(posted, to_change=True)
    assert found(posted, of=LATER) is None, "it is not looked for, nor posted"
    ours = claimed(posted, of=LATER, to_change=True)
    assert (ours.ts, ours.in_doubt) == ("1.0", False)
    with posted.note(WORKSPACE) as tx:
        assert not tx.outbox.is_current(dead)
        assert tx.outbox.is_current(ours)


def test_what_could_not_be_changed_waits_and_is_still_the_same_message(posted: Storage) -> None:
    changes_something(posted)
    ours = claimed(posted, to_change=True)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.later(ours, not_before=LATER, reason="ratelimited")
    assert found(posted, to_change=True) is None
    assert claimed(posted, of=LATER, to_change=True).ts == "1.0"


def test_owed_again_on_the_same_day_or_for_no_day_it_is_not_posted_anew(posted: Storage) -> None:
    keep(posted, notices=(desk("2026-11-25"),))
    first = claimed(posted)
    with posted.note(WORKSPACE) as tx:
        tx.outbox.sent(first, conversation="D1", ts="2.0", at=NOON)
    keep(posted, notices=(desk("2026-11-25"),))
    keep(posted, notices=(desk(),))
    assert found(posted) is None


def test_owed_for_another_day_it_is_posted_anew_and_the_one_before_is_taken_away(posted: Storage, address: str) -> None:
    before = row(address)["opaque"]
    keep(posted, notices=(desk("2026-11-25"),))
    ours = claimed(posted)
    assert (ours.ts, ours.former, ours.in_doubt, ours.notice.about["day"]) == (None, ("1.0",), False, "2026-11-25")
    assert ours.opaque != before, "the one before is not taken for it"
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="2.0", at=NOON)
    tidying = claimed(posted, to_change=True)
    assert (tidying.ts, tidying.former) == ("2.0", ("1.0",))
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(tidying)
    assert (row(address)["state"], row(address)["former"]) == (DeliveryState.SENT, ())


def test_who_changed_the_one_before_has_no_say_over_the_new_one(posted: Storage) -> None:
    changes_something(posted)
    slow = claimed(posted, to_change=True)
    keep(posted, notices=(desk("2026-11-25"),))
    with posted.note(WORKSPACE) as tx:
        assert not tx.outbox.is_current(slow)
    assert claimed(posted).former == ("1.0",)


@pytest.fixture
def awaiting(posted: Storage) -> Storage:
    """It is needed anew, but not before the morning, and shows what is the case until then."""
    keep(posted, notices=(desk("2026-11-25", due=NOON),))
    ours = claimed(posted, to_change=True)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(ours, again_at=MORNING)
    return posted


def reposted(storage: Storage) -> Claim:
    ours = claimed(storage, to_change=True, on=MORNING)
    with storage.note(WORKSPACE) as tx:
        assert tx.outbox.anew(ours)
    return claimed(storage, on=MORNING)


def test_needed_anew_but_not_at_this_hour_it_is_brought_up_to_date_where_it_is(posted: Storage, address: str) -> None:
    keep(posted, notices=(desk("2026-11-25", due=NOON),))
    assert found(posted) is None, "nobody is notified yet"
    ours = claimed(posted, to_change=True)
    assert (ours.ts, ours.former, ours.again_at, ours.notice.about["day"]) == ("1.0", (), NOON, "2026-11-25")
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(ours, again_at=MORNING)
        assert tx.outbox.next_due() == MORNING
    assert (found(posted), found(posted, to_change=True)) == (None, None)
    assert (row(address)["state"], row(address)["ts"]) == (DeliveryState.STALE, "1.0")


def test_what_changes_until_it_is_posted_anew_is_shown_at_once(awaiting: Storage) -> None:
    for id in ("a1", "a2"):
        changes_something(awaiting, id)
        ours = claimed(awaiting, to_change=True)
        assert (ours.ts, ours.again_at) == ("1.0", MORNING)
        with awaiting.note(WORKSPACE) as tx:
            assert tx.outbox.is_current(ours, again_at=MORNING)
        assert found(awaiting, to_change=True) is None


def test_what_changes_while_it_is_brought_up_to_date_is_not_held_until_it_is_posted_anew(awaiting: Storage) -> None:
    changes_something(awaiting, "a1")
    ours = claimed(awaiting, to_change=True)
    changes_something(awaiting, "a2")
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(ours, again_at=MORNING)
    assert claimed(awaiting, to_change=True).again_at == MORNING


def test_when_the_time_has_come_it_is_posted_anew_under_another_name(awaiting: Storage, address: str) -> None:
    before = row(address)["opaque"]
    ours = reposted(awaiting)
    assert (ours.ts, ours.former, ours.in_doubt, ours.again_at) == (None, ("1.0",), False, None)
    assert ours.notice.due is not None, "it still waits for working hours"
    assert ours.opaque != before
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="2.0", at=NOON)
    tidying = claimed(awaiting, to_change=True)
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(tidying)
    assert (row(address)["state"], row(address)["former"], row(address)["again_at"]) == (DeliveryState.SENT, (), None)


def test_who_dies_when_it_is_to_be_posted_anew_is_taken_over(awaiting: Storage) -> None:
    dead = claimed(awaiting, to_change=True, on=MORNING)
    ours = claimed(awaiting, to_change=True, of=LATER, on=MORNING)
    assert (ours.ts, ours.again_at, ours.in_doubt) == ("1.0", MORNING, False)
    with awaiting.note(WORKSPACE) as tx:
        assert not tx.outbox.anew(dead)
        assert tx.outbox.anew(ours)
    assert claimed(awaiting, of=LATER, on=MORNING).former == ("1.0",)


@pytest.mark.parametrize("more", [{"due": NOON}, {}], ids=["late", "at once"])
def test_owed_for_yet_another_day_until_then_it_is_posted_once(awaiting: Storage, more: dict[str, Any]) -> None:
    keep(awaiting, notices=(desk("2026-11-26", **more),))
    assert (found(awaiting), found(awaiting, to_change=True)) == (None, None)
    ours = reposted(awaiting)
    assert (ours.notice.about["day"], ours.former) == ("2026-11-26", ("1.0",))
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="2.0", at=NOON)
    assert found(awaiting, on=MORNING) is None


def test_whoever_changes_it_while_it_becomes_needed_anew_finishes_and_it_is_changed_once_more(posted: Storage) -> None:
    changes_something(posted)
    slow = claimed(posted, to_change=True)
    keep(posted, notices=(desk("2026-11-25", due=NOON),))
    assert (found(posted), found(posted, to_change=True)) == (None, None)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(slow)
    assert claimed(posted, to_change=True).again_at == NOON


def test_whose_reader_has_no_use_for_it_any_more_is_not_posted_anew(awaiting: Storage, address: str) -> None:
    changes_something(awaiting)
    ours = claimed(awaiting, to_change=True)
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.drop(ours, reason="no-longer-an-owner")
    assert (row(address)["state"], row(address)["again_at"]) == (DeliveryState.DROPPED, None)


def test_posted_anew_at_once_and_kept_waiting_the_one_before_is_brought_up_to_date(posted: Storage) -> None:
    keep(posted, notices=(desk("2026-11-25"),))
    ours = claimed(posted)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.wait(ours, until=MORNING, reason="not-decent")
    assert found(posted) is None
    again = claimed(posted, to_change=True)
    assert (again.ts, again.former, again.again_at) == ("1.0", (), MORNING)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(again, again_at=MORNING)
    assert reposted(posted).former == ("1.0",)


def test_posted_anew_and_pointless_by_then_the_one_before_is_to_say_so(posted: Storage) -> None:
    keep(posted, notices=(desk("2026-11-25"),))
    ours = claimed(posted)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.drop(ours, reason="no-longer-an-owner")
    assert found(posted) is None
    again = claimed(posted, to_change=True)
    assert (again.ts, again.again_at) == ("1.0", None)


def test_gone_from_slack_until_then_it_is_posted_once(awaiting: Storage) -> None:
    changes_something(awaiting)
    ours = claimed(awaiting, to_change=True)
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.is_gone(ours, due=NOON, reason="message_not_found")
    again = claimed(awaiting)
    assert (again.ts, again.former, again.again_at) == (None, (), None)
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.sent(again, conversation="D1", ts="2.0", at=NOON)
    assert (found(awaiting, on=MORNING), found(awaiting, to_change=True, on=MORNING)) == (None, None)


def test_forgetting_its_reader_takes_it_away_and_somebody_else_makes_it_stale(awaiting: Storage, address: str) -> None:
    with awaiting.begin(WORKSPACE) as tx:
        tx.erasure.forget(ADA, NOON)
    assert claimed(awaiting, to_change=True).again_at == MORNING
    with awaiting.begin(WORKSPACE) as tx:
        tx.erasure.forget(OWNER, NOON)
    assert dump(address)["outbox"] == []


def test_an_owner_who_lets_it_rest_has_it_posted_no_more(awaiting: Storage, address: str) -> None:
    changes_something(awaiting)
    ours = claimed(awaiting, to_change=True)
    with awaiting.note(WORKSPACE) as tx:
        assert tx.outbox.fail(ours, reason="unsendable")
    assert row(address)["again_at"] == MORNING, "it is still owed"
    keep(awaiting, UndeliveredResolution(str(ours.id), again=False))
    assert (row(address)["state"], row(address)["again_at"]) == (DeliveryState.DROPPED, None)


def test_one_that_is_on_its_way_for_the_first_time_is_new_enough(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notices=(desk(),)))
    ours = claimed(storage)
    keep(storage, notices=(desk("2026-11-25"),))
    with storage.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    assert found(storage) is None


def test_what_is_gone_from_slack_is_posted_anew(posted: Storage) -> None:
    changes_something(posted)
    ours = claimed(posted, to_change=True)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_gone(ours, due=NOON, reason="message_not_found")
    again = claimed(posted)
    assert (again.ts, again.in_doubt, again.notice.due) == (None, False, NOON)
    assert again.opaque != ours.opaque


@pytest.mark.parametrize(
    "change",
    [
        application(),
        ProposalRun(COHORT.id, asked_by=OWNER, asked_at=NOON),
        Cohort(COHORT.id, "p1", COHORT.opens_on, COHORT.apply_by, COHORT.starts_on, COHORT.ends_on, NOON.date()),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_the_message_shows_makes_it_stale(posted: Storage, address: str, change: object) -> None:
    keep(posted, change)
    assert row(address)["state"] == DeliveryState.STALE


def test_somebody_who_leaves_makes_it_stale_and_news_of_somebody_who_stays_does_not(
    posted: Storage, address: str
) -> None:
    with posted.begin(WORKSPACE) as tx:
        tx.people.request_profiles([ADA], NOON)
    keep(posted, ProfileUpdate(Person(ADA, AccountStatus.MEMBER, "Ada"), NOON))
    assert row(address)["state"] == DeliveryState.SENT
    keep(posted, ProfileUpdate(Person(ADA, AccountStatus.DEACTIVATED, "Ada", left_at=NOON), NOON))
    assert row(address)["state"] == DeliveryState.STALE


def test_forgetting_somebody_makes_it_stale(posted: Storage, address: str) -> None:
    with posted.begin(WORKSPACE) as tx:
        tx.erasure.forget(ADA, NOON)
    assert row(address)["state"] == DeliveryState.STALE


def test_what_does_not_stay_is_never_stale(storage: Storage, address: str) -> None:
    with grounded(storage) as tx:
        tx.outbox.enqueue(notice())
    ours = claimed(storage)
    with storage.note(WORKSPACE) as tx:
        tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    changes_something(storage)
    assert row(address)["state"] == DeliveryState.SENT


def test_an_owner_who_sends_it_again_has_it_changed_and_not_posted_twice(posted: Storage) -> None:
    changes_something(posted)
    ours = claimed(posted, to_change=True)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.fail(ours, reason="unsendable")
    with posted.begin(WORKSPACE) as tx:
        tx.save(Outcome((UndeliveredResolution(str(ours.id), again=True),)))
    assert found(posted) is None
    assert claimed(posted, to_change=True).ts == "1.0"
