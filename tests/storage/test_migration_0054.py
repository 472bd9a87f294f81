"""After the upgrade groups are of any item, and those that owners have read stay as they were."""

from typing import Any

from alembic import command
from sqlalchemy import Connection, text

from mentoring.applications.application import Role
from mentoring.feedback.answers import Question
from mentoring.feedback.groups import Extreme, StageFigures
from mentoring.feedback.items import FeedbackItem
from storage import Storage
from storage.engine import _config, upgrade
from tests.mentoring.factories import rating_group
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, WORKSPACE, bare

_ROWS = (
    "INSERT INTO feedback (workspace, partnership_id, person, question, rating, helps, hinders, decision, audience, "
    "answered_at, is_counted, group_id) VALUES (:workspace, 's1', :person, 'check-in', 4, 'Walks', '', 'go-on', "
    "'counted', '2027-04-04 10:00:00+00:00', true, 'g1')",
    "INSERT INTO feedback_items (workspace, partnership_id, person, question, item, version, score, chosen, words) "
    "VALUES (:workspace, 's1', :person, 'check-in', 'trust', 1, 5, '[]', '')",
    "INSERT INTO feedback_groups (workspace, id, question, cohort_id, role, people, answers, total, extreme) VALUES "
    "(:workspace, 'g1', 'check-in', 'c1', 'mentee', 5, 6, 27, 'high')",
    "INSERT INTO feedback_groups (workspace, id, question, cohort_id, role, people, answers, total, extreme) VALUES "
    "(:workspace, 'g2', 'survey', NULL, '', 5, 5, 15, '')",
    "INSERT INTO feedback_words (workspace, group_id, number, field, text) VALUES (:workspace, 'g1', 0, 'helps', 'b')",
    "INSERT INTO feedback_words (workspace, group_id, number, field, text) VALUES (:workspace, 'g1', 1, 'helps', 'a')",
)


def test_groups_that_were_formed_stay_and_items_can_be_grouped(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine, "0062")
        with engine.begin() as connection:
            for statement in _ROWS:
                connection.execute(text(statement), {"workspace": WORKSPACE, "person": ADA})
            before = _rows(connection)
        upgrade(engine)
        storage = Storage(empty_address)
        with storage.read(WORKSPACE) as tx:
            of_check_in, of_survey = tx.feedback.groups()
            (kept,) = tx.feedback.to_count()
        storage.close()
        assert of_check_in == rating_group(
            "g1", Question.CHECK_IN, 27, Extreme.HIGH, answers=6, helps=("b", "a"), role=Role.MENTEE
        )
        assert of_survey == rating_group("g2", Question.SURVEY, 15, cohort_id="")
        assert of_survey.stages == (StageFigures(Question.SURVEY, 5, 15),)
        assert (kept.rating, kept.group_id, kept.is_signed) == (4, "g1", False)
        assert [(each.item, each.score, each.is_signed, each.group_id) for each in kept.items] == [
            (FeedbackItem.TRUST, 5, False, "")
        ]
        config = _config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0062")
            assert _rows(connection) == before


def _rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    tables = ("feedback", "feedback_items", "feedback_groups", "feedback_words")
    statements = {name: text(f"SELECT * FROM {name}") for name in tables}
    found = {name: connection.execute(statement).mappings() for name, statement in statements.items()}
    return {name: sorted((dict(row) for row in rows), key=repr) for name, rows in found.items()}
