"""After the upgrade sponsors of before get a page each month, and owners say something on it."""

from dataclasses import replace
from datetime import date

from sqlalchemy import text

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Outcome
from mentoring.sponsor_page.sending import SponsorPageResumed, SponsorPageStopped, SponsorSentence, page_job_key
from storage import Storage
from storage.engine import upgrade
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, OWNER, WORKSPACE, bare

MONTH = date(2026, 12, 1)
_ROLE = (
    "INSERT INTO roles (workspace, programme_id, role, person, place, named_by) "
    "VALUES (:workspace, 'p1', :role, :person, 1, '')"
)


def test_each_sponsor_has_a_job_and_sentences_are_kept_by_month(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        with engine.begin() as connection:
            for role, person in (("sponsor", ADA), ("owner", OWNER)):
                connection.execute(text(_ROLE), {"workspace": WORKSPACE, "role": role, "person": person})
        upgrade(engine)
    storage = Storage(empty_address)
    said = SponsorSentence("p1", MONTH, "Rooms, please.", OWNER)
    with storage.begin(WORKSPACE) as tx:
        key = page_job_key("p1", ADA)
        job = tx.scheduled_jobs.get_if_due(key, NOON)
        assert job == ScheduledJob(key, JobKind.SPONSOR_PAGE, job.due if job else NOON, ADA, {"programme": "p1"})
        assert not tx.scheduled_jobs.is_planned(page_job_key("p1", OWNER))
        tx.save(Outcome((said, SponsorPageStopped("p1"), SponsorPageStopped("p1", BEN), SponsorPageStopped("p1", BEN))))
    with storage.begin(WORKSPACE) as tx:
        assert tx.sponsor_pages.sentence("p1", MONTH) == said
        assert tx.sponsor_pages.sentence("p1", date(2027, 1, 1)) is None
        assert tx.sponsor_pages.stopped_by("p1") == {"", BEN}
        assert not tx.sponsor_pages.save_sentence(said), "there is one"
        newer = replace(said, words="More rooms.", version=2)
        assert tx.sponsor_pages.save_sentence(newer)
        assert not tx.sponsor_pages.save_sentence(newer)
        tx.save(Outcome((SponsorPageResumed("p1"),)))
        assert tx.sponsor_pages.sentence("p1", MONTH) == newer
        assert tx.sponsor_pages.is_on("p1")
    storage.close()
