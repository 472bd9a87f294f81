"""An error that nobody expected is a sentence with a reference, and its text is shown nowhere."""

import logging
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import read_settings

TOKEN = "xapp-1-secretsecret"
COMMANDS = {
    "run": ("bot.run.run", ["run"]),
    "tick": ("bot.run.tick", ["tick"]),
    "match": ("bot.match.match", ["match"]),
    "doctor": ("bot.doctor.print_report", ["doctor"]),
    "people forget": ("bot.people.commands.forget_person", ["people", "forget", "U0ADA", "--yes"]),
    "people import": ("bot.people.commands.import_people", ["people", "import", __file__]),
    "sandbox demo": ("bot.demo.run.run_demo", ["sandbox", "demo"]),
}


@pytest.fixture(autouse=True)
def _log_is_set_back() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions
    root.handlers.clear()  # else they are closed, and they are pytest's
    yield
    logging.captureWarnings(False)
    root.handlers[:], root.level, logging.raiseExceptions = before


@pytest.mark.parametrize(("place", "arguments"), COMMANDS.values(), ids=list(COMMANDS))
def test_an_unexpected_error_never_shows_its_text(
    monkeypatch: pytest.MonkeyPatch, place: str, arguments: list[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"Invalid header value b'Bearer {TOKEN}\\n'")

    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-secretsecret")
    monkeypatch.setenv("SLACK_APP_TOKEN", TOKEN)
    monkeypatch.setattr(place, fail)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    line, sentence = result.stderr.splitlines()
    assert "ValueError at " in line
    assert "test_cli.py" in line
    reference = line.partition("Reference ")[2].partition(":")[0]
    assert sentence == (
        "mentor-bot: An unexpected error stopped the command. "
        f"The line above with the reference {reference} says where."
    )
    assert "secretsecret" not in result.output


def test_a_library_says_nothing_secret_while_a_command_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:a1b2c3d4@db.example/mentors")

    def report() -> int:
        read_settings()
        logging.getLogger("sqlalchemy.pool").error("It failed with a1b2c3d4")
        return 0

    monkeypatch.setattr("bot.doctor.print_report", report)
    monkeypatch.setattr("bot.logs._known", set())
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 0
    assert result.stderr.endswith("ERROR sqlalchemy.pool: It failed with [removed]\n")
