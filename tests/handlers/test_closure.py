"""The last page of the closing survey: what the two did, a thank-you, going on, and being named."""

import json
from typing import Any

import pytest

from messages.ids import (
    CLOSURE_FORM,
    DELETE_MEETING,
    END_PARTNERSHIP,
    OPEN_CLOSURE,
    OPEN_PARTNERSHIPS,
    OPEN_SURVEY,
    PARTNERSHIPS_VIEW,
    SURVEY_FORM,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers import requests
from tests.handlers.copied_starts import begun
from tests.handlers.starting_points import ADA, BEN, CHI, later, met_and_at_the_end
from tests.handlers.support import buttons, direct_messages, last_payload, post, rows
from tests.handlers.test_cohorts import close
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot

THANKS = "You made me ask."


@pytest.fixture
def story(town: LocalBot) -> Story:
    """Ada and Ben have met once in half a year, and are asked to look back."""
    begun(town, met_and_at_the_end)
    return Story(town)


def answers_the_survey(story: Story, user: str, **more: Any) -> Any:
    """Up to the last page."""
    story.opens(user, lambda person: person.click(OPEN_SURVEY), SURVEY_FORM)
    person = story.person(user)
    person.fill({"rating": "4", **more})
    person.submit()
    story.world.settle()
    assert person.view is not None
    assert person.view["callback_id"] == CLOSURE_FORM
    return person.view


def says(story: Story, user: str, **more: Any) -> None:
    answers_the_survey(story, user)
    story.sends(user, more)


def of_kind(town: LocalBot, user: str, text: str) -> list[dict[str, Any]]:
    return [message for message in direct_messages(town, user) if text in message_text(message)]


def test_the_survey_ends_with_what_they_did_and_its_answers_are_saved_first(town: LocalBot, story: Story) -> None:
    view = answers_the_survey(story, ADA)
    text = "\n".join(visible_texts(view["blocks"]))
    assert "Your answers are saved." in text
    assert "1 meeting logged" in text
    assert "0 of 1 action item done" in text
    assert len(rows(town)["feedback"]) == 1
    story.leaves(ADA)
    assert rows(town)["closures"] == []
    receipt = direct_messages(town, ADA)[-1]
    assert OPEN_CLOSURE in buttons(receipt), "a person who skips it finds it again"
    view = story.opens(ADA, lambda person: person.click(OPEN_CLOSURE), CLOSURE_FORM)
    assert "Your answers are saved." not in "\n".join(visible_texts(view["blocks"]))


def test_a_thank_you_arrives_once_and_nobody_else_reads_it(town: LocalBot, story: Story) -> None:
    says(story, ADA, thanks=THANKS)
    assert len(of_kind(town, BEN, THANKS)) == 1
    story.person(OWNER).command("/mentor status")
    later(town, days=40)
    assert of_kind(town, OWNER, THANKS) == []
    assert len(of_kind(town, BEN, THANKS)) == 1
    (partnership,) = rows(town)["partnerships"]
    requests.answers(town, requests.clicked(town, ADA, OPEN_CLOSURE, partnership["id"]))
    view = town.person(ADA).view
    assert view is not None
    assert "You have sent this page" in "\n".join(visible_texts(view["blocks"]))
    assert "thanks" not in str(view["blocks"])


def test_what_helped_goes_to_the_other_by_one_press(town: LocalBot, story: Story) -> None:
    view = answers_the_survey(story, ADA, helps="You asked before you answered.")
    assert "You wrote: “You asked before you answered.”" in str(view["blocks"])
    story.sends(ADA, {"sends_helps": ["yes"]})
    assert len(of_kind(town, BEN, "You asked before you answered.")) == 1
    answers_the_survey(story, BEN)
    view = town.person(BEN).view
    assert view is not None
    assert "sends_helps" not in str(view["blocks"]), "there is nothing to send"


def test_an_erasure_of_either_takes_the_thank_you_with_it(town: LocalBot, story: Story) -> None:
    says(story, ADA, thanks=THANKS)
    assert of_kind(town, BEN, THANKS)
    erase_person(town.bot.storage, town.bot.identity.workspace, ADA, now=town.slack.calendar.now())
    town.settle()
    assert (rows(town)["thank_yous"], rows(town)["closures"]) == ([], [])
    assert of_kind(town, BEN, THANKS) == []
    assert of_kind(town, BEN, "This thank-you was deleted")


def test_a_page_that_was_open_when_the_other_ended_it_is_sent_all_the_same(town: LocalBot, story: Story) -> None:
    answers_the_survey(story, BEN)
    (partnership,) = rows(town)["partnerships"]
    requests.answers(town, requests.clicked(town, ADA, END_PARTNERSHIP, partnership["id"]))
    assert rows(town)["partnerships"][0]["state"] == "ended"
    story.sends(BEN, {"thanks": THANKS, "places_again": "1"})
    assert rows(town)["drafts"] == []
    assert len(of_kind(town, ADA, THANKS)) == 1
    assert json.loads(rows(town)["partnerships"][0]["back"]) == [BEN], "a mentor who goes on can be matched again"


def test_after_an_early_end_the_page_is_closed_to_who_had_not_answered(town: LocalBot, story: Story) -> None:
    (partnership,) = rows(town)["partnerships"]
    requests.answers(town, requests.clicked(town, ADA, END_PARTNERSHIP, partnership["id"]))
    (refused,) = requests.answers(town, requests.clicked(town, BEN, OPEN_CLOSURE, partnership["id"]))
    assert "ended" in refused or "over" in refused


def named(town: LocalBot) -> bool:
    town.person(OWNER).command("/mentor status")
    town.settle()
    return "May be named in a celebration" in message_text(direct_messages(town, OWNER)[-1])


def test_owners_see_who_may_be_named_once_both_agree(town: LocalBot, story: Story) -> None:
    says(story, ADA, is_named=["yes"])
    later(town, days=30)
    assert not named(town)
    story.opens(BEN, lambda person: person.click(OPEN_CLOSURE), CLOSURE_FORM)
    story.sends(BEN, {"is_named": ["yes"]})
    assert named(town)


def test_who_agreed_to_be_named_takes_it_back(town: LocalBot, story: Story) -> None:
    says(story, ADA, is_named=["yes"], thanks=THANKS)
    says(story, BEN, is_named=["yes"], places_again="1")
    assert named(town)
    kept, heard = rows(town)["closures"], direct_messages(town, BEN)
    for answer in ([], ["yes"], []):
        story.opens(ADA, lambda person: person.click(OPEN_CLOSURE), CLOSURE_FORM)
        story.sends(ADA, {"is_named": answer})
        assert named(town) is bool(answer)
    assert [row | {"is_named": 1} for row in rows(town)["closures"]] == kept
    assert (len(rows(town)["thank_yous"]), direct_messages(town, BEN)) == (1, heard)


def test_it_is_taken_back_from_the_list_of_partnerships(town: LocalBot, story: Story) -> None:
    says(story, ADA, is_named=["yes"])
    says(story, BEN, is_named=["yes"])

    def listed() -> str:
        story.leaves(ADA)
        requests.answers(town, requests.clicked(town, ADA, OPEN_PARTNERSHIPS))
        return "\n".join(visible_texts(town.person(ADA).await_view(PARTNERSHIPS_VIEW)["blocks"]))

    assert "You’ve agreed that we may name you" in listed()
    story.opens(ADA, lambda person: story._click(person, OPEN_CLOSURE), CLOSURE_FORM)
    story.sends(ADA, {"is_named": []})
    assert not named(town)
    assert "name you" not in listed()


def test_one_no_is_a_no(town: LocalBot, story: Story) -> None:
    says(story, ADA, is_named=["yes"])
    says(story, BEN)
    assert [row["state"] for row in rows(town)["partnerships"]] == ["closed"]
    assert not named(town)


@pytest.mark.parametrize("mentor_first", [True, False])
def test_a_mentor_goes_on_with_as_many_places_once_it_has_closed(
    town: LocalBot, story: Story, mentor_first: bool
) -> None:
    def place() -> tuple[str, int]:
        (partnership,) = rows(town)["partnerships"]
        (places,) = (row["places"] for row in rows(town)["applications"] if row["person"] == BEN)
        return partnership["back"], places

    if mentor_first:
        says(story, BEN, places_again="2")
        assert place() == ("[]", 1), "it still runs"
        says(story, ADA)
        assert "As you wished, you can be matched again." in message_text(direct_messages(town, BEN)[-1])
    else:
        says(story, ADA)
        says(story, BEN, places_again="2")
        assert of_kind(town, BEN, "You can be matched")
    assert place() == (f'["{BEN}"]', 2)


def test_a_mentor_goes_on_when_it_closes_by_itself(town: LocalBot, story: Story) -> None:
    says(story, BEN, places_again="1")
    later(town, days=30)
    (partnership,) = rows(town)["partnerships"]
    assert (partnership["state"], partnership["back"]) == ("closed", f'["{BEN}"]')


def test_too_early_and_for_somebody_else_it_is_refused(town: LocalBot, story: Story) -> None:
    (partnership,) = rows(town)["partnerships"]
    (early,) = requests.answers(town, requests.clicked(town, ADA, OPEN_CLOSURE, partnership["id"]))
    assert "nothing to answer right now" in early
    answers_the_survey(story, ADA)
    ada = story.person(ADA)
    ada.fill({"thanks": "x" * 1000})
    ada.submit()
    forged = last_payload(town, "view_submission")
    forged["user"]["id"] = CHI
    post(town, forged)
    assert [row["person"] for row in rows(town)["closures"]] == [ADA]


def test_a_page_that_is_open_when_the_only_meeting_is_deleted_is_taken(town: LocalBot, story: Story) -> None:
    answers_the_survey(story, ADA)
    page = requests.filled_in(town, ADA, {"thanks": THANKS})
    (meeting,) = rows(town)["meetings"]
    requests.answers(town, requests.clicked(town, BEN, DELETE_MEETING, f"{meeting['id']}:1"))
    assert rows(town)["meetings"] == []
    assert requests.answers(town, page) == [""]
    assert [row["words"] for row in rows(town)["thank_yous"]] == [THANKS]
    later(town, days=30)
    assert of_kind(town, BEN, THANKS)


def test_a_thank_you_to_who_was_erased_meanwhile_is_refused_and_kept(town: LocalBot, story: Story) -> None:
    says(story, ADA)
    answers_the_survey(story, BEN)
    page = requests.filled_in(town, BEN, {"thanks": THANKS})
    erase_person(town.bot.storage, town.bot.identity.workspace, ADA, now=town.slack.calendar.now())
    town.settle()
    (said,) = requests.answers(town, page)
    assert "I can’t send your thank-you" in said
    assert rows(town)["closures"] == []
    assert requests.answers(town, requests.filled_in(town, BEN, {"thanks": "", "is_named": ["yes"]})) == [""]
    assert [row["person"] for row in rows(town)["closures"]] == [BEN]


def test_a_mentor_who_goes_on_in_a_closed_round_reads_when(town: LocalBot, story: Story) -> None:
    says(story, BEN, places_again="2")
    close(story)
    says(story, ADA)
    told = message_text(direct_messages(town, BEN)[-1])
    assert "As you wished, you can be matched in the next round." in told
