"""Two programmes run a round at the same time, with three people in both; one of them was started from a template."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.programmes import commands, file_access
from messages import ids
from sandbox import Member
from sandbox.blocks import visible_texts
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_several_programmes import applies, programme, start
from tests.journeys.story import Story, messages_of
from tests.local_bot import OFFER, OWNER, REQUEST, START, LocalBot
from tests.local_bot import local_bot as open_town

CHEMISTRY, STAFF = "Chemistry", "Staff mentoring"
CHEMIST, LIBRARIAN = "U0CHEMIST", "U0LIBRARIAN"
ADA, BEN, CAT = "U0ADA", "U0BEN", "U0CAT"
"""The three in both: Ada and Ben guide each other, one in each programme; Cat asks in both."""
DAN, EVE = "U0DAN", "U0EVE"
PEOPLE = (
    Member(OWNER, "olga", "Olga Owner"),
    Member(CHEMIST, "carl", "Carl Chemist"),
    Member(LIBRARIAN, "lily", "Lily Librarian"),
    Member(ADA, "ada", "Ada Adams"),
    Member(BEN, "ben", "Ben Brook"),
    Member(CAT, "cat", "Cat Cole"),
    Member(DAN, "dan", "Dan Doe"),
    Member(EVE, "eve", "Eve Ellis"),
    Member("U0BOSS", "boss", "Bo Boss"),
)
APPLICATIONS = (
    (CHEMISTRY, ADA, "/mentor request", "Career planning"),
    (CHEMISTRY, BEN, "/mentor volunteer", "Career planning"),
    (CHEMISTRY, CAT, "/mentor request", "Job search"),
    (CHEMISTRY, DAN, "/mentor volunteer", "Job search"),
    (STAFF, BEN, "/mentor request", "Career planning"),
    (STAFF, ADA, "/mentor volunteer", "Career planning"),
    (STAFF, CAT, "/mentor request", "Job search"),
    (STAFF, EVE, "/mentor volunteer", "Job search"),
)
PAIRS = {(CHEMISTRY, ADA, BEN), (CHEMISTRY, CAT, DAN), (STAFF, BEN, ADA), (STAFF, CAT, EVE)}
"""Programme, mentee, mentor: the topics leave no better way."""


def from_template(town: LocalBot, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The administrator prints a template, gives it a name of its own and imports it."""
    for module in (commands, file_access):
        monkeypatch.setattr(module, "real_now", lambda: START)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'mentor-bot.db'}")
    monkeypatch.setenv("MENTOR_OWNERS", OWNER)
    monkeypatch.setenv("SLACK_BOT_TOKEN", town.slack.bot_token)
    monkeypatch.setenv("SLACK_API_URL", town.slack.api_url)
    runner, file = CliRunner(), folder / "staff.yml"
    shown = runner.invoke(main, ["programme", "templates", "staff"])
    assert shown.exit_code == 0, shown.output
    old = next(line for line in shown.output.splitlines() if line.startswith("name:"))
    file.write_text(shown.output.replace(old, f"name: {STAFF}"), encoding="utf-8")
    imported = runner.invoke(main, ["programme", "import", str(file), "--yes"])
    assert imported.exit_code == 0, imported.output
    again = folder / "again.yml"
    exported = runner.invoke(main, ["programme", "export", str(again), "--programme", STAFF])
    assert exported.exit_code == 0, exported.output
    assert again.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


def hands_over(town: LocalBot, name: str, owner: str) -> None:
    """The administrator, who owned what they had imported, makes somebody else its owner."""
    admin = town.person(OWNER)
    listed = admin.command("/mentor programmes").messages[-1]
    wanted = programme(town, name)[0].id
    block = next(b["block_id"] for b in listed["blocks"] if wanted in str(b.get("accessory", {}).get("value")))
    admin.click(f"{block}/{ids.OPEN_OWNERS}", message=listed)
    admin.await_view(ids.OWNERS_FORM)
    admin.fill({"owners": [owner]})
    sent = admin.submit()
    assert sent.closed, sent
    town.settle()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBot]:
    """Both rounds, from the start to the introductions. What each person reads is looked at below."""
    folder: Path = tmp_path_factory.mktemp("two-programmes")
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        open_town(folder, people=PEOPLE) as opened,
        opened.slack.calendar.paused(),
    ):
        opened.slack.timeline = opened.bot
        opened.settle()
        start(opened, CHEMISTRY, CHEMIST)
        from_template(opened, monkeypatch, folder)
        hands_over(opened, STAFF, LIBRARIAN)
        for name, user, command, topic in APPLICATIONS:
            says: dict[str, Any] = {**(REQUEST if command == "/mentor request" else OFFER), "topics": [topic]}
            applies(opened, user, command, name, says)
        story = Story(opened)
        for owner in (CHEMIST, LIBRARIAN):
            story.proposes(owner)
        for owner in (CHEMIST, LIBRARIAN):
            story.approves_all(owner)
            story.releases(owner)
        for user in (ADA, BEN, CAT, DAN, EVE):
            for _ in range(2 if user in (ADA, BEN, CAT) else 1):
                story.accepts(user)
        yield opened


def partnerships(town: LocalBot) -> set[tuple[str, str, str]]:
    names = {row["id"]: row["name"] for row in rows(town)["programmes"]}
    programmes = {row["id"]: names[row["programme_id"]] for row in rows(town)["cohorts"]}
    return {(programmes[row["cohort_id"]], row["mentee"], row["mentor"]) for row in rows(town)["partnerships"]}


def test_each_programme_has_its_pairs(town: LocalBot) -> None:
    assert partnerships(town) == PAIRS


def test_two_people_in_both_keep_one_conversation(town: LocalBot) -> None:
    (shared,) = [place for place in town.person(ADA).conversations() if place["kind"] == "mpim"]
    introductions = [message["text"] for message in town.person(ADA).inbox(shared["id"])]
    assert len(introductions) == 2
    assert {name for name in (CHEMISTRY, STAFF) if any(name in text for text in introductions)} == {CHEMISTRY, STAFF}


@pytest.mark.parametrize("user", [ADA, BEN, CAT])
def test_every_message_to_a_person_in_both_names_its_programme(town: LocalBot, user: str) -> None:
    received = messages_of(town.slack, user)
    first_of_second = next(n for n, message in enumerate(received) if STAFF in message["text"])
    for message in received[first_of_second:]:
        words = message["text"]
        assert (CHEMISTRY in words) != (STAFF in words), words


@pytest.mark.parametrize(("owner", "other"), [(CHEMIST, STAFF), (LIBRARIAN, CHEMISTRY)])
def test_nothing_of_one_shows_to_the_owner_of_the_other(town: LocalBot, owner: str, other: str) -> None:
    strangers = {user for name, *two in PAIRS if name == other for user in two} - {
        user for name, *two in PAIRS if name != other for user in two
    }
    person = town.person(owner)
    shown = [person.command(f"/mentor {word}").messages[-1:] for word in ("status", "people", "match")]
    town.settle()
    everything = json.dumps([shown, direct_messages(town, owner), person.views], default=str)
    assert not any(user in everything for user in strangers)
    assert other not in everything
    person.close(everything=True)


def test_status_shows_both_under_their_names(town: LocalBot) -> None:
    town.person(CAT).command("/mentor status")
    town.settle()
    view = town.person(CAT).view
    shown = "\n".join(visible_texts(view["blocks"])) if view else ""
    assert CHEMISTRY in shown
    assert STAFF in shown
    town.person(CAT).close(everything=True)
