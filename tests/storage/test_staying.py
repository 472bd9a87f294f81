"""Messages that stay: brought up to date where they are, posted anew when they are needed again."""

from datetime import timedelta
from typing import Any

import pytest

from mentoring.outcome import Kind, Notice, Outcome
from mentoring.person import Person, Standing, Told
from mentoring.programme import Cohort
from mentoring.solving import Solving
from mentoring.undelivered import Resolved
from storage import Claim, State, Storage
from tests.storage.rows import ADA, COHORT, LEASE, NOON, OWNER, WORKSPACE, application, dump, grounded, notice

LATER = NOON + LEASE + timedelta(seconds=1)


@pytest.fixture
def posted(storage: Storage) -> Storage:
    """The owner's message about the cohort is in their conversation."""
    with grounded(storage) as tx:
        tx.keep(Outcome(notices=(desk(),)))
    ours = claimed(storage)
    with storage.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    return storage


def desk(day: str = "", **more: Any) -> Notice:
    about = {"cohort": COHORT.id} | ({"day": day} if day else {})
    return Notice(f"desk:{COHORT.id}:{OWNER}", Kind.DESK, OWNER, about, **more)


def keep(storage: Storage, *changes: object, notices: tuple[Notice, ...] = ()) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.keep(Outcome(changes, notices))


def changes_something(storage: Storage, id: str = "a1") -> None:
    keep(storage, application(id, person=f"U0{id.upper()}"))


def found(storage: Storage, *, of: Any = NOON, to_change: bool = False) -> Claim | None:
    with storage.note(WORKSPACE) as tx:
        return tx.outbox.claim(calendar=NOON, stopwatch=of, lease=LEASE, posted=to_change)


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
    assert row(address)["state"] == State.STALE
    again = claimed(posted, to_change=True)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.is_current(again)
    assert row(address)["state"] == State.SENT


def test_what_changes_while_it_is_posted_is_written_once_more(storage: Storage, address: str) -> None:
    with grounded(storage) as tx:
        tx.keep(Outcome(notices=(desk(),)))
    ours = claimed(storage)
    changes_something(storage)
    with storage.note(WORKSPACE) as tx:
        assert tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    assert row(address)["state"] == State.STALE


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
    assert (row(address)["state"], row(address)["former"]) == (State.SENT, ())


def test_who_changed_the_one_before_has_no_say_over_the_new_one(posted: Storage) -> None:
    changes_something(posted)
    slow = claimed(posted, to_change=True)
    keep(posted, notices=(desk("2026-11-25"),))
    with posted.note(WORKSPACE) as tx:
        assert not tx.outbox.is_current(slow)
    assert claimed(posted).former == ("1.0",)


def test_one_that_is_on_its_way_for_the_first_time_is_new_enough(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.keep(Outcome(notices=(desk(),)))
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
        Solving(COHORT.id, asked_by=OWNER, asked_at=NOON),
        Cohort(COHORT.id, "p1", COHORT.opens_on, COHORT.apply_by, COHORT.starts_on, COHORT.ends_on, NOON.date()),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_the_message_shows_makes_it_stale(posted: Storage, address: str, change: object) -> None:
    keep(posted, change)
    assert row(address)["state"] == State.STALE


def test_somebody_who_leaves_makes_it_stale_and_news_of_somebody_who_stays_does_not(
    posted: Storage, address: str
) -> None:
    with posted.begin(WORKSPACE) as tx:
        tx.people.ask_about([ADA], NOON)
    keep(posted, Told(Person(ADA, Standing.MEMBER, "Ada"), NOON))
    assert row(address)["state"] == State.SENT
    keep(posted, Told(Person(ADA, Standing.DEACTIVATED, "Ada", left_at=NOON), NOON))
    assert row(address)["state"] == State.STALE


def test_forgetting_somebody_makes_it_stale(posted: Storage, address: str) -> None:
    with posted.begin(WORKSPACE) as tx:
        tx.erasure.forget(ADA, NOON)
    assert row(address)["state"] == State.STALE


def test_what_does_not_stay_is_never_stale(storage: Storage, address: str) -> None:
    with grounded(storage) as tx:
        tx.outbox.owe(notice())
    ours = claimed(storage)
    with storage.note(WORKSPACE) as tx:
        tx.outbox.sent(ours, conversation="D1", ts="1.0", at=NOON)
    changes_something(storage)
    assert row(address)["state"] == State.SENT


def test_an_owner_who_sends_it_again_has_it_changed_and_not_posted_twice(posted: Storage) -> None:
    changes_something(posted)
    ours = claimed(posted, to_change=True)
    with posted.note(WORKSPACE) as tx:
        assert tx.outbox.fail(ours, reason="unsendable")
    with posted.begin(WORKSPACE) as tx:
        tx.keep(Outcome((Resolved(str(ours.id), again=True),)))
    assert found(posted) is None
    assert claimed(posted, to_change=True).ts == "1.0"
