"""Telling the programme something: with a name the owners read it, without one only in a group of five."""

from typing import Any

import pytest

from mentoring.core.outcome import NotificationKind, Outcome
from messages import ids
from messages.ids import COMMAND
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from scheduler import jobs
from services.people import erase_person
from tests.handlers.requests import answers, clicked, filled_in
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, introduced, later, running
from tests.handlers.support import buttons, direct_messages, rows
from tests.handlers.test_cases import heard, two_owners
from tests.handlers.test_cohorts import close
from tests.handlers.test_over import A_FILE
from tests.journeys.story import Story, answer_to, button_values
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.messages.contexts import told as message_about
from tests.messages.pressing import buttons as pressable
from tests.one_programme import replace_owners

WORDS = "A second room would help. <Please>."
EVE = "U0EVE"


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced, and there are two owners; the partnership's id."""
    found = introduced(town, ADA, BEN)
    two_owners(town)
    return found


def opens(town: LocalBot, user: str = ADA) -> dict[str, Any]:
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.TELL_PROGRAMME, ""))
    return town.person(user).await_view(ids.REMARK_FORM)


def tells(town: LocalBot, user: str = ADA, words: str = WORDS, kind: str = "named") -> None:
    opens(town, user)
    person = town.person(user)
    person.fill({"remark": words, "remark_kind": kind})
    assert person.submit().closed
    town.settle()


def told(town: LocalBot, user: str, text: str) -> list[dict[str, Any]]:
    return [message for message in direct_messages(town, user) if text in message_text(message)]


def read_without_names(town: LocalBot) -> str:
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.OPEN_REMARKS, ""))
    view = town.person(OWNER).await_view(ids.REMARKS_VIEW)
    Story(town).leaves(OWNER)
    return "\n".join(visible_texts(view["blocks"]))


def test_with_a_name_the_owners_read_it_and_the_author_hears_once_that_it_was_read(town: LocalBot, pair: str) -> None:
    before = heard(town, BEN)
    tells(town)
    assert "to the programme owners, with your name" in heard(town, ADA)
    assert [len(told(town, owner, WORDS)) for owner in (OWNER, SECOND_OWNER)] == [1, 1]
    assert "The other owners have it too." in message_text(told(town, OWNER, WORDS)[0])
    (remark,) = button_values(told(town, OWNER, WORDS)[0], ids.MARK_REMARK_READ)
    for stranger in (ADA, BEN):
        answers(town, clicked(town, stranger, ids.MARK_REMARK_READ, remark))
        assert "it is for the programme owners only" in answer_to(town.slack, stranger)
    for owner in (OWNER, SECOND_OWNER):
        answers(town, clicked(town, owner, ids.MARK_REMARK_READ, remark))
        town.settle()
    assert len(told(town, ADA, f"<@{OWNER}> has read what you told the programme")) == 1
    assert not told(town, ADA, f"<@{SECOND_OWNER}> has read")
    for owner in (OWNER, SECOND_OWNER):
        (message,) = told(town, owner, WORDS)
        assert ids.MARK_REMARK_READ not in buttons(message)
        assert f"<@{OWNER}> read it" in message_text(message)
    assert heard(town, BEN) == before


def test_an_owner_who_is_named_later_gets_what_nobody_has_read(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    tells(town)
    two_owners(town)
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (SECOND_OWNER,))
    assert not told(town, SECOND_OWNER, WORDS)
    later(town, days=8)
    (message,) = told(town, SECOND_OWNER, WORDS)
    (remark,) = button_values(message, ids.MARK_REMARK_READ)
    answers(town, clicked(town, SECOND_OWNER, ids.MARK_REMARK_READ, remark))
    town.settle()
    assert told(town, ADA, f"<@{SECOND_OWNER}> has read what you told the programme")
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (SECOND_OWNER, DEE))
    later(town, days=8)
    assert len(told(town, SECOND_OWNER, WORDS)) == 1
    assert not told(town, DEE, WORDS), "it has been read"


@pytest.mark.parametrize(("broken", "works"), [("count_answers", "group_remarks"), ("group_remarks", "count_answers")])
def test_answers_and_remarks_do_not_hold_up_each_other(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch, broken: str, works: str
) -> None:
    introduced(town, ADA, BEN)
    ran: list[str] = []

    def fail(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    def run(*_: Any, **__: Any) -> Outcome:
        ran.append(works)
        return Outcome()

    monkeypatch.setattr(jobs, broken, fail)
    monkeypatch.setattr(jobs, works, run)
    later(town, days=8)
    assert ran


def test_a_single_owner_reads_of_no_others(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    tells(town)
    (message,) = told(town, OWNER, WORDS)
    assert f"Once you have read it, I tell <@{ADA}>." in message_text(message)
    assert "other owners" not in message_text(message)


def test_an_erasure_takes_it_out_of_the_database_and_out_of_slack(town: LocalBot, pair: str) -> None:
    tells(town)
    tells(town, words="Without.", kind="counted")
    erase_person(town.bot.storage, town.bot.identity.workspace, ADA, now=town.slack.calendar.now())
    town.settle()
    for table in ("remarks", "remark_words", "counted_remarks"):
        assert rows(town)[table] == []
    for owner in (OWNER, SECOND_OWNER):
        assert not told(town, owner, WORDS)
        (message,) = told(town, owner, "This remark was deleted")
        assert ADA not in message_text(message)


def test_an_erased_owner_is_not_named_any_more(town: LocalBot, pair: str) -> None:
    tells(town)
    (remark,) = button_values(told(town, OWNER, WORDS)[0], ids.MARK_REMARK_READ)
    answers(town, clicked(town, SECOND_OWNER, ids.MARK_REMARK_READ, remark))
    town.settle()
    erase_person(town.bot.storage, town.bot.identity.workspace, SECOND_OWNER, now=town.slack.calendar.now())
    town.settle()
    (message,) = told(town, OWNER, WORDS)
    assert "An owner read it" in message_text(message)
    assert ids.MARK_REMARK_READ not in buttons(message)


def test_without_a_name_five_people_are_read_once_the_round_is_over_and_four_never(town: LocalBot) -> None:
    running(town)
    applied(town, [CHI, EVE], [BEN, DEE])
    said = {ADA: "Alpha", BEN: "Beta", CHI: "Gamma", DEE: "Delta"}
    for user, words in said.items():
        tells(town, user, words, "counted")
    tells(town, ADA, "Again", "counted")
    assert "I never show your name with it" in heard(town, ADA)
    later(town, days=8)
    assert "There is nothing to read now" in read_without_names(town)
    close(Story(town))
    later(town, days=8)
    assert "There is nothing to read now" in read_without_names(town)
    assert not any(word in heard(town, OWNER) for word in said.values())


def test_a_group_is_read_whole_and_goes_whole(town: LocalBot) -> None:
    running(town)
    applied(town, [CHI, EVE], [BEN, DEE])
    said = {ADA: "Alpha", BEN: "Beta", CHI: "Gamma", DEE: "Delta", EVE: "Epsilon"}
    for user, words in said.items():
        tells(town, user, words, "counted")
    close(Story(town))
    assert "There is nothing to read now" in read_without_names(town)
    later(town, days=8)
    shown = read_without_names(town)
    assert all(word in shown for word in said.values())
    assert not any(user in shown for user in said)
    town.person(OWNER).command(f"{COMMAND} status")
    town.settle()
    assert told(town, OWNER, "Told to the programme without names")
    assert not any(word in heard(town, OWNER) for word in said.values())
    for stranger in (ADA, BEN):
        answers(town, clicked(town, stranger, ids.OPEN_REMARKS, ""))
        assert "Only programme owners" in answer_to(town.slack, stranger)
    erase_person(town.bot.storage, town.bot.identity.workspace, EVE, now=town.slack.calendar.now())
    assert "There is nothing to read now" in read_without_names(town)
    assert rows(town)["remark_group_words"] == []
    later(town, days=15)
    assert "There is nothing to read now" in read_without_names(town)


def test_once_the_round_is_over_what_has_no_name_is_refused_and_kept(town: LocalBot) -> None:
    running(town)
    opens(town)
    ada = town.person(ADA)
    ada.fill({"remark": WORDS, "remark_kind": "counted"})
    close(Story(town))
    assert "nothing is collected without names now" in str(ada.submit().errors)
    view = opens(town)
    assert WORDS in str(view)
    assert "The round is over" in str(view)
    assert "counted" not in str(view["blocks"])
    assert ada.submit().errors, "words that were meant to have no name get one only by a choice"
    ada.fill({"remark_kind": "named"})
    assert ada.submit().closed
    town.settle()
    assert told(town, OWNER, WORDS)
    assert rows(town)["counted_remarks"] == []


def test_only_who_takes_part_is_offered_it_and_may_send_it(town: LocalBot, pair: str) -> None:
    town.knows(CHI)
    answers(town, clicked(town, CHI, ids.TELL_PROGRAMME, ""))
    assert "once you take part in this round" in answer_to(town.slack, CHI)
    opens(town)
    sent = filled_in(town, ADA, {"remark": WORDS, "remark_kind": "named"})
    answers(town, {**sent, "user": {**sent["user"], "id": CHI}})
    assert rows(town)["remarks"] == []


@pytest.mark.parametrize("word", ["feedback", "suggestion"])
def test_a_word_leads_to_it(town: LocalBot, pair: str, word: str) -> None:
    town.person(ADA).command(f"{COMMAND} {word}")
    town.settle()
    assert "Tell the programme something" in answer_to(town.slack, ADA)


def test_messages_that_others_read_too_have_no_button_for_it() -> None:
    """Of all messages, only the reply with what is at Home has it, which one person reads."""
    kinds = [kind for kind in NotificationKind if kind not in A_FILE]
    found = {
        kind for kind in kinds if any(action == ids.TELL_PROGRAMME for action, _ in pressable(message_about(kind)))
    }
    assert found == {NotificationKind.HELP}
