"""The check-in half-way and the survey at the end: each asked alone, and answered in confidence."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from handlers.context import AppContext, Request
from handlers.drafts import submission
from messages.ids import (
    ANSWERS_PAGE,
    ANSWERS_ROLE,
    ANSWERS_STAGE,
    ANSWERS_VIEW,
    CHECK_IN_FORM,
    OPEN_ANSWERS,
    OPEN_CHECK_IN,
    OPEN_SURVEY,
    SURVEY_FORM,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services.people import erase_person
from storage import Transaction
from tests.handlers import requests
from tests.handlers.copied_starts import begun
from tests.handlers.starting_points import applied, introduced, later
from tests.handlers.support import buttons, direct_messages, last_payload, post, rows
from tests.journeys.story import Story, answer_to
from tests.local_bot import OWNER, LocalBot
from tests.messages import pressing

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
CHECK_IN_DAY, END_DAY = 92, 183
"""Days from the introduction, on a Monday, by which both have been asked."""
WORDS = "what nobody reads with a name"
DONE = "Your partnership is over"
"""The two have logged no meeting."""
ENDED = "A partnership of yours has ended"


@pytest.fixture
def story(town: LocalBot) -> Story:
    """Ada and Ben were introduced for half a year."""
    introduced(town, ADA, BEN)
    return Story(town)


def at_check_in(town: LocalBot) -> str:
    later(town, days=CHECK_IN_DAY)
    return ""


def at_the_end(town: LocalBot) -> str:
    later(town, days=END_DAY)
    return ""


def heard(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user)]


def owners_read(town: LocalBot) -> str:
    """All that the owner was sent or shown, with the status of this moment."""
    owner = town.person(OWNER)
    owner.command("/mentor status")
    town.settle()
    return "\n".join(message_text(message) for message in direct_messages(town, OWNER))


def what_people_say(town: LocalBot, user: str = OWNER) -> str:
    """All pages of what people say, as an owner reads them."""
    pages: list[str] = []
    requests.answers(town, requests.clicked(town, user, OPEN_ANSWERS, ""))
    person = town.person(user)
    while True:
        view = person.await_view(ANSWERS_VIEW)
        page = "\n".join(visible_texts(view["blocks"]))
        if page in pages:  # not turned yet
            continue
        pages.append(page)
        numbers = [int(value) for action, value in pressing.buttons(view) if action == ANSWERS_PAGE and value]
        if max(numbers, default=0) <= len(pages):
            Story(town).leaves(user)
            return "\n".join(pages)
        person.click(ANSWERS_PAGE)


def test_each_is_asked_separately_and_the_form_says_who_reads_it(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    for user in (ADA, BEN):
        assert heard(town, user).count("How is it going? A three-minute check-in") == 1
    form = story.opens(ADA, lambda person: person.click(OPEN_CHECK_IN), CHECK_IN_FORM)
    text = "\n".join(visible_texts(form["blocks"]))
    assert "Who sees your answers?" in text
    assert "I show the programme owners numbers and comments of at least five people together" in text
    story.sends(ADA, {"rating": "4", "decision": "go-on"})
    (kept,) = rows(town)["feedback"]
    assert (kept["person"], kept["question"], kept["audience"]) == (ADA, "check-in", "counted")


def test_to_go_on_is_told_to_nobody(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    before = heard(town, OWNER), heard(town, BEN)
    story.answers_the_check_in(ADA, rating="1", hinders=WORDS)
    assert heard(town, ADA)[-1] == "Thank you for your answers"
    assert (heard(town, OWNER), heard(town, BEN)) == before
    assert WORDS not in owners_read(town)


def test_a_word_tells_the_owner_who_would_like_one_and_nothing_else(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    story.answers_the_check_in(ADA, rating="1", helps=WORDS, hinders=WORDS, decision="a-word")
    told = direct_messages(town, OWNER)[-1]
    assert told["text"] == "Someone would like to talk to a programme owner"
    assert f"<@{ADA}>" in message_text(told)
    assert BEN not in message_text(told)
    assert WORDS not in owners_read(town)
    assert "word" not in heard(town, BEN)[-1]


def test_to_end_it_is_the_ending_without_blame(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    before = heard(town, OWNER)
    story.answers_the_check_in(ADA, decision="end")
    assert heard(town, ADA)[-2:] == ["Thank you for your answers", ENDED]
    assert heard(town, BEN)[-1] == ENDED
    assert heard(town, OWNER) == before
    with town.database() as tx:
        assert [str(p.state) for p in tx.partnerships.all()] == ["ended"]


@pytest.mark.parametrize(("button", "days"), [(OPEN_CHECK_IN, CHECK_IN_DAY), (OPEN_SURVEY, END_DAY)])
def test_answering_twice_is_once(town: LocalBot, story: Story, button: str, days: int) -> None:
    later(town, days=days)
    if button == OPEN_CHECK_IN:
        story.answers_the_check_in(ADA)
    else:
        story.says_why_they_never_met(ADA)
    answers, messages = rows(town)["feedback"], heard(town, ADA)
    post(town, last_payload(town, "view_submission"))
    (partnership,) = rows(town)["partnerships"]
    said = requests.answers(town, requests.clicked(town, ADA, button, partnership["id"]))
    assert "already answered this" in said[0]
    assert rows(town)["feedback"] == answers
    assert heard(town, ADA) == messages


def test_a_check_in_may_wait_until_the_end_and_then_the_survey_takes_its_place(town: LocalBot, story: Story) -> None:
    begun(town, at_the_end)
    story.clicks(ADA, OPEN_CHECK_IN)
    assert "nothing to answer right now" in answer_to(town.slack, ADA)
    assert story.person(ADA).view is None
    story.says_why_they_never_met(ADA)
    assert heard(town, ADA)[-1] == "Thank you for your answers"


def test_it_closes_when_both_have_answered(town: LocalBot, story: Story) -> None:
    begun(town, at_the_end)
    story.says_why_they_never_met(ADA)
    assert DONE not in heard(town, ADA)
    story.says_why_they_never_met(BEN)
    assert heard(town, ADA)[-1] == heard(town, BEN)[-1] == DONE
    messages = heard(town, ADA)
    later(town, days=40)
    assert heard(town, ADA) == messages


def test_only_who_has_not_answered_is_reminded_and_on_day_21_it_closes(town: LocalBot, story: Story) -> None:
    begun(town, at_the_end)
    story.says_why_they_never_met(ADA)
    later(town, days=30)
    over = "This closing survey needs no answer any more"
    assert (heard(town, ADA).count(over), heard(town, BEN).count(over)) == (1, 3), "the survey, and two reminders"
    surveys = [message for message in direct_messages(town, BEN) if message["text"] == over]
    assert not any(buttons(message) for message in surveys)
    assert all("This closing survey is closed:" in message_text(message) for message in surveys)
    assert heard(town, ADA)[-1] == heard(town, BEN)[-1] == DONE
    (partnership,) = rows(town)["partnerships"]
    said = requests.answers(town, requests.clicked(town, BEN, OPEN_SURVEY, partnership["id"]))
    assert "has already ended" in said[0]


def test_a_survey_that_was_open_when_it_closed_says_so_and_keeps_what_was_typed(town: LocalBot, story: Story) -> None:
    story.logs(BEN, ADA, on="2026-11-23")
    later(town, days=END_DAY)
    story.opens(BEN, lambda person: person.click(OPEN_SURVEY), SURVEY_FORM)
    ben = story.person(BEN)
    ben.fill({"rating": "3", "helps": WORDS})
    later(town, days=30)
    refused = ben.submit()
    assert not refused.closed
    assert "has already ended" in " ".join(refused.errors.values())
    assert WORDS in str(rows(town)["drafts"])


def test_nobody_answers_for_somebody_else(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    story.answers_the_check_in(ADA)
    forged = last_payload(town, "view_submission")
    forged["user"]["id"] = CHI
    post(town, forged)
    town.settle()
    assert [row["person"] for row in rows(town)["feedback"]] == [ADA]


def asked_of(story: Story, town: LocalBot) -> list[str]:
    """The six people of three partnerships, who have been asked how it is going."""
    pairs = [(ADA, BEN), (CHI, DEE), ("U0BOSS", OWNER)]
    for mentee, mentor in pairs:
        applied(town, [mentee], [mentor])
        introduced(town, mentee, mentor)
    later(town, days=CHECK_IN_DAY)
    return [person for pair in pairs for person in pair]


def test_the_owner_reads_of_five_people_together_and_only_on_mondays(town: LocalBot) -> None:
    story = Story(town)
    everyone = asked_of(story, town)
    for person in everyone[:5]:
        story.answers_the_check_in(person, rating="2", helps=f"{WORDS} {person}")
    assert "0 of 6 answered" in owners_read(town)
    later(town, days=7)
    read = owners_read(town)
    assert "5 of 6 answered" in read
    assert WORDS not in read
    assert "out of 5" not in read, "the sixth may still answer, and would stay alone"
    story.answers_the_check_in(OWNER, rating="5", helps=WORDS)
    assert "6 of 6 answered" not in owners_read(town)
    later(town, days=7)
    read = owners_read(town)
    assert "6 of 6 answered. Average: 2.5 out of 5." in read
    assert WORDS not in read, "comments are read in the dialog"
    said = what_people_say(town)
    assert "Average: 2.5 out of 5. 6 answers of 6 people." in said
    assert all(f"{WORDS} {person}" in said for person in everyone[:5])


def test_erasing_one_who_answered_changes_no_number_of_the_report(town: LocalBot) -> None:
    story = Story(town)
    for person in asked_of(story, town):
        story.answers_the_check_in(person, rating="5" if person == DEE else "2", helps=f"{WORDS} {person}")
    later(town, days=7)
    numbers = "6 of 6 answered. Average: 2.5 out of 5."
    assert numbers in owners_read(town)
    told = len(direct_messages(town, OWNER))
    erase_person(town.bot.storage, town.bot.identity.workspace, DEE, now=town.slack.calendar.now())
    later(town, days=7)
    owners_read(town)
    read = "\n".join(message_text(message) for message in direct_messages(town, OWNER)[told:])
    assert numbers in read
    assert WORDS not in read, "the comments of a group go together"


def test_an_answer_has_the_moment_at_which_its_turn_came(
    town: LocalBot, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(town, at_check_in)
    its_turn = town.slack.calendar.now() + timedelta(minutes=5)

    @contextmanager
    def waits_for_the_lock(app: AppContext, request: Request) -> Iterator[Transaction]:
        with submission(app, request) as tx:
            town.slack.calendar.move_to(its_turn)
            yield tx

    monkeypatch.setattr("handlers.feedback.submission", waits_for_the_lock)
    story.answers_the_check_in(ADA)
    with town.database() as tx:
        (kept,) = tx.feedback.to_count()
    assert kept.answered_at >= its_turn


def test_a_signed_answer_is_read_with_the_name_and_counts_in_no_group(town: LocalBot) -> None:
    story = Story(town)
    everyone = asked_of(story, town)
    for person in everyone[1:]:
        story.answers_the_check_in(person, rating="2", helps="Time.")
    story.answers_the_check_in(everyone[0], rating="5", helps=WORDS, hinders="", signed=["yes"])
    later(town, days=7)
    said = what_people_say(town)
    assert "Average: 2.0 out of 5. 5 answers of 5 people." in said
    assert f"<@{everyone[0]}>, who shares this with you" in said
    assert WORDS in said
    erase_person(town.bot.storage, town.bot.identity.workspace, everyone[0], now=town.slack.calendar.now())
    said = what_people_say(town)
    assert WORDS not in said
    assert "Average: 2.0 out of 5. 5 answers of 5 people." in said
    for stranger in everyone[1:3]:
        requests.answers(town, requests.clicked(town, stranger, OPEN_ANSWERS, ""))
        assert "Only programme owners can do this" in answer_to(town.slack, stranger)


def test_who_has_the_only_owner_as_partner_cannot_sign(town: LocalBot) -> None:
    introduced(town, ADA, OWNER)
    later(town, days=CHECK_IN_DAY)
    form = Story(town).opens(ADA, lambda person: person.click(OPEN_CHECK_IN), CHECK_IN_FORM)
    assert "with your name" not in "\n".join(visible_texts(form["blocks"]))


def test_an_owner_chooses_a_stage_and_a_role_and_keeps_both(town: LocalBot) -> None:
    story = Story(town)
    for person in asked_of(story, town):
        story.answers_the_check_in(person, rating="2", helps=WORDS)
    later(town, days=7)
    requests.answers(town, requests.clicked(town, OWNER, OPEN_ANSWERS, ""))
    owner = town.person(OWNER)
    owner.await_view(ANSWERS_VIEW)

    def shown_after(action_id: str, value: str) -> str:
        owner.choose(action_id, value)
        town.settle()
        return "\n".join(visible_texts(owner.await_view(ANSWERS_VIEW)["blocks"]))

    assert "Average: 2.0 out of 5" not in shown_after(ANSWERS_ROLE, "mentee"), "the group is of both roles"
    assert "Closing survey*: nothing is counted yet" in shown_after(ANSWERS_STAGE, "survey")
    assert "Average: 2.0 out of 5" not in shown_after(ANSWERS_STAGE, "check-in"), "still the mentees"
    assert "Average: 2.0 out of 5" in shown_after(ANSWERS_ROLE, "all")
