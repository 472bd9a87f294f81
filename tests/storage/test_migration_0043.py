"""After the upgrade a progress report is as it was, and nobody has said that it may name the action items."""

from dataclasses import replace

from sqlalchemy import text

from mentoring.applications.application import Role
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, WORKSPACE, bare

BEFORE = (
    "INSERT INTO report_words (workspace, report_id, partnership_id, mentee_learnt, mentor_learnt, lines, next_steps, "
    "wishes, leaves_out_resting, version, page) VALUES (:workspace, 'P1', 's1', 'That I can ask.', '', '{}', '[]', "
    "'[]', false, 3, :page)"
)
PAGE = (
    '{"starts_on": "2027-02-15", "until": "2027-08-15", "met": 3, "minutes": 150, "agreed": 0, "reached": [], '
    '"moving": [], "resting": [], "learnt": {}, "next_steps": [], "wishes": [], "items": 2, "items_done": 1}'
)


def test_a_report_stays_and_names_no_action_items(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine, "0041")
        with engine.begin() as connection:
            connection.execute(text(BEFORE), {"workspace": WORKSPACE, "page": PAGE})
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        words = tx.private(ActingPerson(ADA)).report_words(partnership)["P1"]
        assert (words.learnt, words.version, words.shows_titles) == ({Role.MENTEE: "That I can ask."}, 3, frozenset())
        assert words.page is not None
        assert (words.page.items, words.page.named_items) == (2, ())
        tx.save(Outcome((replace(words, shows_titles=frozenset({Role.MENTOR})),)))
    with storage.read(WORKSPACE) as tx:
        assert tx.private(ActingPerson(BEN)).report_words(partnership)["P1"].shows_titles == {Role.MENTOR}
    storage.close()
