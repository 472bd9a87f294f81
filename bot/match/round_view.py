"""A round as the operator sees it: display names, finding a person by name, and mrkdwn as plain text."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.csv_files import printable, squeezed
from mentoring.core.outcome import Outcome
from mentoring.core.people import user_id
from mentoring.matching.hard_rules import Exemption
from mentoring.matching.match import OPERATOR, STANDING, Alternative, Match, MatchState
from mentoring.matching.round import MatchingRound
from messages.matching.reasons import because
from messages.text import GONE
from messages.voice import Voice
from storage import Transaction


@dataclass(frozen=True)
class RoundView:
    """`names` are by Slack user id, of everybody in the round and of the owners; `exemptions` by match id."""

    round: MatchingRound
    names: Mapping[str, str]
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        return Voice(self.round.programme, marked=False)

    @property
    def shown(self) -> list[Match]:
        """What stands, the best first."""
        found = [match for match in self.round.matches.values() if match.state in STANDING]
        return sorted(found, key=lambda match: (-match.score, match.id))

    def name(self, person: str) -> str:
        """Their display name, with their id where somebody else has the same; the id where Slack has told none."""
        if person == OPERATOR:
            return "the operator"
        name = self.names.get(person, "")
        if not name:
            return person or GONE
        return name if self._many[name] == 1 else f"{name} ({person})"

    def why(self, match: Match) -> str:
        """In words, as the owners may know it."""
        return because(match.reasons, self.round.programme, to_owners=True, marked=False)

    def stands(self, match: Match) -> str:
        """How far it is."""
        if match.state is MatchState.OFFERED:
            return "asked"
        needs = match.still_needs(self.round.owners)
        return f"{'kept, ' if match.pinned_by else ''}{f'needs {needs} more' if needs else 'approved'}"

    def next_best(self, other: Alternative | None) -> tuple[str, str]:
        """Who it is, and the score; empty where there is nobody any more."""
        if other is None or not self.round.is_there(other):
            return "", ""
        return self.name(other.person), str(other.score)

    def after(self, outcome: Outcome) -> "RoundView":
        """The same once the proposals are as the outcome has them."""
        return replace(self, round=self.round.after(outcome))

    @cached_property
    def _many(self) -> Counter[str]:
        return Counter(self.names.values())


def load_round_view(tx: Transaction) -> RoundView:
    """Raises NoProgramme."""
    round_ = tx.rounds.get(*tx.require_programme())
    people = {**tx.people.get_many(round_.owners), **round_.people}
    excepted = [match.id for match in round_.matches.values() if match.excepted]
    # What the operator takes out is for the owners, so it is read as one of them may.
    exemptions = tx.private(round_.owners[0]).exemptions(excepted) if excepted and round_.owners else {}
    return RoundView(round_, {id_: printable(person.display_name) for id_, person in people.items()}, exemptions)


MOST_SHOWN = 10


def find_people(view: RoundView, text: str) -> list[str]:
    """Who of the round is called so (Slack user ids): exactly, or else with these words at the start of their names."""
    people = view.round.people
    if (id_ := user_id(text)) in people:
        return [id_]
    wanted = squeezed(text).casefold()
    if not wanted:
        return []
    names = {person: squeezed(view.names.get(person, "")).casefold() for person in people}
    exactly = [person for person, name in names.items() if name == wanted or wanted == f"{name} ({person.casefold()})"]
    return sorted(exactly or (person for person, name in names.items() if _begins(name, wanted)))


def ambiguity_message(view: RoundView, text: str, found: list[str]) -> str:
    """What to say where it is nobody, or several."""
    if not found:
        return f"Nobody in this round is called “{squeezed(text)}”. Give a name as Slack shows it, or a Slack user id."
    shown = [f"{view.names.get(person) or 'no name yet'} ({person})" for person in found[:MOST_SHOWN]]
    more = [f"and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else []
    return f"“{squeezed(text)}” may be several people: {', '.join([*shown, *more])}. Give the id of the one you mean."


def _begins(name: str, wanted: str) -> bool:
    """Whether the name, or a later word of it, begins so."""
    return name.startswith(wanted) or f" {wanted}" in name


_MARKS = re.compile(
    r"<@(?P<who>[UW]\w+)>|<!date\^[^|>]*\|(?P<when>[^>]*)>|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?!\w)|&(?P<sign>amp|lt|gt);"
)
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}


def as_plain_text(mrkdwn: str, name: Callable[[str], str]) -> str:
    """Names for mentions, dates in words, and nothing in bold."""

    def read(mark: re.Match[str]) -> str:
        if who := mark["who"]:
            return name(who)
        return mark["when"] or mark["bold"] or _SIGNS[mark["sign"]]

    return _MARKS.sub(read, mrkdwn)
