"""What is kept comes back as it was; a change decided on something older is not kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.acting import ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import NotificationKind, Outcome
from services.notifications import load_context
from storage import Conflict, Storage, Transaction
from tests.one_programme import owners_in, replace_owners, the_programme
from tests.storage.rows import (
    ADA,
    BEN,
    BOSS,
    COHORT,
    NOON,
    OWNER,
    PROGRAMME,
    WORKSPACE,
    application,
    confidence,
    grounded,
    insert_programme,
    next_version,
    notice,
)


def test_a_programme_comes_back_as_it_was(storage: Storage) -> None:
    with grounded(storage):
        pass
    with storage.read(WORKSPACE) as tx:
        assert the_programme(tx) == PROGRAMME
        assert tx.cohorts.current("p1") == COHORT


def test_there_is_no_programme_before_one_is_founded(tx: Transaction) -> None:
    assert the_programme(tx) is None
    assert tx.cohorts.current("p1") is None
    assert load_context(tx, notice(), NOON) is None


def test_the_newest_cohort_is_the_current_one(tx: Transaction) -> None:
    insert_programme(tx)
    following = replace(COHORT, id="c0", opens_on=COHORT.opens_on + timedelta(days=400))
    tx.save(Outcome((following,)))
    assert tx.cohorts.current("p1") == following


def test_an_application_comes_back_as_it_was(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((application(), application("a2", role=Role.MENTOR, started_on=None))))
    with storage.read(WORKSPACE) as tx:
        assert tx.applications.get("a1") == application()
        assert tx.applications.of(ADA, "c1") == {
            Role.MENTEE: application(),
            Role.MENTOR: application("a2", role=Role.MENTOR, started_on=None),
        }
        assert tx.applications.get("nowhere") is None
        assert tx.applications.of(BEN, "c1") == {}


def test_applications_come_longest_waiting_first(tx: Transaction) -> None:
    insert_programme(tx)
    later = application("a1", ADA, sent_at=NOON + timedelta(seconds=1))
    first, tied = application("a2", BEN), application("a3", BOSS)
    tx.save(Outcome((later, tied, first)))
    assert tx.applications.in_cohort("c1") == [first, tied, later]


def test_a_moment_is_the_same_whatever_its_zone_and_a_naive_one_is_refused(storage: Storage) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    with grounded(storage) as tx:
        tx.save(Outcome((application(sent_at=elsewhere),)))
    with storage.read(WORKSPACE) as tx:
        kept = tx.applications.get("a1")
        assert kept is not None
        assert (kept.sent_at, kept.sent_at.utcoffset()) == (NOON, timedelta(0))
    with pytest.raises(Exception, match="needs its time zone"), storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((application("a2", BEN, sent_at=NOON.replace(tzinfo=None)),)))


def test_what_is_said_in_confidence_is_read_by_its_author_and_the_owners_alone(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((application(), confidence(wish=BEN))))
    assert tx.private(ActingPerson(ADA)).private_answers(application()) == confidence(wish=BEN)
    assert tx.private(ActingPerson(OWNER)).private_answers(application()) == confidence(wish=BEN)
    for nosy in (BEN, BOSS, ""):
        with pytest.raises(NotForYou):
            tx.private(ActingPerson(nosy)).private_answers(application())


def test_a_changed_confidence_takes_the_place_of_the_one_before(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((application(), confidence())))
    tx.save(Outcome((confidence(hopes="Something else.", manager=""),)))
    assert tx.private(ActingPerson(ADA)).private_answers(application()) == confidence(
        hopes="Something else.", manager=""
    )


def test_a_version_follows_the_one_before(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((application(),)))
    withdrawn = next_version(application(), state=ApplicationState.WITHDRAWN)
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((withdrawn,)))
    with pytest.raises(Conflict), storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((next_version(application(), months=9),)))
    with storage.read(WORKSPACE) as tx:
        assert tx.applications.get("a1") == withdrawn


@pytest.mark.parametrize("version", [1, 3])
def test_no_version_is_kept_twice_or_left_out(storage: Storage, version: int) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((application(),)))
    for stale in (replace(PROGRAMME, version=version), replace(application(), version=version)):
        with pytest.raises(Conflict), storage.begin(WORKSPACE) as tx:
            tx.save(Outcome((stale,)))


def test_all_of_an_outcome_is_kept_or_nothing(storage: Storage) -> None:
    with grounded(storage):
        pass
    with pytest.raises(Conflict), storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((application(), confidence(), replace(PROGRAMME, version=7)), (notice(),)))
    with storage.read(WORKSPACE) as tx:
        assert tx.applications.get("a1") is None
        assert not tx.outbox.contains("n1")


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_leaving_with_an_error_keeps_nothing_and_wakes_nobody(storage: Storage, error: type[BaseException]) -> None:
    woken: list[str] = []
    storage.on_commit(lambda: woken.append("woken"))

    def stumble() -> None:
        with grounded(storage) as tx:
            tx.save(Outcome((application(),), (notice(),)))
            raise error

    with pytest.raises(error):
        stumble()
    with storage.read(WORKSPACE) as tx:
        assert the_programme(tx) is None
        assert tx.applications.get("a1") is None
        assert not tx.outbox.contains("n1")
    assert woken == []


def test_whoever_listens_is_woken_once_all_is_kept(storage: Storage) -> None:
    seen: list[bool] = []

    def look() -> None:
        with storage.read(WORKSPACE) as tx:
            seen.append(tx.outbox.contains("n1"))

    storage.on_commit(look)
    with storage.begin(WORKSPACE) as tx:
        tx.outbox.enqueue(notice())
        assert seen == []
    assert seen == [True]


def test_noting_what_became_of_a_delivery_wakes_nobody(storage: Storage) -> None:
    woken: list[str] = []
    storage.on_commit(lambda: woken.append("woken"))
    with storage.begin_unlocked(WORKSPACE) as tx:
        tx.outbox.enqueue(notice())
    with storage.read(WORKSPACE) as tx:
        assert tx.outbox.contains("n1")
    assert woken == []


def test_what_is_written_while_reading_is_not_kept(storage: Storage) -> None:
    with storage.read(WORKSPACE) as tx:
        tx.outbox.enqueue(notice())
    with storage.read(WORKSPACE) as tx:
        assert not tx.outbox.contains("n1")


def test_owners_keep_the_order_in_which_they_were_named(storage: Storage) -> None:
    with grounded(storage):
        pass
    for owners in ((OWNER, BEN), (BEN, ADA, OWNER), ()):
        with storage.begin(WORKSPACE) as tx:
            replace_owners(tx, owners)
            assert owners_in(tx) == owners
        with storage.read(WORKSPACE) as tx:
            assert owners_in(tx) == owners


def test_new_ids_never_repeat(tx: Transaction) -> None:
    assert len({tx.new_id() for _ in range(100)}) == 100


def test_a_draft_is_the_persons_own_until_it_is_dropped(tx: Transaction) -> None:
    typed = {"hopes": "To find – my “way”.", "ways": ["video"], "manager": None, "places": 2}
    tx.drafts.save(ADA, "request", typed, NOON)
    assert tx.drafts.get(ADA, "request") == typed
    assert tx.drafts.get(BEN, "request") is None
    assert tx.drafts.get(ADA, "offer") is None
    tx.drafts.save(ADA, "request", {"hopes": "Anew."}, NOON)
    assert tx.drafts.get(ADA, "request") == {"hopes": "Anew."}
    tx.drafts.drop(ADA, "request")
    assert tx.drafts.get(ADA, "request") is None
    tx.drafts.drop(ADA, "request")


def test_changing_what_was_read_from_a_draft_does_not_change_the_draft(tx: Transaction) -> None:
    tx.drafts.save(ADA, "request", {"hopes": "To grow."}, NOON)
    read = tx.drafts.get(ADA, "request")
    assert read is not None
    read.clear()
    assert tx.drafts.get(ADA, "request") == {"hopes": "To grow."}


def test_a_scene_holds_what_its_notice_needs(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((application(),)))
    with storage.read(WORKSPACE) as tx:
        received = replace(notice(refs={"application": "a1"}), kind=NotificationKind.APPLICATION_RECEIVED)
        context = load_context(tx, received, NOON)
        assert context is not None
        assert (context.application, context.applications) == (application(), {Role.MENTEE: application()})
        assert (context.programme, context.cohort, context.owners) == (PROGRAMME, COHORT, (OWNER,))
        assert (context.reader.id, context.today, context.status) == (ADA, NOON.date(), None)
        gone = load_context(tx, notice(refs={"application": "gone"}), NOON)
        assert gone is not None
        assert gone.application is None


def test_the_scene_is_of_the_readers_own_day(storage: Storage) -> None:
    late: datetime = NOON.replace(hour=23)
    with grounded(storage) as tx:
        tx.people.request_profiles([ADA], NOON)
        tx.people.save_profile(replace(tx.people.get(ADA), time_zone="Asia/Kolkata"), NOON)
        context = load_context(tx, notice(), late)
    assert context is not None
    assert context.today == late.date() + timedelta(days=1)


def test_two_storages_of_one_database_see_what_the_other_kept(address: str, opened: Callable[[str], Storage]) -> None:
    one, other = opened(address), opened(address)
    with grounded(one):
        pass
    with other.read(WORKSPACE) as tx:
        assert the_programme(tx) == PROGRAMME
    assert other.workspaces() == (WORKSPACE,)
    assert other.is_reachable()


def test_that_there_is_no_manager_to_name_comes_back_and_goes_into_matching(storage: Storage) -> None:
    nobody_above = replace(confidence(manager="", wish=""), no_manager=True)
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((PROGRAMME, COHORT, application(), nobody_above)))
    with storage.read(WORKSPACE) as tx:
        assert tx.private(ActingPerson(ADA)).private_answers(application()) == nobody_above
        assert tx.rounds.get(PROGRAMME, COHORT).private_answers == {"a1": nobody_above}
