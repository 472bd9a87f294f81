"""The settings of a programme after the upgrade are what was fixed before, and lengths are kept."""

from sqlalchemy import Engine, text

from mentoring.core.lengths import Length
from mentoring.core.programmes import Rhythm
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.rows import WORKSPACE, bare

_PROGRAMME = (
    "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, expectations_url, "
    "country, region, time_zone, work_starts, work_ends, working_days, closed_days, least_months, most_months, "
    "service_months, admits, terms, ask_first, shared_hours, least_gap, mentee_departments, mentee_grades, "
    "mentor_departments, mentor_grades, weights, version, changed_by) VALUES (:workspace, 'p1', 'Ours', '', '[]', "
    "'[]', '[]', '', '', '', '', '', '09:00:00', '17:00:00', '[0]', '[]', 5, 7, 24, '[]', "
    "'[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]', false, false, 0, '[]', '[]', '[]', '[]', '{}', 3, '')"
)
_COHORT = (
    "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) "
    "VALUES (:workspace, 'c1', 'p1', '2026-11-01', '2026-12-01', '2027-01-01', '2028-01-01')"
)
_APPLICATION = (
    "INSERT INTO applications (workspace, id, cohort_id, person, role, state, topics, months, ways, languages, "
    "department, grade, places, sent_at, sent_on, version) VALUES (:workspace, 'a1', 'c1', 'U1', 'mentee', 'open', "
    "'[]', 7, '[]', '', '', '', 1, '2026-11-02 09:00:00+00:00', '2026-11-02', 1)"
)
_PARTNERSHIP = (
    "INSERT INTO partnerships (workspace, id, cohort_id, match_id, mentee_application, mentor_application, mentee, "
    "mentor, topics, months, introduced_at, state, back, not_again, met_before, ends_on, version) "
    "VALUES (:workspace, 's1', 'c1', 'm', "
    "'a1', 'b', 'U1', 'U2', '[]', 6, '2027-01-04 10:00:00+00:00', 'active', '[]', '[]', 0, '2027-07-04', 1)"
)


def _filled(engine: Engine) -> None:
    upgrade(engine, "0018")
    with engine.begin() as connection:
        for statement in (_PROGRAMME, _COHORT, _APPLICATION, _PARTNERSHIP):
            connection.execute(text(statement), {"workspace": WORKSPACE})
    upgrade(engine)


def test_a_programme_keeps_its_lengths_and_what_was_fixed_becomes_a_setting(empty_address: str) -> None:
    with bare(empty_address) as engine:
        _filled(engine)
    storage = Storage(empty_address)
    with storage.read(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        application, partnership = tx.applications.get("a1"), tx.partnerships.get("s1")
    storage.close()
    assert programme.lengths == (Length(5), Length(6), Length(7))
    assert (programme.rhythm, programme.service_months) == (Rhythm(2, 1), 24)
    assert (programme.most_places, programme.approvals) == (3, 2)
    assert (programme.ask_first, programme.introduces_at_start, programme.version) == (False, False, 3)
    assert (programme.objectives, programme.definition, programme.is_pilot) == ((), "", False)
    assert (programme.mentee_responsibilities, programme.mentor_responsibilities) == ((), ())
    assert application is not None
    assert partnership is not None
    assert (application.length, partnership.length) == (Length(7), Length(6))
