"""Purpose, objectives, definition and responsibilities: where people read them, and in their forms."""

from collections.abc import Iterator
from typing import Final

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme, ProgrammeType
from mentoring.programmes.aims import MOST_IN_DEFINITION, MOST_OBJECTIVES, MOST_REFERRALS, MOST_RESPONSIBILITIES
from messages.forms import TICKED, Checkbox, Input, Option, Select, TextInput, Values
from messages.payloads import limits
from messages.text import escape, shorten
from messages.voice import Voice

OBJECTIVES_TITLE: Final = "Objectives"
ROLES_TITLE: Final = "Mentoring and roles"
MOST_OF_DEFINITION: Final = 800
MOST_OF_LINE: Final = 250
"""Characters in mrkdwn, which grow where a person typed "&"."""

_ONE_PER_LINE = "One per line, up to {most}."


def about(programme: Programme) -> str:
    """The objectives, the type of mentoring if it is for peers, its definition, and that it is a pilot, in mrkdwn; ""
    if there is none of them.
    """
    said = []
    if programme.objectives:
        said.append(f"*What we want to reach*\n{_listed(programme.objectives)}")
    if programme.is_peer:
        said.append(f"*Peer mentoring*\n{PEERS}{_FACILITATED if programme.has_facilitators else ''}")
    if programme.definition:
        said.append(f"*What mentoring means here*\n{shorten(escape(programme.definition), MOST_OF_DEFINITION)}")
    if programme.is_pilot:
        said.append(PILOT)
    return "\n".join(said)


PEERS: Final = "Colleagues at a similar level help each other."
_FACILITATED: Final = " Facilitators look after them."
PILOT: Final = "This is a pilot: we’re trying the programme out. Your answers at the end help us to improve it."


def type_line(programme: Programme) -> str:
    """The type of mentoring in a line, if it is for peers, else ""."""
    return f"Peer mentoring: {PEERS[0].lower()}{PEERS[1:]}" if programme.is_peer else ""


def objectives(programme: Programme) -> str:
    """The objectives in one line, in mrkdwn, for those who decide by them; "" if there are none."""
    if not programme.objectives:
        return ""
    named = " · ".join(shorten(escape(each.rstrip(".")), MOST_OF_LINE) for each in programme.objectives)
    return f"What the programme wants to reach: {named}"


def responsibilities(programme: Programme, role: Role) -> str:
    """What a person in this role is responsible for, in mrkdwn, with a heading; "" if the programme says nothing."""
    own = programme.mentee_responsibilities if role is Role.MENTEE else programme.mentor_responsibilities
    if not own:
        return ""
    voice = Voice(programme)
    one = voice.a_mentee if role is Role.MENTEE else voice.a_mentor
    return f"*As {one}, you*\n{_listed(own)}"


def who_does_what(programme: Programme) -> str:
    """The responsibilities of both roles, in mrkdwn; "" if the programme says nothing of either."""
    voice = Voice(programme)
    both = (
        (voice.mentee, programme.mentee_responsibilities),
        (voice.mentor, programme.mentor_responsibilities),
    )
    return "\n".join(f"*The {one}*\n{_listed(own)}" for one, own in both if own)


def referrals(programme: Programme) -> str:
    """The places to go with what is beyond the programme, in mrkdwn; "" if there are none."""
    return _listed(programme.referrals)


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {shorten(escape(line), MOST_OF_LINE)}" for line in lines)


def objective_fields(programme: Programme) -> Iterator[Input]:
    yield TextInput(
        block_id=FieldName.OBJECTIVES,
        label="What do you want to reach?",
        hint=f"{_ONE_PER_LINE.format(most=MOST_OBJECTIVES)} Shown before people apply, and in Matches and the status.",
        most=limits.TYPED,
        lines=True,
        optional=True,
    )
    yield Checkbox(
        block_id=FieldName.IS_PILOT,
        label="Is this a pilot?",
        hint="People read that you’re trying the programme out.",
        text="This round is a pilot",
        optional=True,
    )


def role_fields(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    lines = _ONE_PER_LINE.format(most=MOST_RESPONSIBILITIES)
    yield Select(
        block_id=FieldName.PROGRAMME_TYPE,
        label="Which type of mentoring is it?",
        hint="Among peers, no minimum grade gap counts, and matching prefers the same grade. You can name facilitators "
        "in “Who runs it”.",
        options=_TYPES,
    )
    yield TextInput(
        block_id=FieldName.DEFINITION,
        label="What does mentoring mean here?",
        hint="A sentence or two. Shown to people before they apply.",
        most=MOST_IN_DEFINITION,
        lines=True,
        optional=True,
    )
    for name, who in (
        (FieldName.MENTEE_RESPONSIBILITIES, voice.a_mentee),
        (FieldName.MENTOR_RESPONSIBILITIES, voice.a_mentor),
    ):
        yield TextInput(
            block_id=name,
            label=f"What is {who} responsible for?",
            hint=f"{lines} Shown when they apply, and to both when they’re introduced.",
            most=limits.TYPED,
            lines=True,
            optional=True,
        )
    yield TextInput(
        block_id=FieldName.REFERRALS,
        label="Where else can people get help?",
        hint=f"One per line, up to {MOST_REFERRALS}: name, what it’s for, how to reach it. Shown under “Ask for help”.",
        most=limits.TYPED,
        lines=True,
        optional=True,
    )


_TYPES: Final = (
    Option(ProgrammeType.MENTORING, "Mentoring", "The mentor is more experienced."),
    Option(ProgrammeType.PEER, "Peer mentoring", f"{PEERS}{_FACILITATED}"),
)


def objective_values(programme: Programme) -> Values:
    return {
        FieldName.OBJECTIVES: "\n".join(programme.objectives) or None,
        FieldName.IS_PILOT: [TICKED] if programme.is_pilot else [],
    }


def role_values(programme: Programme) -> Values:
    return {
        FieldName.PROGRAMME_TYPE: programme.type,
        FieldName.DEFINITION: programme.definition or None,
        FieldName.MENTEE_RESPONSIBILITIES: "\n".join(programme.mentee_responsibilities) or None,
        FieldName.MENTOR_RESPONSIBILITIES: "\n".join(programme.mentor_responsibilities) or None,
        FieldName.REFERRALS: "\n".join(programme.referrals) or None,
    }


def objective_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    said = _listed(programme.objectives) if programme.objectives else "None yet. They help people decide to take part."
    pilot = "This round is a pilot." if programme.is_pilot else "Not a pilot."
    return f"*{OBJECTIVES_TITLE}*\n{said}\n{pilot}"


def role_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    said = (
        [shorten(escape(programme.definition), MOST_OF_DEFINITION)]
        if programme.definition
        else ["No definition of mentoring yet."]
    )
    if both := who_does_what(programme):
        said.append(both)
    else:
        said.append("No responsibilities yet. People read our ground rules.")
    if programme.referrals:
        said.append(f"*Other places for help*\n{_listed(programme.referrals)}")
    return "\n".join([f"*{ROLES_TITLE}*", *filter(None, [type_line(programme)]), *said])
