"""Objectives, the definition of mentoring and responsibilities: set in two forms, and read by those who take part."""

from mentoring.programmes.settings import Part
from sandbox.lookup import message_text
from tests.handlers.starting_points import ADA, BEN, applied, introduced
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_settings import card_of, form_of, help_of, opens, sets
from tests.local_bot import OWNER, LocalBot, typed

AIMS = {"objectives": "Keep <people>\n\nOpen doors\nkeep <people>", "is_pilot": ["yes"]}
ROLES = {
    "definition": "Two people learn.",
    "mentee_responsibilities": "Ask",
    "mentor_responsibilities": "Listen\nAnswer",
}


def test_people_read_what_the_programme_is_for_before_they_apply(town: LocalBot) -> None:
    sets(town, Part.OBJECTIVES, AIMS)
    sets(town, Part.ROLES, ROLES)
    shown = help_of(town)
    assert "• Keep &lt;people&gt;\n• Open doors" in shown
    assert "Two people learn." in shown
    assert "This is a pilot" in shown
    assert "As a mentee, you*\n• Ask" in form_of(town)
    assert "As a mentor, you*\n• Listen\n• Answer" in form_of(town, "/mentor volunteer")
    assert "This round is a pilot." in card_of(town)
    (line,) = [message_text(each) for each in direct_messages(town, OWNER) if "objectives" in message_text(each)]
    assert "You changed the objectives." in line
    assert "Keep" not in line


def test_both_read_who_does_what_when_they_are_introduced(town: LocalBot) -> None:
    sets(town, Part.ROLES, ROLES)
    introduced(town, ADA, BEN)
    (group,) = [place for place in town.person(ADA).conversations() if place["kind"] == "mpim"]
    (introduction,) = town.person(ADA).inbox(group["id"])
    said = message_text(introduction)
    assert "*The mentee*\n• Ask\n*The mentor*\n• Listen\n• Answer" in said


def test_owners_read_the_objectives_in_the_status(town: LocalBot) -> None:
    sets(town, Part.OBJECTIVES, AIMS)
    applied(town, [ADA], [BEN])
    town.person(OWNER).command("/mentor status")
    town.settle()
    said = message_text(direct_messages(town, OWNER)[-1])
    assert "What the programme wants to reach: Keep &lt;people&gt; · Open doors" in said


def test_a_sixth_objective_is_refused_at_the_field_and_kept(town: LocalBot) -> None:
    owner = opens(town, Part.OBJECTIVES)
    six = "\n".join(f"Aim {number}" for number in range(6))
    owner.fill({"objectives": six})
    errors = owner.submit().errors
    assert errors == {"objectives": "Use 5 lines or fewer."}
    owner.close()
    (programme,) = rows(town)["programmes"]
    assert programme["objectives"] == "[]"
    assert typed(opens(town, Part.OBJECTIVES))["objectives"] == six
