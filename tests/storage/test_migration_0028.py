"""After the upgrade no programme has progress reports, and one can be kept, finished and shared."""

from dataclasses import replace
from datetime import date

import pytest

from mentoring.applications.application import Role
from mentoring.core.acting import ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.messages.reports import AGREED as AGREED_SHARE
from tests.messages.reports import ASKED as ASKED_SHARE
from tests.messages.reports import FINISHED, FINISHED_WORDS, WORDS
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

BEGUN = replace(FINISHED, partnership_id="s1", finished={Role.MENTEE: NOON}, ended_on=None, edition=1, version=1)
DONE = replace(BEGUN, finished=dict.fromkeys(Role, NOON), ended_on=date(2027, 8, 15), version=2)
SAID, SAID_FOR_GOOD = replace(WORDS, partnership_id="s1"), replace(FINISHED_WORDS, partnership_id="s1")
ASKED = replace(ASKED_SHARE, partnership_id="s1", agreed={Role.MENTEE: NOON})
AGREED = replace(AGREED_SHARE, partnership_id="s1", agreed=dict.fromkeys(Role, NOON))


def _upgraded(address: str) -> Storage:
    with bare(address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    return Storage(address)


def test_rows_stay_and_a_report_can_be_kept(empty_address: str) -> None:
    storage = _upgraded(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        assert (programme.has_reports, programme.version) == (False, 3)
        assert (tx.reports.of("s1"), tx.reports.shares("s1")) == ((), ())
        tx.save(Outcome((BEGUN, SAID, replace(programme, has_reports=True, version=4))))
    with storage.begin(WORKSPACE) as tx:
        assert tx.reports.of("s1") == (BEGUN,)
        assert tx.private(ActingPerson(BEN)).report_words(partnership) == {"P1": SAID}
        tx.save(Outcome((DONE, SAID_FOR_GOOD, ASKED)))
        assert tx.shared_reports.read_by(ASKED.reader, partnership, 1) is None
    with storage.begin(WORKSPACE) as tx:
        assert tx.reports.shares("s1") == (ASKED,)
        tx.save(Outcome((AGREED,)))
    with storage.read(WORKSPACE) as tx:
        assert (tx.reports.of("s1"), tx.reports.shares("s1")) == ((DONE,), (AGREED,))
        shared = tx.shared_reports.read_by(AGREED.reader, partnership, 1)
        assert shared is not None
        assert shared.page == SAID_FOR_GOOD.page
        assert tx.shared_reports.read_by(ADA, partnership, 1) is None
        with pytest.raises(NotForYou):
            tx.private(ActingPerson(AGREED.reader)).report_words(partnership)
        assert programme_and_cohort(tx)[0].has_reports
    storage.close()


def test_of_two_changes_of_the_same_version_one_is_kept(empty_address: str) -> None:
    """A conflict, after which the rule says who was faster."""
    storage = _upgraded(empty_address)
    with storage.begin(WORKSPACE) as tx:
        assert tx._reports.save(BEGUN)
        assert not tx._reports.save(BEGUN)
        assert not tx._reports.save(replace(BEGUN, id="P2")), "another first report"
        assert tx._reports.save(DONE)
        assert not tx._reports.save(DONE)
        assert tx._reports.save_share(ASKED)
        assert not tx._reports.save_share(ASKED)
        assert tx._reports.save_share(AGREED)
        assert not tx._reports.save_share(AGREED)
    storage.close()
