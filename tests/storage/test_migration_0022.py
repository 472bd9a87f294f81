"""After the upgrade notes of meetings are as they were, no programme has plans, and a plan can be kept."""

from datetime import date

from sqlalchemy import text

from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.goals.goal import Goal, GoalChange, GoalHelp, GoalState, GoalTerm
from mentoring.goals.plan import DevelopmentPlan, PlanDeleted, PlanShare
from mentoring.meetings.log import MeetingNotes
from storage import Storage
from storage.engine import upgrade
from tests.storage.rows import ADA, BEN, COHORT, NOON, OWNER, PROGRAMME, WORKSPACE, bare

BEFORE = (
    """
    INSERT INTO programmes (workspace, id, name, purpose, objectives, is_pilot, definition, mentee_responsibilities,
        mentor_responsibilities, topics, departments, grades, contact, expectations_url, country, region, time_zone,
        work_starts, work_ends, working_days, closed_days, lengths, first_month_meetings, monthly_meetings,
        service_months, most_places, approvals, admits, terms, ask_first, introduces_at_start, least_gap, shared_hours,
        mentee_departments, mentee_grades, mentor_departments, mentor_grades, weights, version, changed_by)
    VALUES (:workspace, 'p1', 'Library', '', '[]', false, '', '[]', '[]', '["Job search"]', '[]', '[]', '', '', '', '',
        '', '09:00:00.000000', '17:00:00.000000', '[0]', '[]', '["6"]', 2, 1, 0, 3, 1, '[]',
        '["mentor", "mentors", "mentee", "mentees", "pair", "pairs"]', true, false, 0, false, '[]', '[]', '[]', '[]',
        '{}', 1, :owner)
    """,
    "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) "
    "VALUES (:workspace, 'c1', 'p1', '2026-11-23', '2026-12-21', '2027-01-04', '2028-01-04')",
    "INSERT INTO partnerships (workspace, id, cohort_id, match_id, mentee_application, mentor_application, mentee, "
    "mentor, topics, months, weeks, introduced_at, ends_on, state, back, not_again, met_before, version) "
    "VALUES (:workspace, 's1', 'c1', 'm1', 'a1', 'a2', :ada, :ben, '[]', 6, 0, '2027-01-04 10:00:00+00:00', "
    "'2027-07-04', 'active', '[]', '[]', 0, 1)",
    "INSERT INTO meetings (workspace, id, partnership_id, met_on, minutes, way, topics, logged_by, version) "
    "VALUES (:workspace, 'v1', 's1', '2027-01-11', 60, 'video', '[]', :ada, 1)",
    "INSERT INTO meeting_notes (workspace, meeting_id, notes, action, action_who, action_done) "
    "VALUES (:workspace, 'v1', 'What we said.', '', '', false)",
)
PLAN = DevelopmentPlan(ADA, "Listening – well", "", "", "A team", "", ("Job search",), "Courage", NOON.date())
GOAL = Goal(
    "g1",
    ADA,
    "Lead a meeting",
    GoalTerm.QUARTER,
    "Minutes",
    date(2027, 3, 1),
    "Ask",
    (GoalHelp.TIME, GoalHelp.ADVICE),
    (BEN,),
    "My sister",
    "If …",
    GoalState.BEGUN,
    NOON.date(),
)
CHANGES = tuple(
    GoalChange("g1", number, NOON.date(), GoalState.BEGUN, "So far", "Next", "Old", "Proof", date(2027, 2, 1))
    for number in (2, 10)
)
SHARE = PlanShare("s1", ADA, NOON)


def test_what_there_was_stays_and_a_plan_can_be_kept_shared_and_deleted(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        with engine.begin() as connection:
            for statement in BEFORE:
                values = {"workspace": WORKSPACE, "ada": ADA, "ben": BEN, "owner": OWNER}
                used = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), used)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        partnership = tx.partnerships.get("s1")
        assert partnership is not None
        assert tx.private(ActingPerson(ADA)).notes(partnership) == {"v1": MeetingNotes("v1", "What we said.")}
        assert not tx.programme("p1")[0].has_plans
        assert tx.plan_facts.changed_on(ADA) is None
        tx.save(Outcome((PLAN, GOAL, *CHANGES, SHARE, MeetingNotes("v1", "What we said.", goals=("g1", "g2")))))
    with storage.read(WORKSPACE) as tx:
        written, shares = tx.private(ActingPerson(ADA)).own_plan()
        assert (written.plan, shares) == (PLAN, (SHARE,))
        (record,) = written.goals
        assert (record.goal, record.changes) == (GOAL, CHANGES[::-1]), "the newest change first"
        assert tx.private(ActingPerson(BEN)).notes(partnership)["v1"].goals == ("g1", "g2")
        assert not tx.private(ActingPerson(BEN)).reads_plan(partnership), "the programme has no plans"
        assert tx.plan_facts.changed_on(ADA) == NOON.date()
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((PlanDeleted(ADA),)))
    with storage.read(WORKSPACE) as tx:
        written, shares = tx.private(ActingPerson(ADA)).own_plan()
        assert written.is_empty
        assert shares == ()
    storage.close()


def test_a_programme_keeps_whether_it_has_plans(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((PROGRAMME, COHORT)))
    with storage.read(WORKSPACE) as tx:
        assert tx.programme(PROGRAMME.id)[0].has_plans
