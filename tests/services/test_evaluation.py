"""The evaluation is about the newest round in which people were introduced, whatever has been opened since."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.filling import NOW, fill, new_file
from mentoring.applications.application import Role
from mentoring.core.lengths import add_months
from mentoring.core.outcome import Outcome
from mentoring.evaluation.words import NextTime
from services.evaluation import load_evaluation, round_to_evaluate
from storage import Storage

WORKSPACE = "T0TEST"


def test_a_round_that_is_only_open_does_not_replace_the_one_before(tmp_path: Path) -> None:
    address = new_file(tmp_path / "two-rounds.db")
    storage = Storage(address)
    fill(storage, address, WORKSPACE, 20)
    with storage.begin(WORKSPACE) as tx:
        programme, cohort = tx.programmes.all()[0]
        opens = NOW.date() + timedelta(days=1)
        following = replace(
            cohort, id="next", opens_on=opens, apply_by=add_months(opens, 1), starts_on=add_months(opens, 2)
        )
        tx.save(Outcome((replace(cohort, closed_on=NOW.date()), replace(following, ends_on=add_months(opens, 12)))))
        tx.save(Outcome((NextTime(cohort.id, "Ask earlier.", "U0OWNER"),)))
    with storage.read(WORKSPACE) as tx:
        programme, current = tx.programmes.all()[0]
        assert current.id == "next"
        evaluation = load_evaluation(tx, programme, NOW.date())
        assert round_to_evaluate(tx, current).id == evaluation.round.cohort.id == cohort.id
    assert evaluation.earlier is None
    assert evaluation.round.next_time == "Ask earlier."
    for role in Role:
        assert evaluation.round.roles[role].applied.exact == 20
    storage.close()


def test_a_programme_without_partnerships_is_told_of_its_only_round(tmp_path: Path) -> None:
    address = new_file(tmp_path / "new.db")
    storage = Storage(address)
    fill(storage, address, WORKSPACE, 0)
    with storage.read(WORKSPACE) as tx:
        programme, current = tx.programmes.all()[0]
        evaluation = load_evaluation(tx, programme, NOW.date())
        assert round_to_evaluate(tx, current) == current == evaluation.round.cohort
    assert evaluation.round.is_empty
    assert not evaluation.is_final
    storage.close()
