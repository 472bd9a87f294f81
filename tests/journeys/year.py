"""A year of a programme, day by day: matched, asked, introduced, nudged, asked how it goes, ended or closed."""

from collections.abc import Mapping
from typing import Any

from sandbox import Member
from tests.journeys.story import Story
from tests.local_bot import OFFER, REQUEST

OLGA, SAM = "U0OLGA", "U0SAM"
ADA, CHI, DEE, KIM = "U0ADA", "U0CHI", "U0DEE", "U0KIM"
BEN, ELI, GUS, HAL = "U0BEN", "U0ELI", "U0GUS", "U0HAL"
BOSS = "U0BOSS"
SECRET = "for-nobody-else"
"""Stands in every note and every answer."""
LONDON, NEW_YORK, KOLKATA = "Europe/London", "America/New_York", "Asia/Kolkata"

PEOPLE = (
    Member(OLGA, "olga", "Olga Owner", time_zone=LONDON),
    Member(SAM, "sam", "Sam Second", time_zone=NEW_YORK),
    Member(ADA, "ada", "Ada Adams", time_zone=LONDON),
    Member(BEN, "ben", "Ben Brook", time_zone=NEW_YORK),
    Member(CHI, "chi", "Chi Chakra", time_zone=KOLKATA),
    Member(ELI, "eli", "Eli Ellis", time_zone=LONDON),
    Member(DEE, "dee", "Dee Dunn", time_zone=LONDON),
    Member(GUS, "gus", "Gus Green", time_zone=LONDON),
    Member(KIM, "kim", "Kim Knox", time_zone=NEW_YORK),
    Member(HAL, "hal", "Hal Hari", time_zone=KOLKATA),
    Member(BOSS, "bo", "Bo Boss", time_zone=LONDON),
)
OWNERS = (OLGA, SAM)

ASKS = {
    ADA: {**REQUEST, "topics": ["Career planning"], "months": "12"},
    CHI: {**REQUEST, "topics": ["Job search"], "months": "9", "wish": ELI},
    DEE: {**REQUEST, "topics": ["Organisational culture"], "months": "6"},
    KIM: {**REQUEST, "topics": ["Work/life issues"], "months": "6"},
}
OFFERS = {
    BEN: {**OFFER, "topics": ["Career planning"], "months": "12", "places": "1"},
    ELI: {**OFFER, "topics": ["Job search", "Work/life issues"], "months": "12", "places": "1"},
    GUS: {**OFFER, "topics": ["Job search", "Organisational culture"], "months": "12", "places": "1"},
    HAL: {**OFFER, "topics": ["Organisational culture", "Work/life issues"], "months": "12", "places": "1"},
}


def live(story: Story) -> None:
    """The year, day by day; hours are UTC."""
    everybody_applies(story)
    four_matches_are_released(story)
    two_say_yes_one_declines_and_one_lapses(story)
    the_second_try_works(story)
    winter(story)
    eli_and_chi_part_and_are_matched_again(story)
    spring_and_summer(story)
    autumn_and_the_end(story)


def everybody_applies(story: Story) -> None:
    story.it_is("2026-11-24 10:00")
    for user, says in ASKS.items():
        story.asks(user, says)
    for user, says in OFFERS.items():
        story.volunteers(user, says)


def four_matches_are_released(story: Story) -> None:
    """Two owners decide: with one approval nothing goes out."""
    story.it_is("2027-01-04 15:00")
    story.proposes(OLGA)
    story.approves_all(OLGA)
    story.releases(OLGA)
    story.it_is("2027-01-05 15:00")
    story.approves_all(SAM)
    story.releases(OLGA)


def two_say_yes_one_declines_and_one_lapses(story: Story) -> None:
    """Kim and Hal do not answer: they are reminded on the Monday, and it lapses on the Tuesday."""
    story.it_is("2027-01-06 10:00")
    story.accepts(ADA)
    story.accepts(CHI)
    story.accepts(DEE)
    story.it_is("2027-01-06 15:00")
    story.accepts(BEN)
    story.accepts(ELI)
    story.declines(GUS)
    story.it_is("2027-01-07 15:00")
    story.answers_before(ADA)
    story.answers_before(BEN)


def the_second_try_works(story: Story) -> None:
    story.it_is("2027-01-14 15:00")
    story.proposes(SAM)
    story.approves_all(SAM)
    story.approves_all(OLGA)
    story.releases(SAM)
    story.it_is("2027-01-15 10:00")
    story.accepts(DEE)
    story.accepts(HAL)


def winter(story: Story) -> None:
    """Ada and Ben meet, and so do Dee and Hal; Chi and Eli never log anything."""
    _log(
        story,
        ("2027-01-15", ADA, BEN),
        ("2027-01-21", DEE, HAL),
        ("2027-01-26", BEN, ADA),
        ("2027-02-04", HAL, DEE),
        ("2027-02-16", ADA, BEN),
        ("2027-03-03", DEE, HAL),
        ("2027-03-09", BEN, ADA),
        ("2027-03-30", ADA, BEN),
        ("2027-03-30", DEE, HAL),
    )


def eli_and_chi_part_and_are_matched_again(story: Story) -> None:
    """In their third month, and nobody is asked why."""
    story.it_is("2027-04-06 10:00")
    story.ends(ELI, CHI)
    story.it_is("2027-04-07 10:00")
    story.goes_back(CHI)
    story.goes_back(ELI)
    story.it_is("2027-04-08 14:00")
    story.proposes(OLGA)
    story.approves_all(OLGA)
    story.approves_all(SAM)
    story.releases(OLGA)
    story.it_is("2027-04-09 13:30")
    for user in (CHI, GUS, KIM, ELI):
        story.accepts(user)


def spring_and_summer(story: Story) -> None:
    """Dee would like a word half-way; her partnership with Hal closes as soon as both have looked back."""
    story.it_is("2027-04-15 10:00")
    story.answers_the_check_in(DEE, rating="2", hinders=SECRET, decision="a-word")
    _log(
        story,
        ("2027-04-16", CHI, GUS),
        ("2027-04-20", BEN, ADA),
        ("2027-04-26", HAL, DEE),
        ("2027-05-11", ADA, BEN),
        ("2027-05-20", DEE, HAL),
        ("2027-06-01", BEN, ADA),
        ("2027-06-14", DEE, HAL),
        ("2027-06-22", ADA, BEN),
    )
    story.it_is("2027-07-06 15:00")
    story.answers_the_check_in(ADA)
    _log(story, ("2027-07-13", BEN, ADA))
    story.it_is("2027-07-16 10:00")
    story.answers_the_survey(DEE, helps=SECRET)
    story.answers_the_survey(HAL)


def autumn_and_the_end(story: Story) -> None:
    """Ada and Ben pause, and are asked on both sides of the clock changes; Kim and Eli never log nor answer."""
    _log(
        story,
        ("2027-08-03", ADA, BEN),
        ("2027-08-24", BEN, ADA),
        ("2027-09-14", ADA, BEN),
        ("2027-11-16", BEN, ADA),
        ("2027-12-07", ADA, BEN),
    )
    story.it_is("2028-01-07 15:00")
    story.answers_the_survey(ADA)
    story.answers_the_survey(BEN)
    story.it_is("2028-02-01 12:00")


def _log(story: Story, *meetings: tuple[str, str, str]) -> None:
    """The day of each meeting, on which it is logged too; who logs it, and whom they met."""
    for day, author, partner in meetings:
        story.it_is(f"{day} 15:00")
        story.logs(author, partner, on=day, notes=SECRET)


def is_weekly(message: Mapping[str, Any]) -> bool:
    """Whether it is an owner's Monday status."""
    return str(message["text"]).startswith("Mentoring programme:")
