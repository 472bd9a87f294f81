"""Who may have a person erased: they themselves, and owners once they have left."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentoring.core.people import Person
from mentoring.own_data.errors import InAnotherProgramme, IsAdministrator, OnlyOwner, StillHere


@dataclass(frozen=True)
class ErasureContext:
    """What the rule needs to know about `person`.

    `owners` are the owners (Slack user ids) of each programme by its id, `names` their names. `part_in` are the ids of
    the programmes in which they have applied, been a partner, or hold a role, and `contact_of` of those whose contact
    they are.
    """

    person: Person
    owners: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    part_in: frozenset[str]
    contact_of: frozenset[str] = frozenset()
    has_partners: bool = False
    is_administrator: bool = False

    @property
    def owned(self) -> tuple[str, ...]:
        """The ids of the programmes that they own."""
        return tuple(id for id, owners in self.owners.items() if self.person.id in owners)


def check_erasure(context: ErasureContext, *, by: str) -> None:
    """Check that `by` (a Slack user id) may have the person erased.

    Raises IsAdministrator, OnlyOwner, StillHere, InAnotherProgramme.
    """
    own = by == context.person.id
    if not own and context.person.left_at is None:
        raise StillHere
    if not own and any(by not in context.owners[id] for id in context.part_in):
        raise InAnotherProgramme
    if context.is_administrator:
        raise IsAdministrator(own)
    alone = tuple(context.names[id] for id in context.owned if context.owners[id] == (context.person.id,))
    if alone:
        raise OnlyOwner(alone, own)
