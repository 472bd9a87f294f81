"""Looking for the best matches takes its time: the owners see how it goes, and nothing is forgotten."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clocks import real_now
from mentoring.core.errors import ChangedMeanwhile
from mentoring.matching import review as rules
from mentoring.matching.optimiser import propose
from mentoring.matching.round import MatchingRound
from messages.ids import APPROVE, CLOSE_COHORT, OPEN_REVIEW, PROPOSE, REVIEW_VIEW
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services import matching
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import applied, later
from tests.handlers.support import buttons, direct_messages, rows
from tests.journeys.story import Story, answer_to
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A town with two owners, in which two ask and two offer."""
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as opened:
        applied(opened, [ADA, CHI], [BEN, DEE])
        yield Story(opened)


@pytest.fixture
def town(story: Story) -> LocalBot:
    assert isinstance(story.world, LocalBot)
    return story.world


def opens_review(story: Story, owner: str = OWNER) -> None:
    story.leaves(owner)
    story.opens(owner, lambda person: person.command("/mentor match"), REVIEW_VIEW)


def sees(story: Story, owner: str = OWNER) -> str:
    """What stands in the open review."""
    view = story.person(owner).view
    assert view is not None
    assert view["callback_id"] == REVIEW_VIEW
    return "\n".join(visible_texts(view["blocks"]))


def reads(town: LocalBot, owner: str) -> list[str]:
    """The messages about the round that an owner has."""
    sent = direct_messages(town, owner)
    return [message_text(message) for message in sent if message["text"].startswith("Matches: ")]


def proposed(town: LocalBot) -> int:
    return sum(row["state"] == "proposed" for row in rows(town)["matches"])


def failing(monkeypatch: pytest.MonkeyPatch, fail: Callable[[], Any]) -> None:
    def instead(round_: MatchingRound, new_id: Callable[[], str]) -> Any:
        fail()
        return propose(round_, new_id)

    monkeypatch.setattr(matching, "propose", instead)


def test_the_open_review_says_that_we_are_at_it_and_then_shows_what_was_found(story: Story, town: LocalBot) -> None:
    opens_review(story)
    town.errands.slow = True
    story.clicks(OWNER, PROPOSE)
    assert "Looking for the best matches" in sees(story)
    assert proposed(town) == 0
    town.errands.go_on()
    town.settle()
    assert proposed(town) == 2
    assert "Proposals, best first" in sees(story)


def test_how_many_people_are_matched_is_said_as_soon_as_it_is_known(
    story: Story, town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def look() -> None:
        town.settle()
        seen.append(sees(story))

    failing(monkeypatch, look)
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    assert "Looking for the best matches for 2 mentees and 2 mentors." in seen[0]


def test_a_review_that_was_closed_meanwhile_is_not_missed(story: Story, town: LocalBot) -> None:
    opens_review(story)
    town.errands.slow = True
    story.clicks(OWNER, PROPOSE)
    story.leaves(OWNER)
    town.errands.go_on()
    town.settle()
    assert proposed(town) == 2
    assert "Proposals: 2" in reads(town, OWNER)[0]


def test_who_presses_meanwhile_reads_since_when_we_are_at_it_and_nothing_is_done_twice(
    story: Story, town: LocalBot
) -> None:
    town.errands.slow = True
    story.opens(SECOND_OWNER, lambda person: person.command("/mentor match"), REVIEW_VIEW)
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    before = rows(town)["proposal_runs"]
    story.clicks(SECOND_OWNER, PROPOSE)
    assert "looking for matches since" in answer_to(town.slack, SECOND_OWNER)
    (again,) = answers(town, clicked(town, OWNER, PROPOSE))
    assert "looking for matches since" in again
    assert rows(town)["proposal_runs"] == before
    town.errands.go_on()
    assert proposed(town) == 2


def test_what_was_asked_for_before_a_crash_is_done_at_the_next_start(story: Story, town: LocalBot) -> None:
    town.errands.slow = True
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    town.restart()
    assert proposed(town) == 2
    town.settle()
    assert "Proposals: 2" in reads(town, OWNER)[0]


def test_what_was_asked_for_and_lost_is_done_by_the_next_tick(story: Story, town: LocalBot) -> None:
    town.errands.slow = True
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    town.errands.lose()
    town.errands.slow = False
    town.bot.tick()
    assert proposed(town) == 2


def test_what_was_found_and_could_not_be_kept_is_looked_for_again_at_the_next_tick(
    story: Story, town: LocalBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    replace, failures = rules.replace_proposals, iter([OSError()])

    def full(*args: Any, **more: Any) -> Any:
        for failure in failures:
            raise failure
        return replace(*args, **more)

    monkeypatch.setattr(rules, "replace_proposals", full)
    opens_review(story)
    with caplog.at_level(logging.CRITICAL + 1):
        story.clicks(OWNER, PROPOSE)
    assert proposed(town) == 0
    town.bot.tick()
    assert proposed(town) == 0
    monkeypatch.setattr(town.bot, "_stopwatch", lambda: real_now() + timedelta(minutes=1))
    town.bot.tick()
    assert proposed(town) == 2
    assert not any("couldn’t propose" in message["text"] for message in direct_messages(town, OWNER))


def test_where_people_never_stop_changing_what_they_sent_the_asker_is_told_and_can_ask_again(
    story: Story, town: LocalBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    changes = iter(range(100))
    failing(monkeypatch, lambda: applied(town, [f"U0CROWD{next(changes)}"]))
    opens_review(story)
    with caplog.at_level(logging.ERROR):
        story.clicks(OWNER, PROPOSE)
    assert proposed(town) == 0
    assert "couldn’t propose" in direct_messages(town, OWNER)[-1]["text"]
    assert buttons(direct_messages(town, OWNER)[-1]) == {PROPOSE}
    assert not any("couldn’t propose" in message["text"] for message in direct_messages(town, SECOND_OWNER))
    monkeypatch.undo()
    story.leaves(OWNER)
    story.clicks(OWNER, PROPOSE)
    assert proposed(town) == 2


@pytest.mark.parametrize("error", [RuntimeError("what somebody wrote"), ChangedMeanwhile(None)])
def test_whatever_goes_wrong_is_told_once_and_not_tried_for_ever(
    story: Story,
    town: LocalBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    tried = []

    def fail() -> None:
        tried.append(True)
        raise error

    failing(monkeypatch, fail)
    opens_review(story)
    with caplog.at_level(logging.CRITICAL + 1):
        story.clicks(OWNER, PROPOSE)
        town.bot.tick()
    town.settle()
    told = [message["text"] for message in direct_messages(town, OWNER) if "couldn’t propose" in message["text"]]
    assert (len(tried), len(told)) == (1, 1)
    assert "what somebody wrote" not in caplog.text


def test_a_round_that_is_closed_meanwhile_is_not_matched_and_nobody_hears_of_it(story: Story, town: LocalBot) -> None:
    later(town, days=60)
    town.errands.slow = True
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    with town.database() as tx:
        ground = programme_and_cohort(tx)
    assert ground is not None
    answers(town, clicked(town, SECOND_OWNER, CLOSE_COHORT, ground[1].id))
    town.errands.go_on()
    town.settle()
    assert proposed(town) == 0
    assert [row["asked_at"] for row in rows(town)["proposal_runs"]] == [None]
    assert not any("couldn’t propose" in message["text"] for message in direct_messages(town, OWNER))
    assert "has closed" in reads(town, OWNER)[0]


def test_each_owner_has_one_message_and_it_shows_what_is_the_case(story: Story, town: LocalBot) -> None:
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    mine, theirs = reads(town, OWNER), reads(town, SECOND_OWNER)
    assert (len(mine), len(theirs)) == (1, 1)
    assert "2 proposals need your decision" in mine[0]
    assert "Proposed by you" in mine[0]
    assert ": 2 new." in theirs[0]
    story.leaves(OWNER)
    story.approves_all(OWNER)
    assert "The other owners decide the rest" in reads(town, OWNER)[0]
    assert "2 proposals need your decision" in reads(town, SECOND_OWNER)[0]
    story.approves_all(SECOND_OWNER)
    story.releases(SECOND_OWNER)
    (now,) = reads(town, OWNER)
    assert "Waiting for answers: 2" in now
    assert "Proposals" not in now


def test_what_waits_can_be_decided_in_the_message(story: Story, town: LocalBot) -> None:
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    message = direct_messages(town, SECOND_OWNER)[-1]
    assert {APPROVE, OPEN_REVIEW} <= buttons(message)
    opened = [call.method for call in town.slack.calls].count("views.open")
    story.clicks(SECOND_OWNER, APPROVE)
    assert [call.method for call in town.slack.calls].count("views.open") == opened, "nothing covers the message"
    assert {row["approvals"] for row in rows(town)["matches"]} == {"[]", f'["{SECOND_OWNER}"]'}
    assert "1 proposal needs your decision" in reads(town, SECOND_OWNER)[0]


def test_proposing_again_on_the_same_day_writes_to_nobody_again(story: Story, town: LocalBot) -> None:
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    applied(town, ["U0EVE"], ["U0FIN"])
    story.clicks(OWNER, PROPOSE)
    assert proposed(town) == 3
    posts = [call for call in town.slack.calls if call.method == "chat.postMessage" and "Matches: " in str(call.args)]
    assert len(posts) == 2
    assert "Proposals: 3" in reads(town, SECOND_OWNER)[0]


def test_on_another_day_the_others_find_it_at_the_end_of_their_conversation(story: Story, town: LocalBot) -> None:
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    later(town, days=2)
    applied(town, ["U0EVE"], ["U0FIN"])
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    town.settle()
    assert len(reads(town, SECOND_OWNER)) == 1
    assert direct_messages(town, SECOND_OWNER)[-1]["text"].startswith("Matches: 3 proposals")
