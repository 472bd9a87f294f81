"""What we owe people: once, in order, and by one deliverer at a time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from mentoring.core.outcome import Notification, NotificationKind, Outcome
from storage import Claim, DeliveryState, Storage
from tests.storage.rows import ADA, BEN, LEASE, NOON, WORKSPACE, claim, claimed, dump, notice

SECOND = timedelta(seconds=1)


def owe(storage: Storage, *keys: str, **more: object) -> None:
    with storage.begin(WORKSPACE) as tx:
        for key in keys:
            tx.outbox.enqueue(notice(key, **more))  # type: ignore[arg-type]


def counts(storage: Storage) -> dict[DeliveryState, int]:
    with storage.read(WORKSPACE) as tx:
        return tx.outbox.counts()


def test_what_is_owed_under_one_key_is_owed_once(storage: Storage) -> None:
    owe(storage, "n1", "n1")
    owe(storage, "n1", to=BEN)
    assert counts(storage) == {DeliveryState.PENDING: 1}
    assert claimed(storage).notification.recipient == ADA


@pytest.mark.parametrize("end", [DeliveryState.SENT, DeliveryState.DROPPED, DeliveryState.FAILED])
def test_what_was_settled_is_never_owed_again(storage: Storage, end: DeliveryState) -> None:
    owe(storage, "n1")
    ours = claimed(storage)
    with storage.begin_unlocked(WORKSPACE) as tx:
        if end is DeliveryState.SENT:
            assert tx.outbox.mark_sent(ours, conversation="D1", ts="1.0", at=NOON)
        elif end is DeliveryState.DROPPED:
            assert tx.outbox.mark_dropped(ours, reason="withdrawn-since")
        else:
            assert tx.outbox.mark_failed(ours, reason="user_not_found")
    owe(storage, "n1")
    assert counts(storage) == {end: 1}
    assert claim(storage, calendar=NOON + 900 * LEASE, stopwatch=NOON + 900 * LEASE) is None


def test_a_notice_comes_back_as_it_was_owed(storage: Storage) -> None:
    owed = notice("n1", refs={"application": "a1", "month": "2027-03-01"}, due=NOON, is_reply=True)
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome(notifications=(owed,)))
    ours = claimed(storage)
    assert (ours.notification, ours.attempts) == (owed, 1)


def test_what_names_a_notice_to_slack_says_nothing_and_stays(storage: Storage) -> None:
    owe(storage, "n1", "n2")
    first, second = claimed(storage), claimed(storage)
    assert first.correlation_id != second.correlation_id
    assert not {ADA, "n1"} & {first.correlation_id, second.correlation_id}
    assert len(first.correlation_id) == 32
    again = claimed(storage, stopwatch=NOON + LEASE + SECOND)
    assert again.correlation_id == first.correlation_id


def test_what_people_asked_for_goes_first_then_what_is_owed_longest(storage: Storage) -> None:
    owe(storage, "late-1", "late-2")
    owe(storage, "asked-1", "asked-2", is_reply=True)
    owe(storage, "late-3")
    order = [claimed(storage).notification.key for _ in range(5)]
    assert order == ["asked-1", "asked-2", "late-1", "late-2", "late-3"]
    assert claim(storage) is None


def test_nothing_goes_before_it_is_due_by_the_calendar(storage: Storage) -> None:
    owe(storage, "n1", due=NOON)
    much_later = NOON + timedelta(days=9)
    assert claim(storage, calendar=NOON - SECOND, stopwatch=much_later) is None
    assert claim(storage, calendar=NOON, stopwatch=NOON - timedelta(days=9)) is not None


def test_what_is_to_be_tried_later_waits_by_the_stopwatch(storage: Storage) -> None:
    owe(storage, "n1")
    with storage.begin_unlocked(WORKSPACE) as tx:
        ours = tx.outbox.claim(calendar=NOON, stopwatch=NOON, lease=LEASE)
        assert ours is not None
        assert tx.outbox.retry_at(ours, retry_at=NOON + 5 * SECOND, reason="ratelimited")
    assert counts(storage) == {DeliveryState.PENDING: 1}
    assert claim(storage, calendar=NOON + timedelta(days=9), stopwatch=NOON + 4 * SECOND) is None
    again = claim(storage, calendar=NOON, stopwatch=NOON + 5 * SECOND)
    assert again is not None
    assert (again.attempts, again.fence) == (2, 2)


def test_a_claim_is_ours_alone_until_its_lease_ends(storage: Storage) -> None:
    owe(storage, "n1")
    claimed(storage)
    for moment in (NOON, NOON + LEASE):
        assert claim(storage, calendar=moment + timedelta(days=9), stopwatch=moment) is None
    assert claimed(storage, stopwatch=NOON + LEASE + SECOND).notification.key == "n1"


def test_the_late_word_of_a_deliverer_that_was_taken_over_does_not_count(storage: Storage) -> None:
    owe(storage, "n1")
    late = claimed(storage)
    ours = claimed(storage, stopwatch=NOON + LEASE + SECOND)
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert not tx.outbox.mark_sent(late, conversation="D1", ts="1.0", at=NOON)
        assert not tx.outbox.retry_at(late, retry_at=NOON, reason="internal_error")
        assert not tx.outbox.mark_dropped(late, reason="erased")
        assert not tx.outbox.mark_failed(late, reason="user_not_found")
        assert tx.outbox.mark_sent(ours, conversation="D1", ts="2.0", at=NOON)
        assert not tx.outbox.mark_sent(ours, conversation="D1", ts="3.0", at=NOON)
    assert counts(storage) == {DeliveryState.SENT: 1}


def test_a_word_about_an_erased_notice_does_not_count_for_the_one_in_its_row(storage: Storage) -> None:
    owe(storage, "n1")
    late = claimed(storage)
    with storage.begin(WORKSPACE) as tx:
        tx.erasure.erase(ADA, NOON)
        tx.outbox.enqueue(notice("n2", BEN))
    ours = claimed(storage)
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert not tx.outbox.mark_dropped(late, reason="erased")
        assert tx.outbox.mark_sent(ours, conversation="D2", ts="1.0", at=NOON)


def test_what_was_sent_says_where_it_is(address: str, storage: Storage) -> None:
    owe(storage, "n1")
    with storage.begin_unlocked(WORKSPACE) as tx:
        ours = tx.outbox.claim(calendar=NOON, stopwatch=NOON, lease=LEASE)
        assert ours is not None
        tx.outbox.mark_sent(ours, conversation="D0ADA", ts="1795608000.000100", at=NOON)
    (row,) = dump(address)["outbox"]
    assert (row["conversation"], row["ts"], row["sent_at"]) == ("D0ADA", "1795608000.000100", NOON)
    assert (row["lease_until"], row["reason"]) == (None, None)


def test_a_deliverer_that_dies_before_its_claim_is_kept_has_claimed_nothing(storage: Storage) -> None:
    owe(storage, "n1")

    def die() -> None:
        with storage.begin_unlocked(WORKSPACE) as tx:
            assert tx.outbox.claim(calendar=NOON, stopwatch=NOON, lease=LEASE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    assert claimed(storage).attempts == 1


def test_nothing_is_claimed_from_an_empty_outbox(storage: Storage, opened: Callable[[str], Storage]) -> None:
    assert claim(storage) is None
    assert counts(storage) == {}


def owe_of_kind(storage: Storage, kind: NotificationKind, key: str, to: str = ADA, **more: object) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.outbox.enqueue(Notification(key, kind, to, **more))  # type: ignore[arg-type]


def last_of(storage: Storage, ours: Claim, *kinds: NotificationKind) -> tuple[datetime | None, bool]:
    with storage.read(WORKSPACE) as tx:
        return tx.outbox.last_of(kinds, ours)


def sent(storage: Storage, ours: Claim, moment: datetime) -> None:
    with storage.begin_unlocked(WORKSPACE) as tx:
        assert tx.outbox.mark_sent(ours, conversation="D1", ts=f"{moment.timestamp():.6f}", at=NOON)


def test_the_last_message_of_some_kinds_is_found_by_slacks_calendar(storage: Storage) -> None:
    """Whatever the stopwatch shows. Those to others, of other kinds, replies and what was not sent do not count."""
    logged, back = NotificationKind.MEETING_LOGGED, NotificationKind.PARTNER_BACK
    for days, (kind, key, more) in enumerate(
        [
            (logged, "older", {}),
            (back, "newest", {}),
            (NotificationKind.HELP, "of another kind", {}),
            (logged, "a reply", {"is_reply": True}),
            (logged, "to another", {"to": BEN}),
        ]
    ):
        owe_of_kind(storage, kind, key, **more)  # type: ignore[arg-type]
        sent(storage, claimed(storage), NOON + timedelta(days=30 + days))
    owe_of_kind(storage, logged, "dropped")
    with storage.begin_unlocked(WORKSPACE) as tx:
        dropped = tx.outbox.claim(calendar=NOON, stopwatch=NOON, lease=LEASE)
        assert dropped is not None
        tx.outbox.mark_dropped(dropped, reason="past")
    owe_of_kind(storage, logged, "ours")
    ours = claimed(storage)
    assert last_of(storage, ours, logged, back) == (NOON + timedelta(days=31), False)
    assert last_of(storage, ours, logged) == (NOON + timedelta(days=30), False)
    assert last_of(storage, ours, NotificationKind.SURVEY) == (None, False)


def test_what_was_dropped_has_not_told_anybody_where_they_stand(storage: Storage) -> None:
    kind = NotificationKind.STILL_WAITING
    for key, day in (("sent", "2027-02-01"), ("dropped", "2027-02-08")):
        refs = {"application": "a1", "cohort": "c1", "day": day}
        with storage.begin_unlocked(WORKSPACE) as tx:
            tx.outbox.enqueue(Notification(key, kind, ADA, refs))
        ours = claimed(storage)
        if key == "sent":
            sent(storage, ours, NOON)
            continue
        with storage.begin_unlocked(WORKSPACE) as tx:
            assert tx.outbox.mark_dropped(ours, reason="has-a-match")
    with storage.begin_unlocked(WORKSPACE) as tx:
        told = tx.outbox.told_before((kind,))
    assert told.last == {"a1": date(2027, 2, 1)}
    assert told.times == {(ADA, "c1"): 1}


def test_of_two_that_are_claimed_the_later_one_sees_the_other(storage: Storage) -> None:
    kind = NotificationKind.MEETING_LOGGED
    for key in ("first", "second"):
        owe_of_kind(storage, kind, key)
    first, second = claimed(storage), claimed(storage, stopwatch=NOON + SECOND)
    assert last_of(storage, first, kind) == (None, False)
    assert last_of(storage, second, kind) == (None, True)
    assert last_of(storage, second, NotificationKind.PARTNER_BACK) == (None, False)
    sent(storage, first, NOON)
    assert last_of(storage, second, kind) == (NOON, False)


def test_one_that_may_have_arrived_is_seen_until_that_is_known(storage: Storage) -> None:
    kind = NotificationKind.MEETING_LOGGED
    for key in ("first", "second"):
        owe_of_kind(storage, kind, key)
    first, second = claimed(storage), claimed(storage)
    with storage.begin_unlocked(WORKSPACE) as tx:
        tx.outbox.mark_unknown(first, retry_at=NOON + SECOND, reason="timeout")
    assert last_of(storage, second, kind) == (None, True)
