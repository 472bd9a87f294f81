"""What follows an agreement that both have signed: goals that are named, who finds the time and for how long, and when
a progress report is offered.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.agreements.agreement import Agreement, AgreementVersion, WrittenTerms
from mentoring.agreements.terms import AgreementTerms, ReportTimes
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.partnerships.scheduling import WhoSchedules
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers import report_story
from tests.handlers.agreement_story import EXPECTATIONS, MEETINGS, fills, opens, switch, writes
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, GOAL_ID, LEAD, later, logged, partners, plan_shared
from tests.handlers.support import Json, direct_messages, rows
from tests.handlers.test_home import opens_home
from tests.handlers.test_planned_meetings import booked, finds, presses
from tests.journeys.story import Story
from tests.local_bot import LocalBot
from tests.messages.examples import TERMS

ONE_DAY = 24 * 60 * 60


def agreed(town: LocalBot, partnership: str, **says: Any) -> None:
    """Both have signed these terms."""
    switch(town)
    now = town.slack.calendar.now()
    terms: AgreementTerms = replace(TERMS, until=date(2027, 8, 25), review_on=date(2027, 8, 1), **says)
    version = AgreementVersion(1, ADA, now, {ADA: now, BEN: now})
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((Agreement(partnership, (version,)), WrittenTerms(partnership, 1, terms))))


def shown(view: Json) -> str:
    return " ".join(visible_texts(view["blocks"]))


def terms_of(town: LocalBot, partnership: str) -> AgreementTerms:
    with town.database() as tx:
        found = tx.partnerships.get(partnership)
        assert found is not None
        terms = tx.private(ActingPerson(BEN)).agreement_terms(found)
    return terms[max(terms)]


@pytest.fixture
def shared(town: LocalBot) -> str:
    """Ada shares a plan with one goal, in a programme with agreements; the partnership's id."""
    found = plan_shared(town)
    switch(town)
    return found


def unshared(town: LocalBot, partnership: str) -> None:
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.UNSHARE_PLAN, partnership))
    Story(town).leaves(ADA)
    assert rows(town)["plan_shares"] == []


def test_a_shared_goal_is_named_and_both_read_it(town: LocalBot, shared: str) -> None:
    writes(town, ADA, shared, {**MEETINGS, "goals": [GOAL_ID]})
    assert terms_of(town, shared).goals == (GOAL_ID,)
    assert f"Goals we work on:* “{LEAD.words}”" in shown(opens(town, BEN, shared))


def test_once_it_is_no_longer_shared_neither_reads_it_there_and_a_new_version_leaves_it_out(
    town: LocalBot, shared: str
) -> None:
    writes(town, ADA, shared, {**MEETINGS, "goals": [GOAL_ID]})
    unshared(town, shared)
    for reader in (ADA, BEN):
        view = opens(town, reader, shared)
        assert LEAD.words not in str(view)
        assert "1 goal no longer shared" in shown(view)
    form = opens(town, BEN, shared, ids.CHANGE_AGREEMENT)
    assert "goals" not in [block.get("block_id") for block in form["blocks"]]
    fills(town, BEN, {"minutes": "30"}, {})
    town.person(BEN).click(ids.SIGN_DRAFT)
    town.settle()
    changed = terms_of(town, shared)
    assert (changed.minutes, changed.goals) == (30, ())


def test_signing_what_names_a_goal_that_is_gone_is_still_possible(town: LocalBot, shared: str) -> None:
    writes(town, ADA, shared, {**MEETINGS, "goals": [GOAL_ID]})
    unshared(town, shared)
    writes(town, BEN, shared, {}, {})
    assert [(row["number"], row["countersigned_by"]) for row in rows(town)["agreement_versions"]] == [(1, BEN)]


def test_a_plan_that_is_not_shared_offers_no_goals_and_without_reports_nobody_is_asked_about_them(
    town: LocalBot, shared: str
) -> None:
    unshared(town, shared)
    asked = [block.get("block_id") for block in opens(town, ADA, shared)["blocks"]]
    assert not {"goals", "reports"} & set(asked)
    fills(town, ADA, MEETINGS, EXPECTATIONS)
    town.person(ADA).click(ids.SIGN_DRAFT)
    town.settle()
    assert (terms_of(town, shared).goals, terms_of(town, shared).reports) == ((), None)


def test_the_agreed_length_is_looked_for_until_another_is_chosen(town: LocalBot) -> None:
    partnership = partners(town)
    agreed(town, partnership, minutes=45)
    assert "45" in _chosen(finds(town, ADA, partnership))
    town.person(ADA).click("Offer this time")
    town.settle()
    assert [row["minutes"] for row in rows(town)["planned_meetings"]] == [45]


def _chosen(view: Json) -> str:
    (select,) = (
        each for block in view["blocks"] for each in block.get("elements", ()) if each.get("type") == "static_select"
    )
    return str(select["initial_option"]["value"])


def is_first(home: Json, action: str) -> bool:
    """Whether a button of this kind is the primary one."""
    return any(
        each.get("style") == "primary"
        for block in home["blocks"]
        for each in block.get("elements", ())
        if each.get("action_id") == action
    )


def test_whom_the_agreement_names_finds_the_time_and_the_other_still_can(town: LocalBot) -> None:
    partnership = partners(town)
    agreed(town, partnership, schedules=WhoSchedules.MENTOR)
    mentee, mentor = opens_home(town, ADA), opens_home(town, BEN)
    assert (is_first(mentee, ids.FIND_TIME), is_first(mentor, ids.FIND_TIME)) == (False, True)
    assert f"<@{BEN}> will suggest a time" in str(mentee)
    assert f"suggest a time to <@{ADA}>" in str(mentor)
    assert ids.FIND_TIME in str(mentee)
    booked(town, partnership)
    later(town, days=8)
    asked, asked_again = _about(town, ADA), _about(town, BEN)
    assert float(asked_again["ts"]) - float(asked["ts"]) > ONE_DAY, "he is asked once more, in a new message"


@pytest.mark.long
def test_by_turns_it_is_whoever_did_not_propose_the_last_meeting(town: LocalBot) -> None:
    partnership = partners(town)
    agreed(town, partnership, schedules=WhoSchedules.BY_TURNS)
    assert is_first(opens_home(town, ADA), ids.FIND_TIME)
    row = booked(town, partnership)  # by Ada
    later(town, days=8)
    presses(town, ADA, ids.SAY_MET, _about(town, ADA))
    assert [each["state"] for each in rows(town)["planned_meetings"]] == ["held"]
    assert row["proposed_by"] == ADA
    assert (is_first(opens_home(town, ADA), ids.FIND_TIME), is_first(opens_home(town, BEN), ids.FIND_TIME)) == (
        False,
        True,
    )


def _about(town: LocalBot, user: str) -> Json:
    return next(each for each in reversed(direct_messages(town, user)) if "Did you meet" in message_text(each))


@pytest.mark.parametrize(
    ("reports", "offered"),
    [(ReportTimes.QUARTERLY, True), pytest.param(ReportTimes.HALF_WAY, False, marks=pytest.mark.long)],
)
def test_a_quarterly_report_is_offered_at_home_and_in_the_next_reminder(
    town: LocalBot, reports: ReportTimes, offered: bool
) -> None:
    logged(town)
    partnership = str(rows(town)["partnerships"][0]["id"])
    report_story.switch(town)
    agreed(town, partnership, reports=reports)
    Story(town).leaves(ADA)
    assert "time for one" not in str(opens_home(town, ADA))
    later(town, days=100)
    assert ("time for one" in str(opens_home(town, ADA))) is offered
    nudges = [message_text(each) for each in direct_messages(town, ADA) if "lately" in each["text"]]
    assert ["time for one" in each for each in (nudges[0], nudges[-1])] == [False, offered]
