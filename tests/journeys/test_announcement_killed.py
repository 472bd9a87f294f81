"""The bot is killed again and again while an announcement goes out: each person gets it, and gets it once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    Progress,
)
from mentoring.announcements.planning import look_at_plan
from mentoring.core.outcome import Outcome
from tests.journeys.killing import LATER, KilledWorld, ProcessKiller
from tests.journeys.story import Story
from tests.journeys.test_kills import SEED, _world
from tests.journeys.year import ADA, ASKS, BEN, CHI, DEE, ELI, GUS, HAL, OFFERS, OLGA
from tests.one_programme import programme_and_cohort

MENTEES, MENTORS = (ADA, CHI, DEE), (BEN, ELI, GUS, HAL)
EVERYONE = (*MENTEES, *MENTORS)
MOMENT = datetime(2026, 12, 1, 10, tzinfo=UTC)
WORDS = "Bring a friend on Friday"


def _approve(world: KilledWorld) -> None:
    with world._storage.begin(world.slack.team_id) as tx:
        programme, cohort = programme_and_cohort(tx)
        announcement = Announcement(
            "n1",
            programme.id,
            cohort.id,
            AnnouncementKind.OWN,
            AnnouncementAudience.EVERYONE,
            text=WORDS,
            name="Lunch",
            moment=MOMENT,
            state=AnnouncementState.APPROVED,
            version=1,
        )
        tx.save(Outcome((announcement, look_at_plan(programme.id, MOMENT))))


@pytest.mark.long
@pytest.mark.parametrize("later", [0, LATER], ids=["at each message", "soon after each message"])
def test_killed_again_and_again_while_an_announcement_goes_out(tmp_path: Path, later: float) -> None:
    killer = ProcessKiller(SEED, 0, (1, 1), only="chat.postMessage", later=later)
    with _world(tmp_path, owners=(OLGA,), killer=killer) as world:
        story = Story(world)
        story.it_is("2026-11-24 10:00")
        for user in MENTEES:
            story.asks(user, {**ASKS[user], "wish": ""})
        for user in MENTORS:
            story.volunteers(user, OFFERS[user])
        _approve(world)
        killer._left = len(EVERYONE)
        story.it_is("2026-12-03 18:00")
        # A fast bot may have sent several messages before the kill comes.
        assert world.deaths == len(EVERYONE) if later == 0 else world.deaths > 0
        killer._left = 0
        for user in EVERYONE:
            found = [each["text"] for each in world.slack.person(user).inbox() if WORDS in each["text"]]
            assert found == [WORDS], user
        with world.database() as tx:
            done = tx.announcements.get("n1")
            assert done is not None
            assert done.state is AnnouncementState.SENT
            assert tx.announcements.progress(["n1"]) == {"n1": Progress(sent=7)}
