"""After the upgrade owners can act on a partnership, and the rows of before stay."""

from dataclasses import replace

from mentoring.core.outcome import Outcome
from mentoring.oversight.alarms import AlarmSnoozed
from mentoring.oversight.asking import HowItStands, OversightKind, OversightRequest, StandingAnswer
from mentoring.oversight.digest import DigestRhythm, choose_digest
from mentoring.owner_record import OwnerAct, OwnerAction
from storage import Storage
from storage.engine import upgrade
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, OWNER, WORKSPACE, bare


def test_rows_stay_and_owners_can_ask_and_hand_over(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    nudge = OversightRequest("s1", OversightKind.NUDGE, 1, OWNER, NOON)
    said = StandingAnswer("s1", 1, ADA, HowItStands.WELL, NOON)
    with storage.begin(WORKSPACE) as tx:
        before = tx.partnerships.get("s1")
        assert before is not None
        assert before.responsible == ""
        act = OwnerAct("a1", before.cohort_id, OwnerAction.NUDGED, OWNER, NOON, ADA, other=BEN)
        handed = replace(before, responsible=OWNER, version=before.version + 1)
        tx.save(Outcome((nudge, said, act, handed, AlarmSnoozed("s1", OWNER, NOON.date()))))
        assert tx.oversight.digest_of(OWNER) is DigestRhythm.WEEKLY
        tx.save(choose_digest(DigestRhythm.FORTNIGHT, by=OWNER))
        assert tx.oversight.digest_of(OWNER) is DigestRhythm.FORTNIGHT
    with storage.begin(WORKSPACE) as tx:
        assert not tx.oversight.save_request(nudge), "each has a number of its own"
        assert tx.oversight.save_answer(replace(said, answer=HowItStands.CONTACT))
    with storage.read(WORKSPACE) as tx:
        assert tx.oversight.requests(["s1", "s2"]) == [nudge]
        assert [each.answer for each in tx.oversight.answers(["s1"])] == [HowItStands.CONTACT]
        assert tx.oversight.requests([]) == []
        assert tx.oversight.snoozed_until(OWNER) == {"s1": NOON.date()}
        assert tx.oversight.snoozed_until(ADA) == {}
        assert tx.partnerships.get("s1") == handed
    storage.close()
