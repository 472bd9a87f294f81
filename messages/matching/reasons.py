"""The reasons for a match, in words (D0.13).

The application form announces that wishes, management, what a mentor offers and a mentor's own request are for owners
only.
So the two people read fewer reasons than the owners.
"""

from collections.abc import Sequence

from mentoring.core.lengths import read_length
from mentoring.core.programmes import Programme
from mentoring.matching.match import Reason, ReasonKind
from messages.applications.wording import WAYS
from messages.blocks import listing
from messages.lengths import amount
from messages.text import join, plural
from messages.voice import Voice, capital

FOR_OWNERS = frozenset(
    {
        ReasonKind.WISHED,
        ReasonKind.GRADES_ABOVE,
        ReasonKind.SAME_GRADE,
        ReasonKind.CLOSE_GRADES,
        ReasonKind.HOPES,
        ReasonKind.WAITED,
        ReasonKind.MUTUAL,
    }
)
MOST_OF_TOPICS = 600


def reason(reason: Reason, programme: Programme, *, to_owners: bool = False, marked: bool = True) -> str:
    """A reason as part of a sentence: "you both chose Job search" or, to owners, "both chose Job search".

    In mrkdwn, or (not `marked`) in plain text. "" if only owners may read it and the reader is one of the two.
    """
    if reason.kind in FOR_OWNERS and not to_owners:
        return ""
    voice = Voice(programme, marked=marked)
    both, they = ("both", "they") if to_owners else ("you both", "you")
    facts = reason.facts
    match reason.kind:
        case ReasonKind.SHARED_TOPICS:
            return f"{both} chose {listing(facts, MOST_OF_TOPICS, 'and') if marked else join(facts)}"
        case ReasonKind.WISHED:
            return "one asked for the other"
        case ReasonKind.GRADES_ABOVE:
            return f"the {voice.mentor} is {_counted(facts, 'grade', 'grades')} higher"
        case ReasonKind.SAME_GRADE:
            return "they are in the same grade"
        case ReasonKind.CLOSE_GRADES:
            return "they are one grade apart"
        case ReasonKind.OTHER_DEPARTMENT:
            return f"{they} work in different departments"
        case ReasonKind.SAME_WAYS:
            return f"{both} like to meet {join([words.lower() for way, words in WAYS.items() if way in facts], 'or')}"
        case ReasonKind.SAME_LANGUAGE:
            return f"{they} share a language"
        case ReasonKind.SAME_MONTHS:
            return f"{both} would like {amount(read_length(facts[0]))}"
        case ReasonKind.HOPES:
            return "what they wrote is similar"
        case ReasonKind.SAME_HOURS:
            return f"{they} share {_counted(facts, 'working hour', 'working hours')} a day"
        case ReasonKind.NO_SHARED_HOURS:
            warning = "*Warning:*" if marked else "Warning:"
            return f"{warning} their working hours don’t overlap" if to_owners else ""
        case ReasonKind.MUTUAL:
            return "each could help the other"
        case ReasonKind.WAITED:
            return "one has waited since an earlier round"


def because(reasons: Sequence[Reason], programme: Programme, *, to_owners: bool = False, marked: bool = True) -> str:
    """All reasons that the reader may know; "" if there are none.

    In mrkdwn a list with a line for each; in plain text sentences in one line.
    """
    said = [
        capital(words) for each in reasons if (words := reason(each, programme, to_owners=to_owners, marked=marked))
    ]
    return "\n".join(f"• {words}" for words in said) if marked else " ".join(f"{words}." for words in said)


def _counted(facts: Sequence[str], one: str, many: str) -> str:
    return plural(int(facts[0]), one, many)
