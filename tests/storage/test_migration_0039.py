"""After the upgrade somebody can tell the programme something, and the rows of before stay."""

from dataclasses import replace

import pytest

from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.remarks.groups import RemarkGroup, RemarkGroupFormed
from mentoring.remarks.remark import CountedRemark, Remark, RemarkWords
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

OWEN = "U0OWEN"


def test_rows_stay_and_remarks_can_be_kept_read_and_grouped(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, cohort = programme_and_cohort(tx)
        assert tx.partnerships.get("s1") is not None
        tx.save(Outcome((RoleGiven(programme.id, ProgrammeRole.OWNER, OWEN, ""),)))
        remark = Remark("x1", programme.id, ADA, NOON)
        counted = [CountedRemark(f"x{n}", cohort.id, f"U{n}", f"Words {n}", NOON) for n in range(2, 8)]
        tx.save(Outcome((remark, RemarkWords("x1", "More rooms."), *counted)))
    with storage.begin(WORKSPACE) as tx:
        assert tx.remarks.get("x1") == remark
        assert [tx.remarks.is_said(f"x{n}") for n in (1, 2, 9)] == [True, True, False]
        assert tx.remarks_to_owners.read_by(OWEN, remark) == "More rooms."
        for stranger in (ADA, BEN):
            with pytest.raises(NotForYou):
                tx.remarks_to_owners.read_by(stranger, remark)
        read = replace(remark, read_by=OWEN, read_at=NOON, version=2)
        tx.save(Outcome((read,)))
        assert not tx.remarks.save(read), "the same version again"
        group = RemarkGroup("g1", cohort.id, 5, ("Words 3", "Words 2", "Words 6", "Words 5", "Words 4"))
        tx.save(Outcome((RemarkGroupFormed(group, tuple(f"x{n}" for n in range(2, 7))),)))
    with storage.begin(WORKSPACE) as tx:
        assert tx.remarks.get("x1") == read
        assert tx.remarks.groups({cohort.id}) == [group]
        assert tx.remarks.groups({"another"}) == []
        assert tx.remarks.to_group() == [counted[-1]]
        tx.erasure.erase("U3", NOON)
        tx.erasure.erase(OWEN, NOON)
    with storage.read(WORKSPACE) as tx:
        assert tx.remarks.groups({cohort.id}) == [replace(group, words=())], "words go whole, and the group stays"
        assert tx.remarks.get("x1") == replace(read, read_by="")
    storage.close()
