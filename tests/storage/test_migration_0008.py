"""Ids of decisions after the upgrade: keyed, with everything else of their rows as it was."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, insert, select, text

from mentoring.core.outcome import Outcome
from mentoring.matching.decisions import DecisionKind, MatchDecision
from storage import Storage, tables
from storage.engine import upgrade
from tests.storage.rows import ADA, BEN, NOON, OWNER, WORKSPACE, bare

KEY = "ab" * 32


def decision(by: str = OWNER, mentee: str = ADA, mentor: str = BEN) -> dict[str, Any]:
    content = "|".join((DecisionKind.APPROVED, by, NOON.isoformat(), "m1", mentee, mentor))
    return {
        "workspace": WORKSPACE,
        "id": hashlib.blake2b(content.encode(), digest_size=16).hexdigest(),
        "cohort_id": "c1",
        "match_id": "m1",
        "verdict": "approved",
        "by": by,
        "at": NOON,
        "mentee": mentee,
        "mentor": mentor,
    }


def stored(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(tables.DecisionRow)).mappings()]


def test_every_decision_keeps_its_data_and_gets_an_id_that_confirms_nobody(empty_address: str) -> None:
    storage = Storage(empty_address)
    erased = decision() | {"mentee": ""}
    rows = [decision(by="operator"), erased]
    with bare(empty_address) as engine:
        upgrade(engine, "0005")
        with engine.begin() as connection:
            connection.execute(
                text("INSERT INTO workspaces (workspace, tombstone_key) VALUES (:workspace, :key)"),
                {"workspace": WORKSPACE, "key": KEY},
            )
        _insert_ground(engine)
        with engine.begin() as connection:
            connection.execute(insert(tables.DecisionRow), rows)
        upgrade(engine)
        found = stored(engine)
        assert sorted(row["mentee"] for row in found) == ["", ADA]
        assert not {row["id"] for row in found} & {row["id"] for row in rows}
        for row in found:
            before = erased if not row["mentee"] else rows[0]
            assert {**row, "id": ""} == {**before, "id": ""}
    again = MatchDecision(
        "c1", DecisionKind.APPROVED, "operator", datetime(2026, 11, 25, 12, tzinfo=UTC), ADA, BEN, "m1"
    )
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((again,)))
        assert len(tx.decisions.of_cohort("c1")) == 2, "a decision that was there is found again by its new id"
    storage.close()


def _insert_ground(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, "
                "expectations_url, country, work_starts, work_ends, working_days, closed_days, least_months, "
                "most_months, service_months, admits, terms, ask_first, least_gap, mentee_departments, mentee_grades, "
                "mentor_departments, mentor_grades, weights, version, changed_by) VALUES (:workspace, 'p1', 'Ours', "
                "'', '[]', '[]', '[]', '', '', '', '09:00:00', '17:00:00', '[0]', '[]', 6, 12, 12, '[]', '[]', true, "
                "0, '[]', '[]', '[]', '[]', '{}', 1, '')"
            ),
            {"workspace": WORKSPACE},
        )
        connection.execute(
            text(
                "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) VALUES "
                "(:workspace, 'c1', 'p1', '2026-11-23', '2026-12-21', '2027-01-04', '2028-01-04')"
            ),
            {"workspace": WORKSPACE},
        )
