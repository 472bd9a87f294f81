"""Adding somebody who asked in person: an owner fills in the form, and it counts once the person has confirmed it."""

import pytest

from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, applied, later
from tests.handlers.support import Json, buttons, direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, START, LocalBot

KNOWN = {"topics": ["Career planning"], "hopes": "To find my way.", "manager": BOSS}
MISSING = {"months": "6", "ways": ["video"], "languages": ["en"]}


def chooses(town: LocalBot, person: str | None, action: str = ids.ENTER_MENTEE, owner: str = OWNER) -> str:
    """The owner opens People and "Add someone", and chooses; what they read instead of the form, if anything."""
    Story(town).leaves(owner)
    Story(town).opens(owner, lambda each: each.command("/mentor people"), ids.PEOPLE_VIEW)
    town.person(owner).click("Add someone")
    town.settle()
    town.person(owner).await_view(ids.ADD_PERSON_VIEW)
    if person:
        town.person(owner).fill({"person": person})
    town.person(owner).click(action)
    town.settle()
    view = town.person(owner).view or {}
    return words(view) if view["callback_id"] != ids.ENTRY_FORM else ""


def enters(town: LocalBot, person: str, says: Json, action: str = ids.ENTER_MENTEE, owner: str = OWNER) -> Json:
    """The owner enters an application; the errors at the fields."""
    assert chooses(town, person, action, owner) == ""
    return sends(town, says, owner)


def sends(town: LocalBot, says: Json, owner: str = OWNER) -> Json:
    town.person(owner).fill(says)
    sent = town.person(owner).submit()
    town.settle()
    return dict(sent.errors or {})


def words(view: Json | None) -> str:
    return "\n".join(visible_texts((view or {})["blocks"]))


def application(town: LocalBot) -> Json:
    (found,) = rows(town)["applications"]
    return found


def test_somebody_who_asked_in_person_is_entered_and_confirms_with_one_press(two_owners: LocalBot) -> None:
    town = two_owners
    assert enters(town, ADA, {**KNOWN, **MISSING}) == {}
    assert "was entered as a mentee" in words(town.person(OWNER).view)
    town.person(OWNER).close()
    shown = words(town.person(OWNER).view)
    assert "Entered for them, on" in shown
    assert "They haven’t confirmed it yet." in shown
    assert (application(town)["state"], application(town)["person"]) == ("unconfirmed", ADA)
    (asked,) = direct_messages(town, ADA)
    assert asked["text"] == "Please confirm your application for a mentor"
    assert ids.CONFIRM_APPLICATION in buttons(asked)
    assert "To find my way." not in message_text(asked)
    town.person(ADA).click(ids.CONFIRM_APPLICATION)
    town.settle()
    assert application(town)["state"] == "open"
    record = [
        (row["action"], row["by"], row["person"], row["role"], row["fields"]) for row in rows(town)["owner_record"]
    ]
    assert record == [("entered", OWNER, ADA, "mentee", "[]")]


def test_what_is_left_out_is_added_by_the_person(town: LocalBot) -> None:
    assert enters(town, ADA, {"topics": ["Career planning"]}) == {}
    town.person(ADA).click(ids.CONFIRM_APPLICATION)
    town.settle()
    form = town.person(ADA).await_view(ids.APPLICATION_FORM)
    assert "The programme owners have entered what they know." in words(form)
    town.person(ADA).fill(
        {"hopes": "Mine.", "manager": BOSS, **MISSING, "expectations": ["yes"], "supervisor": ["yes"]}
    )
    assert town.person(ADA).submit().closed
    town.settle()
    assert application(town)["state"] == "open"


def test_a_mentor_is_entered_too(town: LocalBot) -> None:
    says = {**KNOWN, **MISSING, "started_on": "2015-03-02", "places": "2"}
    assert enters(town, BEN, says, ids.ENTER_MENTOR) == {}
    assert (application(town)["role"], application(town)["places"]) == ("mentor", 2)


@pytest.mark.parametrize(
    ("person", "says"),
    [
        (None, "Choose a person first."),
        (OWNER, "To apply yourself, type `/mentor request` or `/mentor volunteer`. Here, choose someone else."),
        ("U0GUEST", "can’t take part: they are a guest. Choose someone else."),
        ("U0GONE", "can’t take part: their account is deactivated."),
        ("U0ROBOT", "can’t take part: it is an app."),
        ("U0FAR", "can’t take part: they are from another workspace."),
    ],
)
def test_whoever_cannot_be_added_is_named_before_the_form_is_filled_in(
    town: LocalBot, person: str | None, says: str
) -> None:
    assert says in chooses(town, person)
    assert rows(town)["applications"] == []


def test_somebody_who_has_applied_is_not_entered_again_and_another_role_is(town: LocalBot) -> None:
    applied(town, [ADA])
    assert "has already applied as a mentee. To change it, find them in the list" in chooses(town, ADA)
    town.person(OWNER).close()
    assert chooses(town, ADA, ids.ENTER_MENTOR) == ""
    form = town.person(OWNER).view
    assert "We filled in what we know." in words(form)
    assert "Only for the owners." not in str(form), "a look at what is confidential would be recorded"
    assert BOSS not in str(form)


def test_somebody_who_was_erased_has_to_apply_themselves(town: LocalBot) -> None:
    town.knows(ADA)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, START)
    assert "was erased, so nothing is stored about them." in chooses(town, ADA)


def test_nothing_is_kept_of_a_form_about_somebody_who_was_erased_meanwhile(town: LocalBot) -> None:
    chooses(town, ADA)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, START)
    refused = sends(town, {**KNOWN, "hopes": "Their own words."})
    assert "was erased" in str(refused)
    assert rows(town)["drafts"] == []


def test_wrong_answers_are_said_at_their_fields_and_nothing_typed_is_lost(town: LocalBot) -> None:
    assert list(enters(town, ADA, {**KNOWN, "manager": ADA})) == ["manager"]
    assert direct_messages(town, ADA) == []
    assert chooses(town, ADA) == ""
    form = town.person(OWNER).view
    assert "We saved what you typed last time." in words(form)
    assert "To find my way." in str(form)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, START)
    assert rows(town)["drafts"] == []


def test_what_was_entered_is_changed_in_the_same_message(town: LocalBot) -> None:
    assert enters(town, ADA, {**KNOWN, **MISSING}) == {}
    assert chooses(town, ADA) == ""
    assert sends(town, {"months": "9"}) == {}
    (asked,) = direct_messages(town, ADA)
    assert "9 months" in message_text(asked)
    assert [row["fields"] for row in rows(town)["owner_record"]] == ["[]", '["months"]']


def test_a_correction_of_what_is_not_confirmed_does_not_confirm_it(town: LocalBot) -> None:
    assert enters(town, ADA, {**KNOWN, **MISSING}) == {}
    town.person(OWNER).click("Correct")
    town.settle()
    town.person(OWNER).await_view(ids.ENTRY_FORM)
    assert sends(town, {"months": "9"}) == {}
    assert "9 months" in words(town.person(OWNER).view)
    assert (application(town)["state"], application(town)["months"]) == ("unconfirmed", 9)


def test_somebody_who_has_withdrawn_and_asks_again_confirms_again(town: LocalBot) -> None:
    assert enters(town, ADA, {**KNOWN, **MISSING}) == {}
    town.person(ADA).click(ids.CONFIRM_APPLICATION)
    town.settle()
    answers(town, clicked(town, ADA, ids.WITHDRAW, application(town)["id"]))
    heard = len(direct_messages(town, ADA))
    later(town, days=1)
    assert enters(town, ADA, {**KNOWN, **MISSING}) == {}
    (asked,) = direct_messages(town, ADA)[heard:]
    assert asked["text"] == "Please confirm your application for a mentor"
    assert application(town)["sent_on"] == "2026-11-24"


def test_two_owners_who_enter_the_same_person_do_not_overwrite_each_other(two_owners: LocalBot) -> None:
    town = two_owners
    assert chooses(town, ADA) == ""
    assert enters(town, ADA, {**KNOWN, **MISSING}, owner=SECOND_OWNER) == {}
    assert "changed while you had it open" in str(sends(town, {"hopes": "Something else."}))
    (answers,) = rows(town)["application_private_answers"]
    assert answers["hopes"] == "To find my way."


def test_who_applied_while_the_form_was_open_is_not_asked_again(town: LocalBot) -> None:
    assert chooses(town, ADA) == ""
    applied(town, [ADA])
    assert "has already applied" in str(sends(town, {**KNOWN, **MISSING}))
    assert direct_messages(town, ADA) == []


def test_an_owner_withdraws_what_was_entered_by_mistake(town: LocalBot) -> None:
    assert enters(town, ADA, {**KNOWN, **MISSING}) == {}
    town.person(OWNER).click("Withdraw")
    town.settle()
    assert application(town)["state"] == "withdrawn"
    assert ids.CONFIRM_APPLICATION not in buttons(direct_messages(town, ADA)[0])


def test_who_is_asked_at_night_is_asked_in_the_morning(town: LocalBot) -> None:
    later(town, hours=5)  # half past eight in the evening in Kolkata
    assert enters(town, CHI, {**KNOWN, **MISSING}) == {}
    assert direct_messages(town, CHI) == []
    later(town, hours=14)
    assert len(direct_messages(town, CHI)) == 1


def test_before_and_after_the_round_nobody_is_added(town: LocalBot) -> None:
    later(town, days=500)
    Story(town).opens(OWNER, lambda each: each.command("/mentor people"), ids.PEOPLE_VIEW)
    assert "Add someone" not in words(town.person(OWNER).view)
    (said,) = answers(town, clicked(town, OWNER, ids.ADD_PERSON))
    assert "This round has ended" in said


@pytest.mark.parametrize("action", [ids.ADD_PERSON, ids.ENTER_MENTEE, ids.ENTER_MENTOR])
def test_nobody_but_an_owner_adds_anybody(town: LocalBot, action: str) -> None:
    (said,) = answers(town, clicked(town, BOSS, action))
    assert "Only programme owners can do this" in said
