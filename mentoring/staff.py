"""What the organisation's own list says of its people: where they work, and who stands above whom (D1.7, D2.12)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StaffRecord:
    """One line of that list. `person` and `manager` are Slack user ids; `manager` is the next person up who is in
    Slack. What the list does not say is "" or None.
    """

    person: str
    department: str = ""
    grade: str = ""
    manager: str = ""
    started_on: date | None = None


def chain_above(person: str, managers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Everybody above this person, any number of levels up, nearest first, each once; lists that go round in circles
    come to an end. `managers` are those right above each.
    """
    seen, level = {person}, [person]
    while level:
        above = sorted({manager for each in level for manager in managers.get(each, ())} - seen)
        yield from above
        seen.update(above)
        level = above
