from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.applications.application import Role
from mentoring.core.programmes import Term, Terms
from messages.voice import Voice, article, capital, several, term
from tests.messages.examples import CUSTOM, OWEN, PLAIN


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("mentor", "a"),
        ("explorer", "an"),
        ("Élan", "an"),
        ("hour friend", "an"),
        ("heir", "an"),
        ("host", "a"),
        ("user", "a"),
        ("university guide", "a"),
        ("uninvited guest", "an"),
        ("umbrella", "an"),
        ("European", "a"),
        ("one-to-one", "a"),
        ("onlooker", "an"),
        ("", "a"),
        ("1st", "a"),
    ],
)
def test_the_article_follows_the_sound(word: str, says: str) -> None:
    assert article(word) == says


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("guide", "guides"),
        ("buddy", "buddies"),
        ("ally", "allies"),
        ("journey", "journeys"),
        ("coach", "coaches"),
        ("boss", "bosses"),
        ("protégé", "protégés"),
        ("", ""),
        ("Ada & Co.", "Ada & Co."),
    ],
)
def test_a_regular_plural_is_suggested(one: str, many: str) -> None:
    assert several(one) == many


@given(st.text())
def test_no_word_is_too_odd(word: str) -> None:
    assert article(word) in ("a", "an")
    assert isinstance(several(word), str)


def test_a_word_left_empty_is_ours_and_a_plural_left_empty_is_made() -> None:
    ours = Terms().mentor
    assert term("", "", ours) == ours
    assert term("", "guides", ours) == ours
    assert term("guide", "", ours) == Term("guide", "guides")
    assert term("guide", "guidesses", ours) == Term("guide", "guidesses")


def test_in_mrkdwn_typed_words_are_escaped_and_the_contact_is_mentioned() -> None:
    programme = replace(PLAIN, name="<!channel>", terms=Terms(mentor=Term("a&b", "a&bs")))
    marked, plain = Voice(programme), Voice(programme, marked=False)
    assert (marked.name, marked.mentor, marked.contact) == ("&lt;!channel&gt;", "a&amp;b", f"<@{OWEN}>")
    assert (plain.name, plain.mentor, plain.contact) == ("<!channel>", "a&b", "the programme’s contact")


def test_without_a_contact_the_owners_are_whom_to_ask() -> None:
    assert Voice(replace(PLAIN, contact="")).contact == "the programme owners"
    assert Voice(None).contact == "the programme owners"


def test_what_was_sent_is_called_by_the_programmes_words() -> None:
    voice = Voice(CUSTOM)
    assert voice.sent(Role.MENTEE) == "application for a guide"
    assert voice.sent(Role.MENTOR) == "application to be a guide"
    assert voice.other(Role.MENTEE) == "guide"
    assert voice.a_mentee == "an explorer"


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert capital("a PhD mentor") == "A PhD mentor"
    assert capital("") == ""
