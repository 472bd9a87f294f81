"""A round as the app admin sees it: display names, finding a person by name, and mrkdwn as plain text."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.csv_files import printable, squeezed
from mentoring.core.acting import ActingOperator
from mentoring.core.outcome import Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.people import user_id
from mentoring.matching.hard_rules import Exemption
from mentoring.matching.match import HOLDS_PLACE, Alternative, Match, MatchState
from mentoring.matching.round import MatchingRound
from messages.matching.reasons import because
from messages.text import GONE, plural
from messages.voice import Voice
from storage import Transaction


@dataclass(frozen=True)
class RoundView:
    """`names` are by Slack user id, of everyone in the round and of the owners; `exemptions` by match id."""

    round: MatchingRound
    names: Mapping[str, str]
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        return Voice(self.round.programme, marked=False)

    @property
    def current(self) -> list[Match]:
        """The proposals and the matches to answer, best first."""
        found = [match for match in self.round.matches.values() if match.state in HOLDS_PLACE]
        return sorted(found, key=lambda match: (-match.score, match.id))

    def name(self, person: str) -> str:
        """Their display name, with the id if another person has the same name; only the id if Slack gave no name."""
        if person == OPERATOR:
            return "the app admin"
        name = self.names.get(person, "")
        if not name:
            return person or GONE
        return name if self._name_counts[name] == 1 else f"{name} ({person})"

    def why(self, match: Match) -> str:
        """The reasons in words, as owners may read them."""
        return because(match.reasons, self.round.programme, to_owners=True, marked=False)

    def status_of(self, match: Match) -> str:
        """Its status in words."""
        if match.awaits_start:
            return "introduced when the round starts"
        if match.state is MatchState.OFFERED:
            return "waiting for answers"
        missing = self.round.still_needs(match)
        status = f"needs {plural(missing, 'approval', 'approvals')}" if missing else "approved"
        return f"kept, {status}" if match.pinned_by else status

    def next_best(self, other: Alternative | None) -> tuple[str, str]:
        """Their name and the score; both empty if they are no longer available."""
        if other is None or not self.round.is_still_open(other):
            return "", ""
        return self.name(other.person), str(other.score)

    def with_outcome(self, outcome: Outcome) -> "RoundView":
        """The view with the matches of the outcome."""
        return replace(self, round=self.round.with_outcome(outcome))

    @cached_property
    def _name_counts(self) -> Counter[str]:
        return Counter(self.names.values())


def load_round_view(tx: Transaction, programme_id: str) -> RoundView:
    """Raises NoProgramme."""
    round_ = tx.rounds.get(*tx.programme(programme_id))
    people = {**tx.people.get_many(round_.approvers), **round_.people}
    exempted = [match.id for match in round_.matches.values() if match.exempted]
    exemptions = tx.exported(ActingOperator()).exemptions(exempted) if exempted else {}
    return RoundView(round_, {id_: printable(person.display_name) for id_, person in people.items()}, exemptions)


MOST_SHOWN = 10


def find_people(view: RoundView, text: str) -> list[str]:
    """The people of the round with this name (Slack user ids): exactly, or else with a name that starts like this."""
    people = view.round.people
    if (id_ := user_id(text)) in people:
        return [id_]
    wanted = squeezed(text).casefold()
    if not wanted:
        return []
    names = {person: squeezed(view.names.get(person, "")).casefold() for person in people}
    exact = [person for person, name in names.items() if name == wanted or wanted == f"{name} ({person.casefold()})"]
    return sorted(exact or (person for person, name in names.items() if _starts_with(name, wanted)))


def ambiguity_message(view: RoundView, text: str, found: list[str]) -> str:
    """The message if no one matches, or several people do."""
    if not found:
        return f"No one in this round is called “{squeezed(text)}”. Use a name as Slack shows it, or a Slack member id."
    shown = [f"{view.names.get(person) or 'no name'} ({person})" for person in found[:MOST_SHOWN]]
    more = [f"and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else []
    return f"“{squeezed(text)}” may be several people: {', '.join([*shown, *more])}. Use the member id of one of them."


def _starts_with(name: str, wanted: str) -> bool:
    """Whether the name, or a later word of it, starts with these words."""
    return name.startswith(wanted) or f" {wanted}" in name


_MARKS = re.compile(
    r"<@(?P<who>[UW]\w+)>|<!date\^[^|>]*\|(?P<when>[^>]*)>|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?!\w)|&(?P<sign>amp|lt|gt);"
)
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}


def as_plain_text(mrkdwn: str, name: Callable[[str], str]) -> str:
    """Mentions as names, dates in words, and no bold."""

    def read(mark: re.Match[str]) -> str:
        if who := mark["who"]:
            return name(who)
        return mark["when"] or mark["bold"] or _SIGNS[mark["sign"]]

    return _MARKS.sub(read, mrkdwn)
