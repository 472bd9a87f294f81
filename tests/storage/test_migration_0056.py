"""After the upgrade a programme asks only our questions, and can add its own."""

from dataclasses import replace

from mentoring.core.outcome import Outcome
from mentoring.feedback.added import added_items
from mentoring.programmes.survey_settings import SurveysForm, apply_surveys
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import WORKSPACE, bare


def test_a_programme_adds_its_own_questions(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert added_items(programme) == ()
        changed = apply_surveys(programme, SurveysForm(("stay",), ("I felt welcome: always.",)))
        changed = replace(changed, version=programme.version + 1)
        tx.save(Outcome((changed,)))
    with storage.read(WORKSPACE) as tx:
        assert added_items(programme_and_cohort(tx)[0]) == added_items(changed)
    storage.close()
