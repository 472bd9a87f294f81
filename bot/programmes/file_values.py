"""The kinds of values in a programme file: how each is read, checked and written.

Everything is text in the file: a kind reads a text (or a list of them) with pydantic, whatever YAML would make of it.
What is wrong is an error whose message is a sentence that says what to write.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Final, NoReturn, cast

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter
from pydantic_core import PydanticCustomError

from mentoring.core.clean_text import clean_line, clean_text
from mentoring.core.lengths import Length
from mentoring.core.people import AccountStatus, user_id
from mentoring.core.programmes import InvitationMoment, ProgrammeType
from mentoring.core.written_dates import WEEKDAYS, DateProblem, read_date
from mentoring.feedback.items import SHELF
from mentoring.programmes.settings import MOST_CHOICES, MOST_IN_CHOICE
from messages.lengths import amount
from messages.programmes.days import countries_by_letter
from messages.programmes.settings_parser import Word
from messages.programmes.zones import zones_by_region
from messages.text import join, length, shorten
from messages.voice import MOST_IN_TERM

MOST_SHOWN: Final = 60
"""Characters of a value that a sentence repeats."""


@dataclass(frozen=True)
class ValueKind:
    """How a value is read (`adapter`, from a text, a list of texts or None) and written (`show`, to a text or a list).

    `inline` lists are written on one line.
    """

    adapter: TypeAdapter[Any]
    show: Callable[[Any], str | list[str]]
    is_list: bool = False
    inline: bool = False


def quoted(text: str) -> str:
    """A value as a sentence repeats it."""
    return f"“{shorten(clean_line(text), MOST_SHOWN)}”"


def did_you_mean(text: str, known: Iterable[str], otherwise: str) -> str:
    """The known texts that are close to `text` as a question, or the other words."""
    by_plain = {each.casefold(): each for each in known}
    close = [by_plain[each] for each in get_close_matches(text.casefold(), by_plain, n=3, cutoff=0.6)]
    return f"Did you mean {join(close, 'or')}?" if close else otherwise


def _fail(sentence: str) -> NoReturn:
    raise PydanticCustomError("file", "{sentence}", {"sentence": sentence})


def _text(value: object) -> str:
    if isinstance(value, list):
        _fail("Write one value here, not a list.")
    return "" if value is None else str(value)


def _line(value: object) -> str:
    return clean_line(_text(value))


def _at_most(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if length(text) > most:
            _fail(f"Use {most:,} characters or fewer. This has {length(text):,}.")
        return text

    return check


def _line_kind(most: int) -> ValueKind:
    return ValueKind(TypeAdapter(Annotated[str, BeforeValidator(_line), AfterValidator(_at_most(most))]), str)


def _text_kind(most: int) -> ValueKind:
    def read(value: object) -> str:
        return clean_text(_text(value))

    return ValueKind(TypeAdapter(Annotated[str, BeforeValidator(read), AfterValidator(_at_most(most))]), str)


def _required(value: object) -> str:
    return _line(value) or _fail("This is empty. Write a value, or delete the line to leave the setting as it is.")


def whole_number(least: int, most: int) -> ValueKind:
    number = Annotated[int, BeforeValidator(_required), Field(ge=least, le=most)]
    return ValueKind(TypeAdapter(number), str)


def _person(value: object) -> str:
    text = _line(value)
    if text and not user_id(text):
        _fail(
            f"{quoted(text)} is not a Slack member id such as U012AB3CD. Copy it from the person’s Slack profile, "
            "under ⋮, or leave this empty to name the owners."
        )
    return user_id(text)


_DATE_PROBLEMS: Mapping[DateProblem, str] = {
    DateProblem.NO_SUCH_DAY: "There is no such day.",
    DateProblem.DAY_OR_MONTH_FIRST: "This may be day and month, or month and day.",
    DateProblem.SHORT_YEAR: "The year has only two digits.",
    DateProblem.TIME_OF_DAY: "This has a time of day.",
}


def _day(value: object) -> date:
    text = _required(value)
    found = read_date(text)
    if isinstance(found, date):
        return found
    why = _DATE_PROBLEMS.get(found, f"{quoted(text)} is not a date.")
    _fail(f"{why} Write year, month and day, such as 2027-01-31.")


_TIME: Final = re.compile(r"([01]?\d|2[0-3]):(00|30)", re.ASCII)


def _hour(value: object) -> time:
    found = _TIME.fullmatch(_required(value))
    if not found:
        _fail("Write a full or half hour of the day, such as 09:00 or 17:30.")
    return time(int(found[1]), int(found[2]))


def _choice(names: Mapping[Any, str], called: str) -> Callable[[object], Any]:
    """Reads one of the `names`; `called` is what they are, in the plural."""

    def read(value: object) -> Any:
        text = _required(value)
        found = [key for key, name in names.items() if name.casefold() == text.casefold()]
        if not found:
            _fail(f"{quoted(text)} is none of {called}. Write {join(list(names.values()), 'or')}.")
        return found[0]

    return read


def _country(value: object) -> str:
    text = _line(value)
    options = [option for _, group in countries_by_letter() for option in group]
    if not text:
        return ""
    for option in options:
        if text.casefold() in (option.value.casefold(), option.label.casefold()):
            return option.value
    otherwise = "Write its code of two letters, such as MT for Malta, or its English name."
    _fail(f"We know no country {quoted(text)}. {did_you_mean(text, [each.label for each in options], otherwise)}")


@cache
def _zones() -> tuple[str, ...]:
    return tuple(option.value for _, group in zones_by_region() for option in group)


def _zone(value: object) -> str:
    text = _line(value).replace(" ", "_")
    if not text:
        return ""
    found = next((zone for zone in _zones() if zone.casefold() == text.casefold()), None)
    otherwise = "Write its IANA name, such as Europe/Malta."
    return found or _fail(f"We know no time zone {quoted(text)}. {did_you_mean(text, _zones(), otherwise)}")


def _items(value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        _fail("Write a list here: each value on a line of its own that begins with “- ”. Write [] for none.")
    return value


def _without_repetition(values: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[Any] = set()
    for value in values:
        plain = value.casefold() if isinstance(value, str) else value
        if plain in seen:
            shown = amount(value) if isinstance(value, Length) else str(value)
            _fail(f"{quoted(shown)} is in the list twice. Keep one.")
        seen.add(plain)
    return values


def _list(item: Any, most: int = MOST_CHOICES) -> Any:
    def short_enough(values: list[object]) -> list[object]:
        if len(values) > most:
            _fail(f"Use {most} entries or fewer. There are {len(values)}.")
        return values

    checks = (BeforeValidator(short_enough), BeforeValidator(_items), AfterValidator(_without_repetition))
    return Annotated[tuple[item, ...], *checks]


def lines_kind(most: int, most_in_line: int) -> ValueKind:
    """A list of up to `most` lines."""
    line = Annotated[str, BeforeValidator(_required), AfterValidator(_at_most(most_in_line))]
    return ValueKind(TypeAdapter(_list(line, most)), _show_lines, is_list=True)


def _length(value: object) -> Length:
    found = _LENGTH.fullmatch(_required(value).casefold())
    if not found:
        _fail("Write a length in weeks or months, such as 6 weeks or 9 months.")
    number = int(found[1])
    if found[2] == "week":
        length, least, most = Length(weeks=number), LEAST_WEEKS, MOST_WEEKS
    else:
        length, least, most = Length(months=number), 1, MOST_MONTHS
    if not least <= number <= most:
        _fail(f"Write {least} to {most} {found[2]}s.")
    return length


def _show_lines(values: Iterable[str]) -> list[str]:
    return list(values)


_LENGTH: Final = re.compile(r"([0-9]{1,3})\s*(week|month)s?")
LEAST_WEEKS: Final = 4
MOST_WEEKS: Final = 52
MOST_MONTHS: Final = 36
_MOST_LENGTHS: Final = 20
_WEEKDAY_NAMES: Final = dict(enumerate(WEEKDAYS))
_MOMENT_NAMES: Final = {
    InvitationMoment.JOINED: "new colleagues",
    InvitationMoment.MANAGER: "new managers",
    InvitationMoment.CHANGE: "new department or title",
}
_ACCOUNT_NAMES: Final = {AccountStatus.GUEST: "guests", AccountStatus.STRANGER: "connected workspaces"}
_Choice = Annotated[str, BeforeValidator(_required), AfterValidator(_at_most(MOST_IN_CHOICE))]
_MOST_DAYS: Final = 200
"""Closed days in a file; the rule counts only those that are still to come."""

line_kind, text_kind = _line_kind, _text_kind
WORD = ValueKind(TypeAdapter(Annotated[Word, BeforeValidator(_line)]), str)
PERSON = ValueKind(TypeAdapter(Annotated[str, BeforeValidator(_person)]), str)
YES_NO = ValueKind(TypeAdapter(Annotated[bool, BeforeValidator(_required)]), lambda value: "true" if value else "false")
DAY = ValueKind(TypeAdapter(Annotated[date, BeforeValidator(_day)]), date.isoformat)
HOUR = ValueKind(TypeAdapter(Annotated[time, BeforeValidator(_hour)]), lambda value: f"{value:%H:%M}")
COUNTRY = ValueKind(TypeAdapter(Annotated[str, BeforeValidator(_country)]), str)
ZONE = ValueKind(TypeAdapter(Annotated[str, BeforeValidator(_zone)]), str)
LINES = ValueKind(TypeAdapter(_list(_Choice)), _show_lines, is_list=True)
DAYS = ValueKind(
    TypeAdapter(_list(Annotated[date, BeforeValidator(_day)], _MOST_DAYS)),
    lambda days: [day.isoformat() for day in days],
    is_list=True,
)
LENGTHS = ValueKind(
    TypeAdapter(_list(Annotated[Length, BeforeValidator(_length)], _MOST_LENGTHS)),
    lambda lengths: [amount(each) for each in lengths],
    is_list=True,
    inline=True,
)
WORKING_DAYS = ValueKind(
    TypeAdapter(_list(Annotated[int, BeforeValidator(_choice(_WEEKDAY_NAMES, "the days of the week"))])),
    lambda days: [WEEKDAYS[day] for day in days],
    is_list=True,
    inline=True,
)
TYPE = ValueKind(
    TypeAdapter(
        Annotated[ProgrammeType, BeforeValidator(_choice({each: str(each) for each in ProgrammeType}, "the types"))]
    ),
    str,
)
_Accounts = _list(Annotated[AccountStatus, BeforeValidator(_choice(_ACCOUNT_NAMES, "the two groups"))])
ACCOUNTS = ValueKind(
    TypeAdapter(cast(Any, Annotated[_Accounts, AfterValidator(frozenset)])),
    lambda accounts: [name for account, name in _ACCOUNT_NAMES.items() if account in accounts],
    is_list=True,
)

SHELF_ITEMS = ValueKind(
    TypeAdapter(_list(Annotated[str, BeforeValidator(_choice({str(each): str(each) for each in SHELF}, "ours"))])),
    list,
    is_list=True,
)

_Moments = _list(Annotated[InvitationMoment, BeforeValidator(_choice(_MOMENT_NAMES, "the three moments"))])
MOMENTS = ValueKind(
    TypeAdapter(cast(Any, Annotated[_Moments, AfterValidator(frozenset)])),
    lambda moments: [name for moment, name in _MOMENT_NAMES.items() if moment in moments],
    is_list=True,
)


def error_sentence(error: Mapping[str, Any]) -> str:
    """The sentence of one of pydantic's errors, and never its input."""
    context = error.get("ctx", {})
    match error["type"]:
        case "file":
            return str(context["sentence"])
        case "int_parsing" | "int_parsing_size" | "int_from_float":
            return "Write a whole number."
        case "greater_than_equal":
            return f"Write {context['ge']} or more."
        case "less_than_equal":
            return f"Write {context['le']} or less."
        case "bool_parsing":
            return "Write true or false."
        case "value_error":
            return f"Use {MOST_IN_TERM} characters or fewer."
        case _:
            return "This can’t be read. See the comment above the setting in an exported file."
