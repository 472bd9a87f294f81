"""A mentor with more partnerships than places: the owners see it, and nobody else; a correction settles it."""

from dataclasses import replace

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import Outcome
from mentoring.home.needs import Need, NeedKind
from messages import ids
from sandbox.blocks import visible_texts
from services.home import load_needs
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, applied, introduced
from tests.handlers.support import rows
from tests.local_bot import OWNER, LocalBot
from tests.one_programme import programme_and_cohort


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    """Ben offered two places, has two partnerships, and wants only one from now on."""
    town = two_owners
    applied(town, [ADA, CHI], [BEN], places=2)
    for mentee in (ADA, CHI):
        introduced(town, mentee, BEN)
    assert over(town) == ()
    with town.storage.begin(town.slack.team_id) as tx:
        _, cohort = programme_and_cohort(tx)
        offer = tx.applications.of(BEN, cohort.id)[Role.MENTOR]
        tx.save(Outcome((replace(offer, places=1, version=offer.version + 1),)))
    return town


def over(town: LocalBot, user: str = OWNER) -> tuple[Need, ...]:
    with town.database() as tx:
        found = load_needs(tx, *programme_and_cohort(tx), user, town.slack.calendar.now())
    return tuple(need for need in found if need.kind is NeedKind.OVER_PLACES)


def test_owners_read_how_many_they_have_and_have_offered(town: LocalBot) -> None:
    (need,) = over(town)
    assert (need.count, need.places, need.people) == (2, 1, (BEN,))
    answers(town, clicked(town, OWNER, ids.OPEN_NEEDS))
    said = "\n".join(visible_texts(town.person(OWNER).inbox()[-1]["blocks"]))
    assert f"<@{BEN}> has 2 partnerships and offered 1 place. Ask if that’s too many." in said


def test_a_correction_of_the_places_settles_it_and_the_mentor_is_told(town: LocalBot) -> None:
    (need,) = over(town)
    answers(town, clicked(town, OWNER, ids.CORRECT_APPLICATION, need.about))
    town.settle()
    owner = town.person(OWNER)
    owner.await_view(ids.CORRECTION_FORM)
    owner.fill({"places": "2"})
    assert not owner.submit().errors
    town.settle()
    assert over(town) == ()
    assert owner.view is None, "the form was opened from what needs the owner"
    assert [row["recipient"] for row in rows(town)["outbox"] if row["kind"] == "application-corrected"] == [BEN]


def test_one_partnership_that_ends_settles_it(town: LocalBot) -> None:
    pair = next(row["id"] for row in rows(town)["partnerships"] if row["mentee"] == CHI)
    answers(town, clicked(town, CHI, ids.END_PARTNERSHIP, pair))
    assert over(town) == ()


def test_an_application_that_was_withdrawn_offers_nothing_more(town: LocalBot) -> None:
    (need,) = over(town)
    answers(town, clicked(town, BEN, ids.WITHDRAW, need.about))
    assert over(town) == ()
