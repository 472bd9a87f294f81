"""What counts in matching: on the card and in its form."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Final

from mentoring.core.fields import Field as About
from mentoring.core.programmes import USUAL, Programme
from mentoring.matching.optimiser import BEST
from messages.forms import Choice, Field, Offer, Values
from messages.text import join, plural
from messages.voice import Voice, capital

MARKS: Final = (0, 20, 30, 40, 50, 60)
"""Below which score nobody is proposed."""

_USUAL: Final[Mapping[str, int]] = asdict(USUAL)


def counts(part: str) -> str:
    """The block id of what a part of the score counts."""
    return About.AT_LEAST if part == "at_least" else f"counts_{part}"


def counting_fields(programme: Programme) -> Iterator[Field]:
    weights = asdict(programme.weights)
    for part, (label, hint) in _parts(Voice(programme, marked=False)).items():
        if part == "grades" and not programme.grades:
            continue
        yield Choice(block_id=counts(part), label=capital(label), hint=hint, offers=_levels(part, weights[part]))
    marks = sorted({*MARKS, programme.weights.at_least})
    yield Choice(
        block_id=About.AT_LEAST,
        label="Rather unmatched than badly matched?",
        hint="Whoever finds nobody stays first in the queue for the next round.",
        offers=[Offer(str(mark), capital(_mark(mark))) for mark in marks],
    )


def counting_values(programme: Programme) -> Values:
    return {counts(part): str(points) for part, points in asdict(programme.weights).items()}


def counting_words(programme: Programme) -> str:
    """What counts, in short; mrkdwn."""
    weights = asdict(programme.weights)
    by_level: dict[str, list[str]] = {}
    for part, (called, _) in _parts(Voice(programme)).items():
        if weights[part] != _USUAL[part]:
            by_level.setdefault(_level(part, weights[part]), []).append(called)
    others = [f"{level}: {join(names)}" for level, names in by_level.items()]
    said = "; ".join([*others, "the rest as usual"]) if others else "everything as usual"
    return f"*What counts in matching*\n{capital(said)}\n{capital(_mark(programme.weights.at_least))}"


def _parts(voice: Voice) -> dict[str, tuple[str, str]]:
    """What each part of the score is called inside a sentence, and what more there is to say of it."""
    return {
        "topics": ("topics in common", ""),
        "wish": (
            "a wish for one another",
            f"One of the two named the other as the {voice.mentor} or {voice.mentee} they have in mind.",
        ),
        "hopes": ("what they wrote", f"How well the hopes of {voice.a_mentee} go with what {voice.a_mentor} offers."),
        "grades": (f"{voice.a_mentor} in a higher grade", "Two grades above count in full, any other gap half."),
        "department": ("different departments", ""),
        "ways": ("the same ways to meet", ""),
        "language": ("a language in common", ""),
        "months": ("the same number of months", ""),
        "hours": ("the same hours of work", ""),
        "waiting": ("having waited since an earlier round", "Who has waited comes first where places are few."),
        "load": (f"one {voice.mentee} for each {voice.mentor} before a second", ""),
    }


def _levels(part: str, kept: int) -> list[Offer]:
    """The four levels; a number that is none of them, as a later version may have left it, stays where it is."""
    usual = _USUAL[part]
    points = sorted({0, usual // 2, usual, 2 * usual, kept})
    return [Offer(str(each), capital(_level(part, each))) for each in points]


def _level(part: str, points: int) -> str:
    usual = _USUAL[part]
    words = {0: "not at all", usual // 2: "a little", usual: "as usual", 2 * usual: "a lot"}
    return words.get(points, f"with {plural(points, 'point', 'points')}")


def _mark(mark: int) -> str:
    if not mark:
        return "as many people as possible are matched"
    return f"nobody is proposed with fewer than {mark} of {BEST} points"
