"""The countries of the world (ISO 3166), as a menu shows them."""

import re
import unicodedata
from functools import cache
from itertools import groupby

import pycountry

from messages.forms import Offer


@cache
def countries_by_letter() -> tuple[tuple[str, tuple[Offer, ...]], ...]:
    """Under their first letters; an accent does not count (Åland is under A)."""
    offers = sorted((Offer(code, country_name(code)) for code in _codes()), key=lambda offer: _plain(offer.label))
    return tuple((letter, tuple(group)) for letter, group in groupby(offers, lambda offer: _plain(offer.label)[0]))


_WITH_ARTICLE = re.compile(
    "United|(Central African|Dominican) Republic|Congo$|Isle of|Holy See|Virgin Islands|"
    ".*(Islands|Territory|Territories)( |$)|(Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines|Seychelles)$"
)


def country_in_a_sentence(code: str) -> str:
    """The name inside a sentence: "the United Kingdom"."""
    name = country_name(code)
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


@cache
def country_name(code: str) -> str:
    """The name people use; the code itself when nobody has that code."""
    country = pycountry.countries.get(alpha_2=code)
    return getattr(country, "common_name", country.name) if country else code


def _codes() -> list[str]:
    return [country.alpha_2 for country in pycountry.countries]


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).upper()
