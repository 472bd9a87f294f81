"""After the upgrade, today's owners are administrators and owners, and everything belongs to the programme there is."""

from datetime import UTC, datetime

from sqlalchemy import select, text

from storage import tables
from storage.engine import upgrade
from tests.storage.rows import bare

PROGRAMME = (
    "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, expectations_url, "
    "country, work_starts, work_ends, least_months, most_months, service_months, admits, terms, ask_first, version,"
    " changed_by, working_days, closed_days, least_gap, mentee_departments, mentee_grades, mentor_departments, "
    "mentor_grades, weights, time_zone, region, shared_hours) VALUES ('T1', 'p1', 'Ours', '', '[]', '[]', '[]', '', "
    "'', '', '09:00:00', '17:00:00', 6, 12, 12, '[]', '[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]', true, 1, '', "
    "'[0]', '[]', 0, '[]', '[]', '[]', '[]', '{}', '', '', false)"
)
ROWS = (
    "INSERT INTO owners (workspace, person, place) VALUES ('T1', 'U1', 0), ('T1', 'U2', 1), ('T2', 'U9', 0)",
    'INSERT INTO exclusions (workspace, one, other, "by", at) VALUES '
    "('T1', 'U3', 'U4', 'U1', '2026-11-25 12:00:00+00:00')",
    "INSERT INTO scheduled_jobs (workspace, key, kind, due, person, refs, done) VALUES "
    "('T1', 'applications-closed:U1', 'applications-closed', '2026-12-25 12:00:00+00:00', 'U1', '{}', false), "
    "('T1', 'weekly:U1', 'weekly', '2026-12-25 12:00:00+00:00', 'U1', '{}', false)",
    "INSERT INTO drafts (workspace, person, form, form_values, saved_at) VALUES "
    "('T1', 'U3', 'application-form:mentee', '{}', '2026-11-25 12:00:00+00:00'), "
    "('T1', 'U3', 'meeting-form:log', '{}', '2026-11-25 12:00:00+00:00')",
)


def test_the_rows_of_one_programme_are_kept_as_its_own(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0011")
        with engine.begin() as connection:
            for statement in (PROGRAMME, *ROWS):
                connection.execute(text(statement))
        upgrade(engine)
        with engine.connect() as connection:
            roles = connection.execute(select(tables.RoleRow.__table__).order_by(tables.RoleRow.place)).mappings().all()
            administrators = connection.execute(
                select(tables.AdministratorRow.workspace, tables.AdministratorRow.person)
            ).all()
            excluded = connection.execute(select(tables.ExclusionRow)).mappings().one()
            jobs = {row.key: row.refs for row in connection.execute(select(tables.ScheduledJobRow))}
            drafts = set(connection.execute(select(tables.DraftRow.form)).scalars())
    assert [(r["workspace"], r["programme_id"], r["role"], r["person"], r["named_by"]) for r in roles] == [
        ("T1", "p1", "owner", "U1", ""),
        ("T1", "p1", "owner", "U2", ""),
    ]
    assert sorted(map(tuple, administrators)) == [("T1", "U1"), ("T1", "U2"), ("T2", "U9")]
    assert (excluded["programme_id"], excluded["one"], excluded["at"]) == (
        "p1",
        "U3",
        datetime(2026, 11, 25, 12, tzinfo=UTC),
    )
    assert jobs == {"applications-closed:p1:U1": {"programme": "p1"}, "weekly:U1": {}}
    assert drafts == {"application-form:mentee@p1", "meeting-form:log"}
