"""The bot is killed at random points and started again: nothing is lost, nothing recorded twice, nothing said twice.

The long run, years with twenty kills each, is `make kills`: two hundred, or `KILLS=…`; `SEED=…` chooses other points.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.manifest import manifest
from sandbox import Calendar, Sandbox
from storage.notifications.outbox_statements import DeliveryState
from tests.bot.conftest import settings_of
from tests.journeys import year
from tests.journeys.killing import KilledWorld, ProcessKiller, killed_world
from tests.journeys.story import ReceivedMessages, Story, lines
from tests.journeys.year import ADA, BEN, OLGA, PEOPLE
from tests.journeys.year_received import END, RECEIVED, end_of
from tests.local_bot import START
from tests.migrated import migrated
from tests.usage import watched

KILLS = int(os.environ.get("KILLS", "0"))
A_YEAR = 20
"""How often the bot dies in one of the long run's years."""
SEED = int(os.environ.get("SEED", "3"))

HALF_A_YEAR = {
    ADA: """
        Mon 23 Nov 2026 10:00  Your application for a mentor has arrived
        Tue 24 Nov 2026 15:00  We’ve found a mentor for you [Ben]
        Tue 24 Nov 2026 15:00  Thank you for accepting [Ben]
        Wed 25 Nov 2026 15:00  in a group: Ada and Ben, meet each other
        Mon 07 Dec 2026 09:00  Have you met Ben yet?
        Thu 10 Dec 2026 15:00  Your meeting is saved [Ben]
        Mon 21 Dec 2026 09:00  Have you met Ben twice?
        Mon 18 Jan 2027 09:00  Have you met Ben lately?
        Mon 15 Feb 2027 09:00  Have you met Ben lately?
        Tue 23 Feb 2027 09:00  How is it going? A three-minute check-in [Ben]
        Wed 24 Feb 2027 15:00  Thank you for your answers
        Mon 15 Mar 2027 09:00  Have you met Ben lately?
        Mon 12 Apr 2027 09:00  Have you met Ben lately?
        Tue 13 Apr 2027 09:00  There’s nothing to answer here any more [Ben]
        Mon 10 May 2027 09:00  Have you met Ben lately?
        Tue 25 May 2027 09:00  Your partnership has come to its agreed end [Ben]
        Tue 25 May 2027 16:00  Thank you for your answers [Ben]
        Tue 25 May 2027 16:00  Your partnership is complete [Ben]
    """,
    BEN: """
        Mon 23 Nov 2026 05:00  Your application to be a mentor has arrived
        Tue 24 Nov 2026 10:00  We’ve found a mentee for you [Ada]
        Wed 25 Nov 2026 10:00  Thank you for accepting [Ada]
        Wed 25 Nov 2026 10:00  in a group: Ada and Ben, meet each other
        Mon 07 Dec 2026 09:00  Have you met Ada yet?
        Thu 10 Dec 2026 10:00  Ada logged a meeting with you
        Mon 21 Dec 2026 09:00  Have you met Ada twice?
        Mon 18 Jan 2027 09:00  Have you met Ada lately?
        Mon 15 Feb 2027 09:00  Have you met Ada lately?
        Tue 23 Feb 2027 09:00  How is it going? A three-minute check-in [Ada]
        Mon 15 Mar 2027 09:00  Have you met Ada lately?
        Mon 12 Apr 2027 09:00  Have you met Ada lately?
        Tue 13 Apr 2027 09:00  There’s nothing to answer here any more [Ada]
        Mon 10 May 2027 09:00  Have you met Ada lately?
        Tue 25 May 2027 09:00  Your partnership has come to its agreed end [Ada]
        Tue 25 May 2027 11:00  Your partnership is complete [Ada]
    """,
    OLGA: """
        Mon 23 Nov 2026 10:00  You’re an owner of the mentoring programme here
        Tue 24 Nov 2026 15:00  Matches: nothing to decide
        Tue 22 Dec 2026 09:00  Applications have closed
    """,
}


@pytest.mark.parametrize(("kills", "steps"), [(3, (8, 30)), pytest.param(10, (3, 10), marks=pytest.mark.long)])
def test_killed_again_and_again_in_half_a_year(tmp_path: Path, kills: int, steps: tuple[int, int]) -> None:
    with _world(tmp_path, owners=(OLGA,), killer=ProcessKiller(SEED, kills, steps)) as world:
        _live_half_a_year(Story(world))
        assert world.deaths == kills
        _received(world, HALF_A_YEAR)
        with world.database() as tx:
            (partnership,) = tx.partnerships.all()
            assert (partnership.mentee, partnership.mentor, str(partnership.state)) == (ADA, BEN, "closed")
            assert [meeting.met_on.isoformat() for meeting in tx.meetings.of([partnership.id])] == ["2026-12-10"]
            answers = [(answer.person, str(answer.question)) for answer in tx.feedback.to_count()]
            assert sorted(answers) == [(ADA, "baseline"), (ADA, "check-in"), (ADA, "survey"), (BEN, "survey")]


def _live_half_a_year(story: Story) -> None:
    story.asks(ADA, {**year.ASKS[ADA], "months": "6"})
    story.volunteers(BEN, year.OFFERS[BEN])
    story.it_is("2026-11-24 15:00")
    story.proposes(OLGA)
    story.approves_all(OLGA)
    story.releases(OLGA)
    story.accepts(ADA)
    story.it_is("2026-11-25 15:00")
    story.accepts(BEN)
    story.it_is("2026-11-26 15:00")
    story.answers_before(ADA)
    story.it_is("2026-12-10 15:00")
    story.logs(ADA, BEN, on="2026-12-10", notes=year.SECRET)
    story.it_is("2027-02-24 15:00")
    story.answers_the_check_in(ADA)
    story.it_is("2027-05-25 15:00")
    story.answers_the_survey(ADA)
    story.answers_the_survey(BEN)


@pytest.mark.skipif(not KILLS, reason="the long run: make kills")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("number", range(-(-KILLS // A_YEAR)))
def test_killed_again_and_again_in_a_year(tmp_path: Path, number: int) -> None:
    kills = min(A_YEAR, KILLS - number * A_YEAR)
    with _world(tmp_path, owners=year.OWNERS, killer=ProcessKiller(SEED + number, kills, (5, 25))) as world:
        year.live(Story(world))
        assert world.deaths == kills
        _received(world, RECEIVED)
        with world.database() as tx:
            assert end_of(tx) == END


@contextmanager
def _world(folder: Path, *, owners: tuple[str, ...], killer: ProcessKiller) -> Iterator[KilledWorld]:
    slack = Sandbox(manifest(), PEOPLE, calendar=Calendar(START), rate_limits=False, own_messages=False)
    with slack, watched(slack), slack.calendar.paused():
        database = folder / "mentor-bot.db"
        shutil.copy(migrated(), database)
        variables = {
            **settings_of(slack),
            "MENTOR_OWNERS": ",".join(owners),
            "DATABASE_URL": f"sqlite:///{database}",
        }
        with killed_world(slack, variables, database, killer) as world:
            world.settle()
            yield world


def _received(world: KilledWorld, expected: Mapping[str, str]) -> None:
    """Each received this once, and nothing else."""
    posted = world.posted()
    assert [opaque for opaque, times in posted.items() if times > 1] == []
    diaries = ReceivedMessages(world.slack, PEOPLE, contact=OLGA)
    for user, diary in expected.items():
        received = diaries.of(user, where=lambda message: not year.is_weekly(message))
        assert received == lines(diary), user
    with world.database() as tx:
        counts = tx.outbox.counts()
    assert set(counts) <= {DeliveryState.SENT, DeliveryState.CARRIED, DeliveryState.DROPPED}
    assert counts[DeliveryState.SENT] == len(posted), "a notice was sent under another name"
