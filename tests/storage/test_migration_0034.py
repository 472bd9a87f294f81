"""After the upgrade two people can change their end together, and those of active partnerships are asked before it."""

from datetime import UTC, date, datetime

from sqlalchemy import text

from mentoring.core.acting import ActingPerson
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Outcome
from mentoring.partnerships.end_plan import EndKept, EndPlan, EndProposal
from storage import Storage
from storage.engine import upgrade
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, WORKSPACE, bare

SURVEY = (
    "INSERT INTO scheduled_jobs (workspace, key, kind, due, person, refs, done) "
    "VALUES (:workspace, :key, 'survey', :due, :ada, '{\"partnership\": \"s1\"}', :done)"
)
DUE = datetime(2027, 8, 16, 8, tzinfo=UTC)


def test_rows_stay_the_question_is_planned_and_what_they_say_can_be_kept(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        with engine.begin() as connection:
            for key, done in (("survey:s1", False), ("survey:old", True)):
                values = {"workspace": WORKSPACE, "key": key, "due": DUE, "ada": ADA, "done": done}
                connection.execute(text(SURVEY), values)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        before = partnership.ends_on - partnership.end_question_on
        planned = [job for job in tx.scheduled_jobs.pending_of(partnership) if job.kind is JobKind.END_QUESTION]
        key = f"end-question:s1:{ADA}"
        assert planned == [ScheduledJob(key, JobKind.END_QUESTION, DUE - before, ADA, {"partnership": "s1"})]
        assert tx.private(ActingPerson(ADA)).end_plan(partnership) == EndPlan()
        proposal, kept = EndProposal("s1", 1, ADA, date(2027, 10, 4), partnership.ends_on), date(2027, 8, 16)
        tx.save(Outcome((proposal, EndKept("s1", BEN, kept))))
    with storage.read(WORKSPACE) as tx:
        assert tx.private(ActingPerson(BEN)).end_plan(partnership) == EndPlan(proposal, {BEN: kept})
    storage.close()
