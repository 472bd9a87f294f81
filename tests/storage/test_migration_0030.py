"""After the upgrade every agreement says what it said, names no goals and leaves reports as they were; and who has
offered a time for a first meeting is known.
"""

from dataclasses import replace
from datetime import timedelta

from alembic import command
from sqlalchemy import Connection, text

from mentoring.agreements.agreement import Agreement, AgreementVersion, WrittenTerms
from mentoring.agreements.terms import ReportTimes
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.meetings.planned import PlannedState, last_proposer
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.scheduling import WhoSchedules
from storage import Storage
from storage.engine import _config, upgrade
from tests.messages.examples import TERMS
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

_AGREEMENT = "INSERT INTO agreements (workspace, partnership_id, version) VALUES (:workspace, 's1', 2)"
_VERSION = (
    "INSERT INTO agreement_versions (workspace, partnership_id, number, written_by, written_at, countersigned_by, "
    "countersigned_at) VALUES (:workspace, 's1', 1, :ada, :noon, :ben, :noon)"
)
_TERMS = (
    "INSERT INTO agreement_terms (workspace, partnership_id, number, purpose, mentee_brings, mentor_brings, feedback, "
    'off_limits, obstacles, rhythm, schedules, hours, "between", answer, minutes, ways, until, review_on) '
    "VALUES (:workspace, 's1', 1, 'To find my way.', '', '', '', '', '', 'month', 'by-turns', 'work', 'slack', '', 45, "
    "'[\"video\"]', '2027-07-04', '2027-04-05')"
)
_PLANNED = (
    "INSERT INTO planned_meetings (workspace, id, partnership_id, state, minutes, offered_minutes, options, "
    "offered_by, starts_at, sequence, mentee_answer, mentor_answer, is_disputed, cancelled_by, version) "
    "VALUES (:workspace, :id, 's1', :state, 60, 0, '[]', :by, :at, 0, '', '', :no, '', 1)"
)


def _insert_earlier(connection: Connection) -> None:
    who = {"workspace": WORKSPACE, "ada": ADA, "ben": BEN, "noon": NOON}
    for statement in (_AGREEMENT, _VERSION, _TERMS):
        connection.execute(text(statement), who)
    for id_, state, by, at in (("L1", "offered", BEN, None), ("L2", "booked", "", NOON), ("L3", "booked", ADA, NOON)):
        row = {"workspace": WORKSPACE, "id": id_, "state": state, "by": by, "at": at, "no": False}
        connection.execute(text(_PLANNED), row)


def test_rows_stay_and_an_agreement_can_name_goals_and_reports(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine, "0029")
        with engine.begin() as connection:
            _insert_earlier(connection)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        (terms,) = tx.private(ActingPerson(BEN)).agreement_terms(partnership).values()
        assert (terms.purpose, terms.goals, terms.reports) == ("To find my way.", (), None)
        followed = tx.agreements.followed("s1")
        assert followed == FollowedTerms(terms.rhythm, terms.review_on, 45, WhoSchedules.BY_TURNS)
        found = {each.id: each for each in tx.planned_meetings.of(["s1"])}
        assert {id_: each.proposed_by for id_, each in found.items()} == {"L1": BEN, "L2": "", "L3": ""}
        assert last_proposer(found.values()) == ""
        later = found["L1"].without_offer(state=PlannedState.BOOKED, starts_at=NOON + timedelta(days=1))
        named = replace(TERMS, goals=("g1",), reports=ReportTimes.QUARTERLY, schedules=WhoSchedules.MENTOR)
        versions = (
            AgreementVersion(1, ADA, NOON, {ADA: NOON, BEN: NOON}),
            AgreementVersion(2, BEN, NOON, {BEN: NOON, ADA: NOON}),
        )
        tx.save(Outcome((later, Agreement("s1", versions, 3), WrittenTerms("s1", 2, named))))
    with storage.read(WORKSPACE) as tx:
        assert last_proposer(tx.planned_meetings.of(["s1"])) == BEN
        assert tx.private(ActingPerson(ADA)).agreement_terms(partnership)[2] == named
        followed = tx.agreements.followed("s1")
        assert followed is not None
        assert (followed.schedules, followed.is_quarterly) == (WhoSchedules.MENTOR, True)
    storage.close()
    with bare(empty_address) as engine:
        config = _config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0029")
            kept = connection.execute(text("SELECT number, purpose FROM agreement_terms ORDER BY number")).all()
            assert [tuple(each) for each in kept] == [(1, "To find my way."), (2, TERMS.purpose)]
