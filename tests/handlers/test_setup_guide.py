"""The guided set-up: one step after the other in one view, left and resumed, with nothing typed lost."""

from dataclasses import replace
from typing import Any

from mentoring.core.lengths import Length
from mentoring.programmes.settings import Part
from mentoring.programmes.setup_steps import guided_parts
from messages.ids import GO_TO_STEP, GUIDE_VIEW, OPEN_GUIDE, PREVIEW, PREVIEW_VIEW, SETUP_FORM, SKIP_STEP
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from sandbox.person import Person
from tests.handlers.starting_points import ADA, BEN, applied
from tests.handlers.support import direct_messages, plain_value, rows
from tests.handlers.test_matching_settings import programme
from tests.handlers.test_settings import card_of
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot, typed
from tests.one_programme import programme_and_cohort

PARTS = [part for part in Part if part not in (Part.MATCHING, Part.INVITATIONS, Part.SURVEYS, Part.RETENTION)]


def starts(town: LocalBot, user: str = OWNER) -> Person:
    """Opens the guided set-up from the settings."""
    owner = town.person(user)
    card = owner.command("/mentor setup").messages[-1]
    block = next(b["block_id"] for b in card["blocks"] if b.get("accessory", {}).get("action_id") == OPEN_GUIDE)
    assert owner.click(f"{block}/{OPEN_GUIDE}", message=card).ok
    owner.await_view()
    return owner


def view_of(owner: Person) -> dict[str, Any]:
    assert owner.view is not None
    return owner.view


def said(owner: Person) -> str:
    view = view_of(owner)
    return "\n".join([view["title"]["text"], *visible_texts(view["blocks"])])


def presses(town: LocalBot, owner: Person, action: str, value: str | None = None) -> None:
    """A button of the open view."""
    for block in view_of(owner)["blocks"]:
        elements = [block.get("accessory"), *block.get("elements", ())]
        for element in filter(None, elements):
            if element.get("action_id") == action and value in (None, plain_value(element)):
                assert owner.click(f"{block['block_id']}/{action}").ok
                town.settle()
                return
    raise AssertionError(f"no button {action} {value}")


def test_every_step_replaces_the_one_before_and_the_last_leads_to_the_overview(town: LocalBot) -> None:
    owner = starts(town)
    before = len(direct_messages(town, OWNER))
    seen = []
    while view_of(owner)["callback_id"] == SETUP_FORM:
        seen.append(view_of(owner)["title"]["text"])
        assert f"Step {len(seen)} of 10." in said(owner)
        if len(seen) > 1:
            assert f"“{seen[-2]}” is saved." in said(owner)
        owner.submit()
        town.settle()
    assert len(seen) == len(set(seen)) == 10
    assert view_of(owner)["callback_id"] == GUIDE_VIEW
    assert "All 10 steps are done." in said(owner)
    assert len(direct_messages(town, OWNER)) == before, "the steps confirm what is saved by themselves"
    assert "All 10 steps are done." in card_of(town)
    saved = programme(town)
    assert saved.objectives[0] == "Support decisions about careers and education", "the suggestions were left in"
    assert "both learn" in saved.definition


def test_it_is_resumed_at_the_first_step_that_is_not_done(town: LocalBot) -> None:
    owner = starts(town)
    owner.fill({"name": "Fen & Fell"})
    owner.submit()
    town.settle()
    owner.close()
    assert programme(town).name == "Fen & Fell"
    assert "1 of 10 steps are done." in card_of(town)
    assert "Step 2 of 10." in said(starts(town))


def test_what_was_typed_is_kept_when_the_owner_skips_or_goes_back(town: LocalBot) -> None:
    owner = starts(town)
    owner.fill({"name": "Not saved yet"})
    presses(town, owner, SKIP_STEP)
    assert "Step 2 of 10." in said(owner)
    presses(town, owner, GO_TO_STEP)
    assert "Step 1 of 10." in said(owner)
    assert typed(owner)["name"] == "Not saved yet"
    assert "We saved what you typed last time." in said(owner)
    assert programme(town).name == "Mentoring programme"
    owner.close()
    assert typed(starts(town))["name"] == "Not saved yet"


def test_a_step_that_was_only_looked_at_leaves_no_draft(town: LocalBot) -> None:
    owner = starts(town)
    presses(town, owner, SKIP_STEP)
    assert rows(town)["drafts"] == []


def test_a_refused_step_stays_open_and_is_not_done(town: LocalBot) -> None:
    owner = starts(town)
    owner.fill({"expectations_url": "no address"})
    assert list(owner.submit().errors) == ["expectations_url"]
    owner.close()
    assert rows(town)["setup_steps"] == []
    assert typed(starts(town))["expectations_url"] == "no address"


def test_the_preview_shows_what_is_typed_and_saves_nothing(town: LocalBot) -> None:
    owner = starts(town)
    owner.fill({"name": "Fen & Fell", "purpose": "So that <nobody> is alone."})
    presses(town, owner, PREVIEW)
    owner.await_view(PREVIEW_VIEW)
    shown = said(owner)
    for words in (
        "It isn’t saved yet.",
        "Fen & Fell",
        "&lt;nobody&gt;",
        "When people apply as a mentee",
        "How it works",
    ):
        assert words in shown
    assert not any(block["type"] == "actions" or "accessory" in block for block in view_of(owner)["blocks"])
    assert programme(town).name == "Mentoring programme"


def test_a_step_can_be_opened_again_from_the_overview(town: LocalBot) -> None:
    owner = starts(town)
    for _ in PARTS:
        owner.submit()
        town.settle()
    presses(town, owner, GO_TO_STEP, Part.PARTNERSHIPS)
    owner.fill({"lengths": ["6w", "3"]})
    owner.submit()
    town.settle()
    assert programme(town).lengths == (Length(weeks=6), Length(3))
    assert "“Length and rhythm” is saved." in said(owner)


def test_a_length_that_is_dropped_in_a_step_names_those_who_applied_for_it(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    before = len(direct_messages(town, OWNER))
    owner = starts(town)
    for values in ({"most_places": "2"}, {"lengths": ["6w", "10w"]}):
        presses(town, owner, SKIP_STEP)
        while "Step 6 of 10." not in said(owner):
            presses(town, owner, SKIP_STEP)
        owner.fill(values)
        owner.submit()
        town.settle()
        presses(town, owner, GO_TO_STEP, Part.PARTNERSHIPS)
        presses(town, owner, GO_TO_STEP, Part.CHOICES)
    heard = [message_text(message) for message in direct_messages(town, OWNER)][before:]
    assert len(heard) == 1, "the number of places concerns nobody"
    assert f"*Another length:* <@{ADA}> and <@{BEN}>." in heard[0]


def test_the_other_owner_goes_on_and_hears_of_each_change(two_owners: LocalBot) -> None:
    first = starts(two_owners)
    first.fill({"name": "Fen & Fell"})
    first.submit()
    two_owners.settle()
    assert "Step 2 of 10." in said(starts(two_owners, SECOND_OWNER))
    told = [row["recipient"] for row in rows(two_owners)["outbox"] if row["kind"] == "programme-changed"]
    assert told == [SECOND_OWNER], "it comes as a line of another message"


def test_two_owners_in_the_same_step_do_not_overwrite_each_other(two_owners: LocalBot) -> None:
    first, second = starts(two_owners), starts(two_owners, SECOND_OWNER)
    for owner, name in ((first, "One"), (second, "Other")):
        owner.fill({"name": name})
    first.submit()
    two_owners.settle()
    assert list(second.submit().errors) == ["name"]
    assert programme(two_owners).name == "One"


def test_a_form_that_is_sent_twice_is_saved_once(town: LocalBot) -> None:
    owner = starts(town)
    owner.fill({"name": "Fen & Fell"})
    owner.submit()
    town.settle()
    before = rows(town)["programmes"]
    presses(town, owner, GO_TO_STEP)
    owner.submit()
    town.settle()
    assert rows(town)["programmes"] == before
    assert len(rows(town)["setup_steps"]) == 1


def test_only_owners_are_guided(town: LocalBot) -> None:
    reply = town.person("U0ADA").command("/mentor setup").messages[-1]
    assert OPEN_GUIDE not in str(reply)


def test_a_closed_round_has_no_step_for_its_dates(town: LocalBot) -> None:
    with town.database() as tx:
        _, cohort = programme_and_cohort(tx)
    assert guided_parts(cohort)[-1] is Part.DATES
    closed = replace(cohort, closed_on=cohort.ends_on)
    assert Part.DATES not in guided_parts(closed)
