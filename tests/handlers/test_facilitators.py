"""A peer programme: chosen in the settings, with facilitators whom people can ask and who see the partnerships."""

import json
from typing import Any

import pytest

from mentoring.core.roles import ProgrammeRole
from mentoring.programmes.settings import Part
from messages import ids
from messages.in_programme import carry
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers.requests import answers, clicked, filled_in, typed_command
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, introduced, later
from tests.handlers.support import Json, direct_messages, post, rows
from tests.handlers.test_roles import given, heard, last, opens_roles, roles
from tests.handlers.test_settings import help_of, opens, sets
from tests.handlers.test_several_programmes import chooses, programme, start
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot, typed

FAY = SECOND_OWNER
"""A member who is no owner here."""
ASK = f"Facilitator: <@{FAY}>. Ask them about anything in working together."
TYPE = {"type": "peer"}
REFUSED = (
    "Only peer mentoring has facilitators. Remove them in “Who runs it” first, then change the type. We kept what you "
    "typed."
)

GUEST = "One of these people can’t be a facilitator: they are a guest. Choose someone else."


@pytest.fixture
def peers(town: LocalBot) -> LocalBot:
    """A peer programme, without facilitators so far."""
    town.settle()
    town.knows(OWNER, FAY, ADA, BEN, CHI, DEE)
    sets(town, Part.ROLES, TYPE)
    return town


def names(town: LocalBot, *facilitators: str) -> Any:
    opens_roles(town)
    town.person(OWNER).fill({"owners": [OWNER], "facilitators": list(facilitators)})
    sent = town.person(OWNER).submit()
    town.settle()
    return sent


def list_of(town: LocalBot, user: str) -> Json:
    return Story(town).opens(user, lambda person: person.command("/mentor partnerships"), ids.ALL_PARTNERSHIPS_VIEW)


def words(view: Json) -> str:
    return "\n".join(visible_texts(view["blocks"]))


def test_facilitators_are_asked_for_among_peers_only(town: LocalBot) -> None:
    assert "facilitators" not in typed_fields(opens_roles(town))
    Story(town).leaves(OWNER)
    sets(town, Part.ROLES, TYPE)
    assert "facilitators" in typed_fields(opens_roles(town))
    shown = help_of(town)
    assert "*Peer mentoring*\nColleagues at a similar level help each other." in shown
    assert "Facilitators" not in shown


def typed_fields(view: Json) -> set[str]:
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def test_a_facilitator_is_told_what_they_may_do_and_sees_the_partnerships_and_nothing_more(peers: LocalBot) -> None:
    introduced(peers, ADA, BEN)
    applied(peers, [CHI])
    assert names(peers, FAY).closed
    assert roles(peers) == {(OWNER, "owner"), (FAY, "facilitator")}
    assert heard(peers, FAY) == ["You’re a facilitator of Mentoring programme"]
    assert "/mentor partnerships" in last(peers, FAY)
    assert "You’re a facilitator." in help_of(peers, FAY)
    view = list_of(peers, FAY)
    shown = words(view)
    assert f"<@{ADA}>* and *<@{BEN}>" in shown
    assert "No meeting logged yet.\nNext: the first meeting, expected by" in shown
    assert CHI not in json.dumps(view)
    assert ids.END_PARTNERSHIP not in json.dumps(view)
    assert ids.OVERSEE not in json.dumps(view)
    assert ids.OVERSEE in json.dumps(list_of(peers, OWNER))
    for word in ("people", "match", "setup"):
        (refused,) = answers(peers, typed_command(peers, FAY, word))
        assert "Only programme owners" in refused
    (partnership,) = rows(peers)["partnerships"]
    for action, value in (
        (ids.END_PARTNERSHIP, partnership["id"]),
        (ids.OPEN_APPLICATION, f"mentee-{CHI}"),
        (ids.OPEN_OWNERS, ""),
        (ids.OPEN_SETUP, Part.ROLES),
    ):
        answers(peers, clicked(peers, FAY, action, value))
    assert [row["state"] for row in rows(peers)["partnerships"]] == ["active"]
    assert "Only for the owners." not in json.dumps(peers.person(FAY).views)


def test_a_facilitator_finds_a_person_and_chooses_which_partnerships_to_see(peers: LocalBot) -> None:
    introduced(peers, ADA, BEN)
    introduced(peers, CHI, DEE)
    names(peers, FAY)
    list_of(peers, FAY)
    peers.person(FAY).click("Search")
    peers.person(FAY).await_view(ids.PARTNERSHIPS_SEARCH_FORM)
    peers.person(FAY).fill({"name": "chen"})
    assert peers.person(FAY).submit().closed
    peers.settle()
    assert f"<@{ADA}>" not in words(peers.person(FAY).view or {})
    peers.person(FAY).choose(ids.PARTNERSHIPS_FILTER, "over")
    peers.settle()
    assert "No partnership matches the name “chen”" in words(peers.person(FAY).view or {})


def test_people_read_whom_they_can_ask(peers: LocalBot) -> None:
    names(peers, FAY)
    assert "Facilitators look after them." in help_of(peers)
    introduced(peers, ADA, BEN)
    (group,) = [place for place in peers.person(ADA).conversations() if place["kind"] == "mpim"]
    (introduction,) = peers.person(ADA).inbox(group["id"])
    assert ASK in message_text(introduction)
    assert "The programme owners and the facilitators see totals and when you last met" in message_text(introduction)
    assert ASK in help_of(peers, ADA)
    assert ASK not in help_of(peers, CHI), "who takes no part needs to ask nothing"


def test_people_who_work_together_already_are_told_when_there_are_facilitators_and_once(peers: LocalBot) -> None:
    introduced(peers, ADA, BEN)
    applied(peers, [CHI])
    names(peers, FAY)
    names(peers, FAY, DEE)
    later(peers, days=4)
    for person in (ADA, BEN):
        said = json.dumps(direct_messages(peers, person), ensure_ascii=False)
        assert said.count("They also see how often you’ve met your partner, and never your notes.") == 1
    assert "facilitators now" not in json.dumps(direct_messages(peers, CHI), ensure_ascii=False)


def test_the_type_stays_while_facilitators_are_named(peers: LocalBot) -> None:
    names(peers, FAY)
    owner = opens(peers, Part.ROLES)
    owner.fill({"type": "mentoring", "definition": "Two people learn."})
    assert owner.submit().errors == {"type": REFUSED}
    owner.close()
    assert typed(opens(peers, Part.ROLES))["definition"] == "Two people learn."
    Story(peers).leaves(OWNER)
    assert names(peers).closed
    assert heard(peers, FAY)[-1] == "You’re no longer a facilitator of Mentoring programme"
    sets(peers, Part.ROLES, {"type": "mentoring"})
    assert [row["type"] for row in rows(peers)["programmes"]] == ["mentoring"]
    assert ids.ALL_PARTNERSHIPS_VIEW not in json.dumps(answers(peers, typed_command(peers, FAY, "partnerships")))


def test_a_form_that_was_open_when_the_type_changed_names_no_facilitator(peers: LocalBot) -> None:
    opens_roles(peers)
    request = filled_in(peers, OWNER, {"owners": [OWNER], "facilitators": [FAY]})
    Story(peers).leaves(OWNER)
    sets(peers, Part.ROLES, {"type": "mentoring"})
    _, body = post(peers, request)
    peers.settle()
    assert "saved a change first, so yours isn’t saved" in json.dumps(body, ensure_ascii=False)
    assert roles(peers) == {(OWNER, "owner")}
    assert "facilitators" not in typed_fields(opens_roles(peers))


def test_a_guest_cannot_be_a_facilitator_and_nothing_typed_is_lost(peers: LocalBot) -> None:
    peers.knows("U0GUEST")
    assert names(peers, FAY, "U0GUEST").errors == {"facilitators": GUEST}
    assert roles(peers) == {(OWNER, "owner")}
    Story(peers).leaves(OWNER)
    assert "We saved what you typed last time." in json.dumps(opens_roles(peers), ensure_ascii=False)


def test_a_facilitator_whose_account_is_closed_is_not_named_and_the_owners_are_told(peers: LocalBot) -> None:
    introduced(peers, ADA, BEN)
    names(peers, FAY)
    peers.changes(FAY, deactivated=True)
    assert "and they’re a facilitator.* I no longer name them" in last(peers, OWNER)
    assert "Facilitator" not in help_of(peers, ADA)
    peers.changes(FAY, deactivated=False)
    assert ASK in help_of(peers, ADA)


def test_a_facilitator_sees_the_programme_that_they_look_after_and_no_other(peers: LocalBot) -> None:
    """Of the two, they own one and are a facilitator of the other; of a third they are nothing."""
    introduced(peers, ADA, BEN)
    names(peers, FAY)
    for name, owner in (("Chemistry", FAY), ("Physics", CHI)):
        start(peers, name, owner)
    chooses(peers, FAY, "/mentor partnerships", "Mentoring programme")
    view = peers.person(FAY).await_view(ids.ALL_PARTNERSHIPS_VIEW)
    assert f"<@{ADA}>" in words(view)
    assert ids.END_PARTNERSHIP not in json.dumps(view)
    Story(peers).leaves(FAY)
    chooses(peers, FAY, "/mentor partnerships", "Chemistry")
    assert f"<@{ADA}>" not in words(peers.person(FAY).await_view(ids.ALL_PARTNERSHIPS_VIEW))
    asked = peers.person(FAY).command("/mentor partnerships").messages[-1]
    assert "Physics" not in json.dumps(asked)
    physics, _ = programme(peers, "Physics")
    (refused,) = answers(peers, clicked(peers, FAY, ids.OPEN_ALL_PARTNERSHIPS, carry("", physics.id)))
    assert "Only programme owners" in refused


def test_an_erased_facilitator_has_no_role_any_more(peers: LocalBot) -> None:
    given(peers, ProgrammeRole.FACILITATOR, FAY, DEE)
    erase_person(peers.storage, peers.slack.team_id, FAY, now=peers.slack.calendar.now())
    assert roles(peers) == {(OWNER, "owner"), (DEE, "facilitator")}
