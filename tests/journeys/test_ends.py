"""How partnerships end: moved twice, completed early, and in month three, after which both are matched again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from messages import ids
from tests.handlers.support import rows
from tests.journeys.story import Story, messages_of
from tests.journeys.year import ADA, ASKS, BEN, CHI, GUS, OFFERS, OLGA, PEOPLE
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town

pytestmark = pytest.mark.long


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """Ada and Ben were introduced on 6 January 2027, for six months; Chi and Gus were asked and did not answer."""
    with open_town(tmp_path, people=PEOPLE, owners=(OLGA,)) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        story = Story(opened)
        story.it_is("2026-11-24 10:00")
        for user, wish in ((ADA, BEN), (CHI, "")):
            story.asks(user, {**ASKS[ADA], "months": "6", "wish": wish})
        for user in (BEN, GUS):
            story.volunteers(user, {**OFFERS[BEN], "months": "12"})
        _matched(story, "2027-01-05 10:00", "2027-01-06 10:00", ADA, BEN)
        yield opened


def _matched(story: Story, proposed: str, accepted: str, *people: str) -> None:
    story.it_is(proposed)
    story.proposes(OLGA)
    story.approves_all(OLGA)
    story.releases(OLGA)
    story.it_is(accepted)
    for person in people:
        story.accepts(person)


def _proposes(town: LocalBot, user: str, says: dict[str, str]) -> None:
    """From the list of partnerships: Change the end."""
    story = Story(town)
    story.opens(user, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    story.clicks(user, ids.CHANGE_END)
    if (town.person(user).view or {}).get("callback_id") == ids.END_VIEW:
        story.clicks(user, ids.PROPOSE_END)
    town.person(user).await_view(ids.END_FORM)
    story.sends(user, says)
    story.leaves(user)


def _agrees(town: LocalBot, user: str) -> None:
    """In the message about the proposal."""
    Story(town).leaves(user)
    assert town.person(user).click(ids.AGREE_TO_END).ok
    town.settle()


def _received(town: LocalBot, user: str, words: str) -> int:
    return sum(words in str(message) for message in messages_of(town.slack, user))


def test_an_end_that_is_moved_twice_brings_one_survey_on_the_day_that_holds(town: LocalBot) -> None:
    story = Story(town)
    story.it_is("2027-02-02 10:00")
    story.logs(ADA, BEN, "2027-02-01")
    story.it_is("2027-03-02 15:00")
    _proposes(town, ADA, {"end_choice": "day", "end_day": "2027-10-04"})
    _agrees(town, BEN)
    story.it_is("2027-07-20 15:00")  # after the first end: nothing has come of it
    assert _received(town, ADA, "closing survey") == 0
    _proposes(town, BEN, {"end_choice": "day", "end_day": "2027-08-30"})
    _agrees(town, ADA)
    story.it_is("2027-09-01 15:00")
    for user in (ADA, BEN):
        assert _received(town, user, "Please answer the closing survey") == 1
        assert _received(town, user, "How is it going? A three-minute check-in") == 1
    story.answers_the_survey(ADA)
    story.answers_the_survey(BEN)
    (partnership,) = rows(town)["partnerships"]
    assert (partnership["state"], partnership["ends_on"]) == ("closed", "2027-08-30")
    assert _received(town, ADA, "is complete.*") == 1
    story.it_is("2027-12-01 15:00")
    assert _received(town, ADA, "is complete.*") == 1


def test_who_has_done_what_they_wanted_completes_it_early_with_the_same_thanks(town: LocalBot) -> None:
    story = Story(town)
    story.it_is("2027-02-02 10:00")
    story.logs(ADA, BEN, "2027-02-01")
    story.it_is("2027-03-30 15:00")
    _proposes(town, ADA, {"end_choice": "now"})
    _agrees(town, BEN)
    story.it_is("2027-03-31 15:00")
    for user in (ADA, BEN):
        assert _received(town, user, "early, on 30 March 2027.*") >= 1
    story.answers_the_survey(ADA)
    story.answers_the_survey(BEN)
    assert _received(town, ADA, "is complete.* You completed it early, together.") == 1
    story.it_is("2027-08-01 15:00")
    assert _received(town, ADA, "Have you met lately") == 0
    assert _received(town, ADA, "Don’t match us again") == 0


def test_an_end_in_month_three_costs_neither_their_place_and_both_are_matched_again(town: LocalBot) -> None:
    story = Story(town)
    story.it_is("2027-03-29 15:00")
    story.ends(BEN, ADA)
    told = [
        [str(one["text"]) for one in messages_of(town.slack, user) if "has ended" in str(one)] for user in (ADA, BEN)
    ]
    assert told[0] == told[1]
    for user in (ADA, BEN):
        assert _received(town, user, "Would you like another match in its place?") == 1
        story.goes_back(user)
    _matched(story, "2027-03-30 15:00", "2027-03-31 15:00", ADA, BEN, CHI, GUS)
    again = [each for each in rows(town)["partnerships"] if each["state"] == "active"]
    assert {person for each in again for person in (each["mentee"], each["mentor"])} >= {ADA, BEN}
