"""After the upgrade every partnership has its end as before, no programme has agreements, and one can be kept."""

from dataclasses import replace
from datetime import date, timedelta

from mentoring.agreements.agreement import Agreement, AgreementVersion, WrittenTerms
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.partnerships.judgement import FollowedTerms
from storage import Storage
from storage.engine import upgrade
from tests.messages.examples import LONGER, TERMS
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

SOON = NOON + timedelta(hours=1)
DRAFT = AgreementVersion(1, ADA, NOON, {ADA: NOON})
SIGNED = replace(DRAFT, signed={ADA: NOON, BEN: SOON})


def test_rows_stay_and_an_agreement_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        assert (programme.has_agreements, programme.version) == (False, 3)
        assert (partnership.ends_on, partnership.check_in_day) == (date(2027, 7, 4), None)
        assert (tx.agreements.get("s1"), tx.agreements.followed("s1")) == (None, None)
        draft = Agreement("s1", (DRAFT,))
        tx.save(Outcome((draft, WrittenTerms("s1", 1, TERMS), replace(programme, has_agreements=True, version=4))))
    with storage.begin(WORKSPACE) as tx:
        assert (tx.agreements.get("s1"), tx.agreements.followed("s1")) == (draft, None)
        signed = Agreement("s1", (SIGNED,), 2)
        tx.save(Outcome((signed, replace(partnership, check_in_day=date(2027, 4, 5), version=2))))
    with storage.begin(WORKSPACE) as tx:
        assert tx.agreements.get("s1") == signed
        assert tx.agreements.followed("s1") == FollowedTerms(TERMS.rhythm, TERMS.review_on)
        changed = AgreementVersion(2, BEN, SOON, {BEN: SOON})
        tx.save(Outcome((Agreement("s1", (SIGNED, changed), 3), WrittenTerms("s1", 2, LONGER))))
    with storage.read(WORKSPACE) as tx:
        assert tx.agreements.get("s1") == Agreement("s1", (SIGNED, changed), 3)
        assert tx.agreements.followed("s1") == FollowedTerms(TERMS.rhythm, TERMS.review_on), "of the one in force"
        assert tx.private(ActingPerson(BEN)).agreement_terms(partnership) == {1: TERMS, 2: LONGER}
        kept = tx.partnerships.get("s1")
        assert kept is not None
        assert kept.check_in_on == date(2027, 4, 5)
        assert programme_and_cohort(tx)[0].has_agreements
    storage.close()


def test_of_two_changes_of_the_same_version_one_is_kept(empty_address: str) -> None:
    """A conflict, after which the rule says who was faster."""
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        assert tx.agreements.save(Agreement("s1", (DRAFT,)))
        assert not tx.agreements.save(Agreement("s1", (DRAFT,)))
        assert tx.agreements.save(Agreement("s1", (SIGNED,), 2))
        assert not tx.agreements.save(Agreement("s1", (DRAFT,), 2))
    with storage.read(WORKSPACE) as tx:
        assert tx.agreements.get("s1") == Agreement("s1", (SIGNED,), 2)
    storage.close()
