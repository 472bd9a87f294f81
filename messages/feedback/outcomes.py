"""Where a person stands and what matters to them, asked in the same words before and after."""

from collections.abc import Iterable, Iterator, Mapping

from mentoring.applications.application import Role
from mentoring.feedback.items import AREAS, FeedbackItem, field_of
from messages.feedback.items import AGREE
from messages.forms import Input, Option, Select
from messages.voice import Voice

SURE = {5: "Very sure", 4: "Fairly sure", 3: "Half sure", 2: "Not very sure", 1: "Not sure at all"}
WELL = {5: "Very well", 4: "Well", 3: "So-so", 2: "Not so well", 1: "Not well at all"}
CANNOT_SAY = "0"
"""The value of "I can’t say", which is stored as no answer."""

AREA_NAMES: Mapping[FeedbackItem, str] = {
    FeedbackItem.A_FUTURE: "A clear view of my future",
    FeedbackItem.A_LISTENS: "Someone who listens",
    FeedbackItem.A_HONEST: "Honest feedback",
    FeedbackItem.A_ROPES: "Knowing how things work here",
    FeedbackItem.A_MEETING: "Meeting people",
    FeedbackItem.A_SKILL: "A concrete skill",
    FeedbackItem.A_COURAGE: "Courage to try something",
    FeedbackItem.A_BALANCE: "Work and the rest of life in balance",
    FeedbackItem.A_LEARNING: "Learning something new",
    FeedbackItem.A_ELSEWHERE: "Seeing another part of the organisation",
    FeedbackItem.A_LISTENING: "Practising how to listen",
    FeedbackItem.A_GIVING: "Giving something back",
    FeedbackItem.A_PEOPLE: "New people",
    FeedbackItem.A_FRESH: "A fresh view of my own work",
}


def area_options(role: Role) -> list[Option]:
    return [Option(area, AREA_NAMES[area]) for area in AREAS[role]]


def where_i_stand(role: Role, voice: Voice, *, after: bool = False) -> Iterator[Input]:
    """The questions for a person with this role, with "I can’t say". `after`: at the end, where each may be left out,
    and one looks back at the start.
    """
    is_mentee = role is Role.MENTEE
    yield scale(
        FeedbackItem.DIRECTION,
        "I know where I want to go in my work." if is_mentee else "I know what I can pass on to others.",
        AGREE,
        optional=after,
    )
    yield scale(
        FeedbackItem.NEXT_STEP,
        "I know what my next step is." if is_mentee else "I know how to help someone find their next step.",
        AGREE,
        optional=after,
    )
    yield scale(
        FeedbackItem.ABLE,
        "How sure are you that you can reach what you have set out to do?"
        if is_mentee
        else f"How sure are you that you can be of use as {voice.a_mentor}?",
        SURE,
        optional=after,
    )
    if after:
        yield scale(FeedbackItem.THEN, "Looking back: how sure were you of that at the start?", SURE, optional=True)
    yield scale(
        FeedbackItem.PEOPLE,
        "There are people here I can ask for advice." if is_mentee else "I know people here well beyond my own team.",
        AGREE,
        optional=after,
    )


def how_it_comes_about(areas: Iterable[FeedbackItem], *, after: bool = False) -> Iterator[Input]:
    """For each thing that matters to a person, how well it comes about, or has come about (`after`)."""
    does = "did" if after else "does"
    for area in areas:
        yield scale(area, f"{AREA_NAMES[area]}: how well {does} this come about?", WELL, optional=True)


def scale(item: FeedbackItem, label: str, words: Mapping[int, str], *, optional: bool = False) -> Select:
    """A scale from 5 to 1. Where an answer is needed, "I can’t say" is one."""
    options = [Option(str(score), f"{score} – {says}") for score, says in words.items()]
    none = [] if optional else [Option(CANNOT_SAY, "I can’t say")]
    return Select(block_id=field_of(item), label=label, options=[*options, *none], optional=optional)
