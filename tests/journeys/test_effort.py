"""A year with 60 applicants, from an empty programme to a closed round: what it takes the two owners (D0.4).

They may press 100 times and fill in 40 fields, together. What the bot counted itself is the same.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from messages import ids
from sandbox import Member
from tests.handlers.support import rows
from tests.journeys.effort_story import OwnersStory
from tests.journeys.story import button_values, messages_of
from tests.local_bot import OFFER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town

pytestmark = pytest.mark.long

OLGA, SAM, BOSS = "U0OLGA", "U0SAM", "U0BOSS"
OWNERS = (OLGA, SAM)
MENTEES = tuple(f"U0MENTEE{number:02}" for number in range(36))
MENTORS = tuple(f"U0MENTOR{number:02}" for number in range(24))
PEOPLE = (
    *(Member(id, id[2:].lower(), id[2:].title(), time_zone="Europe/London") for id in (*OWNERS, BOSS)),
    *(Member(id, id[2:].lower(), id[2:].title(), time_zone="Europe/London") for id in (*MENTEES, *MENTORS)),
)
TOPICS = (
    ["Career planning", "Work/life issues"],
    ["Job search", "Career planning"],
    ["Organisational culture", "Work/life issues"],
    ["Career planning", "Organisational culture"],
)
SET_UP: dict[str, dict[str, Any]] = {
    "The programme": {"name": "Library mentoring", "purpose": "So that staff learn from each other.", "contact": OLGA},
    "Objectives": {"objectives": "Help people plan their career\nConnect the departments"},
    "What people choose from": {"departments": "Collections\nIT\nServices"},
    "Dates and hours": {"apply_by": "2026-12-18", "starts_on": "2027-01-11", "time_zone": "Europe/London"},
}
ENTERED = ("topics", "hopes", "months", "ways", "languages", "department", "manager")
MOST_PRESSES, MOST_TYPED = 100, 40


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalBot, OwnersStory]]:
    folder: Path = tmp_path_factory.mktemp("effort")
    with open_town(folder, people=PEOPLE, owners=OWNERS) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        story = OwnersStory(opened, OWNERS)
        live(story)
        yield opened, story


def test_all_presses_and_fields_of_both_owners_are_few(lived: tuple[LocalBot, OwnersStory]) -> None:
    _, story = lived
    assert len(story.counts.presses) <= MOST_PRESSES, Counter(what for _, what in story.counts.presses)
    assert len(story.counts.typed) <= MOST_TYPED


def test_the_bot_counted_the_same(lived: tuple[LocalBot, OwnersStory]) -> None:
    town, story = lived
    counted: Counter[str] = Counter()
    for row in rows(town)["owner_effort"]:
        counted[row["owner"]] += row["presses"]
    assert counted == Counter(user for user, _ in story.counts.presses)


def test_the_round_ran_and_is_closed(lived: tuple[LocalBot, OwnersStory]) -> None:
    town, _ = lived
    found = rows(town)
    assert len(found["applications"]) == 60
    assert len(found["partnerships"]) >= 30
    assert not [row for row in found["partnerships"] if row["state"] == "active"]
    assert found["cohorts"][0]["closed_on"]


def live(story: OwnersStory) -> None:
    """The year, day by day; hours are UTC."""
    story.sets_up(OLGA, SET_UP)
    story.ticks(OLGA, "sponsor", "second-owner", "settings", "announce")
    people_apply(story)
    they_are_matched(story)
    some_are_matched_again(story)
    most_meet(story)
    winter(story)
    two_part_and_are_matched_again(story)
    spring(story)
    summer_and_autumn(story)
    the_round_is_closed(story)


def people_apply(story: OwnersStory) -> None:
    story.it_is("2026-11-30 10:00")
    for number, mentee in enumerate(MENTEES[:-1]):
        months = "12" if number % 6 == 0 else "6"
        story.asks(mentee, {**REQUEST, "manager": BOSS, "months": months, **_says(number)})
    story.it_is("2026-12-07 10:00")
    for number, mentor in enumerate(MENTORS):
        places = "2" if number % 3 else "1"
        story.volunteers(mentor, {**OFFER, "manager": BOSS, "months": "12", "places": places, **_says(number)})
    story.it_is("2026-12-08 10:00")
    story.asks_for_status(OLGA)
    story.ticks(OLGA, "information", "find-mentors")
    one_asked_in_person(story, MENTEES[-1])
    story.reads_applications(SAM, 4)
    story.approves_announcements(OLGA, 4)


def one_asked_in_person(story: OwnersStory, user: str) -> None:
    story.opens(OLGA, lambda person: person.command("/mentor people"), ids.PEOPLE_VIEW)
    story.opens(OLGA, lambda person: story._click(person, ids.ADD_PERSON), ids.ADD_PERSON_VIEW)
    story.person(OLGA).fill({"person": user})
    story.opens(OLGA, lambda person: story._click(person, ids.ENTER_MENTEE), ids.ENTRY_FORM)
    says = {name: value for name, value in {**REQUEST, "manager": BOSS, **_says(1)}.items() if name in ENTERED}
    story.sends(OLGA, says)
    story.leaves(OLGA)
    story.clicks(user, ids.CONFIRM_APPLICATION)


def _says(number: int) -> dict[str, Any]:
    return {"topics": TOPICS[number % 4], "department": ("Collections", "IT", "Services")[number % 3]}


def they_are_matched(story: OwnersStory) -> None:
    story.it_is("2026-12-21 15:00")  # both have read that applications have closed
    story.proposes_and_approves(OLGA)
    story.it_is("2026-12-22 15:00")
    story.approves_and_sends(SAM)
    story.ticks(SAM, "matches")
    story.it_is("2026-12-23 10:00")
    for match, mentee, mentor in offered(story)[:-4]:
        story.clicks(mentee, ids.ACCEPT_MATCH, match)
        story.clicks(mentor, ids.ACCEPT_MATCH, match)
    for match, mentee, _ in offered(story)[:2]:
        story.clicks(mentee, ids.DECLINE_MATCH, match)
    story.it_is("2027-01-04 15:00")


def some_are_matched_again(story: OwnersStory) -> None:
    story.it_is("2027-01-05 15:00")
    story.proposes_and_approves(SAM)
    story.it_is("2027-01-06 15:00")
    story.approves_and_sends(OLGA)
    story.it_is("2027-01-07 10:00")
    accepted(story)


def most_meet(story: OwnersStory) -> None:
    """Four pairs have not met on the first Monday of the round, and the owners hear of them: they were reminded."""
    they_log(story, "2027-01-08", leaving_out=introduced_first(story)[:4])
    story.it_is("2027-01-11 12:00")
    assert story.settles_alarms(OLGA, lambda number: "snooze" if number == 3 else "ask") == 4
    story.ticks(OLGA, "orientation", "start")
    they_log(story, "2027-01-20")


def winter(story: OwnersStory) -> None:
    """One remark has a name, one person would like a word, and two pairs stop meeting."""
    they_log(story, "2027-02-12")
    story.it_is("2027-02-15 12:00")
    story.asks_for_status(SAM)
    they_log(story, "2027-03-10", leaving_out=introduced_first(story)[6:8])
    story.it_is("2027-03-15 12:00")
    a_remark(story, MENTEES[1])
    story.clicks(OLGA, ids.MARK_REMARK_READ)
    story.it_is("2027-03-22 12:00")
    assert story.settles_alarms(SAM, lambda _: "ask") == 2
    answered_check_ins(story)
    they_log(story, "2027-04-06", leaving_out=introduced_first(story)[6:8])
    story.it_is("2027-04-12 12:00")
    assert story.settles_alarms(OLGA, lambda _: "help") == 2


def two_part_and_are_matched_again(story: OwnersStory) -> None:
    mentee, mentor, _ = active(story)[introduced_first(story)[7]]
    story.it_is("2027-04-14 10:00")
    story.ends(mentee, mentor)
    story.it_is("2027-04-15 10:00")
    story.goes_back(mentee)
    story.goes_back(mentor)
    story.it_is("2027-04-19 12:00")
    story.proposes_and_approves(OLGA)
    story.it_is("2027-04-20 12:00")
    story.approves_and_sends(SAM)
    story.it_is("2027-04-21 10:00")
    accepted(story)


def spring(story: OwnersStory) -> None:
    """A mentor leaves, and the mentee, who waits no longer, learns of it from the owner who ends the partnership."""
    they_log(story, "2027-05-04")
    story.it_is("2027-05-10 12:00")
    story.clicks(OLGA, ids.SEND_CHARTS)
    they_log(story, "2027-06-01")
    story.it_is("2027-06-14 12:00")
    story.asks_for_status(SAM)


def summer_and_autumn(story: OwnersStory) -> None:
    """Most partnerships have come to their end, and people look back."""
    story.it_is("2027-07-12 12:00")
    story.ticks(SAM, "review")
    answered_surveys(story)
    for day in ("2027-07-14", "2027-08-11", "2027-09-08", "2027-10-06", "2027-11-03", "2027-11-30", "2027-12-20"):
        they_log(story, day)
        story.asks_for_status(OLGA)
    story.it_is("2027-12-21 12:00")
    story.ticks(SAM, "closure")


def the_round_is_closed(story: OwnersStory) -> None:
    answered_surveys(story)
    story.it_is("2028-01-31 12:00")
    story.ticks(SAM, "evaluation")
    story.asks_for_status(OLGA)
    story.clicks(OLGA, ids.CLOSE_COHORT)
    story.clicks(OLGA, ids.SEND_WORKBOOK)
    story.it_is("2028-02-07 12:00")


def they_log(story: OwnersStory, day: str, *, leaving_out: Collection[int] = ()) -> None:
    """Everybody who is a partner on that day has met the day before, but for some pairs by their number."""
    story.it_is(f"{day} 15:00")
    for number, (mentee, mentor, _) in enumerate(active(story)):
        if number not in leaving_out:
            author, partner = (mentee, mentor) if number % 2 else (mentor, mentee)
            story.logs(author, partner, on=str(date.fromisoformat(day) - timedelta(days=1)))


def accepted(story: OwnersStory) -> None:
    for match, mentee, mentor in offered(story):
        story.clicks(mentee, ids.ACCEPT_MATCH, match)
        story.clicks(mentor, ids.ACCEPT_MATCH, match)


def a_remark(story: OwnersStory, user: str) -> None:
    """With the name, in the form that `/mentor feedback` leads to."""
    story.person(user).command("/mentor feedback")
    story.opens(user, lambda person: story._click(person, ids.TELL_PROGRAMME), ids.REMARK_FORM)
    story.sends(user, {"remark": "The rooms are booked out.", "remark_kind": "named"})


def answered_check_ins(story: OwnersStory) -> None:
    """Every third mentee answers, and the first would like a word with an owner."""
    for number, (mentee, _, _) in enumerate(active(story)[::3]):
        if asked_for(story, mentee, ids.OPEN_CHECK_IN):
            story.answers_the_check_in(mentee, decision="go-on" if number else "a-word")


def answered_surveys(story: OwnersStory) -> None:
    for user in MENTEES[::2]:
        if asked_for(story, user, ids.OPEN_SURVEY):
            story.answers_the_survey(user)


def asked_for(story: OwnersStory, user: str, action: str) -> bool:
    """Whether a message of the last two weeks asks them for it."""
    since = (story.world.slack.calendar.now() - timedelta(days=14)).timestamp()
    lately = [each for each in messages_of(story.world.slack, user) if float(each["ts"]) >= since]
    return any(button_values(message, action) for message in lately)


def introduced_first(story: OwnersStory) -> list[int]:
    """The numbers of the active partnerships that began before the new year."""
    with story.world.database() as tx:
        began = {pair: found.started_on for _, _, pair in active(story) if (found := tx.partnerships.get(pair))}
    return [number for number, (*_, pair) in enumerate(active(story)) if began[pair] < date(2027, 1, 1)]


def offered(story: OwnersStory) -> list[tuple[str, str, str]]:
    """The matches that wait for answers: id, mentee and mentor."""
    with story.world.database() as tx:
        ((_, cohort),) = tx.programmes.all()
        return [(each.id, each.mentee, each.mentor) for each in tx.matches.of_cohort(cohort.id) if each.awaits_answer]


def active(story: OwnersStory) -> list[tuple[str, str, str]]:
    """The active partnerships: id, mentee and mentor, always in the same order."""
    with story.world.database() as tx:
        ((programme, _),) = tx.programmes.all()
        found = [each for each in tx.partnerships.in_programme(programme.id) if each.is_active]
    return sorted((each.mentee, each.mentor, each.id) for each in found)
