"""The committee and sponsors: named in Slack, told what they may do, and let in to exactly that."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mentoring.core.roles import ProgrammeRole, RoleGiven
from messages import ids
from sandbox import Member
from services.people import erase_person
from tests.handlers.acts import ACTS, Act
from tests.handlers.requests import answers, clicked, held, typed_command
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, introduced, later, proposed
from tests.handlers.support import Json, direct_messages, post, rows
from tests.handlers.test_cohorts import RUNNING, close, open_next, today
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

MEMBER = SECOND_OWNER
"""Somebody who is no owner here: on the committee or a sponsor."""
THIRD = "U0THIRD"
"""The same, beside two owners."""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with open_town(tmp_path) as town:
        town.settle()
        town.knows(OWNER, MEMBER, DEE)
        yield town


def opens_roles(town: LocalBot, user: str = OWNER) -> Json:
    person = town.person(user)
    person.command("/mentor setup")
    person.click(ids.OPEN_OWNERS)
    return person.await_view(ids.OWNERS_FORM)


def names(town: LocalBot, committee: Sequence[str] = (), sponsors: Sequence[str] = (), **others: Any) -> Any:
    """The owner names these people in the form; what the form answers."""
    opens_roles(town)
    town.person(OWNER).fill({"owners": [OWNER], "committee": list(committee), "sponsors": list(sponsors), **others})
    sent = town.person(OWNER).submit()
    town.settle()
    return sent


def given(town: LocalBot, role: ProgrammeRole, *people: str) -> None:
    """These people have the role, without the form."""
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        for person in people:
            tx.roles.give(RoleGiven(programme.id, role, person, OWNER))


def roles(town: LocalBot) -> set[tuple[str, str]]:
    return {(row["person"], row["role"]) for row in rows(town)["roles"]}


def heard(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user)]


def last(town: LocalBot, user: str) -> str:
    return json.dumps(direct_messages(town, user)[-1], ensure_ascii=False)


def test_an_owner_names_a_committee_and_a_sponsor_and_each_is_told_what_they_may_do(town: LocalBot) -> None:
    applied(town, [ADA])
    assert names(town, [MEMBER], [DEE]).closed
    assert roles(town) == {(OWNER, "owner"), (MEMBER, "committee"), (DEE, "sponsor")}
    assert heard(town, MEMBER) == ["You’re on the committee of Mentoring programme"]
    assert "decide on proposals" in last(town, MEMBER)
    assert heard(town, DEE) == ["You’re a sponsor of Mentoring programme"]
    assert "/mentor status" in last(town, DEE)
    assert heard(town, ADA) == ["Mentoring programme has a committee now"]
    card = json.dumps(town.person(OWNER).command("/mentor setup").messages[-1], ensure_ascii=False)
    assert f"*Committee*: <@{MEMBER}>" in card


def test_the_form_says_that_the_committee_reads_it(town: LocalBot) -> None:
    for committee, readers in (([], "The programme owners see"), ([MEMBER], "The programme owners and the committee")):
        assert names(town, committee).closed
        town.person(CHI).command("/mentor request")
        form = json.dumps(town.person(CHI).await_view(ids.APPLICATION_FORM), ensure_ascii=False)
        assert readers in form
        Story(town).leaves(CHI)


def test_a_form_that_was_open_when_the_committee_was_named_is_not_read_by_it_unsaid(town: LocalBot) -> None:
    town.knows(CHI, REQUEST["manager"])
    town.person(CHI).command("/mentor request")
    town.person(CHI).await_view(ids.APPLICATION_FORM)
    names(town, [MEMBER])
    town.person(CHI).fill({**REQUEST, "wish": None})
    assert town.person(CHI).submit().closed
    town.settle()
    assert "Mentoring programme has a committee now" in json.dumps(direct_messages(town, CHI), ensure_ascii=False)


def test_who_is_taken_off_is_told_and_shut_out_at_once(town: LocalBot) -> None:
    names(town, [MEMBER])
    assert names(town).closed
    assert heard(town, MEMBER)[-1] == "You’re no longer on the committee of Mentoring programme"
    (refused,) = answers(town, typed_command(town, MEMBER, "match"))
    assert "Only programme owners" in refused
    assert roles(town) == {(OWNER, "owner")}


@pytest.mark.parametrize(
    ("chosen", "field"),
    [({"committee": ["U0GUEST"]}, "committee"), ({"sponsors": ["U0GONE"]}, "sponsors")],
)
def test_who_cannot_be_named_is_said_at_the_field_and_nothing_typed_is_lost(
    town: LocalBot, chosen: dict[str, Any], field: str
) -> None:
    town.knows("U0GUEST", "U0GONE")
    opens_roles(town)
    town.person(OWNER).fill({"owners": [OWNER], "committee": [MEMBER], "sponsors": [], **chosen})
    assert list(town.person(OWNER).submit().errors) == [field]
    assert roles(town) == {(OWNER, "owner")}
    Story(town).leaves(OWNER)
    assert "We saved what you typed last time." in json.dumps(opens_roles(town), ensure_ascii=False)


def test_two_of_the_committee_and_the_owners_approve_and_an_owner_sends(town: LocalBot) -> None:
    given(town, ProgrammeRole.COMMITTEE, MEMBER)
    match = proposed(town)
    assert any(text.startswith("Matches:") for text in heard(town, MEMBER))  # new proposals are shown to both
    answers(town, clicked(town, MEMBER, ids.APPROVE, match))
    (row,) = rows(town)["matches"]
    assert json.loads(row["approvals"]) == [MEMBER]
    later(town, hours=1)
    assert any("needs your approval" in text for text in heard(town, OWNER))
    answers(town, clicked(town, OWNER, ids.APPROVE, match))
    (refused,) = answers(town, clicked(town, MEMBER, ids.RELEASE))
    assert "Only programme owners" in refused
    assert ids.RELEASE not in json.dumps([direct_messages(town, MEMBER), _review(town, MEMBER)])
    answers(town, clicked(town, OWNER, ids.RELEASE))
    assert [row["state"] for row in rows(town)["matches"]] == ["offered"]


def _review(town: LocalBot, user: str) -> Json:
    return Story(town).opens(user, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)


def test_a_look_at_an_application_is_recorded_and_what_is_withdrawn_is_for_owners(town: LocalBot) -> None:
    given(town, ProgrammeRole.COMMITTEE, MEMBER)
    applied(town, [ADA])
    view = Story(town).opens(MEMBER, lambda person: person.command("/mentor people"), ids.PEOPLE_VIEW)
    assert ids.OPEN_OWNER_RECORD not in json.dumps(view)
    Story(town).opens(MEMBER, lambda person: person.click(ids.OPEN_APPLICATION), ids.APPLICATION_VIEW)
    shown = json.dumps(town.person(MEMBER).view, ensure_ascii=False)
    assert "Only for the owners." in shown
    assert not {ids.CORRECT_APPLICATION, ids.WITHDRAW_FOR} & set(shown.split('"'))
    (act,) = rows(town)["owner_record"]
    assert (act["by"], act["person"], act["action"]) == (MEMBER, ADA, "viewed")
    answers(town, clicked(town, ADA, ids.WITHDRAW, f"mentee-{ADA}"))
    (refused,) = answers(town, clicked(town, MEMBER, ids.OPEN_APPLICATION, f"mentee-{ADA}"))
    assert "Only programme owners" in refused
    assert len(rows(town)["owner_record"]) == 1


def test_a_sponsor_reads_figures_and_nothing_of_a_person(town: LocalBot) -> None:
    given(town, ProgrammeRole.SPONSOR, MEMBER)
    introduced(town, ADA, BEN)
    applied(town, [CHI, "U0P1", "U0P2", "U0P3", "U0P4"])
    answers(town, typed_command(town, MEMBER, "status"))
    assert heard(town, MEMBER) == ["Mentoring programme: the figures"]
    figures = last(town, MEMBER)
    assert "*Mentees applied*\\n6" in figures or "6" in figures
    assert "fewer than 5" in figures
    for person in (ADA, BEN, CHI, "Ada", "U0P1"):
        assert person not in figures
    for word in ("people", "match", "setup", "programmes"):
        (refused,) = answers(town, typed_command(town, MEMBER, word))
        assert "Only programme owners" in refused or "Only administrators" in refused
    later(town, days=8)
    assert len(heard(town, MEMBER)) == 1  # no page for sponsors about so few


def test_nothing_waits_for_a_member_whose_account_is_closed_and_the_others_are_told(town: LocalBot) -> None:
    given(town, ProgrammeRole.COMMITTEE, MEMBER)
    match = proposed(town)
    town.changes(MEMBER, deactivated=True)
    assert any("account was deactivated" in text for text in heard(town, OWNER))
    assert "on the committee" in last(town, OWNER)
    answers(town, clicked(town, OWNER, ids.APPROVE, match))
    answers(town, clicked(town, OWNER, ids.RELEASE))
    assert [row["state"] for row in rows(town)["matches"]] == ["offered"]


def test_an_administrator_names_owners_only_and_reads_no_application(town: LocalBot) -> None:
    applied(town, [ADA])
    names(town, [MEMBER], owners=[DEE])
    assert roles(town) == {(DEE, "owner"), (MEMBER, "committee")}
    admin = town.person(OWNER)
    listed = admin.command("/mentor programmes").messages[-1]
    block = next(b["block_id"] for b in listed["blocks"] if b.get("accessory", {}).get("action_id") == ids.OPEN_OWNERS)
    admin.click(f"{block}/{ids.OPEN_OWNERS}", message=listed)
    form = json.dumps(admin.await_view(ids.OWNERS_FORM))
    assert MEMBER not in form
    admin.fill({"owners": [DEE, CHI]})
    town.knows(CHI)
    assert admin.submit().closed
    town.settle()
    assert roles(town) == {(DEE, "owner"), (CHI, "owner"), (MEMBER, "committee")}
    for request in (
        typed_command(town, OWNER, "people"),
        clicked(town, OWNER, ids.OPEN_APPLICATION, f"mentee-{ADA}"),
        typed_command(town, OWNER, "match"),
    ):
        assert answers(town, request)[0] in ("", NOT_YOURS)  # "" is the same sentence once more
    assert "Only for the owners." not in json.dumps(town.person(OWNER).views)


def test_a_person_who_is_erased_has_no_role_any_more(town: LocalBot) -> None:
    given(town, ProgrammeRole.COMMITTEE, MEMBER)
    given(town, ProgrammeRole.SPONSOR, MEMBER, DEE)
    erase_person(town.storage, town.slack.team_id, MEMBER, now=town.slack.calendar.now())
    assert roles(town) == {(OWNER, "owner"), (DEE, "sponsor")}


COMMITTEE_MAY = {
    "propose matches",
    "approve a match",
    "approve several",
    "refuse a match",
    "undo a refusal",
    "pair two by hand",
    "keep a proposal",
    "let a proposal go again",
    "never match two",
    "allow two again",
    "swap two proposals",
}
OF_OWNERS = [act for act in ACTS if act.people[0] == OWNER]
NOT_YOURS = f"Only programme owners can do this. Need something? Ask <@{OWNER}>."
QUICK = ("approve a match", "release matches", "tell those who wait")


def each_act(acts: Sequence[Act]) -> pytest.MarkDecorator:
    marked = [pytest.param(act, marks=() if act.name in QUICK else pytest.mark.long) for act in acts]
    return pytest.mark.parametrize("act", marked, ids=[act.name for act in acts])


@each_act([act for act in OF_OWNERS if act.name in COMMITTEE_MAY])
def test_what_the_committee_may_do(two_owners: LocalBot, act: Act) -> None:
    value = act.begin(two_owners)
    joins(two_owners, ProgrammeRole.COMMITTEE)
    answers(two_owners, act.request(two_owners, THIRD, value))
    assert act.look(two_owners) == act.kept


def joins(town: LocalBot, role: ProgrammeRole) -> None:
    town.slack.add_member(Member(THIRD, "tess", "Tess Third"))
    town.knows(THIRD)
    given(town, role, THIRD)
    town.settle()


@pytest.mark.parametrize("role", [ProgrammeRole.COMMITTEE, ProgrammeRole.SPONSOR, ProgrammeRole.FACILITATOR])
@each_act(OF_OWNERS)
def test_what_is_the_owners_changes_nothing_for_anybody_else(
    two_owners: LocalBot, act: Act, role: ProgrammeRole
) -> None:
    """The request as the owner would send it, sent by somebody else."""
    if role is ProgrammeRole.COMMITTEE and act.name in COMMITTEE_MAY:
        pytest.skip("they may")
    value = act.begin(two_owners)
    request = act.request(two_owners, OWNER, value)
    joins(two_owners, role)
    before, theirs = held(two_owners, "drafts"), heard(two_owners, THIRD)
    status, body = post(two_owners, json.loads(json.dumps(request).replace(f'"{OWNER}"', f'"{THIRD}"')))
    two_owners.settle()
    assert status == 200
    assert held(two_owners, "drafts") == before
    assert heard(two_owners, THIRD) == theirs
    assert ADA not in json.dumps(body)


def test_the_committee_is_asked_about_no_match_of_its_own(town: LocalBot) -> None:
    given(town, ProgrammeRole.COMMITTEE, ADA)
    match = proposed(town)
    (refused,) = answers(town, clicked(town, ADA, ids.APPROVE, match))
    assert "You’re one of these two people" in refused
    assert "another owner or committee member decides" in refused


def test_who_joins_the_round_again_is_told_that_the_committee_reads_it(town: LocalBot) -> None:
    partnership = introduced(town, ADA, BEN)
    later(town, days=RUNNING)
    story = Story(town)
    close(story)
    open_next(story, today(town))
    story.ends(ADA, BEN)
    names(town, [MEMBER])
    assert not any("has a committee now" in text for text in heard(town, ADA))
    answers(town, clicked(town, ADA, ids.GO_BACK, partnership))
    later(town, days=4)
    everything = json.dumps(direct_messages(town, ADA), ensure_ascii=False)
    assert "has a committee now" in everything


def test_a_new_member_is_reminded_of_what_lacks_their_approval(town: LocalBot) -> None:
    match = proposed(town)
    answers(town, clicked(town, OWNER, ids.APPROVE, match))
    names(town, [MEMBER])
    later(town, days=5)
    assert any("approval" in text for text in heard(town, MEMBER))
