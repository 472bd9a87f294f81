"""After the upgrade partnerships stay, nobody has an agenda, and one can be kept."""

import pytest

from mentoring.agenda.agenda import AgendaStep, AgendaStepId, AgendaStepState
from mentoring.core.acting import ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, WORKSPACE, bare

HELLO = AgendaStep("s1", AgendaStepId.HELLO, AgendaStepState.TICKED)
OURS = AgendaStep("s1", "k1", words="The garden", number=1)


def test_rows_stay_and_an_agenda_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        assert tx.private(ActingPerson(ADA)).agenda(partnership) == ()
        tx.save(Outcome((AgendaStep("s1", AgendaStepId.HELLO), OURS)))
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((HELLO,)))
    with storage.read(WORKSPACE) as tx:
        assert set(tx.private(ActingPerson(BEN)).agenda(partnership)) == {HELLO, OURS}
        assert set(tx.agendas.read_by(ADA, partnership)) == {HELLO, OURS}
        with pytest.raises(NotForYou):
            tx.private(ActingPerson("U0CHI")).agenda(partnership)
    storage.close()
