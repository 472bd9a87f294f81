"""Text from outside: what nobody can see or store is gone, and what people wrote stays."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentoring.core.clean_text import clean_line, clean_text

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
INVISIBLE = (
    "\0\x07\x1b\x7f\x80\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2063"
    "\u2066\u2069\u206f\u3164\ufeff\uffa0\ufe0f\ufdd0\ufff9\ufffc\uffff\U000e0041\U000e0100\U0001d173\U0010ffff\ud83d\udc00"
)
BLANKS = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u2800\u3000"

SPECIAL = st.sampled_from(list(INVISIBLE + BLANKS + FAMILY + "aé\u0301عनक\u093c\u094d\u0958\u0d4d☠漢🏴1#\u20e3⠁"))
ANYTHING = st.text(st.one_of(SPECIAL, st.characters()), max_size=30)


@pytest.mark.parametrize("char", INVISIBLE, ids=ascii)
def test_what_nobody_can_see_is_gone(char: str) -> None:
    assert clean_text(f"ada@club.example{char}") == "ada@club.example"
    assert clean_text(f"a{char}b") == "ab"
    assert clean_text(char) == ""


@pytest.mark.parametrize("char", BLANKS, ids=ascii)
def test_every_kind_of_blank_is_a_blank(char: str) -> None:
    assert clean_line(f"{char}Ada{char}{char}Adams{char}") == "Ada Adams"
    assert clean_text(f"a{char}b") in ("a b", "a\nb")
    assert clean_text(char) == ""


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        "\U0001f9d1\U0001f3fd\u200d\U0001f4bb",  # a technologist with a skin tone
        "\u2764\ufe0f\u200d\U0001f525",  # a heart on fire
        "\U0001f3f3\ufe0f\u200d\U0001f308",  # the rainbow flag
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",  # the flag of Wales
        "\U0001f1f2\U0001f1f9",  # the flag of Malta
        "1\ufe0f\u20e3",  # a keycap
        "می\u200cخواهم",  # Persian
        "ه\u200d",  # the sign of the Hijri year
        "क\u094d\u200dष",  # Devanagari, joined
        "ශ\u0dca\u200dරී",  # Sinhala
        "র\u200d\u09cdয",  # Bengali
        "ന\u0d4d\u200d",  # Malayalam
        "葛\U000e0100",  # the variant of a Japanese family name
        "ᠮ\u180bᠣ",  # Mongolian
        "שלום\u200e (abc)",  # Hebrew beside Latin letters
        "⠓⠑⠀⠇⠏",  # Braille with its blank
        "Two lines,\n  the second indented.",
        "O’Brien & Söhne <ok> 漢字 ½ \ue000",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("To grow \ud83d", "To grow"),
        ("\ud83d\ude00", "\U0001f600"),
        ("cafe\u0301", "café"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("\u202eevil\u202c", "evil"),
        ("e\ufe0f", "e"),
        ("\u200b \u00a0\ufeff", ""),
        ("a\u200db", "ab"),
        ("\U000e0041dmin", "dmin"),
    ],
)
def test_what_is_left_of_it(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(ANYTHING)
@example("\u2126\ufe0f")
def test_whatever_comes_in_can_be_stored_and_read(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert cleaned.encode().decode() == cleaned
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in cleaned.replace("\n", ""))
    assert not set(cleaned) & set("\u200b\u202e\u2066\ufeff\xa0\u3000")
    assert clean_line(text) == clean_line(cleaned) == " ".join(cleaned.split())


@given(st.text(st.sampled_from(sorted({*INVISIBLE, *BLANKS} - {"\udc00"})), max_size=20))
def test_text_that_nobody_can_see_is_empty(text: str) -> None:
    assert clean_text(text) == ""


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=30))
def test_letters_numbers_and_signs_all_stay(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    fillers = "\u115f\u1160\u3164\uffa0\u2800\ufffc"
    assert "".join(clean_text(text).split()) == composed.translate(dict.fromkeys(map(ord, fillers)))
