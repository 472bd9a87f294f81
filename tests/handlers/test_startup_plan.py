"""The start-up plan of a round: owners see it, and any of them can tick its steps."""

from dataclasses import replace

import pytest

from mentoring.core.outcome import Outcome
from mentoring.programmes.startup_plan import PlanStep
from messages.ids import (
    OPEN_GUIDE,
    OPEN_OWNERS,
    OPEN_PLAN,
    OPEN_REVIEW,
    OWNERS_FORM,
    PLAN_VIEW,
    REVIEW_VIEW,
    SETUP_FORM,
    TICK_STEP,
    UNTICK_STEP,
)
from sandbox.person import Person
from tests.handlers.support import rows
from tests.handlers.test_setup_guide import presses, said
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.one_programme import programme_and_cohort


def opens_plan(town: LocalBot, user: str = OWNER) -> Person:
    owner = town.person(user)
    card = owner.command("/mentor setup").messages[-1]
    block = next(b["block_id"] for b in card["blocks"] if b.get("accessory", {}).get("action_id") == OPEN_PLAN)
    assert owner.click(f"{block}/{OPEN_PLAN}", message=card).ok
    owner.await_view(PLAN_VIEW)
    return owner


def ticked(town: LocalBot) -> list[tuple[str, str]]:
    return sorted((row["name"], row["done_by"]) for row in rows(town)["setup_steps"])


def test_a_step_is_ticked_and_unticked_in_the_open_plan_and_every_owner_sees_it(two_owners: LocalBot) -> None:
    owner = opens_plan(two_owners)
    assert "0 of 12 steps are done." in said(owner)
    presses(two_owners, owner, TICK_STEP, PlanStep.SPONSOR)
    assert "1 of 12 steps are done." in said(owner)
    assert f"by <@{OWNER}>" in said(owner)
    other = opens_plan(two_owners, SECOND_OWNER)
    assert "1 of 12 steps are done." in said(other)
    presses(two_owners, other, UNTICK_STEP, PlanStep.SPONSOR)
    assert "0 of 12 steps are done." in said(other)
    assert ticked(two_owners) == []


@pytest.mark.parametrize(
    ("action_id", "opened"), [(OPEN_OWNERS, OWNERS_FORM), (OPEN_GUIDE, SETUP_FORM), (OPEN_REVIEW, REVIEW_VIEW)]
)
def test_the_plan_leads_to_where_a_step_is_done(town: LocalBot, action_id: str, opened: str) -> None:
    owner = opens_plan(town)
    view = owner.view
    assert view is not None
    block = next(
        b["block_id"] for b in view["blocks"] if action_id in [e.get("action_id") for e in b.get("elements", ())]
    )
    assert owner.click(f"{block}/{action_id}").ok
    owner.await_view(opened)


def test_the_second_of_two_owners_who_tick_the_same_step_changes_nothing(two_owners: LocalBot) -> None:
    first, second = opens_plan(two_owners), opens_plan(two_owners, SECOND_OWNER)
    presses(two_owners, first, TICK_STEP, PlanStep.ANNOUNCE)
    presses(two_owners, second, TICK_STEP, PlanStep.ANNOUNCE)
    assert ticked(two_owners) == [(PlanStep.ANNOUNCE, OWNER)]


def test_a_plan_that_was_open_when_the_next_round_opened_ticks_nothing_in_it(town: LocalBot) -> None:
    owner = opens_plan(town)
    with town.storage.begin(town.slack.team_id) as tx:
        _, cohort = programme_and_cohort(tx)
        tx.save(Outcome((replace(cohort, closed_on=cohort.opens_on), replace(cohort, id="next"))))
    presses(town, owner, TICK_STEP, PlanStep.SPONSOR)
    assert ticked(town) == []
