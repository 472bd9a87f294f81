"""The app is removed, or its token revoked: we stand still, and lose nothing."""

from datetime import timedelta

from mentoring.core.jobs import PromiseKind
from scheduler.jobs import do_what_is_due, next_due
from tests.handlers.starting_points import introduced
from tests.handlers.support import last_payload, post, rows
from tests.local_bot import Town

ADA, BEN = "U0ADA", "U0BEN"


def stopped(town: Town) -> str:
    with town.database() as tx:
        found = tx.access.stopped()
    return found.why if found else ""


def tells(town: Town, **event: object) -> None:
    town.person(ADA).say("hello")
    town.settle()
    payload = last_payload(town, "event")
    assert post(town, {**payload, "event": event, "event_id": "Ev0ACCESS"})[0] == 200


def test_a_removed_app_stands_still_and_what_is_promised_waits(town: Town) -> None:
    introduced(town, ADA, BEN)
    town.slack.uninstall()
    assert stopped(town) == "app_uninstalled"
    before = rows(town)
    later = town.slack.calendar.now() + timedelta(days=30)
    assert do_what_is_due(town.storage, town.slack.team_id, later) == 0
    assert next_due(town.storage, town.slack.team_id) is None
    assert rows(town) == before
    assert any(row["kind"] == PromiseKind.FIRST_MEETING for row in before["promises"])


def test_a_revoked_bot_token_stops_us(town: Town) -> None:
    tells(town, type="tokens_revoked", tokens={"oauth": [], "bot": [town.slack.bot_user_id]})
    assert stopped(town) == "tokens_revoked"


def test_somebody_elses_revoked_token_does_not(town: Town) -> None:
    tells(town, type="tokens_revoked", tokens={"oauth": [ADA], "bot": []})
    assert stopped(town) == ""


def test_the_next_start_that_slack_lets_in_goes_on(town: Town) -> None:
    introduced(town, ADA, BEN)
    town.slack.uninstall()
    town.slack.reinstall()
    town.restart()
    assert stopped(town) == ""
    assert next_due(town.storage, town.slack.team_id) is not None
