"""After the upgrade two people can say thank you, and the rows of before stay."""

from dataclasses import replace

import pytest

from mentoring.closure import Closure, ThankYou
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare


def test_rows_stay_and_a_last_page_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    ada, ben = Closure("s1", ADA, True, None, NOON), Closure("s1", BEN, True, 2, NOON)
    with storage.begin(WORKSPACE) as tx:
        assert tx.partnerships.get("s1") is not None
        tx.save(Outcome((ada, ThankYou("s1", ADA, "For the walks."))))
        assert tx.closures.named_by_both() == frozenset(), "only one of them agrees"
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((ben,)))
        assert not tx.closures.save(replace(ben, places=3)), "each says it once"
        assert tx.closures.save(replace(ben, is_named=False))
        assert tx.closures.named_by_both() == frozenset(), "one of them takes it back"
        assert tx.closures.save(ben)
    with storage.read(WORKSPACE) as tx:
        assert (tx.closures.get("s1", ADA), tx.closures.get("s1", BEN)) == (ada, ben)
        assert tx.closures.named_by_both() == {"s1"}
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        assert tx.thank_yous.read_by(BEN, partnership, author=ADA) == "For the walks."
        assert tx.thank_yous.read_by(ADA, partnership, author=BEN) == ""
        with pytest.raises(NotForYou):
            tx.thank_yous.read_by("U0OWEN", partnership, author=ADA)
    storage.close()
