"""A story of two rounds: whom the programme invites, who answers, and who never hears of it again (D0.20)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.people.staff_list import StaffColumn, StaffListRow
from mentoring.programmes.settings import Part
from messages import ids
from services.people import StaffImport
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, DEE
from tests.handlers.support import rows
from tests.handlers.test_invitations import RULE, TOPIC, figures, invitations, joins, works_here
from tests.handlers.test_settings import sets
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot, typed

pytestmark = pytest.mark.long

NIA, NED = "U0NIA", "U0NED"


def test_one_year_of_invitations(town: LocalBot) -> None:
    town.slack.timeline = town.bot
    story = Story(town)
    town.knows(OWNER, ADA, BEN, CHI, DEE, BOSS)
    works_here(town, StaffRecord(ADA, manager=BOSS), StaffRecord(CHI, manager=BOSS), StaffRecord(DEE, manager=BOSS))
    sets(town, Part.INVITATIONS, RULE)

    # Monday 23 November 2026: Nia is new. Chi gets somebody to manage, and Dee another title.
    joins(town, NIA)
    works_here(town, StaffRecord(NIA, manager=BOSS))
    town.changes(DEE, title="Editor")
    town.changes(DEE, title="Head of editing")
    imported(town, ADA, manager=CHI)
    story.it_is("2026-12-06 20:00")
    assert not any(invitations(town, user) for user in (CHI, DEE, NIA))

    # Monday 7 December: two weeks have passed for all three.
    story.it_is("2026-12-07 16:00")
    assert invited(town) == [CHI, DEE, NIA]
    assert {each["text"] for user in (CHI, DEE, NIA) for each in invitations(town, user)} == {
        "Would you like to take part in mentoring?"
    }

    # Nia chooses a topic, agrees and sends. Chi wants none of it. Dee does not answer.
    nia = town.person(NIA)
    nia.choose(ids.APPLY_AS_MENTEE, TOPIC, message=invitations(town, NIA)[0])
    nia.await_view(ids.APPLICATION_FORM)
    assert typed(nia)["manager"] == BOSS
    nia.fill({"expectations": ["yes"]})
    assert nia.submit().closed
    town.settle()
    town.person(CHI).click(ids.STOP_INVITATIONS, message=invitations(town, CHI)[0])
    town.settle()
    assert "shown from five people on" in figures(town)

    # Applications close on 21 December. In February Ben has another title, and has to wait for the next round.
    story.it_is("2027-02-01 12:00")
    town.changes(BEN, title="Buyer")
    town.changes(BEN, title="Head of buying")
    for user in (CHI, DEE):
        town.changes(user, title=f"Something new for {user}")
    story.it_is("2027-04-01 12:00")
    assert invited(town) == [CHI, DEE, NIA]

    # The next round opens in June: Ben's turn, and Dee's again, for the new moment. Chi and Nia hear nothing.
    next_round(town, date(2027, 6, 1))
    story.it_is("2027-06-14 16:00")
    assert invited(town) == [BEN, CHI, DEE, DEE, NIA]
    assert len(invitations(town, CHI)) == len(invitations(town, NIA)) == 1

    # The story of Ned is short: he joins, and applies by himself before anybody invites him.
    joins(town, NED)
    works_here(town, StaffRecord(NED, manager=BOSS))
    story.asks(NED, {**ANSWERS, "manager": BOSS})
    story.it_is("2027-07-20 12:00")
    assert not invitations(town, NED)


ANSWERS = {
    "topics": [TOPIC],
    "hopes": "To find my way.",
    "months": "6",
    "ways": ["in-person"],
    "languages": ["en"],
    "expectations": ["yes"],
    "supervisor": ["yes"],
}


def invited(town: LocalBot) -> list[str]:
    return sorted(row["person"] for row in rows(town)["invitations"])


def imported(town: LocalBot, person: str, manager: str) -> None:
    """The organisation's list is imported again: this person has another manager."""
    cells = {StaffColumn.PERSON: person, StaffColumn.MANAGER: manager}
    with town.database() as tx:
        ((programme, _),) = tx.programmes.all()
        people = tx.people.get_many([person, manager])
    row = StaffListRow(2, cells)
    now = town.slack.calendar.now
    found = StaffImport(town.storage, town.slack.team_id, [row], programme, people, now, dry_run=False).run()
    assert not found.findings


def next_round(town: LocalBot, opens_on: date) -> None:
    """The owner closes the round, and the next one opens."""
    with town.storage.begin(town.slack.team_id) as tx:
        ((_, cohort),) = tx.programmes.all()
        closed = replace(cohort, closed_on=town.slack.calendar.now().date())
        following = replace(
            cohort,
            id="c2",
            opens_on=opens_on,
            apply_by=opens_on + timedelta(weeks=8),
            starts_on=opens_on + timedelta(weeks=10),
            ends_on=opens_on + timedelta(weeks=60),
        )
        tx.save(Outcome((closed, following)))
