"""Closing a cohort and opening the next one."""

from datetime import date, timedelta

import pytest

from messages.ids import ACCEPT_MATCH, CLOSE_COHORT, OPEN_SETUP, PROPOSE, SETUP_FORM
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import applied, asked, introduced, later
from tests.handlers.support import direct_messages, post, rows
from tests.journeys.story import Story, answer_to, button_values
from tests.local_bot import OWNER, SECOND_OWNER, START, LocalBot
from tests.one_programme import the_programme

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
RUNNING = 45
"""Days after which the cohort runs, and an owner may close it."""


@pytest.fixture
def story(town: LocalBot) -> Story:
    return Story(town)


def heard(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user)]


def close(story: Story) -> None:
    """From the status, in two clicks."""
    story.person(OWNER).command("/mentor status")
    story.world.settle()
    story.clicks(OWNER, CLOSE_COHORT)


def open_next(story: Story, opens_on: date) -> None:
    """With the set-up's dates, as for any other change."""
    story.leaves(OWNER)
    owner = story.person(OWNER)
    owner.command("/mentor setup")
    card = next(message for message in reversed(owner.inbox()) if button_values(message, OPEN_SETUP))
    (dates,) = [one["block_id"] for one in card["blocks"] if button_values({"blocks": [one]}, OPEN_SETUP) == ["dates"]]
    story.opens(OWNER, lambda person: person.click(f"{dates}/{OPEN_SETUP}", message=card), SETUP_FORM)
    days = {"opens_on": 0, "apply_by": 28, "starts_on": 42, "ends_on": 400}
    story.sends(OWNER, {name: (opens_on + timedelta(days=after)).isoformat() for name, after in days.items()})


def cohort_is_open(town: LocalBot) -> bool:
    with town.database() as tx:
        programme = the_programme(tx)
        cohort = tx.cohorts.current(programme.id) if programme else None
        return bool(cohort and not cohort.closed_on)


def today(town: LocalBot) -> date:
    return town.slack.calendar.now().date()


def test_closing_tells_the_owner_and_everybody_who_waits_and_nobody_else(town: LocalBot, story: Story) -> None:
    introduced(town, ADA, BEN)
    applied(town, [CHI], [])
    later(town, days=RUNNING)
    before = heard(town, ADA), heard(town, BEN)
    close(story)
    assert heard(town, CHI) == ["The round of Mentoring programme has closed"]
    assert heard(town, OWNER)[-1] == "The round of Mentoring programme has closed"
    assert (heard(town, ADA), heard(town, BEN)) == before
    assert not cohort_is_open(town)


def test_closing_twice_is_once(town: LocalBot, story: Story) -> None:
    later(town, days=RUNNING)
    close(story)
    messages = heard(town, OWNER)
    story.clicks(OWNER, CLOSE_COHORT)
    assert answer_to(town.slack, OWNER)
    assert heard(town, OWNER) == messages


def test_only_an_owner_closes(town: LocalBot, story: Story) -> None:
    later(town, days=RUNNING)
    close(story)
    open_next(story, today(town))
    forged = next(d.payload for d in reversed(town.slack.deliveries) if "close-cohort" in str(d.payload.get("actions")))
    post(town, {**forged, "user": {**forged["user"], "id": ADA}})
    town.settle()
    assert cohort_is_open(town)


def test_an_open_offer_is_over_and_both_hear_it(town: LocalBot, story: Story) -> None:
    later(town, days=RUNNING)
    match = asked(town, ADA, BEN)
    close(story)
    for user in (ADA, BEN):
        assert "A match did not work out this time" in heard(town, user)
    assert "no longer open: the round closed" in answers(town, clicked(town, ADA, ACCEPT_MATCH, match))[0]
    assert [(row["id"], row["state"]) for row in rows(town)["matches"]] == [(match, "closed")]


def test_nobody_applies_to_or_is_matched_in_a_closed_cohort(town: LocalBot, story: Story) -> None:
    applied(town, [ADA], [BEN])
    later(town, days=RUNNING)
    close(story)
    (reply,) = story.person(CHI).command("/mentor request").messages
    assert story.person(CHI).view is None
    assert reply["text"]
    owner = story.person(OWNER)
    owner.command("/mentor match")
    town.settle()
    if owner.view and button_values(owner.view, PROPOSE):
        story.clicks(OWNER, PROPOSE)
    assert rows(town)["matches"] == []


def test_partnerships_go_on_in_a_closed_cohort_and_through_the_next(town: LocalBot, story: Story) -> None:
    introduced(town, ADA, BEN)
    later(town, days=RUNNING)
    close(story)
    later(town, days=30)
    open_next(story, today(town))
    messages = len(heard(town, ADA))
    later(town, days=140)
    assert "Your partnership is over" in heard(town, ADA)[messages:]
    assert "Have you met <@U0BEN> lately?" in heard(town, ADA)[messages:]


@pytest.mark.parametrize("opens_on", [START.date() - timedelta(days=1), START.date(), None])
def test_new_dates_open_the_next_round_whatever_they_are(town: LocalBot, story: Story, opens_on: date | None) -> None:
    later(town, days=RUNNING)
    close(story)
    open_next(story, opens_on or today(town))
    assert cohort_is_open(town)
    assert len(rows(town)["cohorts"]) == 2


def test_who_was_not_matched_comes_along_and_is_first_in_the_queue(town: LocalBot, story: Story) -> None:
    applied(town, [ADA], [BEN])
    later(town, days=RUNNING)
    close(story)
    open_next(story, today(town))
    applied(town, [CHI], [])
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert "We’ve found a mentee for you" in heard(town, BEN)
    with town.database() as tx:
        programme = the_programme(tx)
        cohort = tx.cohorts.current(programme.id) if programme else None
        assert cohort is not None
        waiting = sorted(tx.applications.in_cohort(cohort.id), key=lambda application: application.sent_at)
    assert [application.person for application in waiting if application.role == "mentee"] == [ADA, CHI]


def test_who_had_nobody_is_told_at_the_release_and_goes_before_a_newcomer_in_the_next_round(
    town: LocalBot, story: Story
) -> None:
    told = "News about your application for a mentor"
    applied(town, [ADA, DEE], [BEN])
    _match_everybody(story)
    (left,) = [user for user in (ADA, DEE) if heard(town, user) == [told]]
    (lucky,) = {ADA, DEE} - {left}
    for user in (lucky, BEN):
        story.accepts(user)
    later(town, days=RUNNING)
    close(story)
    open_next(story, today(town))
    applied(town, [SECOND_OWNER], [CHI])
    _match_everybody(story)
    assert heard(town, left)[1:] == [
        "The round of Mentoring programme has closed",
        "Where your application for a mentor stands",  # it is in the next round
        "We’ve found a mentor for you",
    ]
    assert heard(town, SECOND_OWNER) == [told]
    assert told not in heard(town, lucky)


def _match_everybody(story: Story) -> None:
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)


def test_whose_partnership_ends_after_their_round_is_answered_when_they_would_like_another(
    town: LocalBot, story: Story
) -> None:
    introduced(town, ADA, BEN)
    later(town, days=RUNNING)
    close(story)
    open_next(story, today(town))
    story.ends(ADA, BEN)
    messages, answer = len(heard(town, ADA)), answer_to(town.slack, ADA)
    story.goes_back(ADA)
    assert len(heard(town, ADA)) > messages or answer_to(town.slack, ADA) != answer, "nothing at all is heard"


def test_the_owner_hears_again_when_the_next_rounds_applications_close(town: LocalBot, story: Story) -> None:
    later(town, days=RUNNING)
    close(story)
    open_next(story, today(town))
    assert heard(town, OWNER).count("Applications have closed") == 1
    later(town, days=33)
    assert heard(town, OWNER).count("Applications have closed") == 2
