"""People who would not ask are invited: they apply in three presses, or never hear of it again (D0.20)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import TOPICS, InvitationMoment
from mentoring.invitations.moments import MomentNoted
from mentoring.programmes.settings import Part
from messages import ids
from messages.invitations.view import TEXT
from sandbox import Member
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, DEE, applied
from tests.handlers.support import Json, buttons, direct_messages, rows
from tests.handlers.test_settings import card_of, opens, sets
from tests.journeys.story import Story, answer_to
from tests.local_bot import OWNER, REQUEST, LocalBot, typed, wait_until
from tests.local_bot import local_bot as open_town

NIA = "U0NIA"
RULE = {"invites_at": ["joined", "manager", "change"], "invite_weeks": "2", "invited_roles": ["mentee"]}
TOPIC = "Career planning"


@pytest.fixture
def inviting(tmp_path: Path) -> Iterator[LocalBot]:
    """A programme that invites people as mentees, two weeks after each moment. It is Monday 23 November 2026."""
    with open_town(tmp_path) as town:
        town.slack.timeline = town.bot
        town.knows(OWNER, ADA, BEN, CHI, DEE, BOSS)
        sets(town, Part.INVITATIONS, RULE)
        yield town


def joins(town: LocalBot, user: str = NIA, **facts: Any) -> None:
    """A new member joins the workspace."""
    town.slack.add_member(Member(user, user.lower(), user[2:].capitalize(), **facts))
    wait_until(lambda: any("team_join" in str(each.payload) for each in town.slack.deliveries), "nothing was told")
    town.settle()


def it_is(town: LocalBot, moment: str) -> None:
    Story(town).it_is(moment)


def invitations(town: LocalBot, user: str = NIA) -> list[Json]:
    return [message for message in direct_messages(town, user) if message["text"] == TEXT]


def works_here(town: LocalBot, *records: StaffRecord) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        for record in records:
            tx.save(Outcome((record,)))


def noted(town: LocalBot, *people: str, moment: InvitationMoment = InvitationMoment.MANAGER) -> None:
    """These had a moment two weeks ago."""
    day = town.slack.calendar.now().date() - timedelta(weeks=2)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome(tuple(MomentNoted(person, moment, day) for person in people)))


def test_a_new_colleague_applies_in_three_presses_and_types_nothing(inviting: LocalBot) -> None:
    town = inviting
    joins(town)
    works_here(town, StaffRecord(NIA, manager=BOSS))
    it_is(town, "2026-12-06 20:00")
    assert not invitations(town), "two weeks are not over"
    it_is(town, "2026-12-07 12:00")
    (invitation,) = invitations(town)
    nia = town.person(NIA)

    nia.choose(ids.APPLY_AS_MENTEE, TOPIC, message=invitation)
    nia.await_view(ids.APPLICATION_FORM)
    filled = typed(nia)
    assert (filled["topics"], filled["manager"], filled["languages"]) == ([TOPIC], BOSS, ["en"])
    nia.fill({"expectations": ["yes"]})
    assert nia.submit().closed
    town.settle()

    with town.database() as tx:
        ((_, cohort),) = tx.programmes.all()
        application = tx.applications.of(NIA, cohort.id)[Role.MENTEE]
    assert (application.state, application.topics) == (ApplicationState.OPEN, (TOPIC,))
    assert [row["applied_on"] is not None for row in rows(town)["invitations"]] == [True]
    assert "has arrived" in message_text(direct_messages(town, NIA)[-1])


def test_the_form_opens_again_after_it_was_closed_without_a_topic(inviting: LocalBot) -> None:
    """Slack does not send the choice of a topic that is chosen already."""
    town = inviting
    noted(town, ADA)
    it_is(town, "2026-11-30 12:00")
    (invitation,) = invitations(town, ADA)
    ada = town.person(ADA)
    ada.click("Apply", message=invitation)
    ada.await_view(ids.APPLICATION_FORM)
    assert not typed(ada).get("topics")


def test_if_something_is_not_known_what_was_chosen_is_kept(inviting: LocalBot) -> None:
    town = inviting
    noted(town, ADA)
    it_is(town, "2026-11-30 12:00")
    ada = town.person(ADA)
    ada.choose(ids.APPLY_AS_MENTEE, TOPIC, message=invitations(town, ADA)[0])
    ada.await_view(ids.APPLICATION_FORM)
    assert set(ada.submit().errors) == {"expectations"}
    ada.fill({"expectations": ["yes"]})
    assert set(ada.submit().errors) == {"manager"}
    ada.close()
    ada.choose(ids.APPLY_AS_MENTEE, "Job search", message=invitations(town, ADA)[0])
    ada.await_view(ids.APPLICATION_FORM)
    assert (typed(ada)["topics"], typed(ada)["expectations"]) == ([TOPIC, "Job search"], ["yes"])
    ada.fill({"no_manager": ["yes"]})
    assert ada.submit().closed


def test_not_for_me_is_for_ever_until_the_person_says_otherwise_at_home(inviting: LocalBot) -> None:
    town = inviting
    noted(town, ADA)
    it_is(town, "2026-11-30 12:00")
    (invitation,) = invitations(town, ADA)
    assert town.person(ADA).click(ids.STOP_INVITATIONS, message=invitation).ok
    town.settle()
    assert "You get no more invitations" in answer_to(town.slack, ADA)
    assert home(town, ADA).count("*Invitations: off.*") == 1
    noted(town, ADA)
    it_is(town, "2026-12-14 12:00")
    assert len(invitations(town, ADA)) == 1
    town.person(ADA).click(ids.ALLOW_INVITATIONS)
    town.settle()
    assert home(town, ADA).count("*Invitations: on.*") == 1


def test_a_choice_that_is_not_stored_is_not_promised(inviting: LocalBot) -> None:
    """The button of a Home from before, while no programme sends invitations any more."""
    town = inviting
    sets(town, Part.INVITATIONS, {"invites_at": None})
    answers(town, clicked(town, ADA, ids.STOP_INVITATIONS))
    assert rows(town)["invitation_choices"] == []
    assert "No programme here sends you invitations" in answer_to(town.slack, ADA)


def test_a_word_after_the_command_shows_the_choice(inviting: LocalBot) -> None:
    town = inviting
    person = town.person(CHI)
    assert "*Invitations: on.*" in message_text(person.command("/mentor invitations").messages[-1])
    person.click(ids.STOP_INVITATIONS)
    town.settle()
    assert "*Invitations: off.*" in message_text(person.command("/mentor invitation").messages[-1])
    sets(town, Part.INVITATIONS, {"invites_at": None})
    assert "No programme here sends you invitations" in message_text(
        town.person(DEE).command("/mentor invitations").messages[-1]
    )


def home(town: LocalBot, user: str) -> str:
    town.person(user).open_home()
    town.settle()
    view = town.person(user).home
    assert view
    return "\n".join(visible_texts(view["blocks"]))


def test_an_invitation_says_the_same_whatever_the_moment_was(inviting: LocalBot) -> None:
    town = inviting
    for user, moment in zip((ADA, CHI, DEE), InvitationMoment, strict=True):
        noted(town, user, moment=moment)
    it_is(town, "2026-11-30 20:00")
    said = {message_text(invitations(town, user)[0]) for user in (ADA, CHI, DEE)}
    assert len(said) == 1
    words = said.pop().lower()
    for topic in TOPICS:
        words = words.replace(topic.lower(), "")
    for told in ("new", "manag", "title", "department", "joined"):
        assert told not in words


def test_nobody_is_invited_who_applied_declined_is_away_or_is_no_member(inviting: LocalBot) -> None:
    town = inviting
    applied(town, [ADA], [BEN])
    noted(town, ADA, BEN, OWNER, "U0GUEST", "U0GONE", "U0ROBOT", "U0FAR", CHI, DEE)
    town.knows("U0GUEST", "U0GONE", "U0ROBOT", "U0FAR")
    answers(town, clicked(town, CHI, ids.STOP_INVITATIONS))
    it_is(town, "2026-11-30 20:00")
    assert [row["person"] for row in rows(town)["invitations"]] == [DEE]
    assert len(invitations(town, DEE)) == 1


def test_an_erased_person_is_not_invited_again(inviting: LocalBot) -> None:
    town = inviting
    joins(town)
    noted(town, ADA)
    answers(town, clicked(town, ADA, ids.STOP_INVITATIONS))
    for user in (ADA, NIA):
        erase_person(town.storage, town.slack.team_id, user, now=town.slack.calendar.now())
    for table in ("invitation_choices", "invitation_moments", "title_marks"):
        assert rows(town)[table] == []
    works_here(town, StaffRecord(ADA, started_on=town.slack.calendar.now().date() - timedelta(weeks=2)))
    town.changes(ADA, title="Curator")
    answers(town, clicked(town, ADA, ids.STOP_INVITATIONS))
    it_is(town, "2026-12-07 12:00")
    assert rows(town)["invitations"] == rows(town)["invitation_moments"] == rows(town)["invitation_choices"] == []
    assert "Invitations: on" not in home(town, ADA), "the button would change nothing"
    asked = town.person(ADA).command("/mentor invitations").messages[-1]
    assert "No programme here sends you invitations" in message_text(asked)


def test_a_changed_title_is_a_moment_and_the_first_one_that_is_known_is_none(inviting: LocalBot) -> None:
    town = inviting
    town.changes(ADA, title="Curator")
    assert rows(town)["invitation_moments"] == []
    town.changes(ADA, title="Head of curation")
    (moment,) = rows(town)["invitation_moments"]
    assert (moment["person"], moment["moment"], moment["day"]) == (ADA, "change", "2026-11-23")
    assert "Head of curation" not in str(rows(town)["title_marks"])


def test_without_the_rule_nothing_is_noted_of_anybody(town: LocalBot) -> None:
    joins(town)
    town.knows(ADA)
    town.changes(ADA, title="Curator")
    town.changes(ADA, title="Editor")
    assert rows(town)["invitation_moments"] == rows(town)["title_marks"] == []
    assert NIA not in str(rows(town)["people"])


def test_while_applications_are_closed_it_waits_for_the_next_round(inviting: LocalBot) -> None:
    town = inviting
    noted(town, ADA)
    town.person(OWNER).command("/mentor setup")
    sets(town, Part.DATES, {"opens_on": "2026-12-10", "apply_by": "2026-12-21"})
    it_is(town, "2026-12-07 12:00")
    assert not invitations(town, ADA)
    it_is(town, "2026-12-14 12:00")
    assert len(invitations(town, ADA)) == 1


def test_one_who_has_applied_meanwhile_gets_none(inviting: LocalBot) -> None:
    town = inviting
    noted(town, ADA)
    it_is(town, "2026-11-30 05:00")  # it waits for her morning
    assert [row["person"] for row in rows(town)["invitations"]] == [ADA]
    applied(town, [ADA])
    it_is(town, "2026-11-30 12:00")
    assert not invitations(town, ADA)


def test_owners_read_figures_from_five_people_on_and_no_names(inviting: LocalBot) -> None:
    town = inviting
    people = [f"U0P{number}" for number in range(6)]
    for user in people:
        town.slack.add_member(Member(user, user.lower(), user))
    town.knows(*people)
    assert "shown from five people on" in figures(town)
    noted(town, *people[:4])
    it_is(town, "2026-11-30 12:00")
    assert "shown from five people on" in figures(town)
    noted(town, *people[4:])
    it_is(town, "2026-12-07 12:00")
    assert "At least 5 people were invited so far. How many of them applied is shown after the deadline." in figures(
        town
    )
    assert not any(user in figures(town) + card_of(town) for user in people)


def test_no_application_changes_the_figures_when_it_arrives(inviting: LocalBot) -> None:
    """Owners see whose application has arrived: a figure that moves with it would tell that its author was invited."""
    town = inviting
    people = [f"U0P{number}" for number in range(6)]
    for user in people:
        town.slack.add_member(Member(user, user.lower(), user))
    town.knows(*people)
    noted(town, *people)
    it_is(town, "2026-11-30 12:00")
    for user in people[:4]:
        town.apply(user, "/mentor request", REQUEST)
    before = figures(town)
    town.apply(people[4], "/mentor request", REQUEST)
    assert sum(row["applied_on"] is not None for row in rows(town)["invitations"]) == 5
    assert figures(town) == before
    it_is(town, "2026-12-22 12:00")
    assert "At least 5 people were invited so far. At least 5 of them applied by the last deadline." in figures(town)


def test_no_erasure_changes_the_figures(inviting: LocalBot) -> None:
    town = inviting
    people = [f"U0P{number}" for number in range(5)]
    for user in people:
        town.slack.add_member(Member(user, user.lower(), user))
    town.knows(*people)
    noted(town, *people)
    it_is(town, "2026-11-30 12:00")
    for user in people:
        town.apply(user, "/mentor request", REQUEST)
    it_is(town, "2026-12-22 12:00")
    before = figures(town)
    assert "At least 5 people were invited so far. At least 5 of them applied by the last deadline." in before
    erase_person(town.storage, town.slack.team_id, people[0], now=town.slack.calendar.now())
    assert figures(town) == before
    assert sorted(row["person"] for row in rows(town)["invitations"]) == ["", *people[1:]]


def test_owners_are_not_told_of_an_invitation_that_did_not_arrive(inviting: LocalBot) -> None:
    town = inviting
    noted(town, ADA)
    before = len(direct_messages(town, OWNER))
    town.slack.faults.fail("chat.postMessage", "restricted_action", times=None)
    it_is(town, "2026-11-30 12:00")
    town.slack.faults.clear()
    it_is(town, "2026-11-30 20:00")
    assert [row["state"] for row in rows(town)["outbox"] if row["kind"] == "invitation"] == ["dropped"]
    assert not [each for each in direct_messages(town, OWNER)[before:] if ADA in message_text(each)]


def figures(town: LocalBot) -> str:
    said = "\n".join(visible_texts(opens(town, Part.INVITATIONS).await_view()["blocks"]))
    town.person(OWNER).close()
    return said


def test_an_owner_sees_the_message_before_it_is_switched_on(town: LocalBot) -> None:
    assert "*Invitations*\nOff." in card_of(town)
    owner = opens(town, Part.INVITATIONS)
    owner.fill({"invites_at": ["joined"], "invited_roles": ["mentee", "mentor"]})
    owner.click(ids.PREVIEW)
    shown = "\n".join(visible_texts(owner.await_view(ids.PREVIEW_VIEW)["blocks"]))
    assert TEXT in shown
    assert "*Be a mentor.*" in shown
    owner.close()
    owner.fill({"invited_roles": None})
    assert set(owner.submit().errors) == {"invited_roles"}
    owner.fill({"invited_roles": ["mentee"]})
    assert owner.submit().closed
    assert "4 weeks after people start here, I invite them to apply as a mentee." in card_of(town)


def test_pressed_twice_or_under_an_old_message_it_says_what_is_so(inviting: LocalBot) -> None:
    town = inviting
    noted(town, ADA)
    it_is(town, "2026-11-30 12:00")
    for _ in range(2):
        answers(town, clicked(town, ADA, ids.STOP_INVITATIONS))
        assert "You get no more invitations" in answer_to(town.slack, ADA)
    assert [row["is_on"] for row in rows(town)["invitation_choices"]] == [0]
    assert ids.APPLY_AS_MENTEE in buttons(invitations(town, ADA)[0])
    it_is(town, "2028-02-01 12:00")
    town.person(ADA).choose(ids.APPLY_AS_MENTEE, TOPIC, message=invitations(town, ADA)[0])
    town.settle()
    assert "closed" in answer_to(town.slack, ADA).lower() or "round" in answer_to(town.slack, ADA)
