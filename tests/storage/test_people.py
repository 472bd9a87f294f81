"""What Slack told of people, and whom we still have to ask about."""

from datetime import timedelta

from mentoring.core.people import AccountStatus, Person
from storage import Transaction
from storage.people import FRESH
from tests.storage.rows import ADA, BEN, BOSS, NOON

MEMBER = Person(ADA, AccountStatus.MEMBER, "Ada – “Countess”", "Europe/London")


def test_somebody_new_is_unknown_until_slack_has_told(tx: Transaction) -> None:
    assert tx.people.get(ADA) == Person(ADA, AccountStatus.UNKNOWN, "", "")
    tx.people.request_profiles([ADA], NOON)
    assert tx.people.get(ADA) == Person(ADA, AccountStatus.UNKNOWN, "", "")
    tx.people.save_profile(MEMBER, NOON)
    assert tx.people.get(ADA) == MEMBER


def test_every_standing_comes_back_as_it_was(tx: Transaction) -> None:
    for standing in AccountStatus:
        tx.people.request_profiles([ADA], NOON)
        tx.people.save_profile(Person(ADA, standing), NOON)
        assert tx.people.get(ADA).account_status is standing


def test_people_are_asked_about_once_and_the_longest_waiting_first(tx: Transaction) -> None:
    tx.people.request_profiles([BEN], NOON)
    tx.people.request_profiles([ADA, BEN, ""], NOON + timedelta(seconds=1))
    tx.people.request_profiles([BOSS], NOON + timedelta(seconds=2))
    assert tx.people.requested() == (BEN, ADA, BOSS)
    assert tx.people.requested(limit=2) == (BEN, ADA)
    tx.people.save_profile(Person(BEN, AccountStatus.MEMBER), NOON)
    assert tx.people.requested() == (ADA, BOSS)


def test_what_slack_said_is_believed_for_a_day(tx: Transaction) -> None:
    tx.people.request_profiles([ADA], NOON)
    tx.people.save_profile(MEMBER, NOON)
    tx.people.request_profiles([ADA], NOON + FRESH - timedelta(seconds=1))
    assert tx.people.requested() == ()
    tx.people.request_profiles([ADA], NOON + FRESH)
    assert tx.people.requested() == (ADA,)
    assert tx.people.get(ADA) == MEMBER


def test_an_answer_about_somebody_erased_meanwhile_is_not_kept(tx: Transaction) -> None:
    tx.people.request_profiles([ADA], NOON)
    tx.erasure.erase(ADA, NOON)
    tx.people.save_profile(MEMBER, NOON)
    tx.people.save_conversation(ADA, "D0ADA")
    assert tx.people.get(ADA) == Person(ADA)
    assert tx.people.conversation(ADA) is None


def test_the_people_of_a_form_are_looked_up_together(tx: Transaction) -> None:
    tx.people.request_profiles([ADA], NOON)
    tx.people.save_profile(MEMBER, NOON)
    assert tx.people.get_many([ADA, "", BEN]) == {ADA: MEMBER, BEN: Person(BEN)}


def test_a_conversation_is_kept_and_let_go_of(tx: Transaction) -> None:
    tx.people.request_profiles([ADA], NOON)
    assert tx.people.conversation(ADA) is None
    tx.people.save_conversation(ADA, "D0ADA")
    assert tx.people.conversation(ADA) == "D0ADA"
    tx.people.save_conversation(ADA, None)
    assert tx.people.conversation(ADA) is None
