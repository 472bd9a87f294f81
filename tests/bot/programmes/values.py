"""Programmes for the tests of their files, and any programme that the settings allow, for hypothesis."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.programmes.file_setting import FileSetting
from bot.programmes.file_settings import SETTINGS
from bot.programmes.file_values import (
    ACCOUNTS,
    COUNTRY,
    DAY,
    DAYS,
    HOUR,
    LENGTHS,
    LINES,
    MOMENTS,
    PERSON,
    SHELF_ITEMS,
    TYPE,
    WORD,
    WORKING_DAYS,
    YES_NO,
    ZONE,
)
from mentoring.core.clean_text import clean_line, clean_text
from mentoring.core.people import ADMISSIBLE
from mentoring.core.programmes import InvitationMoment, ProgrammeType, Segment
from mentoring.feedback.items import SHELF
from mentoring.programmes.partnership_settings import OFFERED_LENGTHS
from mentoring.programmes.whole_settings import ProgrammeSettings, normalise, usual_settings
from messages.text import length

TODAY = date(2026, 12, 1)
USUAL = usual_settings(("U0OWNER",), TODAY)
LISTED = replace(
    USUAL,
    programme=replace(
        USUAL.programme,
        name="Library mentoring",
        departments=("Archives", "IT", "Bindery"),
        grades=("A", "B", "C"),
        for_mentees=Segment(("IT",), ()),
        closed_days=(TODAY + timedelta(days=20),),
    ),
)

_AWKWARD = st.sampled_from(
    (
        *("null", "~", "yes", "2027-01-01", "12", "- a", "a: b", "# a", "a # b", "'a'", '"a"', "[a]", "&a", "*a", "!a"),
        *("|", ">-", "%a", "@a", "a:", "a\\b", "…", "naïve — “x”", "\U0001f469\u200d\U0001f467", "می\u200cخواهم"),
    )
)


def _line(most: int) -> st.SearchStrategy[str]:
    typed = st.one_of(_AWKWARD, st.text(max_size=most))
    return typed.map(clean_line).filter(lambda text: length(text) <= most)


_TEXTS = {"purpose": 1000, "name": 80, "expectations_url": 500, "roles.definition": 500}
_MOST_LINES = {
    "objectives": 5,
    "roles.mentees": 6,
    "roles.mentors": 6,
    "roles.referrals": 8,
    "surveys.statements": 3,
    "partnerships.first_meeting_guide": 10,
    "partnerships.meeting_guide": 10,
    "partnerships.last_meeting_guide": 10,
}
_NUMBERS = {
    "partnerships.meetings_in_first_month": 4,
    "partnerships.meetings_a_month": 4,
    "partnerships.most_mentees": 5,
    "partnerships.approvals": 2,
}
_DATES = st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=900))
_HOURS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))
_BY_KIND: dict[int, st.SearchStrategy[Any]] = {
    id(ACCOUNTS): st.frozensets(st.sampled_from(sorted(ADMISSIBLE))),
    id(COUNTRY): st.sampled_from(("", "MT", "NO", "GB")),
    id(DAY): _DATES,
    id(DAYS): st.lists(_DATES, unique=True, max_size=6).map(lambda days: tuple(sorted(days))),
    id(HOUR): _HOURS,
    id(LENGTHS): st.lists(st.sampled_from(OFFERED_LENGTHS), unique=True, min_size=1, max_size=8).map(tuple),
    id(LINES): st.lists(_line(75).filter(bool), max_size=6, unique_by=str.casefold).map(tuple),
    id(MOMENTS): st.frozensets(st.sampled_from(InvitationMoment)),
    id(SHELF_ITEMS): st.lists(st.sampled_from(SHELF), unique=True, max_size=3).map(
        lambda found: tuple(map(str, found))
    ),
    id(PERSON): st.sampled_from(("", "U0OWNER", "W045EF6GH")),
    id(TYPE): st.sampled_from(ProgrammeType),
    id(WORD): st.sampled_from(("guide", "new colleague", "é" * 24)),
    id(WORKING_DAYS): st.lists(st.integers(0, 6), unique=True, min_size=1).map(lambda days: tuple(sorted(days))),
    id(YES_NO): st.booleans(),
    id(ZONE): st.sampled_from(("", "Europe/Malta", "UTC")),
}


def _values(setting: FileSetting) -> st.SearchStrategy[Any]:
    if setting.key == "purpose":
        return (
            st.one_of(
                st.lists(_line(90), max_size=8).map("\n".join), st.text(max_size=1000), st.lists(_line(9)).map(" ".join)
            )
            .map(clean_text)
            .filter(lambda text: length(text) <= _TEXTS["purpose"])
        )
    if setting.key in _MOST_LINES:
        return st.lists(_line(150).filter(bool), max_size=_MOST_LINES[setting.key], unique_by=str.casefold).map(tuple)
    if setting.key in _NUMBERS:
        return st.integers(1, _NUMBERS[setting.key])
    if setting.key in _TEXTS:
        return _line(_TEXTS[setting.key])
    if setting.key == "retention.log_months":
        return st.integers(6, 120)
    if setting.key == "working_time.region":
        return st.sampled_from(("", "SCT"))
    return _BY_KIND.get(id(setting.kind), st.integers(1, 20))


@st.composite
def any_settings(draw: st.DrawFn) -> ProgrammeSettings:
    """Any values of each setting by itself, whether or not the rules allow them together."""
    settings = USUAL
    for setting in SETTINGS:
        settings = setting.put(settings, draw(_values(setting)))
    return normalise(settings, TODAY)
