"""Lengths, rhythm, places and introductions: set in two forms, and felt by those who apply and are matched."""

from datetime import UTC, datetime

from mentoring.core.lengths import Length
from mentoring.core.programmes import Rhythm
from mentoring.programmes.settings import Part
from messages.ids import APPLICATION_FORM, PEOPLE_VIEW, RECALL_OFFER
from sandbox.lookup import message_text
from tests.handlers.matching.test_open_offers import opens_offers
from tests.handlers.starting_points import ADA, BEN, CHI, applied, asked, introduced, later
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_matching_settings import programme
from tests.handlers.test_settings import form_of, help_of, sets
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, LocalBot

SHORT = {
    "lengths": ["6w", "10w", "3"],
    "first_month": "3",
    "monthly": "2",
    "service": "0",
    "most_places": "1",
}


def heard(town: LocalBot, person: str) -> list[str]:
    return [message_text(message) for message in direct_messages(town, person)]


def test_lengths_and_rhythm_show_where_people_apply(town: LocalBot) -> None:
    sets(town, Part.PARTNERSHIPS, SHORT)
    saved = programme(town)
    assert saved.lengths == (Length(weeks=6), Length(weeks=10), Length(3))
    assert (saved.rhythm, saved.service_months, saved.most_places) == (Rhythm(3, 2), 0, 1)
    assert "three times in the first month, then at least twice a month, for 6 weeks, 10 weeks or 3 months" in help_of(
        town
    )
    shown = form_of(town)
    assert "6 weeks" in shown
    assert "Meet three times in the first month" in shown
    (saved_line,) = [each for each in heard(town, OWNER) if "You changed length and rhythm." in each]
    assert "Topics" not in saved_line, "one line, and not the whole set-up again"


def test_six_weeks_are_applied_for_and_kept(town: LocalBot) -> None:
    sets(town, Part.PARTNERSHIPS, SHORT)
    town.knows(ADA, "U0BOSS")
    town.apply(ADA, "/mentor request", {**REQUEST, "months": "6w"})
    (row,) = rows(town)["applications"]
    assert (row["months"], row["weeks"]) == (0, 6)
    ada = town.person(ADA)
    ada.command("/mentor request")
    ada.await_view(APPLICATION_FORM)
    assert ada.submit().closed, "the form is filled in with the six weeks"


def test_a_length_or_a_number_of_places_that_is_dropped_names_those_who_have_it(town: LocalBot) -> None:
    applied(town, [ADA], [BEN], places=2)
    introduced(town, CHI, "U0DEE")
    sets(town, Part.PARTNERSHIPS, {**SHORT, "service": "12"})
    (line,) = [each for each in heard(town, OWNER) if "You changed length and rhythm." in each]
    assert f"<@{ADA}>" in line.split("Another length:")[1]
    assert f"<@{BEN}>" in line.split("More places:")[1]
    assert "1 active partnership keeps the agreed length." in line
    assert "Not here as long" not in line
    assert {row["places"] for row in rows(town)["applications"] if row["person"] == BEN} == {2}


def test_one_approval_suffices_if_the_programme_says_so(two_owners: LocalBot) -> None:
    town = two_owners
    sets(town, Part.INTRODUCTIONS, {"approvals": "1"})
    applied(town, [ADA], [BEN])
    story = Story(town)
    story.proposes(OWNER)
    (match_,) = rows(town)["matches"]
    assert match_["state"] == "proposed"
    assert "One person approves each match." in message_text(town.person(OWNER).command("/mentor setup").messages[-1])
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert rows(town)["matches"][0]["state"] == "offered"
    assert "approvals-wanted" not in {row["kind"] for row in rows(town)["outbox"]}, "no other owner is needed"


def test_two_who_accept_before_the_start_are_introduced_when_the_round_starts(town: LocalBot) -> None:
    sets(town, Part.INTRODUCTIONS, {"introduces": "start"})
    match = asked(town, ADA, BEN)
    assert "when the round starts, on" in heard(town, ADA)[-1]
    for person in (ADA, BEN):
        Story(town).accepts(person)
    assert rows(town)["partnerships"] == []
    assert "accepted too. I’ll introduce you when the round starts, on" in heard(town, BEN)[-1]
    assert "accepted too. I’ll introduce you in a group message when the round starts" in heard(town, ADA)[-1]
    status = message_text(town.person(ADA).command("/mentor status").messages[-1])
    assert "have both accepted. I’ll introduce you when the round starts" in status
    town.person(OWNER).command("/mentor status")
    town.settle()
    assert "Introduced at the start" in heard(town, OWNER)[-1]
    owner = town.person(OWNER)
    owner.command("/mentor people")
    assert str(owner.await_view(PEOPLE_VIEW)).count("1 match agreed, introduced when the round starts.") == 2
    owner.close()
    (cohort,) = rows(town)["cohorts"]
    start = datetime.fromisoformat(cohort["starts_on"]).replace(tzinfo=UTC)
    days = (start - town.slack.calendar.now()).days
    later(town, days=days - 1)
    assert rows(town)["partnerships"] == []
    later(town, days=3)
    (partnership,) = rows(town)["partnerships"]
    assert partnership["match_id"] == match
    assert partnership["introduced_at"][:10] == cohort["starts_on"]


def test_who_waits_for_the_start_is_told_that_it_has_moved(town: LocalBot) -> None:
    sets(town, Part.INTRODUCTIONS, {"introduces": "start"})
    asked(town, ADA, BEN)
    for person in (ADA, BEN):
        Story(town).accepts(person)
    before = {person: len(heard(town, person)) for person in (ADA, BEN)}
    sets(town, Part.DATES, {"starts_on": "2027-02-01"})
    sets(town, Part.DATES, {"apply_by": "2026-12-20"})  # nothing that concerns them
    later(town, days=1)
    for person in (ADA, BEN):
        (news,) = heard(town, person)[before[person] :]
        assert "*The round has a new start.*" in news
        assert "when the round starts, on Monday 1 February 2027" in news


def test_an_agreed_match_can_be_taken_back_before_the_start(town: LocalBot) -> None:
    sets(town, Part.INTRODUCTIONS, {"introduces": "start"})
    asked(town, ADA, BEN)
    for person in (ADA, BEN):
        Story(town).accepts(person)
    story = Story(town)
    shown = opens_offers(story)
    assert "we introduce them when the round starts, on" in shown
    assert "Answered" not in shown
    story.clicks(OWNER, RECALL_OFFER)
    for person in (ADA, BEN):
        assert "took your match with" in heard(town, person)[-1]
    later(town, days=120)
    assert rows(town)["partnerships"] == []
    assert [row["done"] for row in rows(town)["scheduled_jobs"] if row["kind"] == "introduce"] == [1]
