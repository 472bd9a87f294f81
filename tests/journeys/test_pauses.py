"""A partnership is paused and both let the pause run out; and one of the two is on leave for four months."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from messages import ids
from tests.journeys.story import ReceivedMessages, Story, lines
from tests.journeys.year import ADA, ASKS, BEN, OFFERS, OLGA, PEOPLE, is_weekly
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town

PAUSED = {
    ADA: """
        Mon 15 Feb 2027 10:00  Your partnership with Ben is over
        Fri 26 Mar 2027 09:00  Your partnership with Ben is over
        Mon 29 Mar 2027 09:00  Your partnership with Ben is over
        Mon 26 Apr 2027 09:00  Have you met Ben lately?
        Tue 18 May 2027 09:00  How is it going? A three-minute check-in [Ben]
        Wed 26 May 2027 09:00  Have you met Ben lately?
        Wed 23 Jun 2027 09:00  Have you met Ben lately?
        Tue 06 Jul 2027 09:00  There’s nothing to answer here any more [Ben]
        Wed 21 Jul 2027 09:00  Have you met Ben lately?
        Tue 17 Aug 2027 09:00  Your partnership has come to its agreed end [Ben]
        Tue 24 Aug 2027 09:00  There’s still time for the closing survey [Ben]
        Tue 31 Aug 2027 09:00  There’s still time for the closing survey [Ben]
        Tue 07 Sep 2027 16:00  Your partnership is complete [Ben]
    """,
    BEN: """
        Mon 15 Feb 2027 05:00  Your partnership with Ada is over
        Fri 26 Mar 2027 09:00  Your partnership with Ada is over
        Mon 29 Mar 2027 09:00  Your partnership with Ada is over
        Mon 26 Apr 2027 09:00  Have you met Ada lately?
        Tue 18 May 2027 09:00  How is it going? A three-minute check-in [Ada]
        Wed 26 May 2027 09:00  Have you met Ada lately?
        Wed 23 Jun 2027 09:00  Have you met Ada lately?
        Tue 06 Jul 2027 09:00  There’s nothing to answer here any more [Ada]
        Wed 21 Jul 2027 09:00  Have you met Ada lately?
        Tue 17 Aug 2027 09:00  Your partnership has come to its agreed end [Ada]
        Tue 24 Aug 2027 09:00  There’s still time for the closing survey [Ada]
        Tue 31 Aug 2027 09:00  There’s still time for the closing survey [Ada]
        Tue 07 Sep 2027 11:00  Your partnership is complete [Ada]
    """,
}
"""Ada is in London and Ben in New York; between the beginning and the end of the pause both change their clocks.
The first three are as they read in the end: that it is paused, the question on the Friday before, and that it carries
on. In the pause nothing comes.
"""

ON_LEAVE = {
    ADA: """
        Mon 01 Feb 2027 16:00  Your partnership is paused until 1 June 2027 [Ben]
        Tue 01 Jun 2027 09:00  Ben is back
        Tue 01 Jun 2027 09:00  How is it going? A three-minute check-in [Ben]
        Tue 01 Jun 2027 09:00  About the end of your partnership [Ben]
        Wed 09 Jun 2027 09:00  Have you met Ben lately?
    """,
    BEN: """
        Mon 01 Feb 2027 11:00  You’re on leave until 1 June 2027
        Tue 01 Jun 2027 09:00  Welcome back
        Tue 01 Jun 2027 09:00  How is it going? A three-minute check-in [Ada]
        Tue 01 Jun 2027 09:00  About the end of your partnership [Ada]
        Wed 09 Jun 2027 09:00  Have you met Ada lately?
    """,
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """Ada and Ben were introduced on 6 January 2027, for six months, and met on the 15th."""
    with open_town(tmp_path, people=PEOPLE, owners=(OLGA,)) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        story = Story(opened)
        story.it_is("2026-11-24 10:00")
        story.asks(ADA, {**ASKS[ADA], "months": "6", "wish": ""})
        story.volunteers(BEN, OFFERS[BEN])
        story.it_is("2027-01-04 15:00")
        story.proposes(OLGA)
        story.approves_all(OLGA)
        story.releases(OLGA)
        story.it_is("2027-01-06 15:00")
        story.accepts(ADA)
        story.accepts(BEN)
        story.it_is("2027-01-15 15:00")
        story.logs(ADA, BEN, on="2027-01-15")
        yield opened


def since(town: LocalBot, user: str, day: str) -> list[str]:
    begin = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    return ReceivedMessages(town.slack, PEOPLE, contact=OLGA).of(
        user, where=lambda message: float(message["ts"]) >= begin and not is_weekly(message)
    )


def test_a_pause_that_both_let_run_out_and_the_end_moves_by_it(town: LocalBot) -> None:
    story = Story(town)
    story.it_is("2027-02-15 10:00")
    partnership = story.partnership_of(ADA, BEN)
    story.opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    story.clicks(ADA, ids.OPEN_PAUSE, partnership)
    story.sends(ADA, {"back_on": "2027-03-29"})
    story.leaves(ADA)
    story.it_is("2027-03-30 15:00")
    for user in (BEN, ADA):
        story.clicks(user, ids.MOVE_END, f"{partnership}:2027-08-17")
    story.it_is("2027-09-20 15:00")
    for user, diary in PAUSED.items():
        assert since(town, user, "2027-02-15") == lines(diary)
    with town.database() as tx:
        (found,) = tx.partnerships.of(ADA)
    assert (str(found.ends_on), found.paused.days) == ("2027-08-17", 42)


def test_a_leave_of_four_months_across_a_clock_change(town: LocalBot) -> None:
    story = Story(town)
    story.it_is("2027-02-01 16:00")
    story.opens(BEN, lambda person: person.command("/mentor pause") and person.click(ids.OPEN_LEAVE), ids.LEAVE_FORM)
    story.sends(BEN, {"back_on": "2027-06-01"})
    story.it_is("2027-07-01 15:00")
    for user, diary in ON_LEAVE.items():
        assert since(town, user, "2027-02-01T15:00") == lines(diary)
