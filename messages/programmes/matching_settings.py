"""Weights and hard rules of matching, on the card and in their forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import Final

from mentoring.core.fields import FieldName
from mentoring.core.programmes import EVERYBODY, USUAL, Programme
from mentoring.matching.optimiser import BEST
from mentoring.programmes.matching_settings import offered
from messages.forms import Input, MultiSelect, Offer, Select, Values
from messages.payloads import limits
from messages.programmes.cohorts import described
from messages.text import join, plural, shorten
from messages.voice import Voice, capital

MARKS: Final = (0, 20, 30, 40, 50, 60)
"""Below which score nobody is proposed."""

_USUAL: Final[Mapping[str, int]] = asdict(USUAL)


def counts(part: str) -> str:
    """The block id of what a part of the score counts."""
    return FieldName.AT_LEAST if part == "at_least" else f"counts_{part}"


def counting_fields(programme: Programme) -> Iterator[Input]:
    weights = asdict(programme.weights)
    for part, (label, hint) in _parts(Voice(programme, marked=False)).items():
        if part == "grades" and not programme.grades:
            continue
        yield Select(block_id=counts(part), label=capital(label), hint=hint, offers=_levels(part, weights[part]))
    marks = sorted({*MARKS, programme.weights.at_least})
    yield Select(
        block_id=FieldName.AT_LEAST,
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


TITLE: Final = "Who is matched with whom"
GAPS: Final = (0, 1, 2, 3)
"""How many grades a mentor stands above at least."""

_MANY: Final = 70
_MOST_OF_MANY: Final = 40
"""Characters of each name where there are many."""
_LONGEST_KEY: Final = 32
"""Bytes."""


def rule_fields(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    sides = (
        (voice.mentees, FieldName.MENTEE_DEPARTMENTS, FieldName.MENTEE_GRADES, programme.for_mentees),
        (voice.mentors, FieldName.MENTOR_DEPARTMENTS, FieldName.MENTOR_GRADES, programme.for_mentors),
    )
    for who, in_departments, in_grades, segment in sides:
        lists = (
            (in_departments, "departments", "from", offered(programme.departments, segment.departments)),
            (in_grades, "grades", "in", offered(programme.grades, segment.grades)),
        )
        for about, called, are, names in lists:
            if names:
                yield MultiSelect(
                    block_id=about,
                    label=f"Which {called} are {who} {are}?",
                    offers=_offers(names),
                    nothing=f"All {called}",
                    optional=True,
                )
    gaps = sorted({*GAPS[: len(programme.grades)], programme.least_gap})
    if len(gaps) > 1:
        yield Select(
            block_id=FieldName.LEAST_GAP,
            label=f"How far above does {voice.a_mentor} stand?",
            hint="Whose grade we do not know may be matched all the same.",
            offers=[Offer(str(gap), f"At least {_grades(gap)} above" if gap else "That is no rule") for gap in gaps],
        )


def rule_values(programme: Programme) -> Values:
    return {
        FieldName.MENTEE_DEPARTMENTS: list(map(_key, programme.for_mentees.departments)),
        FieldName.MENTEE_GRADES: list(map(_key, programme.for_mentees.grades)),
        FieldName.MENTOR_DEPARTMENTS: list(map(_key, programme.for_mentors.departments)),
        FieldName.MENTOR_GRADES: list(map(_key, programme.for_mentors.grades)),
        FieldName.LEAST_GAP: str(programme.least_gap),
    }


def name_of(key: str, programme: Programme) -> str:
    """The department or grade that the form has under this key; the key itself where it is offered no more."""
    segments = (programme.for_mentees, programme.for_mentors)
    kept = (name for segment in segments for name in (*segment.departments, *segment.grades))
    return {_key(name): name for name in (*programme.departments, *programme.grades, *kept)}.get(key, key)


def rule_words(programme: Programme) -> str:
    """Who is matched with whom, in short; mrkdwn."""
    voice = Voice(programme)
    mentees, mentors = programme.for_mentees, programme.for_mentors
    lines = [f"*{TITLE}*"]
    if mentees == mentors == EVERYBODY:
        first = "" if can_rule(programme) else ". To narrow it, list departments or grades first."
        lines.append(f"Everybody with everybody{first}")
    else:
        lines.append(f"{capital(voice.mentees)}: {described(mentees)}")
        lines.append(f"{capital(voice.mentors)}: {described(mentors)}")
    if programme.least_gap:
        lines.append(f"{capital(voice.a_mentor)} stands at least {_grades(programme.least_gap)} above {voice.a_mentee}")
    return "\n".join(lines)


def can_rule(programme: Programme) -> bool:
    """Whether there is anything to rule by."""
    return next(rule_fields(programme), None) is not None


def _offers(names: Sequence[str]) -> list[Offer]:
    most = limits.OPTION if len(names) <= _MANY else _MOST_OF_MANY
    return [Offer(_key(name), shorten(name, most)) for name in names]


def _key(name: str) -> str:
    """Short, since four long lists are in one form (see `limits.VIEW_BYTES`)."""
    typed = name.encode()
    return name if len(typed) <= _LONGEST_KEY else blake2b(typed, digest_size=_LONGEST_KEY // 2).hexdigest()


def _grades(gap: int) -> str:
    return plural(gap, "grade", "grades")
