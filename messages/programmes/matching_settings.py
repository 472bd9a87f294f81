"""Weights and hard rules, on the card and in their forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import Final

from mentoring.core.fields import FieldName
from mentoring.core.programmes import EVERYBODY, USUAL, Programme
from mentoring.matching.optimiser import BEST
from mentoring.programmes.matching_settings import offered
from messages.forms import TICKED, Checkbox, Input, MultiSelect, Option, Select, Values
from messages.payloads import limits
from messages.programmes.cohorts import described
from messages.text import join, plural, shorten
from messages.voice import Voice, capital

MARKS: Final = (0, 20, 30, 40, 50, 60)
"""Choices for the lowest score of a proposal."""

_USUAL: Final[Mapping[str, int]] = asdict(USUAL)


def counts(part: str) -> str:
    """The block id of the weight of a part."""
    return FieldName.AT_LEAST if part == "at_least" else f"counts_{part}"


def counting_fields(programme: Programme) -> Iterator[Input]:
    weights = asdict(programme.weights)
    for part, (label, hint) in _parts(Voice(programme, marked=False), is_peer=programme.is_peer).items():
        if part == "grades" and not programme.grades:
            continue
        yield Select(block_id=counts(part), label=capital(label), hint=hint, options=_levels(part, weights[part]))
    marks = sorted({*MARKS, programme.weights.at_least})
    yield Select(
        block_id=FieldName.AT_LEAST,
        label="Minimum score",
        hint="We don’t propose matches below this score.",
        options=[Option(str(mark), capital(_mark(mark))) for mark in marks],
    )


def counting_values(programme: Programme) -> Values:
    return {counts(part): str(points) for part, points in asdict(programme.weights).items()}


def counting_words(programme: Programme) -> str:
    """The weights in short, in mrkdwn."""
    weights = asdict(programme.weights)
    by_level: dict[str, list[str]] = {}
    for part, (called, _) in _parts(Voice(programme), is_peer=programme.is_peer).items():
        if weights[part] != _USUAL[part]:
            by_level.setdefault(_level(part, weights[part]), []).append(called)
    lines = [f"{level}: {join(names)}" for level, names in by_level.items()]
    lines.append("Normal: everything else" if lines else "Normal weight for everything")
    said = "\n".join(lines)
    return f"*{COUNTS_TITLE}*\n{said}\nMinimum score: {_mark(programme.weights.at_least)}"


def _parts(voice: Voice, *, is_peer: bool) -> dict[str, tuple[str, str]]:
    """The name of each part of the score inside a sentence, and a hint."""
    return {
        "topics": ("topics in common", ""),
        "wish": ("a wish for one another", "At least one of them asked for the other."),
        "hopes": (
            "what they wrote",
            "How similar the hopes and the offer are.",
        ),
        "grades": _GRADES_OF_PEERS
        if is_peer
        else (f"{voice.a_mentor} in a higher grade", "Two grades higher counts in full, any other gap half."),
        "department": ("different departments", ""),
        "ways": ("the same ways to meet", ""),
        "language": ("a language in common", ""),
        "months": ("the same length of time", ""),
        "hours": ("the same working hours", ""),
        "waiting": (
            "time waited",
            "Counts for each month waited before this round opened, up to six. It is not part of the score.",
        ),
        "load": (
            f"spreading {voice.mentees} evenly",
            f"Prefers {voice.a_mentor} who has no one yet. It is not part of the score.",
        ),
    }


_GRADES_OF_PEERS: Final = ("the same grade", "The same grade counts in full, one grade apart half.")


def _levels(part: str, current: int) -> list[Option]:
    """The four usual levels, and the current value if it is none of them."""
    usual = _USUAL[part]
    points = sorted({0, usual // 2, usual, 2 * usual, current})
    return [Option(str(each), _level(part, each)) for each in points]


def _level(part: str, points: int) -> str:
    usual = _USUAL[part]
    words = {0: "Ignore", usual // 2: "Low", usual: "Normal", 2 * usual: "High"}
    return words.get(points, plural(points, "point", "points"))


def _mark(mark: int) -> str:
    return f"{mark} out of {BEST}" if mark else "none (match as many people as possible)"


TITLE: Final = "Who can be matched"
COUNTS_TITLE: Final = "What counts in matching"
GAPS: Final = (0, 1, 2, 3)
"""Choices for the minimum number of grades between mentor and mentee."""

_MANY: Final = 70
_MOST_OF_MANY: Final = 40
"""Characters of a name in a long list."""
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
                    label=f"Which {called} can {who} be {are}?",
                    options=_options(names),
                    nothing=f"All {called}",
                    optional=True,
                )
    gaps = sorted({*GAPS[: len(programme.grades)], programme.least_gap})
    if len(gaps) > 1 and not programme.is_peer:
        yield Select(
            block_id=FieldName.LEAST_GAP,
            label="Minimum grade gap",
            hint=f"How many grades higher {voice.a_mentor} must be. People without a grade can still be matched.",
            options=[Option(str(gap), _grades(gap) if gap else "No minimum") for gap in gaps],
        )


def hours_field() -> Input:
    return Checkbox(
        block_id=FieldName.SHARED_HOURS,
        label="Working hours",
        hint="If not ticked, a proposal of two people without a shared hour has a warning among its reasons.",
        text="Only match people who share working hours",
        optional=True,
    )


def rule_values(programme: Programme) -> Values:
    return {
        FieldName.MENTEE_DEPARTMENTS: list(map(_key, programme.for_mentees.departments)),
        FieldName.MENTEE_GRADES: list(map(_key, programme.for_mentees.grades)),
        FieldName.MENTOR_DEPARTMENTS: list(map(_key, programme.for_mentors.departments)),
        FieldName.MENTOR_GRADES: list(map(_key, programme.for_mentors.grades)),
        FieldName.LEAST_GAP: str(programme.least_gap),
        FieldName.SHARED_HOURS: [TICKED] if programme.shared_hours else [],
    }


def name_of(key: str, programme: Programme) -> str:
    """The department or grade with this key, or the key itself if it is no longer in the list."""
    segments = (programme.for_mentees, programme.for_mentors)
    kept = (name for segment in segments for name in (*segment.departments, *segment.grades))
    return {_key(name): name for name in (*programme.departments, *programme.grades, *kept)}.get(key, key)


def rule_words(programme: Programme) -> str:
    """The hard rules in short, in mrkdwn."""
    voice = Voice(programme)
    mentees, mentors = programme.for_mentees, programme.for_mentors
    lines = [f"*{TITLE}*"]
    if mentees == mentors == EVERYBODY:
        none = "No limits. To set limits, add departments or grades."
        lines.append("Every department and grade" if can_rule(programme) else none)
    else:
        lines.append(f"{capital(voice.mentees)}: {described(mentees)}")
        lines.append(f"{capital(voice.mentors)}: {described(mentors)}")
    if programme.grade_gap:
        lines.append(f"Minimum grade gap: {_grades(programme.grade_gap)}")
    if programme.shared_hours:
        lines.append("Only people who share working hours")
    return "\n".join(lines)


def can_rule(programme: Programme) -> bool:
    """Whether there are lists for which rules can be set."""
    return next(rule_fields(programme), None) is not None


def _options(names: Sequence[str]) -> list[Option]:
    most = limits.OPTION if len(names) <= _MANY else _MOST_OF_MANY
    return [Option(_key(name), shorten(name, most)) for name in names]


def _key(name: str) -> str:
    """A short key, since a form has four long lists (see `limits.VIEW_BYTES`)."""
    typed = name.encode()
    return name if len(typed) <= _LONGEST_KEY else blake2b(typed, digest_size=_LONGEST_KEY // 2).hexdigest()


def _grades(gap: int) -> str:
    return plural(gap, "grade", "grades")
