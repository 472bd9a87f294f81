"""After the upgrade owners can plan sessions, and people say whether they come."""

from dataclasses import replace

from mentoring.core.outcome import Outcome
from mentoring.sessions.attending import invitation
from mentoring.sessions.session import SessionAnswer, SessionForgotten, SessionState
from storage import Storage
from storage.engine import upgrade
from tests.messages.sessions import INFORMATION, ORIENTATION
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare


def test_sessions_and_answers_are_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    comes, waits = SessionAnswer("o1", BEN, 1, True, True), SessionAnswer("o1", ADA, 2, True)
    earlier = replace(INFORMATION, starts_at=NOON)
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((ORIENTATION, earlier, waits, comes), (invitation(ORIENTATION, ADA),)))
    with storage.begin(WORKSPACE) as tx:
        assert tx.sessions.of_programme("p1") == [earlier, ORIENTATION]
        assert tx.sessions.of_programme("p2") == []
        assert tx.sessions.answers("o1") == [comes, waits]
        assert tx.sessions.answered_by(ADA) == ["o1"]
        assert tx.sessions.invited("o1") == {ADA}
        over = earlier.changed(state=SessionState.OVER, came=3)
        tx.save(Outcome((over, replace(waits, is_coming=False))))
        assert not tx.sessions.save(over), "saved already"
        assert tx.sessions.planned("p1") == [ORIENTATION]
        assert tx.sessions.get("o2") == over
        tx.save(Outcome((SessionForgotten("o1"),)))
        assert tx.sessions.answers("o1") == []
    storage.close()
