"""The first start founds a programme; later ones keep it, and welcome whoever has become an owner."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mentoring.programmes.settings import Part
from tests.handlers.starting_points import later
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_settings import sets
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town

WELCOME = "You’re an owner of the mentoring programme here"


def heard(town: LocalBot, user: str) -> list[str]:
    town.settle()
    return [message["text"] for message in direct_messages(town, user)]


def test_the_first_start_founds_a_programme_that_takes_applications_at_once(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        town.apply("U0ADA", "/mentor request", REQUEST)
        assert len(rows(town)["programmes"]) == len(rows(town)["cohorts"]) == 1
        assert heard(town, OWNER) == [WELCOME]


def test_the_second_start_changes_nothing(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        sets(town, Part.BASICS, {"name": "Fen and Fell"})
        before = rows(town)
    with open_town(tmp_path) as town:
        assert heard(town, OWNER) == []
        after = rows(town)
    assert {name: after[name] for name in ("programmes", "cohorts", "roles", "administrators", "outbox")} == {
        name: before[name] for name in ("programmes", "cohorts", "roles", "administrators", "outbox")
    }


def test_a_new_owner_is_welcomed_and_may_set_up_and_the_old_one_hears_nothing(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        town.settle()
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as town:
        assert heard(town, SECOND_OWNER) == [WELCOME]
        assert heard(town, OWNER) == []
        sets(town, Part.BASICS, {"name": "Fen and Fell"}, user=SECOND_OWNER)


def test_who_is_no_longer_named_is_no_owner_any_more(tmp_path: Path) -> None:
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as town:
        town.settle()
    with open_town(tmp_path) as town:
        reply = town.person(SECOND_OWNER).command("/mentor setup")
        assert "owners" in reply.messages[-1]["text"]


def test_a_start_without_owners_locks_nobody_out(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        town.settle()
    with open_town(tmp_path, owners=()) as town:
        sets(town, Part.BASICS, {"name": "Fen and Fell"})


def test_without_owners_nothing_is_founded_until_one_is_named(tmp_path: Path) -> None:
    with open_town(tmp_path, owners=()) as town:
        assert rows(town)["programmes"] == []
    with open_town(tmp_path) as town:
        assert heard(town, OWNER) == [WELCOME]
        assert len(rows(town)["programmes"]) == 1


@pytest.mark.parametrize(("owner", "state"), [("U0GONE", "pending"), ("U0NOBODY", "failed")])
def test_an_owner_whom_slack_does_not_know_harms_nobody(tmp_path: Path, owner: str, state: str) -> None:
    with open_town(tmp_path, owners=(owner, OWNER)) as town:
        gone = ["<@U0GONE>’s Slack account was deactivated"] if owner == "U0GONE" else []
        assert heard(town, OWNER) == [WELCOME, *gone]
        assert {row["state"] for row in rows(town)["outbox"] if row["recipient"] == owner} == {state}


def test_answers_are_counted_every_monday_and_nobodys_calendar_stops_for_it(tmp_path: Path) -> None:
    def due(town: LocalBot) -> datetime:
        (job,) = [row for row in rows(town)["scheduled_jobs"] if row["kind"] == "count-answers"]
        assert not job["done"]
        return datetime.fromisoformat(job["due"])

    with open_town(tmp_path) as town:
        first = due(town)
        assert (first.weekday(), first.hour) == (6, 10), "Monday begins first in UTC+14"
        with town.database() as tx:
            assert tx.scheduled_jobs.next_due() is not None
        later(town, days=8)
        assert due(town) - first in (timedelta(days=7), timedelta(days=14))
    with open_town(tmp_path) as town:
        assert due(town) > first, "a start plans it once"
