"""The app is removed, or its token revoked: we stand still, and lose nothing."""

from datetime import timedelta

from mentoring.core.jobs import JobKind
from scheduler.jobs import next_due_at, run_due_jobs
from tests.handlers.starting_points import introduced
from tests.handlers.support import last_payload, post, rows
from tests.local_bot import LocalBot

ADA, BEN = "U0ADA", "U0BEN"


def stopped(town: LocalBot) -> str:
    with town.database() as tx:
        found = tx.access.access_lost()
    return found.why if found else ""


def tells(town: LocalBot, **event: object) -> None:
    town.person(ADA).say("hello")
    town.settle()
    payload = last_payload(town, "event")
    assert post(town, {**payload, "event": event, "event_id": "Ev0ACCESS"})[0] == 200


def test_a_removed_app_stands_still_and_what_is_promised_waits(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.slack.uninstall()
    assert stopped(town) == "app_uninstalled"
    before = rows(town)
    later = town.slack.calendar.now() + timedelta(days=30)
    assert run_due_jobs(town.storage, town.slack.team_id, later) == 0
    assert next_due_at(town.storage, town.slack.team_id) is None
    assert rows(town) == before
    assert any(row["kind"] == JobKind.FIRST_MEETING for row in before["scheduled_jobs"])


def test_a_revoked_bot_token_stops_us(town: LocalBot) -> None:
    tells(town, type="tokens_revoked", tokens={"oauth": [], "bot": [town.slack.bot_user_id]})
    assert stopped(town) == "tokens_revoked"


def test_somebody_elses_revoked_token_does_not(town: LocalBot) -> None:
    tells(town, type="tokens_revoked", tokens={"oauth": [ADA], "bot": []})
    assert stopped(town) == ""


def test_the_next_start_that_slack_lets_in_goes_on(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.slack.uninstall()
    town.slack.reinstall()
    town.restart()
    assert stopped(town) == ""
    assert next_due_at(town.storage, town.slack.team_id) is not None
