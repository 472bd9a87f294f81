"""Live views: updated where they were posted, and posted again when they are wanted on another day."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Person, ProfileUpdate
from mentoring.core.programmes import Cohort
from mentoring.core.undelivered import UndeliveredResolution
from mentoring.matching.review import ProposalRun
from storage import Claim, DeliveryState, Storage, UpdateClaim
from storage.notifications.live_view_statements import LiveViewState
from tests.storage.rows import ADA, COHORT, LEASE, NOON, OWNER, WORKSPACE, application, dump, grounded, notice

LATER = NOON + LEASE + timedelta(seconds=1)
MORNING = NOON + timedelta(hours=20)


@pytest.fixture
def posted(storage: Storage) -> Storage:
    """The owner's message about the cohort is in their conversation."""
    with grounded(storage) as tx:
        tx.save(Outcome(notifications=(desk(),)))
    ours = claimed(storage)
    arrives(storage, ours, "1.0")
    return storage


def arrives(storage: Storage, ours: Claim, ts: str) -> None:
    """Slack has a post, and its worker records so."""
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert tx.outbox.mark_sent(ours, conversation="D1", ts=ts, at=NOON)
        tx.live_views.show_post(ours, conversation="D1", ts=ts)


def desk(day: str = "", **more: Any) -> Notification:
    about = {"cohort": COHORT.id} | ({"day": day} if day else {})
    return Notification(f"desk:{COHORT.id}:{OWNER}", NotificationKind.REVIEW, OWNER, about, **more)


def keep(storage: Storage, *changes: object, notices: tuple[Notification, ...] = ()) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome(changes, notices))


def changes_something(storage: Storage, id: str = "a1") -> None:
    keep(storage, application(id, person=f"U0{id.upper()}"))


def found(storage: Storage, *, of: Any = NOON, on: datetime = NOON) -> Claim | None:
    """A post, if one is due."""
    with storage.begin_unlocked(WORKSPACE) as tx:
        return tx.outbox.claim(calendar=on, stopwatch=of, lease=LEASE)


def claimed(storage: Storage, **of: Any) -> Claim:
    ours = found(storage, **of)
    assert ours is not None
    return ours


def stale(storage: Storage, *, of: Any = NOON, on: datetime = NOON) -> UpdateClaim | None:
    """An update, if one is due."""
    with storage.begin_unlocked(WORKSPACE) as tx:
        return tx.live_views.claim(calendar=on, stopwatch=of, lease=LEASE)


def updating(storage: Storage, **of: Any) -> UpdateClaim:
    ours = stale(storage, **of)
    assert ours is not None
    return ours


def row(address: str) -> dict[str, Any]:
    (only,) = dump(address)["live_views"]
    return only


def posts(address: str) -> list[str]:
    """The states of all posts of the view, oldest first."""
    return [post["state"] for post in sorted(dump(address)["outbox"], key=lambda post: post["id"])]


def is_current(storage: Storage, ours: UpdateClaim) -> None:
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert tx.live_views.mark_current(ours)


def test_nothing_is_updated_as_long_as_nothing_has_changed(posted: Storage) -> None:
    assert (found(posted), stale(posted)) == (None, None)


def test_many_changes_are_one_update(posted: Storage) -> None:
    for id in ("a1", "a2", "a3"):
        changes_something(posted, id)
    assert found(posted) is None, "it is not posted"
    ours = updating(posted)
    assert (ours.ts, ours.conversation) == ("1.0", "D1")
    is_current(posted, ours)
    assert stale(posted) is None


def test_a_change_during_an_update_is_followed_by_another_update(posted: Storage, address: str) -> None:
    changes_something(posted, "a1")
    ours = updating(posted)
    changes_something(posted, "a2")
    assert stale(posted) is None, "one worker at a time"
    is_current(posted, ours)
    assert row(address)["state"] == LiveViewState.STALE
    is_current(posted, updating(posted))
    assert row(address)["state"] == LiveViewState.CURRENT


def test_a_change_while_it_is_posted_is_followed_by_an_update(storage: Storage, address: str) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notifications=(desk(),)))
    ours = claimed(storage)
    changes_something(storage)
    arrives(storage, ours, "1.0")
    assert row(address)["state"] == LiveViewState.STALE


@pytest.mark.parametrize("died", [False, True], ids=["no answer", "died"])
def test_a_change_while_nobody_knows_whether_it_arrived_is_shown_once_it_is_found(
    storage: Storage, address: str, died: bool
) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notifications=(desk(),)))
    first = claimed(storage)
    if not died:
        with storage.begin_unlocked(WORKSPACE) as tx:
            assert tx.outbox.mark_unknown(first, retry_at=NOON, reason="timeout")
    changes_something(storage)
    ours = claimed(storage, of=LATER)
    assert ours.is_unknown
    arrives(storage, ours, "1.0")
    assert row(address)["state"] == LiveViewState.STALE


def test_a_worker_that_dies_while_updating_is_replaced(posted: Storage) -> None:
    changes_something(posted)
    dead = updating(posted)
    assert found(posted, of=LATER) is None, "it is neither searched for nor posted"
    ours = updating(posted, of=LATER)
    assert ours.ts == "1.0"
    with posted.begin_unlocked(WORKSPACE) as tx:
        assert not tx.live_views.mark_current(dead)
        assert tx.live_views.mark_current(ours)


def test_a_failed_update_waits_and_is_still_the_same_message(posted: Storage) -> None:
    changes_something(posted)
    ours = updating(posted)
    with posted.begin_unlocked(WORKSPACE) as tx:
        assert tx.live_views.retry_at(ours, retry_at=LATER, reason="ratelimited")
    assert stale(posted) is None
    assert updating(posted, of=LATER).ts == "1.0"


def test_wanted_again_on_the_same_day_or_for_no_day_it_is_not_posted_again(posted: Storage) -> None:
    keep(posted, notices=(desk("2026-11-25"),))
    arrives(posted, claimed(posted), "2.0")
    keep(posted, notices=(desk("2026-11-25"),))
    keep(posted, notices=(desk(),))
    assert found(posted) is None


def test_wanted_on_another_day_it_is_posted_again_and_the_older_post_is_deleted(posted: Storage, address: str) -> None:
    before = row(address)["correlation_id"]
    keep(posted, notices=(desk("2026-11-25"),))
    ours = claimed(posted)
    assert (ours.is_unknown, ours.notification.refs["day"]) == (False, "2026-11-25")
    assert ours.correlation_id != before, "a search does not take the older post for it"
    arrives(posted, ours, "2.0")
    tidying = updating(posted)
    assert (tidying.ts, tidying.obsolete_posts) == ("2.0", ("1.0",))
    is_current(posted, tidying)
    assert (row(address)["state"], row(address)["obsolete_posts"]) == (LiveViewState.CURRENT, ())


def test_an_update_of_the_older_post_has_no_say_over_the_new_one(posted: Storage) -> None:
    changes_something(posted)
    slow = updating(posted)
    keep(posted, notices=(desk("2026-11-25"),))
    arrives(posted, claimed(posted), "2.0")
    with posted.begin_unlocked(WORKSPACE) as tx:
        assert not tx.live_views.mark_current(slow)
    assert updating(posted).obsolete_posts == ("1.0",)


@pytest.fixture
def awaiting(posted: Storage) -> Storage:
    """It is to be posted again in the morning, and shows the newest state until then."""
    keep(posted, notices=(desk("2026-11-25", due=NOON),))
    ours = claimed(posted)
    with posted.begin_unlocked(WORKSPACE) as tx:
        assert tx.outbox.postpone(ours, until=MORNING, reason="not-decent")
    is_current(posted, updating(posted))
    return posted


def test_until_it_is_posted_again_it_is_updated_where_it_is(awaiting: Storage, address: str) -> None:
    with awaiting.read(WORKSPACE) as tx:
        assert tx.outbox.next_due() == MORNING
    for id in ("a1", "a2"):
        changes_something(awaiting, id)
        ours = updating(awaiting)
        assert ours.ts == "1.0"
        is_current(awaiting, ours)
        assert (found(awaiting), stale(awaiting)) == (None, None)


def test_in_the_morning_it_is_posted_again_under_another_name(awaiting: Storage, address: str) -> None:
    before = row(address)["correlation_id"]
    ours = claimed(awaiting, on=MORNING)
    assert ours.notification.due is not None, "it waits for working hours"
    assert ours.correlation_id != before
    arrives(awaiting, ours, "2.0")
    is_current(awaiting, updating(awaiting))
    assert (row(address)["ts"], row(address)["obsolete_posts"]) == ("2.0", ())


@pytest.mark.parametrize("more", [{"due": NOON}, {}], ids=["late", "at once"])
def test_wanted_on_yet_another_day_until_then_it_is_posted_once(awaiting: Storage, more: dict[str, Any]) -> None:
    keep(awaiting, notices=(desk("2026-11-26", **more),))
    assert found(awaiting) is None
    ours = claimed(awaiting, on=MORNING)
    assert ours.notification.refs["day"] == "2026-11-26"
    arrives(awaiting, ours, "2.0")
    assert found(awaiting, on=MORNING) is None


def test_a_reader_without_a_use_for_it_gets_no_further_post(awaiting: Storage, address: str) -> None:
    changes_something(awaiting)
    ours = updating(awaiting)
    with awaiting.begin_unlocked(WORKSPACE) as tx:
        assert tx.live_views.mark_dropped(ours, reason="no-longer-an-owner")
    assert row(address)["reason"] == "no-longer-an-owner"
    assert posts(address) == [DeliveryState.SENT, DeliveryState.DROPPED]


def test_a_post_that_changed_while_it_was_found_pointless_is_rendered_again(storage: Storage, address: str) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notifications=(desk(),)))
    ours = claimed(storage)
    changes_something(storage)
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert tx.outbox.mark_dropped(ours, reason="nothing-to-say")
    assert posts(address) == [DeliveryState.PENDING]


def test_gone_from_slack_until_then_it_is_posted_once(awaiting: Storage) -> None:
    changes_something(awaiting)
    ours = updating(awaiting)
    with awaiting.begin_unlocked(WORKSPACE) as tx:
        assert tx.live_views.post_missing(ours, due=NOON, reason="message_not_found")
    assert stale(awaiting) is None
    arrives(awaiting, claimed(awaiting, on=MORNING), "2.0")
    assert (found(awaiting, on=MORNING), stale(awaiting, on=MORNING)) == (None, None)


def test_erasing_its_reader_deletes_it_and_erasing_somebody_else_makes_it_stale(
    awaiting: Storage, address: str
) -> None:
    with awaiting.begin(WORKSPACE) as tx:
        tx.erasure.erase(ADA, NOON)
    assert updating(awaiting).ts == "1.0"
    with awaiting.begin(WORKSPACE) as tx:
        tx.erasure.erase(OWNER, NOON)
    assert (dump(address)["outbox"], dump(address)["live_views"]) == ([], [])


def fails(storage: Storage) -> str:
    """An update fails for good; the id under which the owners read of it."""
    changes_something(storage)
    ours = updating(storage)
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert tx.live_views.mark_failed(ours, reason="unsendable")
    return str(ours.id)


def test_an_owner_who_dismisses_a_failed_update_has_it_posted_no_more(awaiting: Storage, address: str) -> None:
    failed = fails(awaiting)
    assert posts(address) == [DeliveryState.FAILED, DeliveryState.PENDING]
    keep(awaiting, UndeliveredResolution(failed, again=False))
    assert posts(address) == [DeliveryState.SENT, DeliveryState.DROPPED]
    assert stale(awaiting) is None


def test_an_owner_who_sends_a_failed_update_again_has_it_updated_and_not_posted_twice(
    posted: Storage, address: str
) -> None:
    failed = fails(posted)
    with posted.begin(WORKSPACE) as tx:
        assert tx.undelivered.count() == 1
        tx.save(Outcome((UndeliveredResolution(failed, again=True),)))
        assert tx.undelivered.count() == 0
    assert found(posted) is None
    assert updating(posted).ts == "1.0"


def test_an_update_that_works_after_all_settles_the_failed_one(posted: Storage, address: str) -> None:
    fails(posted)
    changes_something(posted, "a2")
    is_current(posted, updating(posted))
    assert posts(address) == [DeliveryState.SENT]


def test_a_new_post_replaces_one_that_failed(storage: Storage, address: str) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notifications=(desk(),)))
    ours = claimed(storage)
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert tx.outbox.mark_failed(ours, reason="unsendable")
    keep(storage, notices=(desk("2026-11-25"),))
    assert posts(address) == [DeliveryState.DROPPED, DeliveryState.PENDING]


def test_one_that_is_on_its_way_for_the_first_time_is_new_enough(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome(notifications=(desk(),)))
    ours = claimed(storage)
    keep(storage, notices=(desk("2026-11-25"),))
    arrives(storage, ours, "1.0")
    assert found(storage) is None


def test_a_message_that_is_gone_from_slack_is_posted_again(posted: Storage) -> None:
    changes_something(posted)
    ours = updating(posted)
    with posted.begin_unlocked(WORKSPACE) as tx:
        assert tx.live_views.post_missing(ours, due=NOON, reason="message_not_found")
    again = claimed(posted)
    assert (again.is_unknown, again.notification.due) == (False, NOON)
    assert again.correlation_id != ours.correlation_id
    arrives(posted, again, "2.0")
    assert stale(posted) is None


@pytest.mark.parametrize(
    "change",
    [
        application(),
        ProposalRun(COHORT.id, asked_by=OWNER, asked_at=NOON),
        Cohort(COHORT.id, "p1", COHORT.opens_on, COHORT.apply_by, COHORT.starts_on, COHORT.ends_on, NOON.date()),
    ],
    ids=lambda change: type(change).__name__,
)
def test_a_change_that_it_shows_makes_it_stale(posted: Storage, address: str, change: object) -> None:
    keep(posted, change)
    assert row(address)["state"] == LiveViewState.STALE


def test_a_closed_account_makes_it_stale_and_other_news_of_a_person_does_not(posted: Storage, address: str) -> None:
    with posted.begin(WORKSPACE) as tx:
        tx.people.request_profiles([ADA], NOON)
    keep(posted, ProfileUpdate(Person(ADA, AccountStatus.MEMBER, "Ada"), NOON))
    assert row(address)["state"] == LiveViewState.CURRENT
    keep(posted, ProfileUpdate(Person(ADA, AccountStatus.DEACTIVATED, "Ada", left_at=NOON), NOON))
    assert row(address)["state"] == LiveViewState.STALE


def test_a_notification_that_is_sent_once_is_never_updated(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.outbox.enqueue(notice())
    arrives(storage, claimed(storage), "1.0")
    changes_something(storage)
    assert (found(storage), stale(storage)) == (None, None)
