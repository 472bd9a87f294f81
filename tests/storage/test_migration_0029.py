"""After the upgrade every programme is a mentoring programme, one can become a peer programme, and the way back leaves
no role that the older version does not know.
"""

from dataclasses import replace

from alembic import command
from sqlalchemy import text

from mentoring.core.outcome import Outcome
from mentoring.core.programmes import ProgrammeType
from mentoring.core.roles import ProgrammeRole, RoleGiven, RoleTaken
from storage import Storage
from storage.engine import _config, upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.rows import ADA, BEN, WORKSPACE, bare

_PROGRAMME = (
    "INSERT INTO programmes (workspace, id, name, purpose, objectives, is_pilot, definition, mentee_responsibilities, "
    "mentor_responsibilities, topics, departments, grades, contact, expectations_url, country, region, time_zone, "
    "work_starts, work_ends, working_days, closed_days, lengths, first_month_meetings, monthly_meetings, "
    "service_months, most_places, approvals, admits, terms, ask_first, introduces_at_start, shared_hours, least_gap, "
    "mentee_departments, mentee_grades, mentor_departments, mentor_grades, weights, has_plans, has_agreements, "
    "version, changed_by) "
    "VALUES (:workspace, 'p1', 'Ours', '', '[]', false, '', '[]', '[]', '[]', '[]', '[\"A\", \"B\"]', '', '', '', '', "
    "'', '09:00:00', '17:00:00', '[0]', '[]', '[\"6\", \"12\"]', 2, 1, 12, 3, 2, '[]', "
    "'[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]', true, false, false, 1, '[]', '[]', '[]', '[]', '{}', false, "
    "false, 3, '')"
)
_COHORT = (
    "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) "
    "VALUES (:workspace, 'c1', 'p1', '2026-11-01', '2026-12-01', '2027-01-01', '2028-01-01')"
)
_ROLE = (
    "INSERT INTO roles (workspace, programme_id, role, person, place, named_by) "
    "VALUES (:workspace, 'p1', 'owner', :ada, 1, '')"
)


def test_rows_stay_and_a_programme_can_become_one_of_peers(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0025")
        with engine.begin() as connection:
            for statement in (_PROGRAMME, _COHORT):
                connection.execute(text(statement), {"workspace": WORKSPACE})
            connection.execute(text(_ROLE), {"workspace": WORKSPACE, "ada": ADA})
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert (programme.type, programme.has_facilitators) == (ProgrammeType.MENTORING, False)
        assert (programme.name, programme.version, programme.grade_gap) == ("Ours", 3, 1)
        named = RoleGiven("p1", ProgrammeRole.FACILITATOR, BEN, ADA)
        tx.save(Outcome((replace(programme, type=ProgrammeType.PEER, version=4), named)))
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert (programme.type, programme.has_facilitators) == (ProgrammeType.PEER, True)
        assert (programme.least_gap, programme.grade_gap) == (1, 0)
        assert tx.roles.holders_in("p1").facilitators == (BEN,)
        assert [each.has_facilitators for each, _ in tx.programmes.all()] == [True]
        tx.save(Outcome((RoleTaken("p1", ProgrammeRole.FACILITATOR, BEN),)))
    with storage.begin(WORKSPACE) as tx:
        assert not programme_and_cohort(tx)[0].has_facilitators
        tx.save(Outcome((named,)))
    storage.close()
    with bare(empty_address) as engine:
        config = _config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0025")
            held = connection.execute(text("SELECT role, person FROM roles")).all()
        assert [tuple(each) for each in held] == [("owner", ADA)]
