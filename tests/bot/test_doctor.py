"""The results of the doctor's checks, and what it says to do."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from slack_sdk import WebClient

from bot.cli import main
from bot.doctor import CheckResult, CheckStatus, run_checks
from bot.manifest import manifest
from mentoring.core.failures import WorkItem, WorkKind
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.people.profile_fields import ProfileFact, ProfileMapping
from mentoring.programmes.cohorts import create_programme
from sandbox import Member, Sandbox
from storage import Storage
from tests.bot.conftest import set_all, settings_of
from tests.local_bot import PEOPLE, LocalBot
from tests.migrated import migrated


def results() -> dict[str, list[CheckResult]]:
    found: dict[str, list[CheckResult]] = {}
    for result in run_checks():
        found.setdefault(result.subject, []).append(result)
    return found


def statuses() -> dict[str, list[CheckStatus]]:
    return {subject: [result.status for result in found] for subject, found in results().items()}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A database that is up to date, where the default looks for it."""
    shutil.copy(migrated(), tmp_path / "mentor-bot.db")
    storage = Storage("sqlite:///mentor-bot.db")
    yield tmp_path / "mentor-bot.db"
    storage.close()


@pytest.fixture
def installed_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An app whose token has the scopes that a test puts into this list before it looks."""
    scopes = list(manifest()["oauth_config"]["scopes"]["bot"])
    made = manifest()
    made["oauth_config"]["scopes"]["bot"] = scopes
    with Sandbox(made, PEOPLE, rate_limits=False) as slack:
        set_all(monkeypatch, settings_of(slack))
        yield scopes


@pytest.mark.usefixtures("environment", "database")
def test_when_all_is_well_only_the_address_of_slack_and_a_bot_that_is_off_are_worth_a_look() -> None:
    assert statuses() == {
        "Settings": [CheckStatus.OK],
        "Slack’s address": [CheckStatus.WARNING],
        "Database": [CheckStatus.OK],
        "Schema": [CheckStatus.OK],
        "Run": [CheckStatus.WARNING],
        "Token": [CheckStatus.OK],
        "Scopes": [CheckStatus.OK],
        "App token": [CheckStatus.OK],
        "Home tab": [CheckStatus.OK],
        "Owners": [CheckStatus.OK, CheckStatus.OK],
    }
    assert CliRunner().invoke(main, ["doctor"]).exit_code == 0


def test_wrong_settings_are_all_there_is_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, {"PORT": "secretsecret", "MENTOR_OWNERS": "nobody"})
    assert statuses() == {"Settings": [CheckStatus.ERROR, CheckStatus.ERROR]}
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "PORT" in result.output
    assert "secretsecret" not in result.output


@pytest.mark.usefixtures("database")
def test_missing_settings_do_not_hide_the_database() -> None:
    found = statuses()
    assert found["Settings"] == [CheckStatus.ERROR, CheckStatus.ERROR]
    assert found["Database"] == [CheckStatus.OK]
    assert "Token" not in found


def test_both_ways_to_be_reached_are_worth_a_look(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, slack: Sandbox
) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
    found = results()["Settings"]
    assert [result.status for result in found] == [CheckStatus.OK, CheckStatus.WARNING]
    assert "uses Socket Mode" in found[1].do


@pytest.mark.usefixtures("environment")
def test_no_owners_are_worth_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MENTOR_OWNERS")
    (owners,) = results()["Owners"]
    assert owners.status is CheckStatus.WARNING
    assert "MENTOR_OWNERS" in owners.found


@pytest.mark.usefixtures("environment")
def test_a_database_without_a_schema_is_worth_a_look(tmp_path: Path) -> None:
    Storage("sqlite:///mentor-bot.db").close()
    (schema,) = results()["Schema"]
    assert schema.status is CheckStatus.WARNING
    assert "mentor-bot run" in schema.do


@pytest.mark.usefixtures("environment")
def test_a_database_that_is_no_database_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/mentor-bot.db")
    (database,) = results()["Database"]
    assert database.status is not CheckStatus.OK
    assert "DATABASE_URL" in database.found


@pytest.mark.usefixtures("environment", "database")
def test_a_token_that_slack_does_not_take_is_wrong_and_ends_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-another-secret")
    found = results()
    (token,) = found["Token"]
    assert token.status is CheckStatus.ERROR
    assert "SLACK_BOT_TOKEN" in token.found
    assert "invalid_auth" in token.found
    assert "another-secret" not in str(found)
    assert "Scopes" not in found


@pytest.mark.usefixtures("environment")
def test_an_app_token_that_slack_does_not_take_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-another-secret")
    (token,) = results()["App token"]
    assert token.status is CheckStatus.ERROR
    assert "connections:write" in token.do


def test_a_scope_that_is_missing_is_named(installed_with: list[str]) -> None:
    installed_with.remove("users:read")
    (scopes,) = results()["Scopes"]
    assert scopes.status is CheckStatus.ERROR
    assert "users:read." in scopes.found
    assert "mentor-bot manifest" in scopes.do
    assert results()["Owners"][0].status is CheckStatus.ERROR


def test_an_app_that_was_installed_before_people_were_found_by_address_is_to_be_installed_again(
    installed_with: list[str],
) -> None:
    installed_with.remove("users:read.email")
    (scopes,) = results()["Scopes"]
    assert (scopes.status, scopes.found) == (CheckStatus.ERROR, "The token lacks users:read.email.")
    assert "reinstall the app" in scopes.do
    assert results()["Owners"][0].status is CheckStatus.OK


def test_a_scope_for_profile_fields_is_missing_only_where_some_are_mapped(
    installed_with: list[str], database: Path
) -> None:
    installed_with.remove("users.profile:read")
    (scopes,) = results()["Scopes"]
    assert scopes.status is CheckStatus.OK
    storage = Storage(f"sqlite:///{database}")
    mapping = ProfileMapping({ProfileFact.MANAGER: "Xf0CHIEF"}, "U0OWNER", datetime(2026, 11, 25, tzinfo=UTC), 1)
    for version, fields in ((1, mapping.fields), (2, {})):
        with storage.begin("T0LOCAL") as tx:
            tx.save(Outcome((replace(mapping, fields=fields, version=version),)))
        (scopes,) = results()["Scopes"]
        assert (scopes.status, "users.profile:read" in scopes.found) == (
            (CheckStatus.ERROR, True) if fields else (CheckStatus.OK, False)
        )
    storage.close()


def test_a_home_tab_that_is_turned_off_is_worth_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    made = manifest()
    made["features"]["app_home"]["home_tab_enabled"] = False
    with Sandbox(made, PEOPLE, rate_limits=False) as slack:
        set_all(monkeypatch, settings_of(slack))
        (home,) = results()["Home tab"]
    assert home.status is CheckStatus.WARNING
    assert "mentor-bot manifest" in home.do


@pytest.mark.usefixtures("environment")
def test_looking_whether_the_home_tab_is_on_changes_nobodys_home(slack: Sandbox) -> None:
    shown = {"type": "home", "blocks": [{"type": "divider"}]}
    WebClient(slack.bot_token, base_url=slack.api_url).views_publish(user_id="U0OWNER", view=shown)
    before = slack.person("U0OWNER").home
    assert statuses()["Home tab"] == [CheckStatus.OK]
    assert slack.person("U0OWNER").home == before


def test_a_scope_too_many_is_worth_a_look(installed_with: list[str]) -> None:
    installed_with.append("channels:read")
    (scopes,) = results()["Scopes"]
    assert scopes.status is CheckStatus.WARNING
    assert "channels:read" in scopes.found


def test_without_the_scope_to_share_files_the_rest_works_and_it_says_so(installed_with: list[str]) -> None:
    installed_with.remove("files:write")
    (scopes,) = results()["Scopes"]
    assert scopes.status is CheckStatus.WARNING
    assert "people get no calendar files. Everything else works." in scopes.found


@pytest.mark.parametrize(
    ("owner", "says"), [("U0GONE", "deactivated"), ("U0ROBOT", "a bot"), ("U0NOBODY", "does not show")]
)
@pytest.mark.usefixtures("environment")
def test_an_owner_who_cannot_be_one_is_wrong(monkeypatch: pytest.MonkeyPatch, owner: str, says: str) -> None:
    monkeypatch.setenv("MENTOR_OWNERS", f"U0OWNER,{owner}")
    right, wrong = results()["Owners"]
    assert right.status is CheckStatus.OK
    assert wrong.status is CheckStatus.ERROR
    assert owner in wrong.found
    assert says in wrong.found


@pytest.mark.usefixtures("environment")
def test_an_owner_of_another_workspace_or_a_guest_is_still_shown(
    monkeypatch: pytest.MonkeyPatch, slack: Sandbox
) -> None:
    slack.add_member(Member("U0NEW", "new", "New Here", is_guest=True))
    monkeypatch.setenv("MENTOR_OWNERS", "U0NEW")
    assert results()["Owners"][0].status is CheckStatus.OK


def test_slack_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    set_all(monkeypatch, nowhere)
    (token,) = results()["Token"]
    assert token.status is CheckStatus.ERROR
    assert "cannot be reached" in token.found


def test_an_address_that_is_not_slack_is_said(monkeypatch: pytest.MonkeyPatch, slack: Sandbox) -> None:
    page = {**settings_of(slack), "SLACK_API_URL": f"{slack.url}/no-slack-here/"}
    set_all(monkeypatch, page)
    (token,) = results()["Token"]
    assert token.status is CheckStatus.ERROR


@pytest.mark.usefixtures("environment", "database")
def test_the_table_says_what_to_do_and_lists_what_only_a_person_can_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("MENTOR_OWNERS", "U0GONE")
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "Name another person." in result.output
    assert "Slash Commands: the command is /mentor." in result.output
    assert "message.im" in result.output


@pytest.mark.usefixtures("environment")
def test_what_failed_and_is_tried_again_is_said_with_its_reference(database: Path) -> None:
    storage = Storage(f"sqlite:///{database}")
    at = datetime(2027, 3, 3, 10, 5, tzinfo=UTC)
    job = ScheduledJob("monthly:s1:U0ADA", JobKind.MONTHLY, at, "U0ADA", {"partnership": "s1"})
    with storage.begin("T0LOCAL") as tx:
        tx.save(Outcome((job,), (Notification("help:1", NotificationKind.HELP, "U0ADA"),)))
        for minutes in range(2):
            now = at + timedelta(minutes=minutes)
            tx.failures.record(WorkItem(WorkKind.JOB, job.key, "U0ADA"), reference="K7P-2MX", error="KeyError", now=now)
        claim = tx.outbox.claim(calendar=at, stopwatch=at, lease=timedelta(minutes=1))
        assert claim is not None
        tx.outbox.retry_at(claim, retry_at=at, reason="could-not-be-written")
        tx.homes.opened("U0ADA", at=at)
        home = tx.homes.claim(stopwatch=at, lease=timedelta(minutes=1))
        assert home is not None
        tx.homes.retry_at(home, retry_at=at, reason="unexpected")
    storage.close()
    of_job, of_delivery, of_home = results()["Failing work"]
    assert of_job.status is of_delivery.status is of_home.status is CheckStatus.WARNING
    assert of_home.found == "1 Home could not be shown at the last try. It is tried again when opened."
    assert of_job.found == (
        "The scheduled job monthly:s1:U0ADA failed 2 times since 3 March 2027 at 10:05 UTC (KeyError, reference "
        "K7P-2MX). It is tried again at 3 March 2027 at 10:08 UTC."
    )
    assert of_delivery.found == (
        f"Notification {claim.id} of kind help failed 1 time (could-not-be-written). It is tried again by itself."
    )


@pytest.mark.usefixtures("environment", "database")
def test_a_check_that_fails_itself_hides_none_of_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_(*_: object) -> None:
        raise KeyError("xoxb-secret")

    monkeypatch.setattr("bot.doctor.database._access_lost", break_)
    found = results()
    (database,) = found["Database"]
    assert database.status is CheckStatus.ERROR
    assert "KeyError" in database.found
    assert [result.status for result in found["Token"]] == [CheckStatus.OK]
    assert "xoxb-secret" not in caplog.text + database.found


@pytest.mark.usefixtures("environment")
def test_since_when_and_why_slack_shuts_us_out_is_said_with_what_to_do(database: Path) -> None:
    storage = Storage(f"sqlite:///{database}")
    with storage.begin("T0LOCAL") as tx:
        tx.access.revoke_access("app_uninstalled", datetime(2027, 3, 3, 10, 5, tzinfo=UTC))
    storage.close()
    (found,) = results()["Access"]
    assert found.status is CheckStatus.WARNING
    assert "3 March 2027 at 10:05 UTC (app_uninstalled)" in found.found
    assert "SLACK_BOT_TOKEN" in found.do


@pytest.mark.usefixtures("environment")
def test_a_programme_without_any_time_zone_is_pointed_out_until_an_owner_has_one(database: Path) -> None:
    storage = Storage(f"sqlite:///{database}")
    with storage.begin("T0LOCAL") as tx:
        tx.people.request_profiles(["U0OLGA"], datetime(2027, 3, 3, tzinfo=UTC))
        tx.save(
            Outcome(
                create_programme(programme_id="p1", cohort_id="c1", owners=["U0OLGA"], today=date(2027, 3, 3)).changes
            )
        )
    (found,) = results()["Time zone"]
    assert found.status is CheckStatus.WARNING
    assert "in UTC" in found.found
    assert "/mentor setup" in found.do
    with storage.begin("T0LOCAL") as tx:
        tx.people.save_profile(Person("U0OLGA", time_zone="UTC-08:00"), datetime(2027, 3, 3, tzinfo=UTC))
    storage.close()
    assert "Time zone" not in results()


def test_it_says_when_data_that_is_past_its_time_is_deleted_next(town: LocalBot) -> None:
    (found,) = (each for each in run_checks() if each.subject == "Retention")
    assert found.status is CheckStatus.OK
    assert "is deleted next on 27 December 2026" in found.found, "not in the first month"
