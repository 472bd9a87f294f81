"""When the end of a partnership is moved, the agreement of the two names it."""

from datetime import date

from mentoring.partnerships.end_date import change_end
from messages import ids
from services.end_dates import load_end_context
from tests.handlers.agreement_story import EXPECTATIONS, opens, signs, with_agreements, writes
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN
from tests.handlers.support import rows
from tests.local_bot import LocalBot

LATER = date(2027, 10, 25)


def move(town: LocalBot, partnership: str) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        found = tx.partnerships.get(partnership)
        assert found is not None
        tx.save(change_end(load_end_context(tx, found), LATER, town.slack.calendar.now()))
    town.settle()


def test_the_agreement_in_force_names_the_moved_end(town: LocalBot) -> None:
    pair = with_agreements(town)
    writes(town, ADA, pair)
    signs(town, BEN, pair)
    move(town, pair)
    assert [row["until"] for row in rows(town)["agreement_terms"]] == [str(LATER)]
    assert "25 October 2027" in str(opens(town, ADA, pair)["blocks"])
    writes(town, ADA, pair, {"purpose": "Something else."}, {})
    assert [row["until"] for row in rows(town)["agreement_terms"]] == [str(LATER)] * 2


def test_what_waits_for_a_signature_names_it_and_an_old_button_signs_nothing(town: LocalBot) -> None:
    pair = with_agreements(town)
    writes(town, ADA, pair, expectations=EXPECTATIONS)
    old = next(
        element["value"]
        for block in opens(town, BEN, pair)["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == ids.SIGN_AGREEMENT
    )
    move(town, pair)
    (said,) = answers(town, clicked(town, BEN, ids.SIGN_AGREEMENT, old))
    assert "changed the agreement" in said
    signs(town, BEN, pair)
    assert rows(town)["partnerships"][0]["ends_on"] == str(LATER)
