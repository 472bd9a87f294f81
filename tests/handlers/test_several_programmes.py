"""Two programmes in one workspace: started in Slack, chosen between, and kept apart."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mentoring.core.errors import NoProgramme
from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import Cohort, Programme, Segment
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.matching.decisions import forbid
from mentoring.matching.hard_rules import HardRule
from mentoring.programmes.startup_plan import PlanStep
from messages import ids
from messages.in_programme import carry
from tests.handlers.starting_points import later
from tests.handlers.support import direct_messages, last_payload, post, rows
from tests.handlers.test_setup_guide import presses
from tests.handlers.test_strangers import Doors
from tests.local_bot import OFFER, OWNER, REQUEST, LocalBot, wait_until
from tests.local_bot import local_bot as open_town

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
SECRET = "What only the owners of the library read."


@pytest.fixture
def town(tmp_path: Any) -> Iterator[LocalBot]:
    """The first programme, and a second one, "Chemistry", that the administrator has started for Chi to own."""
    with open_town(tmp_path) as town:
        town.settle()
        start(town, "Chemistry", CHI)
        yield town


def start(town: LocalBot, name: str, *owners: str, sure: bool = True) -> Any:
    admin = town.person(OWNER)
    admin.command("/mentor programmes")
    admin.click(ids.START_PROGRAMME)
    admin.await_view(ids.START_FORM)
    admin.fill({"name": name, "owners": list(owners)})
    sent = admin.submit()
    if sure:
        assert sent.closed, sent
        town.settle()
    return sent


def programme(town: LocalBot, name: str) -> tuple[Programme, Cohort]:
    with town.database() as tx:
        return next(each for each in tx.programmes.all() if each[0].name == name)


def chooses(town: LocalBot, user: str, command: str, name: str) -> None:
    """Type a command that could be about both, and choose one."""
    person = town.person(user)
    asked = person.command(command).messages[-1]
    assert asked["text"] == "Which programme?"
    chosen = programme(town, name)[0].id
    block = next(b["block_id"] for b in asked["blocks"] if chosen in b.get("accessory", {}).get("value", ""))
    action = next(b["accessory"]["action_id"] for b in asked["blocks"] if b["block_id"] == block)
    person.click(f"{block}/{action}", message=asked)


def applies(town: LocalBot, user: str, command: str, name: str, says: Mapping[str, Any]) -> None:
    town.knows(user, says["manager"], says.get("wish") or "")
    chooses(town, user, command, name)
    person = town.person(user)
    person.await_view(ids.APPLICATION_FORM)
    person.fill(says)
    assert person.submit().closed
    town.settle()


def heard(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user)]


def test_an_administrator_starts_a_programme_and_its_owner_is_welcomed(town: LocalBot) -> None:
    assert [row["name"] for row in rows(town)["programmes"] if row["name"] == "Chemistry"]
    assert heard(town, CHI) == ["You’re an owner of the mentoring programme here"]
    with town.database() as tx:
        assert tx.roles.owners(programme(town, "Chemistry")[0].id) == (CHI,)
        assert tx.roles.owners(programme(town, "Mentoring programme")[0].id) == (OWNER,)
    listed = town.person(OWNER).command("/mentor programmes").messages[-1]
    assert "Chemistry" in json.dumps(listed)


def test_nobody_else_starts_one(town: LocalBot) -> None:
    for user in (CHI, ADA):
        refused = town.person(user).command("/mentor programmes").messages[-1]["text"]
        assert "Only programme owners" in refused or "Only" in refused


@pytest.mark.parametrize(
    ("name", "owners", "field"),
    [("", [CHI], "name"), ("chemistry", [CHI], "name"), ("Physics", [], "owners"), ("Physics", ["U0GUEST"], "owners")],
)
def test_what_cannot_be_started_is_said_at_its_field(town: LocalBot, name: str, owners: list[str], field: str) -> None:
    town.knows(*owners)
    sent = start(town, name, *owners, sure=False)
    assert list(sent.errors) == [field]
    assert len(rows(town)["programmes"]) == 2


def test_whoever_applies_chooses_and_the_message_names_the_programme_once_there_are_two(town: LocalBot) -> None:
    applies(town, ADA, "/mentor request", "Chemistry", REQUEST)
    assert heard(town, ADA) == ["Your application for a mentor has arrived"]
    applies(town, ADA, "/mentor volunteer", "Mentoring programme", OFFER)
    assert heard(town, ADA)[-1] == "Mentoring programme: Your application to be a mentor has arrived"
    cohorts = {row["id"]: row["programme_id"] for row in rows(town)["cohorts"]}
    sent = {row["role"]: cohorts[row["cohort_id"]] for row in rows(town)["applications"]}
    assert sent == {
        "mentee": programme(town, "Chemistry")[0].id,
        "mentor": programme(town, "Mentoring programme")[0].id,
    }


def test_a_word_of_its_name_after_the_command_is_enough(town: LocalBot) -> None:
    person = town.person(ADA)
    town.knows(ADA)
    person.command("/mentor request chemistry")
    assert "Chemistry" in json.dumps(person.await_view(ids.APPLICATION_FORM))


def test_the_help_shows_each_under_its_name(town: LocalBot) -> None:
    applies(town, ADA, "/mentor request", "Chemistry", REQUEST)
    shown = town.person(ADA).command("/mentor").messages[-1]
    words = json.dumps(shown, ensure_ascii=False)
    assert shown["text"] == "Your mentoring programmes"
    assert words.index("Chemistry") < words.index("Also open to you") < words.index("*Mentoring programme*")


def test_a_programme_for_a_department_shows_to_nobody_else(town: LocalBot) -> None:
    chemistry, _ = programme(town, "Chemistry")
    closed = Segment(departments=("Labs",))
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(
            Outcome(
                (
                    Programme(
                        **{
                            **vars(chemistry),
                            "departments": ("Labs",),
                            "for_mentees": closed,
                            "for_mentors": closed,
                            "version": chemistry.version + 1,
                        }
                    ),
                    StaffRecord(ADA, department="Loans"),
                )
            )
        )
    assert "Chemistry" not in json.dumps(town.person(ADA).command("/mentor").messages[-1])
    town.knows(ADA)
    town.person(ADA).command("/mentor request")
    assert "Chemistry" not in json.dumps(town.person(ADA).await_view(ids.APPLICATION_FORM))


def test_an_owner_of_both_gets_one_status_a_week_with_each_of_them(town: LocalBot) -> None:
    chemistry, _ = programme(town, "Chemistry")
    owner = town.person(CHI)
    owner.command("/mentor setup")
    owner.click(ids.OPEN_OWNERS)
    owner.await_view(ids.OWNERS_FORM)
    owner.fill({"owners": [CHI, OWNER]})
    assert owner.submit().closed
    town.settle()
    with town.database() as tx:
        assert tx.roles.owners(chemistry.id) == (CHI, OWNER)
    later(town, days=8)
    statuses = [text for text in heard(town, OWNER) if "what needs you this week" in text]
    assert len(statuses) == 1
    weekly = [message for message in direct_messages(town, OWNER) if message["text"] == statuses[0]]
    assert "Chemistry" in json.dumps(weekly)


def test_the_last_owner_cannot_leave_without_a_successor(town: LocalBot) -> None:
    owner = town.person(CHI)
    owner.command("/mentor setup")
    owner.click(ids.OPEN_OWNERS)
    owner.await_view(ids.OWNERS_FORM)
    owner.fill({"owners": []})
    assert list(owner.submit().errors) == ["owners"]


def test_an_administrator_lets_somebody_in_again(town: LocalBot) -> None:
    admin = town.person(OWNER)
    listed = admin.command("/mentor programmes").messages[-1]
    chemistry = programme(town, "Chemistry")[0].id
    block = next(b["block_id"] for b in listed["blocks"] if chemistry in str(b.get("accessory", {}).get("value")))
    admin.click(f"{block}/{ids.OPEN_OWNERS}", message=listed)
    admin.await_view(ids.OWNERS_FORM)
    admin.fill({"owners": [DEE]})
    town.knows(DEE)
    assert admin.submit().closed
    town.settle()
    with town.database() as tx:
        assert tx.roles.owners(chemistry) == (DEE,)
        assert tx.roles.programmes_of(OWNER, ProgrammeRole.OWNER) == (programme(town, "Mentoring programme")[0].id,)
    assert heard(town, DEE) == ["You’re an owner of the mentoring programme here"]


@pytest.mark.long
@pytest.mark.parametrize("role", list(ProgrammeRole))
def test_what_somebody_of_another_programme_tries_shows_and_changes_nothing(
    town: LocalBot, role: ProgrammeRole
) -> None:
    """Its owner, its committee and its sponsor."""
    if role is not ProgrammeRole.OWNER:
        with town.storage.begin(town.slack.team_id) as tx:
            chemistry = programme(town, "Chemistry")[0].id
            tx.roles.replace_owners(chemistry, [DEE])
            tx.roles.give(RoleGiven(chemistry, role, CHI, DEE))
    applies(town, ADA, "/mentor request", "Mentoring programme", {**REQUEST, "hopes": SECRET})
    town.person(OWNER).click(ids.OPEN_SETUP, message=direct_messages(town, OWNER)[0])
    town.person(CHI).say("hello")
    town.settle()
    library = programme(town, "Mentoring programme")
    held = rows(town)
    doors = Doors(town)
    doors.values = (*doors.values, carry("", library[0].id), carry(doors.values[1], library[0].id))
    shown = [post(town, payload) for kind in ("commands", "clicks") for payload in getattr(doors, kind)(CHI)]
    town.settle()
    everything = json.dumps([shown, town.person(CHI).inbox(), town.person(CHI).views], default=str, ensure_ascii=False)
    assert SECRET not in everything
    assert "Ada Adams" not in everything
    assert ADA not in everything
    after = rows(town)
    for table in ("applications", "application_private_answers", "matches", "partnerships"):
        assert after[table] == held[table]
    assert [row for row in after["programmes"] if row["id"] == library[0].id] == [
        row for row in held["programmes"] if row["id"] == library[0].id
    ]


def test_never_matched_in_one_is_not_available_in_the_other(town: LocalBot) -> None:
    for name in ("Mentoring programme", "Chemistry"):
        applies(town, ADA, "/mentor request", name, REQUEST)
        applies(town, BEN, "/mentor volunteer", name, OFFER)
    library, chemistry = programme(town, "Mentoring programme"), programme(town, "Chemistry")
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(forbid(tx.rounds.get(*library), ADA, BEN, by=OWNER, now=town.slack.calendar.now()))
    with town.database() as tx:
        for found, rule in ((library, HardRule.FORBIDDEN), (chemistry, HardRule.NOT_AVAILABLE)):
            round_ = tx.rounds.get(*found)
            two = sorted(round_.applications.values(), key=lambda sent: sent.role)
            assert round_.broken_rule(two[0], two[1]) is rule
            assert len(round_.applications) == 2


def test_a_programme_that_does_not_exist_is_no_programme(town: LocalBot) -> None:
    with town.database() as tx, pytest.raises(NoProgramme):
        tx.programme("nothing")


def test_a_form_that_slack_sends_twice_starts_one_programme(town: LocalBot) -> None:
    start(town, "Physics", DEE)
    before = rows(town)
    post(town, last_payload(town, "view_submission"))
    town.settle()
    assert [row["name"] for row in rows(town)["programmes"]] == [row["name"] for row in before["programmes"]]
    assert heard(town, DEE) == ["You’re an owner of the mentoring programme here"]


def test_the_guided_set_up_and_the_plan_stay_in_the_programme_of_their_card(town: LocalBot) -> None:
    start(town, "Alumni", OWNER)
    alumni, others = programme(town, "Alumni")[0], programme(town, "Mentoring programme")[0]
    chooses(town, OWNER, "/mentor setup", "Alumni")
    owner = town.person(OWNER)
    wait_until(lambda: owner.inbox()[-1]["text"] == "Settings for Alumni", "the card")
    card = owner.inbox()[-1]
    assert owner.click(f"{_block_with(card, ids.OPEN_GUIDE)}/{ids.OPEN_GUIDE}", message=card).ok
    owner.await_view(ids.SETUP_FORM)
    owner.fill({"name": "Former students"})
    owner.submit()
    town.settle()
    owner.fill({"objectives": "People stay in touch."})
    owner.submit()
    town.settle()
    assert owner.click(f"{_block_with(card, ids.OPEN_PLAN)}/{ids.OPEN_PLAN}", message=card).ok
    owner.await_view(ids.PLAN_VIEW)
    presses(town, owner, ids.TICK_STEP, PlanStep.SPONSOR)
    assert programme(town, "Former students")[0].objectives == ("People stay in touch.",)
    assert programme(town, "Mentoring programme")[0] == others
    steps = {(row["programme_id"], row["name"]) for row in rows(town)["setup_steps"]}
    assert steps == {(alumni.id, name) for name in ("basics", "objectives", PlanStep.SPONSOR)}


def _block_with(card: Mapping[str, Any], action: str) -> str:
    return next(str(b["block_id"]) for b in card["blocks"] if b.get("accessory", {}).get("action_id") == action)
