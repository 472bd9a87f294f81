"""A programme with a partnership, as the schema of revision 0021 has them, for tests of later migrations."""

from sqlalchemy import Engine, text

from tests.storage.rows import ADA, BEN, WORKSPACE

_PROGRAMME = (
    "INSERT INTO programmes (workspace, id, name, purpose, objectives, is_pilot, definition, mentee_responsibilities, "
    "mentor_responsibilities, topics, departments, grades, contact, expectations_url, country, region, time_zone, "
    "work_starts, work_ends, working_days, closed_days, lengths, first_month_meetings, monthly_meetings, "
    "service_months, most_places, approvals, admits, terms, ask_first, introduces_at_start, shared_hours, least_gap, "
    "mentee_departments, mentee_grades, mentor_departments, mentor_grades, weights, version, changed_by) "
    "VALUES (:workspace, 'p1', 'Ours', '', '[]', false, '', '[]', '[]', '[]', '[]', '[]', '', '', '', '', '', "
    "'09:00:00', '17:00:00', '[0]', '[]', '[\"6\", \"12\"]', 2, 1, 12, 3, 2, '[]', "
    "'[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]', true, false, false, 0, '[]', '[]', '[]', '[]', '{}', 3, '')"
)
_COHORT = (
    "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) "
    "VALUES (:workspace, 'c1', 'p1', '2026-11-01', '2026-12-01', '2027-01-01', '2028-01-01')"
)
_PARTNERSHIP = (
    "INSERT INTO partnerships (workspace, id, cohort_id, match_id, mentee_application, mentor_application, mentee, "
    "mentor, topics, months, weeks, introduced_at, state, back, not_again, met_before, ends_on, version) "
    "VALUES (:workspace, 's1', 'c1', 'm', 'a1', 'b', :ada, :ben, '[]', 6, 0, '2027-01-04 10:00:00+00:00', 'active', "
    "'[]', '[]', 0, '2027-07-04', 1)"
)


def insert_partnership(engine: Engine) -> None:
    """Insert the programme p1, its cohort c1, and the partnership s1 of Ada and Ben."""
    with engine.begin() as connection:
        for statement in (_PROGRAMME, _COHORT):
            connection.execute(text(statement), {"workspace": WORKSPACE})
        connection.execute(text(_PARTNERSHIP), {"workspace": WORKSPACE, "ada": ADA, "ben": BEN})
