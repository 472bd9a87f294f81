"""Two workspaces in one database never see each other, whatever is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.applications.application import Role
from mentoring.core.acting import ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Person
from services.notifications import load_context
from storage import Storage
from tests.one_programme import owners_in, replace_owners, the_programme
from tests.storage.rows import (
    ADA,
    BEN,
    COHORT,
    ELSEWHERE,
    NOON,
    OWNER,
    PROGRAMME,
    WORKSPACE,
    application,
    claim,
    claimed,
    confidence,
    dump,
    grounded,
    notice,
)


@pytest.fixture
def both(storage: Storage) -> Storage:
    """The same ids in both workspaces, and something of its own in the first."""
    with grounded(storage) as tx:
        tx.save(Outcome((application(), confidence()), (notice(),)))
        tx.drafts.save(ADA, "request", {"hopes": "Here."}, NOON)
        tx.people.request_profiles([ADA], NOON)
        tx.people.save_profile(Person(ADA, AccountStatus.MEMBER, "Ada", "Europe/London"), NOON)
        tx.people.save_conversation(ADA, "D0HERE")
    with storage.begin(ELSEWHERE):
        pass
    return storage


def test_nothing_of_the_one_is_found_in_the_other(both: Storage) -> None:
    with both.read(ELSEWHERE) as tx:
        assert the_programme(tx) is None
        assert tx.cohorts.current("p1") is None
        assert owners_in(tx) == ()
        assert tx.applications.get("a1") is None
        assert tx.applications.of(ADA, "c1") == {}
        assert tx.applications.in_cohort("c1") == []
        assert tx.private(ActingPerson(ADA)).private_answers(application()) is None
        assert tx.drafts.get(ADA, "request") is None
        assert tx.people.get(ADA) == Person(ADA)
        assert tx.people.conversation(ADA) is None
        assert tx.people.requested() == ()
        assert not tx.outbox.contains("n1")
        assert tx.outbox.counts() == {}
        assert load_context(tx, notice(), NOON) is None
    assert claim(both, ELSEWHERE) is None


def test_an_owner_of_the_one_is_nobody_in_the_other(both: Storage) -> None:
    with grounded(both, ELSEWHERE) as tx:
        replace_owners(tx, [BEN])
        tx.save(Outcome((application(), confidence(hopes="There."))))
    with both.read(ELSEWHERE) as tx, pytest.raises(NotForYou):
        tx.private(ActingPerson(OWNER)).private_answers(application())


def test_the_same_ids_and_keys_stand_side_by_side(both: Storage) -> None:
    with grounded(both, ELSEWHERE) as tx:
        tx.save(Outcome((application(months=9), confidence(hopes="There.")), (notice(to=BEN),)))
        tx.drafts.save(ADA, "request", {"hopes": "There."}, NOON)
    for workspace, months, hopes, to in ((WORKSPACE, 6, "To find my way.", ADA), (ELSEWHERE, 9, "There.", BEN)):
        with both.read(workspace) as tx:
            kept = tx.applications.of(ADA, "c1")[Role.MENTEE]
            confided = tx.private(ActingPerson(ADA)).private_answers(kept)
            assert confided is not None
            assert (kept.months, confided.hopes) == (months, hopes)
        assert claimed(both, workspace).notification.recipient == to


def test_what_changes_in_the_one_leaves_every_row_of_the_other(address: str, both: Storage) -> None:
    with grounded(both, ELSEWHERE) as tx:
        tx.save(Outcome((application(), confidence()), (notice(),)))
        tx.drafts.save(ADA, "request", {"hopes": "There."}, NOON)
        tx.people.request_profiles([ADA], NOON)
    before = rows_of(address, WORKSPACE)
    with both.begin(ELSEWHERE) as tx:
        tx.save(Outcome((replace(PROGRAMME, version=2), replace(COHORT, apply_by=COHORT.starts_on))))
        replace_owners(tx, [])
        tx.people.save_profile(Person(ADA, AccountStatus.GUEST), NOON)
        tx.people.save_conversation(ADA, "D0THERE")
        tx.drafts.drop(ADA, "request")
        tx.erasure.erase(ADA, NOON)
    assert claim(both, ELSEWHERE) is None
    assert rows_of(address, WORKSPACE) == before
    with both.read(WORKSPACE) as tx:
        assert not tx.erasure.is_erased(ADA)


def test_a_tombstone_of_the_one_says_nothing_in_the_other(address: str, both: Storage) -> None:
    for workspace in (WORKSPACE, ELSEWHERE):
        with both.begin(workspace) as tx:
            tx.erasure.erase(ADA, NOON)
    here, there = (rows_of(address, workspace)["tombstones"] for workspace in (WORKSPACE, ELSEWHERE))
    assert len(here) == len(there) == 1
    assert here[0]["digest"] != there[0]["digest"]


def test_a_claim_of_the_one_is_not_taken_over_from_the_other(both: Storage) -> None:
    claimed(both)
    assert claim(both, ELSEWHERE, stopwatch=NOON + timedelta(days=1)) is None


def test_the_workspaces_are_known_by_name(both: Storage) -> None:
    assert both.workspaces() == (WORKSPACE, ELSEWHERE)


def rows_of(address: str, workspace: str) -> dict[str, list[dict[str, object]]]:
    return {table: [row for row in rows if row["workspace"] == workspace] for table, rows in dump(address).items()}
