"""Several at once: handlers, deliverers and processes, each believing to be alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TypeVar

from mentoring.applications.application import Application
from mentoring.core.outcome import Outcome
from storage import Conflict, Storage
from tests.one_programme import the_programme
from tests.storage.rows import ADA, WORKSPACE, application, claim, grounded, insert_programme, notice

T = TypeVar("T")
PATIENCE = 30


def at_once(*jobs: Callable[[], T]) -> list[T]:
    """Run the jobs in threads of their own, all from the same moment on; their results in order."""
    start = Barrier(len(jobs), timeout=PATIENCE)

    def begin(job: Callable[[], T]) -> T:
        start.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return [future.result(PATIENCE) for future in [threads.submit(begin, job) for job in jobs]]


def test_of_two_who_send_the_same_request_at_once_one_was_faster(
    address: str, opened: Callable[[str], Storage]
) -> None:
    storages = [opened(address), opened(address)]
    with grounded(storages[0]):
        pass

    def send(storage: Storage, id: str) -> str:
        with storage.read(WORKSPACE) as tx:
            assert tx.applications.of(ADA, "c1") == {}
        both_have_read.wait()
        try:
            with storage.begin(WORKSPACE) as tx:
                tx.save(Outcome((application(id),), (notice(id),)))
        except Conflict:
            return "conflict"
        return id

    both_have_read = Barrier(2, timeout=PATIENCE)
    ends = at_once(lambda: send(storages[0], "a1"), lambda: send(storages[1], "a2"))
    (faster,) = set(ends) - {"conflict"}
    assert "conflict" in ends
    with storages[0].read(WORKSPACE) as tx:
        assert [one.id for one in tx.applications.in_cohort("c1")] == [faster]
        assert [tx.outbox.contains(id) for id in ("a1", "a2")] == [faster == "a1", faster == "a2"]


def test_who_reads_decides_and_keeps_loses_nobody_elses_change(address: str, opened: Callable[[str], Storage]) -> None:
    storages = [opened(address) for _ in range(4)]
    with grounded(storages[0]):
        pass

    def change(storage: Storage) -> None:
        for _ in range(5):
            with storage.begin(WORKSPACE) as tx:
                programme = the_programme(tx)
                assert programme is not None
                tx.save(Outcome((replace(programme, version=programme.version + 1),)))

    at_once(*[lambda storage=storage: change(storage) for storage in storages])
    with storages[0].read(WORKSPACE) as tx:
        programme = the_programme(tx)
        assert programme is not None
        assert programme.version == 21


def test_every_notice_is_claimed_by_one_deliverer(address: str, opened: Callable[[str], Storage]) -> None:
    storages = [opened(address) for _ in range(4)]
    keys = [f"n{number}" for number in range(40)]
    with storages[0].begin(WORKSPACE) as tx:
        for key in keys:
            tx.outbox.enqueue(notice(key))

    def deliver(storage: Storage) -> list[str]:
        mine = []
        while (ours := claim(storage)) is not None:
            mine.append(ours.notification.key)
        return mine

    claims = at_once(*[lambda storage=storage: deliver(storage) for storage in storages])
    assert sorted(key for mine in claims for key in mine) == sorted(keys)


def test_of_two_who_owe_the_same_at_once_one_is_enough(address: str, opened: Callable[[str], Storage]) -> None:
    storages = [opened(address), opened(address)]
    with storages[0].begin(WORKSPACE):
        pass

    def owe(storage: Storage) -> None:
        with storage.begin(WORKSPACE) as tx:
            tx.outbox.enqueue(notice("n1"))

    at_once(lambda: owe(storages[0]), lambda: owe(storages[1]))
    assert claim(storages[0]) is not None
    assert claim(storages[1]) is None


def test_a_reader_waits_for_nobody_and_sees_nothing_half_done(address: str, opened: Callable[[str], Storage]) -> None:
    writer, reader = opened(address), opened(address)

    def look() -> Application | None:
        with reader.read(WORKSPACE) as tx:
            return tx.applications.get("a1")

    with writer.begin(WORKSPACE) as tx:
        insert_programme(tx)
        tx.save(Outcome((application(),)))
        assert at_once(look) == [None]
    assert look() == application()
