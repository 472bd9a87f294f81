"""After the upgrade somebody can ask for help in confidence, and the rows of before stay."""

from dataclasses import replace

import pytest

from mentoring.cases.case import Case, CaseState, CaseWords
from mentoring.cases.errors import NoSuchCase
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

OWEN, SUE = "U0OWEN", "U0SUE"


def test_rows_stay_and_a_case_can_be_kept_passed_on_and_closed(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert tx.partnerships.get("s1") is not None
        case = Case("k1", programme.id, ADA, OWEN, (SUE,), NOON)
        tx.save(Outcome((case, CaseWords("k1", "It is hard."))))
    with storage.begin(WORKSPACE) as tx:
        assert tx.cases.get("k1") == case
        assert tx.private(ActingPerson(OWEN)).case_words(case) == "It is hard."
        for stranger in (ADA, BEN, SUE):
            with pytest.raises(NoSuchCase):
                tx.private(ActingPerson(stranger)).case_words(case)
        passed_on = replace(case, second=SUE, version=2)
        tx.save(Outcome((passed_on,)))
        assert not tx.cases.save(passed_on), "the same version again"
    with storage.begin(WORKSPACE) as tx:
        assert tx.private(ActingPerson(SUE)).case_words(passed_on) == "It is hard."
        closed = replace(passed_on, state=CaseState.CLOSED, version=3)
        tx.save(Outcome((closed, CaseWords("k1", ""))))
    with storage.read(WORKSPACE) as tx:
        assert tx.cases.get("k1") == closed
        assert tx.private(ActingPerson(SUE)).case_words(closed) == ""
    storage.close()
