"""A year after a partnership, what the two wrote is gone from the database, the log and Slack. Both were told."""

import logging

import pytest

from messages import ids
from tests.handlers.starting_points import ADA, BEN, END_DAY, MET, later, partners
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot
from tests.storage.test_erasure import files_with

NOTES, ITEM = "zq-what-we-said", "zq-read-the-plan"


def shown(town: LocalBot) -> str:
    """All that the bot has written to the three in Slack, as it stands there now."""
    return str([direct_messages(town, user) for user in (ADA, BEN, OWNER)])


@pytest.mark.long
def test_it_is_gone_from_the_database_the_log_and_slack(
    delivering_town: LocalBot, caplog: pytest.LogCaptureFixture
) -> None:
    town = delivering_town
    caplog.set_level(logging.DEBUG)
    partners(town)
    story = Story(town)
    story.opens(ADA, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    story.sends(ADA, {**MET, "notes": NOTES, "actions_mine": ITEM})
    assert ITEM in shown(town)
    later(town, days=END_DAY)
    later(town, days=30)
    assert rows(town)["partnerships"][0]["state"] == "closed"
    while not rows(town)["deletion_notices"]:
        later(town, days=7)
    assert ITEM in shown(town)
    for _ in range(6):
        later(town, days=7)
    assert len(rows(town)["deletion_notices"]) == 2
    assert all(row["deleted_on"] for row in rows(town)["deletion_notices"])
    assert rows(town)["slack_removals"] == []
    for words in (NOTES, ITEM):
        assert words not in shown(town)
        assert words not in str(rows(town))
        assert words not in caplog.text
        assert town.storage.file is not None
        assert files_with(town.storage.file, words) == []
    for user in (ADA, BEN):
        assert sum("I delete old data" in str(message) for message in direct_messages(town, user)) == 1
