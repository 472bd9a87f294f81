"""Help in confidence: one person is asked, a second one if nobody answers, and nobody else learns of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, introduced, later
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story, answer_to, button_values
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.one_programme import programme_and_cohort, replace_owners

WORDS = "I don’t feel heard. <Please> keep it between us."


def opens(town: LocalBot, user: str = ADA) -> list[str]:
    """They open the form at Home; the people whom they can choose."""
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.ASK_FOR_HELP, ""))
    view = town.person(user).await_view(ids.CASE_FORM)
    (menu,) = [block["element"] for block in view["blocks"] if block.get("block_id") == "case_contact"]
    return [option["value"] for option in menu["options"]]


def asks(town: LocalBot, contact: str = OWNER, words: str = WORDS, user: str = ADA) -> None:
    opens(town, user)
    person = town.person(user)
    person.fill({"case_contact": contact, "case_words": words})
    assert person.submit().closed
    town.settle()


def heard(town: LocalBot, user: str) -> str:
    return "\n".join(" ".join(message_text(each).split()) for each in direct_messages(town, user))


def two_owners(town: LocalBot) -> None:
    town.knows(SECOND_OWNER)
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (OWNER, SECOND_OWNER))


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced; the partnership's id."""
    found = introduced(town, ADA, BEN)
    two_owners(town)
    return found


def test_the_person_who_was_asked_reads_it_and_nobody_else_learns_of_it(town: LocalBot, pair: str) -> None:
    before = {user: heard(town, user) for user in (BEN, SECOND_OWNER)}
    asks(town)
    assert "I’ve passed it on" in heard(town, ADA)
    assert f"<@{ADA}> asks you for help, in confidence" in heard(town, OWNER)
    assert "don’t feel heard" not in heard(town, OWNER)
    assert {user: heard(town, user) for user in (BEN, SECOND_OWNER)} == before
    (case,) = button_values(direct_messages(town, OWNER)[-1], ids.OPEN_CASE)
    answers(town, clicked(town, OWNER, ids.OPEN_CASE, case))
    view = town.person(OWNER).await_view(ids.CASE_VIEW)
    assert WORDS in visible_texts(view["blocks"])
    for stranger in (ADA, BEN, SECOND_OWNER):
        for action in (ids.OPEN_CASE, ids.SAY_TALKED, ids.CLOSE_CASE):
            answers(town, clicked(town, stranger, action, case))
            assert "This is no longer there" in answer_to(town.slack, stranger), (stranger, action)
    assert [row["state"] for row in rows(town)["cases"]] == ["open"]


def test_two_forms_that_say_the_same_at_once_ask_once(town: LocalBot, pair: str) -> None:
    asks(town)
    asks(town)
    assert len(rows(town)["cases"]) == 1
    told = [row["kind"] for row in rows(town)["outbox"] if row["kind"].startswith("case-")]
    assert sorted(told) == ["case-opened", "case-sent"]
    asks(town, words="One more thing.")
    asks(town, contact=SECOND_OWNER)
    assert len(rows(town)["cases"]) == 3, "other words, or another person"
    later(town, hours=1)
    asks(town)
    assert len(rows(town)["cases"]) == 4, "asked again on purpose"


def test_it_is_talked_about_and_closed_and_then_the_words_are_gone(town: LocalBot, pair: str) -> None:
    asks(town)
    (case,) = button_values(direct_messages(town, OWNER)[-1], ids.SAY_TALKED)
    answers(town, clicked(town, OWNER, ids.OPEN_CASE, case))
    town.person(OWNER).click(ids.SAY_TALKED)
    town.settle()
    assert "Close it when nothing is left to do" in " ".join(visible_texts((town.person(OWNER).view or {})["blocks"]))
    later(town, days=9)
    assert rows(town)["cases"][0]["second_contact"] == ""
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.CLOSE_CASE, case))
    town.settle()
    assert [row["words"] for row in rows(town)["case_words"]] == [""]
    assert "It is closed" in message_text(next(m for m in direct_messages(town, OWNER) if "in confidence" in m["text"]))
    assert not any(button_values(each, ids.CLOSE_CASE) for each in direct_messages(town, OWNER))
    answers(town, clicked(town, OWNER, ids.SAY_TALKED, case))
    assert "closed already" in answer_to(town.slack, OWNER)


def test_a_second_person_is_asked_after_two_working_days(town: LocalBot, pair: str) -> None:
    asks(town)
    later(town, days=2)
    assert "asks you for help" not in heard(town, SECOND_OWNER)
    later(town, days=5)
    assert heard(town, SECOND_OWNER).count(f"<@{OWNER}> was asked first and hasn’t answered yet") == 1
    assert f"I’ve also asked <@{SECOND_OWNER}>" in heard(town, ADA)
    (case,) = rows(town)["cases"]
    answers(town, clicked(town, SECOND_OWNER, ids.OPEN_CASE, case["id"]))
    assert WORDS in visible_texts(town.person(SECOND_OWNER).await_view(ids.CASE_VIEW)["blocks"])
    later(town, days=30)
    assert heard(town, SECOND_OWNER).count(f"<@{ADA}> asks you for help") == 1


def test_a_second_person_is_left_alone_if_the_first_has_talked_before_their_working_hours(
    town: LocalBot, pair: str
) -> None:
    town.changes(SECOND_OWNER, time_zone="America/Los_Angeles")
    asks(town)
    start = town.slack.calendar.now()
    while not rows(town)["cases"][0]["second_contact"]:
        later(town, hours=1)
        assert town.slack.calendar.now() - start < timedelta(days=7)
    assert "asks you for help" not in heard(town, SECOND_OWNER), "it is night there"
    (case,) = rows(town)["cases"]
    answers(town, clicked(town, OWNER, ids.SAY_TALKED, case["id"]))
    later(town, days=2)
    assert "asks you for help" not in heard(town, SECOND_OWNER)


def test_who_is_no_owner_any_more_is_not_asked_second_and_the_person_hears_that_nobody_else_is(
    town: LocalBot, pair: str
) -> None:
    asks(town)
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (OWNER,))
    later(town, days=7)
    assert "asks you for help" not in heard(town, SECOND_OWNER)
    assert rows(town)["cases"][0]["second_contact"] == ""
    assert heard(town, OWNER).count(f"<@{ADA}> asks you for help") == 2
    assert f"<@{OWNER}> hasn’t answered yet, and I’ve asked them again" in heard(town, ADA)


def test_partners_and_managers_cannot_be_asked_and_with_one_owner_an_administrator_is(
    town: LocalBot, pair: str
) -> None:
    assert opens(town) == [OWNER, SECOND_OWNER]
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(BEN, manager=SECOND_OWNER),)))
    assert opens(town) == [OWNER]
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (BEN,))
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, contact=BEN, version=programme.version + 1),)))
    assert opens(town) == [OWNER], "the administrator"


def test_a_choice_that_is_gone_is_refused_and_what_was_typed_is_kept(town: LocalBot, pair: str) -> None:
    opens(town)
    ada = town.person(ADA)
    ada.fill({"case_contact": SECOND_OWNER, "case_words": WORDS})
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (OWNER,))
    assert "case_contact" in (ada.submit().errors or {})
    Story(town).leaves(ADA)
    opens(town)
    assert WORDS in str(town.person(ADA).view)
    assert not rows(town)["cases"]


def test_when_nobody_can_be_asked_it_is_said(town: LocalBot, pair: str) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (BEN,))
        tx.save(Outcome((StaffRecord(BEN, manager=OWNER),)))
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, contact="", version=programme.version + 1),)))
    answers(town, clicked(town, ADA, ids.ASK_FOR_HELP, pair))
    assert "Talk to somebody outside the programme" in answer_to(town.slack, ADA)


def test_an_erased_person_leaves_nothing(town: LocalBot, pair: str) -> None:
    asks(town)
    asks(town, SECOND_OWNER, "More.")
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, datetime(2027, 3, 1, tzinfo=UTC))
    town.settle()
    assert not rows(town)["cases"]
    assert not rows(town)["case_words"]
    shown = [each for each in direct_messages(town, OWNER) if "asked you for help" in each["text"]]
    assert shown
    assert not any(f"<@{ADA}>" in message_text(each) or button_values(each, ids.OPEN_CASE) for each in shown)


def names_places(town: LocalBot, *places: str) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, referrals=places, version=programme.version + 1),)))


def test_other_places_for_help_stand_under_it_and_reading_them_leaves_no_trace(town: LocalBot, pair: str) -> None:
    answers(town, clicked(town, ADA, ids.OPEN_PARTNERSHIPS, pair))
    assert button_values(town.person(ADA).view, ids.OPEN_REFERRALS) == []
    Story(town).leaves(ADA)
    names_places(town, "Counselling: for anything, 0800 123 & more")
    answers(town, clicked(town, ADA, ids.OPEN_PARTNERSHIPS, pair))
    assert len(button_values(town.person(ADA).view, ids.OPEN_REFERRALS)) == 1
    before = rows(town)
    town.person(ADA).click(ids.OPEN_REFERRALS)
    view = town.person(ADA).await_view(ids.REFERRALS_VIEW)
    assert any("• Counselling: for anything, 0800 123" in words for words in visible_texts(view["blocks"]))
    town.settle()
    assert rows(town) == before


def test_when_the_list_is_empty_by_now_they_read_whom_to_ask(town: LocalBot, pair: str) -> None:
    answers(town, clicked(town, ADA, ids.OPEN_REFERRALS, ""))
    view = town.person(ADA).await_view(ids.REFERRALS_VIEW)
    assert list(visible_texts(view["blocks"])) == ["The programme names no other places now. You can ask its owners."]


def status_of(town: LocalBot) -> str:
    town.person(OWNER).command("/mentor status")
    town.settle()
    return heard(town, OWNER).rsplit("where the round stands", 1)[-1]


def test_owners_see_how_often_people_asked_once_the_year_is_over_and_never_less(town: LocalBot, pair: str) -> None:
    for number in range(5):
        asks(town, SECOND_OWNER, f"Number {number}")
    assert "asked for help in confidence" not in status_of(town), "the year is not over"
    later(town, days=45)
    assert "In 2026, people asked for help in confidence 5 times." in status_of(town)
    asks(town, SECOND_OWNER)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, town.slack.calendar.now())
    assert rows(town)["cases"] == []
    assert "In 2026, people asked for help in confidence 5 times." in status_of(town)
    assert sorted((row["year"], row["opened"]) for row in rows(town)["case_counts"]) == [(2026, 5), (2027, 1)]
