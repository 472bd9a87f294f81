"""The first scenario: a small library in which a round has just opened."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.demo.acts import apply, bot_of, each, list_choices, plan_orientation, post_call, save_settings
from bot.demo.texts import ALL_FORMS, CONFIRMATIONS
from mentoring.programmes.settings import Part
from sandbox import Member, OnProgress, ProfileField, Progress, Sandbox, Scenario, StartingPerson

OWNERS = ("U0NORA", "U0IDRIS")

PROFILE_FIELDS = (
    ProfileField(
        "Xf0TEAM", "Team", "options_list", options=("Collections", "Digital", "Public services", "Conservation")
    ),
    ProfileField("Xf0BOSS", "Reports to", "user"),
    ProfileField("Xf0SINCE", "Here since", "date"),
    ProfileField("Xf0DESK", "Desk"),
)
"""The custom fields of profiles, in every scenario; an administrator can map them in `/mentor programmes`."""


def _fields(team: str, boss: str, since: str) -> Mapping[str, str]:
    return {"Xf0TEAM": team, "Xf0BOSS": boss, "Xf0SINCE": since}


PEOPLE = (
    Member(
        "U0NORA",
        "nora",
        "Nora Whitfield",
        title="Learning and development · owner",
        time_zone="Europe/London",
        avatar="face 1 3 4",
    ),
    Member(
        "U0IDRIS",
        "idris",
        "Idris Farouk",
        title="Human resources · owner",
        time_zone="Europe/London",
        avatar="face 2 0 0",
    ),
    Member("U0ADA", "ada", "Ada Nwosu", title="Cataloguer", time_zone="Europe/London", avatar="face 5 0 9"),
    Member(
        "U0BEN", "ben", "Ben Castellan", title="Library assistant", time_zone="America/New_York", avatar="face 1 5 1"
    ),
    Member(
        "U0CHI",
        "chi",
        "Chi Tran",
        title="Digital archivist",
        time_zone="Asia/Kolkata",
        avatar="face 1 0 3",
        fields=_fields("Digital", "U0FAY", "2021-09-01"),
    ),
    Member(
        "U0DORA", "dora", "Dora Lindqvist", title="Children’s librarian", time_zone="Europe/London", avatar="face 0 6 6"
    ),
    Member("U0EMIL", "emil", "Emil Bauer", title="Head of collections", time_zone="Europe/London", avatar="face 0 3 1"),
    Member("U0FAY", "fay", "Fay Okafor", title="Head of digital", time_zone="America/New_York", avatar="face 4 1 8"),
    Member("U0GUS", "gus", "Gus Moreau", title="Reference librarian", time_zone="Europe/London", avatar="face 3 1 2"),
    Member(
        "U0HANA",
        "hana",
        "Hana Sato",
        title="Conservator",
        time_zone="Asia/Kolkata",
        avatar="face 1 0 5",
        fields=_fields("Conservation", "U0EMIL", "2017-03-06"),
    ),
    Member("U0IVO", "ivo", "Ivo Petrov", title="New this spring", time_zone="Europe/London", avatar="face 0 4 3"),
    Member("U0JUNE", "june", "June Abara", title="Director", time_zone="Europe/London", avatar="face 5 3 2"),
    Member("U0KIM", "kim", "Kim Larsen", title="Guest from the archive next door", is_guest=True, avatar="face 0 7 7"),
    Member("U0LEO", "leo", "Leo Brandt", title="Left last year", deactivated=True, avatar="face 1 5 0"),
)

_CHOICES = {
    "departments": "Collections\nDigital\nPublic services\nConservation",
    "grades": "Assistant\nLibrarian\nSenior librarian\nHead of department\nDirector",
}

_MENTEES: Mapping[str, Mapping[str, Any]] = {
    "U0ADA": {
        "topics": ["Career planning", "Work/life issues"],
        "hopes": "I would like to plan my next three years, and to learn how to say no kindly.",
        "months": "9",
        "ways": ["in-person", "walking"],
        "languages": ["English", "Igbo"],
        "department": "Collections",
        "grade": "Librarian",
        "manager": "U0EMIL",
    },
    "U0BEN": {
        "topics": ["Advanced degree or certification"],
        "hopes": "Whether a master’s degree beside the job is a good idea, from someone who has done it.",
        "months": "6",
        "ways": ["video"],
        "languages": ["English"],
        "department": "Public services",
        "grade": "Assistant",
        "manager": "U0GUS",
    },
}
_MENTORS: Mapping[str, Mapping[str, Any]] = {
    "U0FAY": {
        "topics": ["Career planning", "Job search"],
        "hopes": "Twenty years of changing jobs without regret, and a good ear.",
        "months": "12",
        "ways": ["video", "phone"],
        "languages": ["English"],
        "department": "Digital",
        "grade": "Head of department",
        "manager": "U0JUNE",
        "started_on": "2014-09-01",
        "places": "2",
    },
    "U0HANA": {
        "topics": ["Organisational culture", "Work/life issues"],
        "hopes": "How this place really works, over tea.",
        "months": "6",
        "ways": ["in-person", "video"],
        "languages": ["English", "Japanese"],
        "department": "Conservation",
        "grade": "Senior librarian",
        "manager": "U0EMIL",
        "started_on": "2019-03-04",
        "places": "1",
    },
}


def play(sandbox: Sandbox, on_progress: OnProgress = lambda progress: None) -> None:
    """Nora saves the lists, switches plans and agreements on, and plans an orientation. Two mentees and two mentors
    apply, each in their own client. The call for applications is posted in a channel.
    """
    list_choices(sandbox.person("U0NORA"), **_CHOICES)
    save_settings(sandbox.person("U0NORA"), Part.EXTRAS, ALL_FORMS)
    each([partial(plan_orientation, sandbox.person("U0NORA"), _orientation(sandbox.calendar.now()))])
    applications = [("/mentor request", *one) for one in _MENTEES.items()]
    applications += [("/mentor volunteer", *one) for one in _MENTORS.items()]
    for done, (command, person, texts) in enumerate(applications, 1):
        each([partial(apply, sandbox, person, command, {**texts, **CONFIRMATIONS})])
        on_progress(Progress("People are applying", done, len(applications)))
    news = sandbox.add_channel(
        "library-news", [member.id for member in PEOPLE if not member.deactivated], with_bot=True
    )
    each([partial(post_call, sandbox, "U0NORA", news)])
    bot_of(sandbox).run_until_idle()


def _orientation(now: datetime) -> datetime:
    """Two in the afternoon, six weeks after `now` (aware), when the round starts; a weekend moves to Monday."""
    day = now + timedelta(weeks=6)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return day.replace(hour=14, minute=0, second=0, microsecond=0)


SCENARIO = Scenario(
    "dozen",
    "A small library",
    "A round has just opened. Four people have applied.",
    PEOPLE,
    play,
    start_as=(
        StartingPerson("U0IVO", "is new and would like a mentor: type /mentor request"),
        StartingPerson("U0NORA", "runs the programme: type /mentor status"),
        StartingPerson("U0FAY", "has applied as a mentor: type /mentor status"),
    ),
)
