"""What owners do for somebody else: it is told to them and recorded, and the rules of the form hold."""

import pytest

from mentoring.applications.application import PrivateAnswers
from mentoring.core.outcome import Outcome
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, applied, asked, later
from tests.handlers.support import Json, direct_messages, post, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, START, LocalBot

APPLICATION = f"mentee-{ADA}"


def opens(town: LocalBot) -> None:
    """The owner has People open, and Ada's application above it."""
    story, owner = Story(town), town.person(OWNER)
    story.leaves(OWNER)
    story.opens(OWNER, lambda person: person.command("/mentor people"), ids.PEOPLE_VIEW)
    owner.choose(ids.PEOPLE_FILTER, "unmatched")
    town.settle()
    assert APPLICATION in str(owner.view)
    owner.click("View")
    town.settle()
    owner.await_view(ids.APPLICATION_VIEW)


def corrects(town: LocalBot, says: Json) -> Json:
    """The owner corrects the open application; the errors at the fields."""
    owner = town.person(OWNER)
    owner.click("Correct")
    town.settle()
    owner.await_view(ids.CORRECTION_FORM)
    owner.fill(says)
    sent = owner.submit()
    town.settle()
    return dict(sent.errors or {})


def words(view: Json | None) -> str:
    return "\n".join(visible_texts((view or {})["blocks"]))


def application(town: LocalBot) -> Json:
    return next(row for row in rows(town)["applications"] if row["id"] == APPLICATION)


def test_a_correction_is_saved_recorded_and_told_with_what_was_changed(town: LocalBot) -> None:
    applied(town, [ADA])
    opens(town)
    assert corrects(town, {"months": "9", "hopes": "To lead a team."}) == {}
    shown = words(town.person(OWNER).view)
    assert "9 months" in shown
    assert "To lead a team." in shown
    (told,) = direct_messages(town, ADA)
    assert told["text"] == "Your application for a mentor was corrected"
    assert f"<@{OWNER}> changed your answers about length and hopes" in message_text(told)
    record = [(row["action"], row["by"], row["person"], row["fields"]) for row in rows(town)["owner_record"]]
    assert record == [("viewed", OWNER, ADA, "[]"), ("corrected", OWNER, ADA, '["months", "hopes"]')]
    assert (application(town)["months"], application(town)["version"]) == (9, 2)


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_correction_leaves_it_to_the_author_who_reads_their_hopes(town: LocalBot, is_shared: bool) -> None:
    applied(town, [ADA])
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((PrivateAnswers(APPLICATION, "To grow.", BOSS, hopes_shared=is_shared),)))
    opens(town)
    assert corrects(town, {"months": "9"}) == {}
    (answers,) = rows(town)["application_private_answers"]
    assert (answers["hopes"], bool(answers["hopes_shared"])) == ("To grow.", is_shared)


def test_saving_without_a_change_changes_and_tells_nothing(town: LocalBot) -> None:
    applied(town, [ADA])
    opens(town)
    assert corrects(town, {}) == {}
    assert direct_messages(town, ADA) == []
    assert application(town)["version"] == 1


def test_a_wrong_correction_says_so_at_its_field_and_nothing_typed_is_lost_until_the_person_is_erased(
    town: LocalBot,
) -> None:
    applied(town, [ADA])
    opens(town)
    assert list(corrects(town, {"hopes": "Half a thought", "manager": ADA})) == ["manager"]
    assert direct_messages(town, ADA) == []
    opens(town)
    town.person(OWNER).click("Correct")
    town.settle()
    form = town.person(OWNER).await_view(ids.CORRECTION_FORM)
    assert "Half a thought" in str(form)
    assert "We saved what you typed last time." in words(form)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, START)
    assert rows(town)["drafts"] == []
    assert {row["person"] for row in rows(town)["owner_record"]} == {""}


def test_a_form_that_was_open_while_the_author_changed_it_is_not_saved(town: LocalBot) -> None:
    applied(town, [ADA])
    opens(town)
    town.person(OWNER).click("Correct")
    town.settle()
    town.person(OWNER).await_view(ids.CORRECTION_FORM)
    Story(town).opens(ADA, lambda person: person.command("/mentor request"), ids.APPLICATION_FORM)
    town.person(ADA).fill({"months": "8"})
    assert town.person(ADA).submit().closed
    town.settle()
    town.person(OWNER).fill({"months": "9"})
    assert "changed while you had it open" in str(town.person(OWNER).submit().errors)
    assert application(town)["months"] == 8


def test_an_application_is_withdrawn_for_somebody_who_asked_and_their_match_ends(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    heard = {each: len(direct_messages(town, each)) for each in (ADA, BEN)}
    opens(town)
    town.person(OWNER).click("Withdraw")
    town.settle()
    assert "This application has been withdrawn." in words(town.person(OWNER).view)
    assert application(town)["state"] == "withdrawn"
    later(town, hours=8)
    (told,) = direct_messages(town, ADA)[heard[ADA] :]
    assert told["text"] == "Your application for a mentor was withdrawn"
    assert f"<@{OWNER}> withdrew it for you." in message_text(told)
    (over,) = direct_messages(town, BEN)[heard[BEN] :]
    assert "did not work out" in over["text"]
    assert [row["action"] for row in rows(town)["owner_record"]] == ["viewed", "withdrew"]
    town.person(OWNER).close()
    assert APPLICATION not in str(town.person(OWNER).view), "the list below shows it, too"


def test_who_is_told_at_night_is_told_in_the_morning(town: LocalBot) -> None:
    applied(town, [CHI])
    later(town, hours=5)  # half past eight in the evening in Kolkata
    post(town, clicked(town, OWNER, ids.WITHDRAW_FOR, f"mentee-{CHI}"))
    town.settle()
    assert direct_messages(town, CHI) == []
    later(town, hours=14)
    assert [each["text"] for each in direct_messages(town, CHI)] == ["Your application for a mentor was withdrawn"]


@pytest.mark.parametrize("action", [ids.WITHDRAW_FOR, ids.CORRECT_APPLICATION])
def test_nobody_but_an_owner_does_anything_for_others(town: LocalBot, action: str) -> None:
    applied(town, [ADA])
    (said,) = answers(town, clicked(town, BOSS, action, APPLICATION))
    assert "Only programme owners can do this" in said
    (said,) = answers(town, clicked(town, OWNER, action, "no-such-id"))
    assert "can’t find this application" in said
    assert rows(town)["owner_record"] == []
    assert application(town)["state"] == "open"
