"""The schema: from nothing to the newest, whole or not at all, and exactly what the tables say."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from mentoring.applications.application import PrivateAnswers
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.matching.match import MatchState
from storage import Storage, tables
from storage.engine import _config, head, upgrade
from storage.notifications.outbox_statements import IMMEDIATELY
from tests.mentoring.factories import ADA, BEN, CHI, answer, match, mentee, mentor, offered, partnership
from tests.storage.rows import bare, dump, grounded


def names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_a_new_database_is_brought_from_nothing_to_the_newest(
    empty_address: str, opened: Callable[[str], Storage]
) -> None:
    storage = opened(empty_address)
    assert storage.revisions() == (None, head())
    storage.migrate()
    assert storage.revisions() == (head(), head())


def test_the_newest_schema_is_what_the_tables_say(address: str) -> None:
    with bare(address) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.Table.metadata) == []


def test_migrating_again_keeps_every_row(address: str, storage: Storage) -> None:
    with grounded(storage):
        pass
    before = dump(address)
    storage.migrate()
    assert dump(address) == before


def test_every_revision_can_be_taken_back_and_done_again(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine)
        newest = names(engine)
        config = _config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "base")
        assert names(engine) == set()
        upgrade(engine)
        assert names(engine) == newest == {table.name for table in tables.Table.metadata.sorted_tables}


def test_a_migration_that_fails_leaves_the_old_schema_whole(
    empty_address: str, opened: Callable[[str], Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command.upgrade

    def stumble(*args: object) -> None:
        done(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", stumble)
    storage = opened(empty_address)
    with pytest.raises(KeyboardInterrupt):
        storage.migrate()
    with bare(empty_address) as engine:
        assert names(engine) == set()
    monkeypatch.undo()
    storage.migrate()
    assert storage.revisions()[0] == head()


def test_two_processes_that_start_at_once_migrate_one_after_the_other(empty_address: str) -> None:
    program = f"from storage import Storage; s = Storage({empty_address!r}); s.migrate(); s.close()"
    both = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in both:
        _, complaint = process.communicate(timeout=30)
        assert (process.returncode, complaint) == (0, "")
    with bare(empty_address) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


_PROGRAMME = (
    "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, expectations_url, "
    "country, work_starts, work_ends, least_months, most_months, service_months, admits, terms, ask_first, version,"
    " changed_by) VALUES ('T1', 'p1', 'Ours', '', '[]', '[]', '[]', '', '', '', '09:00:00', '17:00:00', 6, 12, 12, "
    '\'[]\', \'["a", "b", "c", "d", "e", "f"]\', true, 1, \'\')'
)
"""As of revision 0002."""


@pytest.mark.long
def test_what_was_owed_and_set_up_before_is_there_after_the_upgrade(empty_address: str) -> None:
    owed = (
        "INSERT INTO outbox (workspace, key, kind, person, also, about, state, asked, due, fence, attempts, opaque) "
        "VALUES ('T1', :key, 'help', 'U1', '', '{}', 'pending', false, :due, 0, 0, 'o')"
    )
    with bare(empty_address) as engine:
        upgrade(engine, "0002")
        with engine.begin() as connection:
            connection.execute(text(owed), {"key": "at-once", "due": None})
            connection.execute(text(owed), {"key": "later", "due": "2027-03-01 09:00:00+00:00"})
            connection.execute(text(_PROGRAMME))
        upgrade(engine)
        with Session(engine) as session:
            outbox = {row.key: row.due for row in session.scalars(select(tables.OutboxRow))}
            kept = session.scalars(select(tables.ProgrammeRow)).one()
    assert outbox == {"at-once": IMMEDIATELY, "later": datetime(2027, 3, 1, 9, tzinfo=UTC)}
    assert (kept.name, kept.working_days, kept.closed_days) == ("Ours", [0, 1, 2, 3, 4], ())


@pytest.mark.long
def test_jobs_keep_their_rows_beside_the_failures_of_work(empty_address: str) -> None:
    job = "INSERT INTO scheduled_jobs (workspace, key, kind, due, person, refs, done) VALUES "
    job += "('T1', 'monthly:p1', 'monthly', '2027-03-01 09:00:00+00:00', 'U1', '{\"partnership\": \"p1\"}', false)"
    with bare(empty_address) as engine:
        upgrade(engine, "0005")
        with engine.begin() as connection:
            connection.execute(text(job))
        upgrade(engine)
        with Session(engine) as session:
            assert [one.key for one in session.scalars(select(tables.ScheduledJobRow))] == ["monthly:p1"]
            assert session.scalars(select(tables.WorkFailureRow)).all() == []


_OWED = (
    "INSERT INTO outbox (workspace, key, kind, person, also, about, state, asked, due, fence, attempts, opaque, "
    "conversation, ts, stays, stale, former, again_at) VALUES ('T1', :key, :kind, 'U1', '', "
    '\'{"cohort": "c1", "day": "2027-03-01"}\', :state, false, \'1970-01-01 00:00:00+00:00\', 3, 1, :opaque, '
    "'D1', :ts, :stays, :stale, :former, :again_at)"
)


@pytest.mark.long
def test_messages_that_stay_become_live_views_and_renamed_tables_keep_their_rows(empty_address: str) -> None:
    owed: list[dict[str, Any]] = [
        {"key": "help:1", "kind": "help", "ts": "1.0", "stays": None, "state": "sent"},
        {"key": "desk:current", "ts": "2.0", "state": "sent"},
        {"key": "desk:stale", "ts": "3.0", "state": "stale", "stale": True},
        {"key": "desk:again", "ts": "4.0", "state": "stale", "again_at": "2027-03-02 09:00:00+00:00"},
        {"key": "desk:on-its-way", "ts": None, "state": "unknown", "former": '["5.0", "5.5"]'},
        {"key": "desk:new", "ts": None, "state": "pending"},
        {"key": "desk:failed", "ts": "6.0", "state": "failed"},
    ]
    usual = {"kind": "desk", "stays": "c1", "stale": False, "former": "[]", "again_at": None}
    job = "INSERT INTO promises (workspace, key, kind, due, person, about, done) VALUES "
    job += "('T1', 'monthly:p1', 'monthly', '2027-03-01 09:00:00+00:00', 'U1', '{\"partnership\": \"p1\"}', false)"
    ban = "INSERT INTO bans (workspace, one, other, by, at) VALUES "
    ban += "('T1', 'U1', 'U2', 'U3', '2027-03-01 09:00:00+00:00')"
    with bare(empty_address) as engine:
        upgrade(engine, "0002")
        with engine.begin() as connection:
            connection.execute(text(_PROGRAMME))
        upgrade(engine, "0004")
        with engine.begin() as connection:
            for number, values in enumerate(owed):
                connection.execute(text(_OWED), {**usual, "opaque": f"o{number}", **values})
            connection.execute(text(job))
            connection.execute(text(ban))
        upgrade(engine)
        with Session(engine) as session:
            posts = {row.key: row for row in session.scalars(select(tables.OutboxRow))}
            views = {row.key.removeprefix("desk:"): row for row in session.scalars(select(tables.LiveViewRow))}
            jobs = session.scalars(select(tables.ScheduledJobRow)).all()
            exclusions = session.scalars(select(tables.ExclusionRow)).all()
            shown = {key: (view.state, view.ts, view.obsolete_posts, view.subject) for key, view in views.items()}
            assert shown == {
                "current": ("current", "2.0", (), "c1"),
                "stale": ("stale", "3.0", (), "c1"),
                "again": ("stale", "4.0", (), "c1"),
                "on-its-way": ("stale", "5.5", ("5.0",), "c1"),
                "new": ("current", None, (), "c1"),
                "failed": ("current", "6.0", (), "c1"),
            }
            assert {key: (post.state, post.live_view) for key, post in posts.items()} == {
                "help:1": ("sent", None),
                "desk:current": ("sent", "desk:current"),
                "desk:stale": ("sent", "desk:stale"),
                "desk:again": ("sent", "desk:again"),
                "desk:again#1": ("pending", "desk:again"),
                "desk:on-its-way": ("unknown", "desk:on-its-way"),
                "desk:new": ("pending", "desk:new"),
                "desk:failed": ("failed", "desk:failed"),
            }
            assert posts["desk:again#1"].due == datetime(2027, 3, 2, 9, tzinfo=UTC)
            assert (posts["help:1"].recipient, posts["help:1"].refs["cohort"]) == ("U1", "c1")
            assert views["current"].correlation_id == posts["desk:current"].correlation_id
            assert [(job.key, job.refs) for job in jobs] == [("monthly:p1", {"partnership": "p1"})]
            found = [(each.programme_id, each.one, each.other, each.by) for each in exclusions]
            assert found == [("p1", "U1", "U2", "U3")]


@pytest.mark.long
def test_people_without_a_time_zone_are_not_taken_for_people_in_utc(empty_address: str) -> None:
    person = (
        "INSERT INTO people (workspace, id, standing, display_name, time_zone, known_at, asked_at, left_at) "
        "VALUES ('T1', :id, 'member', '', :zone, :known, NULL, NULL)"
    )
    programme = (
        "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, expectations_url, "
        "country, work_starts, work_ends, working_days, closed_days, least_months, most_months, service_months, "
        "admits, terms, ask_first, least_gap, mentee_departments, mentee_grades, mentor_departments, mentor_grades, "
        "weights, version, changed_by) VALUES ('T1', 'p1', 'Ours', '', '[]', '[]', '[]', '', '', 'GB', '09:00:00', "
        "'17:00:00', '[0]', '[]', 6, 12, 12, '[]', '[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]', true, 0, '[]', '[]', "
        "'[]', '[]', '{}', 1, '')"
    )
    cohort = (
        "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) "
        "VALUES ('T1', 'c1', 'p1', '2026-11-01', '2026-12-01', '2027-01-01', '2028-01-01')"
    )
    application = (
        "INSERT INTO applications (workspace, id, cohort_id, person, role, state, topics, months, ways, languages, "
        "department, grade, places, sent_at, sent_on, version) VALUES ('T1', 'a1', 'c1', 'U1', 'mentee', 'open', '[]', "
        "6, '[]', '', '', '', 1, '2026-11-02 09:00:00+00:00', '2026-11-02', 1)"
    )
    answers = (
        "INSERT INTO application_private_answers (workspace, application_id, hopes, manager, wish) "
        "VALUES ('T1', 'a1', 'To grow.', 'U9', '')"
    )
    known = "2026-11-20 09:00:00+00:00"
    with bare(empty_address) as engine:
        upgrade(engine, "0005")
        with engine.begin() as connection:
            connection.execute(text(person), {"id": "NEW", "zone": "UTC", "known": None})
            connection.execute(text(person), {"id": "PERHAPS", "zone": "UTC", "known": known})
            connection.execute(text(person), {"id": "THERE", "zone": "Europe/Malta", "known": known})
            for statement in (programme, cohort, application, answers):
                connection.execute(text(statement))
        upgrade(engine)
        with Session(engine) as session:
            people = {row.id: (row.time_zone, row.asked_at) for row in session.scalars(select(tables.PersonRow))}
            kept = session.scalars(select(tables.ProgrammeRow)).one()
            private = session.scalars(select(tables.PrivateAnswersRow)).one()
    asked_again = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert people == {"NEW": ("", None), "PERHAPS": ("UTC", asked_again), "THERE": ("Europe/Malta", None)}
    assert (kept.country, kept.region, kept.time_zone, kept.shared_hours) == ("GB", "", "", False)
    assert (private.hopes, private.manager, private.no_manager) == ("To grow.", "U9", False)


@pytest.mark.long
def test_messages_that_ask_for_an_answer_become_live_views_while_it_is_open(
    empty_address: str, opened: Callable[[str], Storage]
) -> None:
    storage = opened(empty_address)
    storage.migrate()
    open_, over = offered(accepted_by=(ADA,)), match(CHI, BEN, MatchState.EXPIRED)
    running, asked = partnership(), NotificationKind.MATCH_OFFERED
    with grounded(storage) as tx:
        tx.save(Outcome((mentee(ADA), mentee(CHI), mentor(BEN), open_, over, running, answer(ADA))))
        for key, kind, person, refs in (
            ("answered", asked, ADA, {"match": open_.id}),
            ("open", asked, BEN, {"match": open_.id}),
            ("coming", NotificationKind.OFFER_REMINDER, BEN, {"match": open_.id}),
            ("over", asked, CHI, {"match": over.id}),
            ("check-in", NotificationKind.CHECK_IN, ADA, {"partnership": running.id}),
            ("help", NotificationKind.HELP, ADA, {}),
        ):
            tx.outbox.enqueue(Notification(key, kind, person, refs))
    with bare(empty_address) as engine:
        config = _config()
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE outbox SET state = 'sent', ts = '1.0', conversation = 'D1' WHERE key <> 'coming'")
            )
            config.attributes["connection"] = connection
            command.downgrade(config, "0005")
            states = connection.execute(text("SELECT state FROM matches ORDER BY state")).scalars().all()
            assert states == ["lapsed", "offered"]
        upgrade(engine)
        with Session(engine) as session:
            posts = {row.key: row for row in session.scalars(select(tables.OutboxRow))}
            views = {row.key: row for row in session.scalars(select(tables.LiveViewRow))}
            shown = {key: (view.state, view.ts, view.subject, view.recipient) for key, view in views.items()}
            assert shown == {
                "answered": ("stale", "1.0", open_.id, ADA),
                "open": ("current", "1.0", open_.id, BEN),
                "coming": ("current", None, open_.id, BEN),
                "check-in": ("stale", "1.0", running.id, ADA),
            }
            assert {key: post.live_view for key, post in posts.items()} == {
                **{key: key for key in views},
                "over": None,
                "help": None,
            }
            for key in ("answered", "open", "check-in"):
                assert views[key].post_id == posts[key].id
                assert views[key].correlation_id == posts[key].correlation_id
            assert views["open"].refs == {"match": open_.id}
            assert views["open"].obsolete_posts == ()
            assert views["open"].due == IMMEDIATELY


@pytest.mark.long
def test_offers_that_are_out_keep_their_deadline_until_an_owner_extends_it(
    empty_address: str, opened: Callable[[str], Storage]
) -> None:
    storage = opened(empty_address)
    storage.migrate()
    with grounded(storage) as tx:
        hopes = PrivateAnswers(mentee(ADA).id, "To grow.", hopes_shared=True)
        tx.save(Outcome((mentee(ADA), hopes, mentor(BEN), offered(), match(CHI, BEN, MatchState.RECALLED))))
    with bare(empty_address) as engine:
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.downgrade(config, "0016")
            states = connection.execute(text("SELECT state FROM matches ORDER BY state")).scalars().all()
            assert states == ["offered", "overtaken"]
        upgrade(engine)
        with Session(engine) as session:
            kept = {row.state: row for row in session.scalars(select(tables.MatchRow))}
        with Session(engine) as session:
            assert {row.hopes_shared for row in session.scalars(select(tables.PrivateAnswersRow))} == {False}
    assert {row.answer_until for row in kept.values()} == {None}
    assert kept["offered"].offered_at == offered().offered_at
