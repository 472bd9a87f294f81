"""Public holidays of a country, by name. Those of its regions are not among them."""

import warnings
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

_LANGUAGES = ("en_GB", "en_US")
_NONE: Mapping[date, str] = MappingProxyType({})


@cache
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """Each public holiday of `country` (ISO 3166 alpha-2) in `year` with its name, in English where there is one.

    A country that is "" or not known has none.
    """
    if not country:
        return _NONE
    # It takes a second to import, and only programmes with a country need it.
    import holidays

    with warnings.catch_warnings():
        # It warns that it knows some religious feasts for some years only.
        warnings.simplefilter("ignore", UserWarning)
        try:
            found = holidays.country_holidays(country, years=year)
        except NotImplementedError:
            return _NONE
        language = next((one for one in _LANGUAGES if one in found.supported_languages), None)
        if language:
            found = holidays.country_holidays(country, years=year, language=language)
    return MappingProxyType(dict(sorted(found.items())))


def next_holiday(country: str, day: date) -> tuple[date, str] | None:
    """The first public holiday on or after `day`, and its name; None where none is known."""
    coming = (one for year in (day.year, day.year + 1) for one in public_holidays(country, year).items())
    return next((one for one in coming if one[0] >= day), None)
