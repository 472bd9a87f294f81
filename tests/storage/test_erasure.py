"""Forgetting a person: nothing of theirs stays anywhere, and nothing is owed to them until they come back."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from mentoring.applications.application import Role
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from storage import Storage, Transaction
from tests.storage.filled_tables import THEM, WRITTEN, plant, untouched, without_revisions
from tests.storage.rows import (
    ADA,
    BEN,
    NOON,
    OWNER,
    WORKSPACE,
    application,
    bare,
    confidence,
    dump,
    grounded,
    insert_programme,
    notice,
)


@pytest.fixture
def full(address: str, storage: Storage) -> Storage:
    """Every table holds rows of the person to forget, rows that name them, and rows of others."""
    with storage.begin(WORKSPACE):
        pass
    with bare(address) as engine, engine.begin() as connection:
        plant(connection)
    return storage


def test_a_person_is_in_every_table_before(address: str, full: Storage) -> None:
    rows = dump(address)
    silent = {table for table, among in rows.items() if THEM not in str(among)}
    nameless = {
        "workspaces",
        "tombstones",
        "cohorts",
        "feedback_figures",
        "feedback_groups",
        "feedback_counts",
        "remark_groups",
        "case_counts",
        "slack_removals",
        "deletion_notices",
    }
    assert silent == nameless | {"agreements", "reports"}, "they are found by their partnership"
    assert WRITTEN in str(rows)


def test_nothing_of_theirs_is_left_in_any_row_of_any_table(address: str, full: Storage) -> None:
    forget(full)
    for table, rows in dump(address).items():
        assert [row for row in rows if THEM in str(row) or WRITTEN in str(row)] == [], table


def test_what_is_none_of_theirs_stays_as_it_was(address: str, full: Storage) -> None:
    before = untouched(dump(address))
    assert {table for table, rows in before.items() if rows} >= {"applications", "drafts", "outbox", "people", "roles"}
    forget(full)
    assert untouched(dump(address)) == before


def test_no_byte_of_theirs_is_left_in_the_sqlite_files(address: str, full: Storage) -> None:
    if full.file is None:
        return
    forget(full)
    full.purge_erased_bytes()
    assert files_with(full.file, WRITTEN) == files_with(full.file, THEM) == []


def test_the_bytes_are_there_before(address: str, full: Storage) -> None:
    if full.file is None:
        return
    assert files_with(full.file, WRITTEN)
    assert files_with(full.file, THEM)


def test_forgetting_twice_is_harmless(address: str, full: Storage) -> None:
    forget(full)
    once = dump(address)
    forget(full)
    assert without_revisions(dump(address)) == without_revisions(once)


def test_the_tombstone_names_nobody_and_says_when(address: str, storage: Storage) -> None:
    forget(storage)
    (tombstone,) = dump(address)["tombstones"]
    assert tombstone["erased_at"] == NOON
    assert THEM not in str(tombstone)
    with storage.read(WORKSPACE) as tx:
        assert tx.erasure.is_erased(THEM)
        assert not tx.erasure.is_erased(ADA)


def test_what_falls_due_for_somebody_forgotten_is_not_owed(tx: Transaction) -> None:
    tx.erasure.erase(ADA, NOON)
    tx.save(Outcome(notifications=(notice("n1", ADA), notice("n2", BEN))))
    assert not tx.outbox.contains("n1")
    assert tx.outbox.contains("n2")


def test_what_they_ask_for_themselves_is_answered(tx: Transaction) -> None:
    tx.erasure.erase(ADA, NOON)
    tx.save(Outcome(notifications=(notice("n1", ADA, is_reply=True),)))
    assert tx.outbox.contains("n1")


def test_who_takes_part_again_is_written_to_again(tx: Transaction) -> None:
    tx.erasure.erase(ADA, NOON)
    tx.erasure.erase(BEN, NOON)
    tx.erasure.clear_tombstone(ADA)
    assert (tx.erasure.is_erased(ADA), tx.erasure.is_erased(BEN)) == (False, True)
    tx.save(Outcome(notifications=(notice("n1", ADA),)))
    assert tx.outbox.contains("n1")


def test_others_keep_what_they_wrote_and_let_go_of_the_name(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((application("a1", ADA), confidence("a1", manager=BEN, wish=BEN))))
    tx.drafts.save(ADA, "request", {"hopes": "To grow.", "manager": BEN, "wishes": [BEN, OWNER]}, NOON)
    tx.erasure.erase(BEN, NOON)
    assert tx.private(ActingPerson(ADA)).private_answers(application()) == confidence("a1", manager="", wish="")
    draft = tx.drafts.get(ADA, "request")
    assert draft is not None
    assert draft["hopes"] == "To grow."
    assert BEN not in str(draft)
    assert OWNER in str(draft)


def test_it_says_how_much_was_erased(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((application("a1", ADA), confidence("a1", manager=BEN)), (notice("n1", ADA),)))
    tx.save(Outcome((application("a2", ADA, Role.MENTOR), confidence("a2", manager=OWNER))))
    tx.drafts.save(ADA, "request", {"manager": BEN}, NOON)
    ada = tx.erasure.erase(ADA, NOON)
    assert (ada.applications, ada.drafts, ada.notifications, ada.mentions) == (2, 1, 1, 0)
    owner = tx.erasure.erase(OWNER, NOON)
    assert (owner.applications, owner.mentions) == (0, 2)


def test_the_rest_of_the_programme_goes_on(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((application("a1", ADA), application("a2", BEN))))
    with storage.begin(WORKSPACE) as tx:
        tx.erasure.erase(ADA, NOON)
        assert [one.person for one in tx.applications.in_cohort("c1")] == [BEN]
        tx.save(Outcome((application("a3", ADA),)))
    with storage.read(WORKSPACE) as tx:
        assert [one.id for one in tx.applications.in_cohort("c1")] == ["a2", "a3"]


def forget(storage: Storage) -> Any:
    with storage.begin(WORKSPACE) as tx:
        return tx.erasure.erase(THEM, NOON)


def files_with(database: Path, text: str) -> list[str]:
    """The files of a SQLite database that hold `text`."""
    assert make_url(f"sqlite:///{database}").database
    return [
        path.name for path in sorted(database.parent.glob(f"{database.name}*")) if text.encode() in path.read_bytes()
    ]
