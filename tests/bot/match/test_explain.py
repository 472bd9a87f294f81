"""`mentor-bot match --explain`: why these two, or why not."""

from dataclasses import replace
from pathlib import Path

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.matching.decisions import forbid
from tests.bot.conftest import set_all, settings_of
from tests.bot.matching import ADA, BEN, CHI, DEE, match
from tests.handlers.starting_points import applied, asked
from tests.handlers.support import rows
from tests.local_bot import OWNER, PEOPLE, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort


def explain(one: str, other: str) -> str:
    result = match("--explain", one, other)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("two", [("Ada Adams", "ben brook"), (ADA, f"<@{BEN}>"), ("brook", "ada")])
def test_two_who_go_together_best_are_said_to_in_words_whoever_is_named_first(
    town: LocalBot, two: tuple[str, str]
) -> None:
    applied(town, [ADA], [BEN])
    output = explain(*two)
    assert output.startswith("Ada Adams (mentee) and Ben Brook (mentor)\n")
    assert "Score: 64 of 100\n• Both chose Career planning" in output
    assert "If you propose matches now, these two are proposed to each other." in output
    assert rows(town)["matches"] == []


def test_what_it_would_cost_the_others_is_said_by_name(town: LocalBot) -> None:
    applied(town, [ADA, CHI], [BEN])
    output = explain("Chi Chen", "Ben Brook")
    assert "If you pair them: the same number of matches." in output
    assert "The average score falls from 64 to 60." in output
    assert "• Ada Adams would have no match, instead of Ben Brook" in output


def test_the_rule_that_keeps_them_apart_is_named_with_what_can_be_done(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(ADA, manager=BEN),)))
    output = explain("Ada Adams", "Ben Brook")
    assert "Line of management: Ben Brook manages Ada Adams, directly or further up." in output
    assert "give a reason" in output


def test_who_forbade_it_and_when_is_said_by_name(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    now = town.slack.calendar.now()
    with town.storage.begin(town.slack.team_id) as tx:
        ground = programme_and_cohort(tx)
        assert ground is not None
        tx.save(forbid(tx.rounds.get(*ground), ADA, BEN, by=OWNER, now=now))
    output = explain("Ada Adams", "Ben Brook")
    assert "Never match: decided by Olga Owner on 23 November 2026 at 10:00 (UTC)." in output


def test_two_who_are_asked_are_said_to_be(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    assert "Status: waiting for answers." in explain("Ada Adams", "Ben Brook")


def test_where_each_could_mentor_the_other_both_ways_are_told(town: LocalBot) -> None:
    applied(town, [ADA, BEN], [ADA, BEN])
    output = explain("Ada Adams", "Ben Brook")
    assert "Ada Adams (mentee) and Ben Brook (mentor)" in output
    assert "Ben Brook (mentee) and Ada Adams (mentor)" in output


def test_two_who_want_the_same_are_told_what_it_takes(town: LocalBot) -> None:
    applied(town, [ADA, CHI], [])
    output = explain("Ada Adams", "Chi Chen")
    assert "Ada Adams applied as mentee." in output
    assert "one of them must apply as mentee and the other as mentor" in output


@pytest.mark.parametrize(
    ("two", "said"),
    [
        (("Nobody Here", BEN), "No one in this round is called “Nobody Here”."),
        (("ada", ADA), "Both are Ada Adams."),
        ((DEE, BEN), f"No one in this round is called “{DEE}”."),
    ],
)
def test_a_name_that_is_nobodys_is_one_sentence(town: LocalBot, two: tuple[str, str], said: str) -> None:
    applied(town, [ADA], [BEN])
    result = match("--explain", *two)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_name_of_several_lists_them_with_their_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [replace(one, name="Ada Adams") if one.id == CHI else one for one in PEOPLE]
    with open_town(tmp_path, people=people) as town:
        set_all(monkeypatch, {**settings_of(town.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db"})
        applied(town, [ADA, CHI], [BEN])
        result = match("--explain", "ada adams", "ben")
        assert result.exit_code == 2
        assert f"Ada Adams ({ADA}), Ada Adams ({CHI})" in result.stderr
        assert explain(f"Ada Adams ({CHI})", "ben").startswith(f"Ada Adams ({CHI}) (mentee) and Ben Brook (mentor)")


def test_nothing_confidential_is_explained(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    assert "Only for the owners" not in explain("ada", "ben")
