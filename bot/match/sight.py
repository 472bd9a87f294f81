"""A round as the operator sees it: people by their names, and how each proposal stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.csv_file import printable
from bot.settings import SettingsWrong
from bot.workspace import NO_PROGRAMME
from mentoring.core.outcome import Outcome
from mentoring.matching.hard_rules import Exemption
from mentoring.matching.match import OPERATOR, STANDING, Alternative, Match, MatchState
from mentoring.matching.round import Round
from messages.matching.reasons import because
from messages.text import GONE
from messages.voice import Voice
from storage import Transaction


@dataclass(frozen=True)
class Sight:
    """`names` are by Slack user id, of everybody in the round and of the owners; `exemptions` by match id."""

    round: Round
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

    def after(self, outcome: Outcome) -> "Sight":
        """The same once the proposals are as the outcome has them."""
        return replace(self, round=self.round.after(outcome))

    @cached_property
    def _many(self) -> Counter[str]:
        return Counter(self.names.values())


def sight_of(tx: Transaction) -> Sight:
    """Raises SettingsWrong where there is no programme."""
    found = tx.ground()
    if found is None:
        raise SettingsWrong(NO_PROGRAMME)
    round_ = tx.rounds.get(*found)
    people = {**tx.people.named(round_.owners), **round_.people}
    excepted = [match.id for match in round_.matches.values() if match.excepted]
    # What the operator takes out is for the owners, so it is read as one of them may.
    exemptions = tx.private(round_.owners[0]).exemptions(excepted) if excepted and round_.owners else {}
    return Sight(round_, {id_: printable(person.display_name) for id_, person in people.items()}, exemptions)
