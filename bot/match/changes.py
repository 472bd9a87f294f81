"""What proposing anew would change on the desk, without doing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.match.acts import CLOSED
from bot.match.progress import Tell, weighing
from bot.match.sight import Sight
from bot.settings import SettingsWrong
from mentoring import desk
from mentoring.error import CohortOver
from mentoring.match import OPERATOR, Match
from mentoring.matching import propose
from storage import Transaction


@dataclass(frozen=True)
class Changes:
    """`said` of what stands, by its id; `added` the ids that nothing has been kept under; `gone` what would leave."""

    said: Mapping[str, str]
    added: frozenset[str]
    gone: tuple[Match, ...]

    @property
    def as_before(self) -> int:
        return sum(words.startswith(AS_BEFORE) for words in self.said.values())

    @property
    def new(self) -> int:
        return sum(words == NEW for words in self.said.values())


NEW = "new"
AS_BEFORE = "as before"


def dry_run(before: Sight, tell: Tell) -> tuple[Sight, Changes]:
    """The desk as it would be. Raises SettingsWrong."""
    tell(weighing(before.round))
    try:
        outcome = desk.put_on_desk(before.round, propose(before.round, Transaction.new_id), by=OPERATOR)
    except CohortOver:
        raise SettingsWrong(CLOSED) from None
    stood = {match.people: match for match in before.round.undecided()}
    after = before.after(outcome)
    stand = {match.people: match for match in after.round.undecided()}
    said = {match.id: _said(stood.get(people), match) for people, match in stand.items()}
    gone = tuple(match for people, match in stood.items() if people not in stand)
    added = frozenset(match.id for match in stand.values() if match.id not in before.round.matches)
    return after, Changes(said, added, gone)


def _said(before: Match | None, after: Match) -> str:
    if before is None:
        return NEW
    return AS_BEFORE if before.score == after.score else f"{AS_BEFORE}, with {before.score} so far"
