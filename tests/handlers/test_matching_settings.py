"""What counts in matching and who is matched with whom: set in two forms, and felt by whoever applies."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import Programme, Segment
from mentoring.programmes.settings import Part
from messages.ids import APPLICATION_FORM, OPEN_SETUP, SETUP_FORM
from sandbox.lookup import message_text
from tests.handlers.support import block_of, direct_messages, last_payload, post, rows
from tests.handlers.test_settings import card_of, opens, sets
from tests.local_bot import OFFER, OWNER, REQUEST, SECOND_OWNER, LocalBot, typed, wait_until
from tests.one_programme import the_programme

LISTS = {"departments": "Hull\nRigging\nGalley", "grades": "Deckhand\nMate\nCaptain"}


@pytest.fixture
def listed(town: LocalBot) -> LocalBot:
    """A programme with departments and grades."""
    sets(town, Part.CHOICES, LISTS)
    return town


def programme(town: LocalBot) -> Programme:
    with town.database() as tx:
        found = the_programme(tx)
    assert found is not None
    return found


def keeps(town: LocalBot, *records: StaffRecord) -> None:
    """What the organisation's list says."""
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome(records))


def form(town: LocalBot, command: str = "/mentor request", user: str = "U0ADA") -> dict[str, Any]:
    """What stands in the form from the start."""
    person = town.person(user)
    person.command(command)
    person.await_view(APPLICATION_FORM)
    filled = typed(person)
    person.close()
    return filled


def test_what_counts_is_kept_and_every_owner_reads_it(two_owners: LocalBot) -> None:
    sets(two_owners, Part.MATCHING, {"counts_topics": "High", "counts_months": "Ignore", "at_least": "40"})
    weights = programme(two_owners).weights
    assert (weights.topics, weights.months, weights.hours, weights.at_least) == (80, 0, 6, 40)
    heard = message_text(direct_messages(two_owners, OWNER)[-1])
    assert "changed what counts in matching" in heard
    assert "Minimum score" not in heard, "one line, and not all the settings"
    card = card_of(two_owners)
    assert "High: topics in common\nIgnore: the same length of time\nNormal: everything else" in card
    assert "Minimum score: 40 out of 100" in card
    two_owners.person(SECOND_OWNER).say("hello")
    two_owners.settle()
    heard = message_text(direct_messages(two_owners, SECOND_OWNER)[-1])
    assert f"• <@{OWNER}> changed what counts in matching." in heard, "it travels with the next message"


def test_a_mark_out_of_reach_is_refused_at_its_field_and_kept_as_a_draft(town: LocalBot) -> None:
    owner = opens(town, Part.MATCHING)
    owner.fill({"counts_topics": "Ignore", "counts_hopes": "Ignore", "at_least": "60"})
    refused = owner.submit()
    assert list(refused.errors) == ["at_least"]
    assert "score at most 36" in refused.errors["at_least"]
    owner.close()
    assert programme(town).weights.at_least == 0
    owner = opens(town, Part.MATCHING)
    assert typed(owner)["at_least"] == "60"
    owner.fill({"at_least": "30"})
    assert owner.submit().closed
    assert programme(town).weights.at_least == 30


def test_saving_what_stands_is_no_change_though_a_number_is_an_odd_one(two_owners: LocalBot) -> None:
    sets(two_owners, Part.MATCHING, {"counts_topics": "High"})
    heard = len(direct_messages(two_owners, SECOND_OWNER))
    sets(two_owners, Part.MATCHING, {})
    sets(two_owners, Part.CHOICES, {})
    assert len(direct_messages(two_owners, SECOND_OWNER)) == heard


def test_who_is_matched_with_whom_is_kept_and_shown_again(listed: LocalBot) -> None:
    rules = {"mentee_departments": ["Galley", "Hull"], "mentor_grades": ["Captain"], "least_gap": "2"}
    sets(listed, Part.RULES, rules)
    kept = programme(listed)
    assert (kept.for_mentees, kept.for_mentors, kept.least_gap) == (
        Segment(("Hull", "Galley")),
        Segment((), ("Captain",)),
        2,
    )
    heard = card_of(listed)
    assert "Mentees: Hull or Galley" in heard
    assert "Minimum grade gap: 2 grades" in heard
    assert typed(opens(listed, Part.RULES)) == {**rules, "mentee_departments": ["Hull", "Galley"]}


def test_saving_the_same_rules_twice_has_one_effect(listed: LocalBot) -> None:
    sets(listed, Part.RULES, {"mentee_departments": ["Hull"]})
    before = rows(listed)["programmes"]
    status, body = post(listed, last_payload(listed, "view_submission"))
    assert (status, body) == (200, "")
    assert rows(listed)["programmes"] == before


def test_the_second_of_two_owners_is_told_and_keeps_what_they_chose(two_owners: LocalBot) -> None:
    sets(two_owners, Part.CHOICES, LISTS)
    second = opens(two_owners, Part.RULES, SECOND_OWNER)
    second.fill({"mentee_departments": ["Hull"]})
    sets(two_owners, Part.RULES, {"mentee_departments": ["Galley"]})
    refused = second.submit()
    assert list(refused.errors) == ["mentee_departments"]
    assert programme(two_owners).for_mentees == Segment(("Galley",))
    second.close()
    second = opens(two_owners, Part.RULES, SECOND_OWNER)
    assert typed(second)["mentee_departments"] == ["Hull"]
    assert second.submit().closed
    assert programme(two_owners).for_mentees == Segment(("Hull",))


def test_without_lists_the_rules_lead_to_them_and_people_can_still_be_asked_to_share_hours(town: LocalBot) -> None:
    owner = town.person(OWNER)
    card = owner.command("/mentor setup").messages[-1]
    block = next(b["block_id"] for b in card["blocks"] if "Who can be matched" in str(b))
    owner.click(f"{block}/{OPEN_SETUP}", message=card)
    assert "You haven’t added any yet" in str(owner.await_view(SETUP_FORM))
    owner.fill({"shared_hours": ["yes"]})
    assert owner.submit().closed
    town.settle()
    assert programme(town).shared_hours
    assert "Only people who share working hours" in card_of(town)


def test_a_button_from_when_there_were_lists_leads_to_them_too(listed: LocalBot) -> None:
    owner = listed.person(OWNER)
    card = owner.command("/mentor setup").messages[-1]
    sets(listed, Part.CHOICES, {"departments": None, "grades": None})
    block = block_of(card, Part.RULES)
    owner.click(f"{block}/{OPEN_SETUP}", message=card)
    assert "You haven’t added any yet" in str(owner.await_view(SETUP_FORM))
    assert owner.click(OPEN_SETUP).ok
    wait_until(lambda: "Topics" in str(owner.view), "the form of the lists did not open")
    owner.fill({**LISTS, "topics": "Knots"})
    owner.submit()
    assert programme(listed).departments == ("Hull", "Rigging", "Galley")


def test_dropping_a_department_drops_it_from_the_rules(listed: LocalBot) -> None:
    sets(listed, Part.RULES, {"mentee_departments": ["Hull", "Galley"]})
    sets(listed, Part.CHOICES, {"departments": "Rigging\nHull"})
    assert programme(listed).for_mentees == Segment(("Hull",))


def test_dropping_the_last_one_is_refused_where_it_was_typed_since_it_would_let_everybody_in(listed: LocalBot) -> None:
    sets(listed, Part.RULES, {"mentee_departments": ["Hull"], "least_gap": "2"})
    owner = opens(listed, Part.CHOICES)
    owner.fill({"departments": "Rigging\nGalley", "grades": "Deckhand\nMate"})
    refused = owner.submit()
    assert set(refused.errors) == {"departments", "grades"}
    assert "Who can be matched" in refused.errors["departments"]
    assert programme(listed).departments == ("Hull", "Rigging", "Galley")
    owner.close()
    assert typed(opens(listed, Part.CHOICES))["departments"] == "Rigging\nGalley"


def test_whoever_applies_from_outside_is_told_at_the_field_and_may_change_it(listed: LocalBot) -> None:
    sets(listed, Part.RULES, {"mentee_departments": ["Hull"], "mentee_grades": ["Deckhand", "Mate"]})
    listed.knows("U0ADA", "U0BOSS")
    ada = listed.person("U0ADA")
    ada.command("/mentor request")
    view = ada.await_view(APPLICATION_FORM)
    assert "Open to people of grade Deckhand or Mate in Hull." in str(view["blocks"][0])
    ada.fill({**REQUEST, "department": "Galley", "grade": "Captain"})
    refused = ada.submit()
    assert set(refused.errors) == {"department", "grade"}
    assert "isn’t open to mentees from your department" in refused.errors["department"]
    assert "ask the programme’s contact" in refused.errors["grade"]
    assert rows(listed)["applications"] == []
    ada.fill({"department": "Hull", "grade": "Mate"})
    assert ada.submit().closed
    listed.apply("U0BEN", "/mentor volunteer", {**OFFER, "department": "Galley", "grade": "Captain"})


def test_where_the_form_does_not_ask_the_organisations_list_decides_before_anything_is_typed(town: LocalBot) -> None:
    segment = Segment(("Hull",), ("Deckhand",))
    with town.storage.begin(town.slack.team_id) as tx:
        found = the_programme(tx)
        assert found is not None
        tx.save(Outcome((replace(found, for_mentees=segment, version=found.version + 1),)))
    keeps(town, StaffRecord("U0ADA", "Hull", "Deckhand"), StaffRecord("U0BEN", "Galley", "Deckhand"))
    town.apply("U0ADA", "/mentor request", REQUEST)
    for outsider, why in (("U0BEN", "isn’t open to mentees from your department"), ("U0CHI", "we don’t know yours")):
        reply = town.person(outsider).command("/mentor request")
        assert town.person(outsider).view is None
        assert why in reply.messages[-1]["text"]
        assert f"<@{OWNER}>" in reply.messages[-1]["text"]


def test_the_form_opens_with_what_the_organisations_list_says(listed: LocalBot) -> None:
    listed.knows("U0BOSS")
    listed.settle()
    keeps(listed, StaffRecord("U0ADA", "Hull", "Mate", "U0BOSS", date(2020, 3, 2)))
    assert form(listed) == {"department": "Hull", "grade": "Mate", "manager": "U0BOSS"}
    assert form(listed, "/mentor volunteer") == {
        "department": "Hull",
        "grade": "Mate",
        "manager": "U0BOSS",
        "started_on": "2020-03-02",
    }


def test_it_says_where_that_comes_from_and_only_then(listed: LocalBot) -> None:
    keeps(listed, StaffRecord("U0ADA", "Hull"), StaffRecord("U0CHI", "Elsewhere"))
    for user, expected in (("U0ADA", True), ("U0BEN", False), ("U0CHI", False)):
        person = listed.person(user)
        person.command("/mentor request")
        assert ("your organisation’s records" in str(person.await_view(APPLICATION_FORM))) is expected


def test_a_manager_of_whom_slack_has_not_told_yet_is_asked_about_and_there_the_next_time(listed: LocalBot) -> None:
    keeps(listed, StaffRecord("U0ADA", manager="U0BOSS"), StaffRecord("U0BEN", manager="U0ROBOT"))
    assert "manager" not in form(listed)
    form(listed, user="U0BEN")
    listed.settle()
    assert form(listed)["manager"] == "U0BOSS"
    assert "manager" not in form(listed, user="U0BEN")


def test_what_was_sent_or_typed_before_stands_before_the_list(listed: LocalBot) -> None:
    keeps(listed, StaffRecord("U0ADA", "Hull", "Mate"), StaffRecord("U0BEN", "Hull", "Mate"))
    says = {**REQUEST, "department": "Galley", "grade": "Captain"}
    listed.knows("U0BEN")
    listed.apply("U0ADA", "/mentor request", says)
    assert form(listed)["department"] == "Galley"
    ben = listed.person("U0BEN")
    ben.command("/mentor request")
    ben.await_view(APPLICATION_FORM)
    ben.fill({**says, "wish": "U0BEN"})
    assert list(ben.submit().errors) == ["wish"]
    ben.close()
    assert form(listed, user="U0BEN")["department"] == "Galley"
