"""Languages: their names, and what people typed, read by words."""

import pycountry
import pytest
from babel import Locale, UnknownLocaleError
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.language_names import (
    ALSO_CALLED,
    COMMONEST,
    NOT_IN_CLDR,
    NOT_SPOKEN,
    OTHER_CODES,
    SHOWN_BESIDE,
    THREE_LETTERS,
)
from mentoring.core.languages import common, label, languages_in, names, read_languages, spelled


@pytest.mark.parametrize(
    ("text", "codes", "others"),
    [
        ("English", "en", ""),
        ("English, Welsh", "en cy", ""),
        ("English and German", "en de", ""),
        ("Deutsch/Englisch", "de en", ""),
        ("EN, DE", "en de", ""),
        ("Français et anglais", "fr en", ""),
        ("english (native), cymraeg (B2)", "en cy", ""),
        ("I am fluent in English\nand learning Te Reo Māori", "en mi", ""),
        ("Mandarin Chinese", "cmn", ""),
        ("中文", "cmn", ""),
        ("हिन्दी", "hi", ""),
        ("Swiss German", "gsw", ""),
        ("Norwegian Bokmål, Nynorsk", "no", ""),
        ("Brazilian Portuguese", "pt", ""),
        ("British Sign Language", "bfi", ""),
        ("Èdè Yorùbá & Yoruba", "yo", ""),
        ("English, Klingon and some Dothraki!", "en", "Klingon, some Dothraki!"),
        ("Klingon, klingon", "", "Klingon"),
        ("-", "", ""),
        ("n/a", "", ""),
        ("None", "", ""),
        ("?!, 12, x", "", ""),
        ("", "", ""),
    ],
)
def test_what_people_typed_is_read_by_words(text: str, codes: str, others: str) -> None:
    assert read_languages(text) == (tuple(codes.split()), others)


@pytest.mark.parametrize(
    ("one", "other", "in_common"),
    [
        ("English and German", "German", {"de"}),
        ("-", "-", set()),
        ("Farsi", "Persian", {"fa"}),
        ("some Klingon", "klingon (fluent)", {"=klingon"}),
        ("English", "Welsh", set()),
    ],
)
def test_two_have_in_common_what_both_name(one: str, other: str, in_common: set[str]) -> None:
    assert languages_in(one) & languages_in(other) == in_common


def test_each_name_that_we_show_is_read_as_its_language() -> None:
    for code, name in names().items():
        assert read_languages(name) == ((code,), "")
        assert read_languages(label(code)) == ((code,), "")
    for code, others in ALSO_CALLED.items():
        for name in others:
            assert read_languages(name) == ((code,), ""), name


@given(st.lists(st.sampled_from(sorted(names())), max_size=10, unique=True), st.sampled_from(["", "Klingon, Dothraki"]))
def test_what_was_chosen_is_read_from_what_is_stored(codes: list[str], others: str) -> None:
    assert read_languages(spelled(codes, others)) == (tuple(codes), others)


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    codes, others = read_languages(text)
    assert set(codes) <= names().keys()
    assert languages_in(text) >= set(codes)
    assert bool(languages_in(text)) is bool(codes or others)


def test_an_unknown_code_has_no_name() -> None:
    with pytest.raises(ValueError, match="offered"):
        spelled(["en", "x"])


def test_common_languages_are_those_of_the_country_and_of_the_world() -> None:
    assert common("") == list(COMMONEST)
    assert common("GB")[:2] == ["en", "fr"]
    assert {"cy", "ga", "pl"} <= set(common("GB"))
    assert common("BE")[:3] == ["nl", "fr", "de"]
    assert common("XX") == list(COMMONEST)
    assert all(len(common(country.alpha_2)) <= 30 for country in pycountry.countries)


def test_the_lists_agree_with_their_sources() -> None:
    english = Locale("en").languages
    assert set(THREE_LETTERS) <= english.keys() | NOT_IN_CLDR.keys()
    assert not NOT_IN_CLDR.keys() & english.keys()
    iso = {language.alpha_3: language.name for language in pycountry.languages}
    assert {code: iso[code] for code in NOT_IN_CLDR} == NOT_IN_CLDR
    offered = names().keys()
    assert {*COMMONEST, *SHOWN_BESIDE, *ALSO_CALLED, *OTHER_CODES.values()} <= offered
    assert not offered & (NOT_SPOKEN | OTHER_CODES.keys())


@pytest.mark.long
def test_each_language_is_known_by_the_name_it_has_itself() -> None:
    unknown = {}
    for code in names():
        try:
            own = Locale(code).languages.get(code)
        except UnknownLocaleError:
            continue
        if own and own != "isiNdebele" and read_languages(own)[0] != (code,):  # two languages have that name
            unknown[code] = own
    assert unknown == {}
