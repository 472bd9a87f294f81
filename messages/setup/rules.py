"""Who is matched with whom: on the card and in its form."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final

from mentoring.core.fields import Field as About
from mentoring.core.programmes import EVERYBODY, Programme
from mentoring.programmes.matching_settings import offered
from messages.forms import Choice, Choices, Field, Offer, Values
from messages.outgoing import limits
from messages.segments import described
from messages.text import plural, shorten
from messages.voice import Voice, capital

TITLE: Final = "Who is matched with whom"
GAPS: Final = (0, 1, 2, 3)
"""How many grades a mentor stands above at least."""

_MANY: Final = 70
_MOST_OF_MANY: Final = 40
"""Characters of each name where there are many."""
_LONGEST_KEY: Final = 32
"""Bytes."""


def rule_fields(programme: Programme) -> Iterator[Field]:
    voice = Voice(programme, marked=False)
    sides = (
        (voice.mentees, About.MENTEE_DEPARTMENTS, About.MENTEE_GRADES, programme.for_mentees),
        (voice.mentors, About.MENTOR_DEPARTMENTS, About.MENTOR_GRADES, programme.for_mentors),
    )
    for who, in_departments, in_grades, segment in sides:
        lists = (
            (in_departments, "departments", "from", offered(programme.departments, segment.departments)),
            (in_grades, "grades", "in", offered(programme.grades, segment.grades)),
        )
        for about, called, are, names in lists:
            if names:
                yield Choices(
                    block_id=about,
                    label=f"Which {called} are {who} {are}?",
                    offers=_offers(names),
                    nothing=f"All {called}",
                    optional=True,
                )
    gaps = sorted({*GAPS[: len(programme.grades)], programme.least_gap})
    if len(gaps) > 1:
        yield Choice(
            block_id=About.LEAST_GAP,
            label=f"How far above does {voice.a_mentor} stand?",
            hint="Whose grade we do not know may be matched all the same.",
            offers=[Offer(str(gap), f"At least {_grades(gap)} above" if gap else "That is no rule") for gap in gaps],
        )


def rule_values(programme: Programme) -> Values:
    return {
        About.MENTEE_DEPARTMENTS: list(map(_key, programme.for_mentees.departments)),
        About.MENTEE_GRADES: list(map(_key, programme.for_mentees.grades)),
        About.MENTOR_DEPARTMENTS: list(map(_key, programme.for_mentors.departments)),
        About.MENTOR_GRADES: list(map(_key, programme.for_mentors.grades)),
        About.LEAST_GAP: str(programme.least_gap),
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
