"""The upgrade leaves what there is, and from then on a round keeps what its owners will do next time."""

from dataclasses import replace

from mentoring.evaluation.words import NextTime
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import NOON, WORKSPACE, bare

OWEN, NORA = "U0OWEN", "U0NORA"


def test_words_are_kept_with_their_round_and_an_erasure_leaves_them_without_their_author(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, cohort = programme_and_cohort(tx)
        assert tx.evaluation_words.get(cohort.id) is None
        assert tx.partnerships.rounds_begun(programme.id) == {cohort.id}
        said = NextTime(cohort.id, "Ask earlier.", OWEN)
        assert tx.evaluation_words.save(said)
        assert not tx.evaluation_words.save(said), "there are some"
        newer = replace(said, words="Ask twice.", by=NORA, version=2)
        assert tx.evaluation_words.save(newer)
        assert not tx.evaluation_words.save(newer)
        assert tx.evaluation_words.get(cohort.id) == newer
        tx.erasure.erase(NORA, NOON)
    with storage.read(WORKSPACE) as tx:
        assert tx.evaluation_words.get(cohort.id) == replace(newer, by="")
    storage.close()
