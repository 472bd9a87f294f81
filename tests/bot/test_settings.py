"""Settings come from the environment; what is wrong is one sentence that names the variable and keeps its value."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.settings import InvalidSettings, Settings, missing_for_run, read_settings
from tests.bot.conftest import COMMAND, ROOT

INVISIBLE = "a line break or another invisible character in it. Copy the value again."
BOT, APP = "xoxb-1-secretsecret", "xapp-1-secretsecret"
GOOD = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}

WRONG = [
    ("SLACK_BOT_TOKEN", "xapp-1-wrongkind"),
    ("SLACK_BOT_TOKEN", "xoxb-1-pässword"),
    ("SLACK_APP_TOKEN", "xoxb-1-wrongkind"),
    ("SLACK_SIGNING_SECRET", "gehéim"),
    ("SLACK_API_URL", "ftp://somewhere.else"),
    ("SLACK_API_URL", "slack.com/api"),
    ("SLACK_API_URL", "http://"),
    ("SLACK_API_URL", "http://127.0.0.1:no-port/api"),
    ("SLACK_API_URL", "http://[::1"),
    ("SLACK_API_URL", "https://me:hunter2@slack.example/api"),
    ("SLACK_API_URL", "https://slack.example/api?token=hunter2"),
    ("SLACK_API_URL", "https://slack.example/a pi"),
    ("SLACK_BOT_TOKEN", '"xoxb-1-secretsecret"'),
    ("SLACK_BOT_TOKEN", "xoxb-1-secret secret"),
    ("SLACK_APP_TOKEN", "xapp-1-secret;secret"),
    ("SLACK_SIGNING_SECRET", '"secretsecret"'),
    ("SLACK_SIGNING_SECRET", "secret secret"),
    ("MENTOR_OWNERS", "olga.owner@club.example"),
    ("MENTOR_OWNERS", "U012AB3CD;U045EF6GH"),
    ("MENTOR_OWNERS", "U012\u200bAB3CD"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "http-alt"),
]

AROUND = ["{}\n", "\r\n{}", " {}", "{}\t", "{}\u00a0", "\ufeff{}", "\u200b{}\u2060"]
"""What copying and files leave around a value."""

MISSING = [
    ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
    ({"SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKEN"]),
    ({"SLACK_BOT_TOKEN": BOT}, ["SLACK_APP_TOKEN"]),
    ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": ""}, ["SLACK_APP_TOKEN"]),
]

UNUSABLE = [
    "mysql://root:hunter2@localhost/mentors",
    "hunter2",
    "sqlite://",
    "sqlite:///:memory:",
    "sqlite:////nowhere/at/all/hunter2.db",
]


def run(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> Result:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(main, ["run"])


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_wrong_is_one_sentence_that_names_the_variable_and_keeps_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    result = run(monkeypatch, {**GOOD, name: value})
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"mentor-bot: {name} ")
    assert value not in result.output
    assert "Traceback" not in result.output


SETTINGS = {
    "SLACK_BOT_TOKEN": BOT,
    "SLACK_APP_TOKEN": APP,
    "SLACK_SIGNING_SECRET": "secretsecret",
    "SLACK_API_URL": "http://127.0.0.1:4400/api/",
    "DATABASE_URL": "postgresql://me:secret secret@db/mentors",
    "MENTOR_OWNERS": "U012AB3CD,U045EF6GH",
    "PORT": "8080",
}


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_a_value_is_removed(monkeypatch: pytest.MonkeyPatch, around: str) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, around.format(value))
    settings = read_settings()
    assert settings.bot_token == BOT
    assert settings.app_token == APP
    assert settings.signing_secret == "secretsecret"
    assert settings.slack_api_url == "http://127.0.0.1:4400/api/"
    assert settings.database_url.get_secret_value() == "postgresql://me:secret secret@db/mentors"
    assert settings.mentor_owners == ("U012AB3CD", "U045EF6GH")
    assert settings.port == 8080


@pytest.mark.parametrize("blank", [" ", "\n", "\u200b", "\ufeff \r\n"])
def test_a_value_of_blanks_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    for name in SETTINGS:
        monkeypatch.setenv(name, blank)
    assert read_settings() == Settings.model_construct()
    assert len(missing_for_run(read_settings())) == 2


@pytest.mark.parametrize("name", [name for name in SETTINGS if name != "MENTOR_OWNERS"])
@pytest.mark.parametrize("invisible", ["\n", "\r", "\t", "\x1b", "\u200b", "\u2028"])
def test_what_is_invisible_within_a_value_is_named_and_the_value_kept(
    monkeypatch: pytest.MonkeyPatch, name: str, invisible: str
) -> None:
    value = SETTINGS[name]
    result = run(monkeypatch, {**GOOD, name: value[:6] + invisible + value[6:] if len(value) > 6 else f"1{invisible}2"})
    assert result.exit_code == 2
    assert result.stderr == f"mentor-bot: {name} has {INVISIBLE}\n"


@pytest.mark.parametrize(("variables", "names"), MISSING)
def test_what_is_missing_is_one_sentence_each(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], names: list[str]
) -> None:
    result = run(monkeypatch, variables)
    assert result.exit_code == 2
    assert [line.split()[1] for line in result.stderr.splitlines()] == names
    assert "secretsecret" not in result.output


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, {**GOOD, "PORT": "none", "MENTOR_OWNERS": "nobody", "SLACK_BOT_TOKEN": "nothing"})
    assert {line.split()[1] for line in result.stderr.splitlines()} == {"PORT", "MENTOR_OWNERS", "SLACK_BOT_TOKEN"}


@pytest.mark.parametrize("url", UNUSABLE)
def test_a_database_that_cannot_be_is_one_sentence_without_a_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    result = run(monkeypatch, {**GOOD, "DATABASE_URL": url})
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "DATABASE_URL" in line
    assert "root:hunter2" not in result.output
    assert "Traceback" not in result.output


def test_left_alone_everything_else_has_its_default() -> None:
    settings = read_settings()
    assert settings.database_url.get_secret_value() == "sqlite:///mentor-bot.db"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.port, settings.mentor_owners) == (3000, ())
    assert len(missing_for_run(settings)) == 2


def test_owners_may_have_spaces_and_stand_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTOR_OWNERS", " U012AB3CD,\u200bW045EF6GH ,,\nU012AB3CD")
    assert read_settings().mentor_owners == ("U012AB3CD", "W045EF6GH")


def test_what_was_copied_along_with_a_setting_and_cannot_be_seen_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = "\u200b\ufeff\u00a0\r\n"
    for name, value in {**GOOD, "SLACK_SIGNING_SECRET": "secret", "PORT": "3001", "MENTOR_OWNERS": "U012AB3CD"}.items():
        monkeypatch.setenv(name, f"{unseen}{value}{unseen}")
    settings = read_settings()
    assert (settings.bot_token, settings.app_token, settings.signing_secret) == (BOT, APP, "secret")
    assert (settings.port, settings.mentor_owners) == (3001, ("U012AB3CD",))


def test_the_address_of_slack_may_end_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:4400/api")
    assert read_settings().slack_api_url == "http://127.0.0.1:4400/api/"


def test_settings_never_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        **GOOD,
        "SLACK_SIGNING_SECRET": "secretsecret",
        "DATABASE_URL": "postgresql://me:secretsecret@db/mentors",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    assert "secretsecret" not in repr(read_settings())
    assert "secretsecret" not in str(read_settings())


def test_wrong_settings_raise_without_their_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "secretsecret")
    with pytest.raises(InvalidSettings) as wrong:
        read_settings()
    assert wrong.value.__suppress_context__
    assert "secretsecret" not in str(wrong.value)


def test_the_installed_command_says_the_same(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "SLACK_BOT_TOKEN": "secretsecret"}
    result = subprocess.run(
        [COMMAND, "run"], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False
    )
    assert result.returncode == 2
    assert result.stderr.startswith("mentor-bot: SLACK_BOT_TOKEN must be")
    assert len(result.stderr.splitlines()) == 1
    assert "secretsecret" not in result.stderr + result.stdout
    assert list(tmp_path.iterdir()) == []
